"""Commas and semicolons: those that part a sentence may say what belongs to what."""

from __future__ import annotations

from collections.abc import Sequence

from harvester.diffing.kinds.same_words.wording import is_legal_form
from harvester.diffing.text.tokens import is_word

PARTING = frozenset(",;")
ALSO_ENDING = frozenset(";.")
"""Marks behind which a sentence may end, or go on with another one."""
_AND = frozenset("and or et ou und oder y o e en of og och i и или".split())  # noqa: SIM905
_ROW = 10  # tokens in which the comma before it shows that things stand in a row
_ABBREVIATED = frozenset({"e.g", "i.e", "eg", "ie", "etc", "z.b", "d.h"})
_ENDS = frozenset(".!?")
_INTRODUCE_A_LIST = frozenset({"include", "includes", "including", "included"})
_INTRODUCTION = 40  # tokens from the beginning of a sentence to the comma behind what introduces it
_INTRODUCING = frozenset(
    "if when where while although because since as by in for to upon after before once with at on under during from"  # noqa: SIM905
    " through unless should whenever wherever until".split()
)
_SUBJECTS = frozenset("we you it they he she this please our your these there".split())  # noqa: SIM905
_ADVERBS = frozenset(
    "however|therefore|furthermore|additionally|moreover|also|thus|hence|generally|finally|currently|accordingly"  # noqa: SIM905
    "|in addition|for example|for instance|in general|of course|as such|in particular|please note|in short"
    "|in the future|at this time|at present|as a result|in most cases|in some cases|from time to time|if so".split("|")
)
"""What may introduce a sentence with a comma behind it or without."""


def parts_a_sentence(tokens: Sequence[str], place: int, block: tuple[int, int]) -> bool:
    """Return whether the comma or semicolon at `place` of a block parts a sentence, so that it may say what belongs
    to what.

    A comma before the last of several things in a row does not, nor one before the legal form of a company or beside
    another mark, nor one that ends what introduces an English sentence.
    """
    if tokens[place] not in PARTING or not block[0] < place < block[1] - 1:
        return False
    before, after = tokens[place - 1], tokens[place + 1]
    if not (is_word(before) and is_word(after)):
        return False
    if _introduces(tokens, place, block[0]):
        return False
    if before.lower() in _ABBREVIATED or after.lower() in _ABBREVIATED or is_legal_form(after):
        return False
    return not (after.lower() in _AND and PARTING & set(tokens[max(place - _ROW, block[0]) : place]))


def _introduces(tokens: Sequence[str], place: int, first: int) -> bool:
    """Return whether a comma ends what introduces an English sentence before its subject (``If you write to us, we``),
    or stands beside a word that introduces a list.
    """
    if tokens[place] != ",":
        return False
    behind = tokens[place + 1].lower()
    if tokens[place - 1].lower() in _INTRODUCE_A_LIST or behind == "including":
        return True
    if behind == "such" and place + 2 < len(tokens) and tokens[place + 2].lower() == "as":
        return True
    earliest = max(first, place - _INTRODUCTION)
    start = next(
        (at for at in range(place - 1, earliest - 1, -1) if not is_word(tokens[at]) and tokens[at] != "'"), None
    )
    if start is None:
        start = first - 1 if earliest == first else place
    if start >= first and tokens[start] not in _ENDS:
        return False
    begins = [token.lower() for token in tokens[start + 1 : place]]
    if " ".join(begins) in _ADVERBS:
        return True
    return bool(begins) and begins[0] in _INTRODUCING and tokens[place + 1].lower() in _SUBJECTS
