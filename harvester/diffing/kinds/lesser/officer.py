"""The data protection officer: another name or title is the same office."""

from __future__ import annotations

import re
from itertools import islice

from harvester.diffing.change import Kind
from harvester.diffing.kinds.contact.contacts import (
    has_title,
    is_beside_office,
    is_of_a_person,
    is_officer,
    is_title,
    names_a_party,
    names_office,
)
from harvester.diffing.kinds.lesser.place import Part, Place, by_block
from harvester.diffing.kinds.reasons import Finding, arrow
from harvester.diffing.text.tokens import is_word
from harvester.diffing.words import Hunk

_NAME_WORDS = 4  # of a person
_ROMAN = re.compile("[IVX]+")
_FULL_STOPS = frozenset(".।؟。")


def officer(place: Place) -> Finding | None:
    """Judge the name or the title of the officer in the place of another."""
    went, came, old, new = place.went, place.came, place.old, place.new
    olds, news = ([*islice(filter(is_word, side), _NAME_WORDS + 1)] for side in (old, new))
    if not (0 < len(olds) <= _NAME_WORDS and 0 < len(news) <= _NAME_WORDS):
        return None
    if not (is_officer(*went[:2]) and is_officer(*came[:2])):
        return None  # as most
    if is_title(*went) and is_title(*came):
        return _other_title(place)
    inflected = len(olds) == len(news) == 1 and olds[0][:5] == news[0][:5]
    # In a script without capitals a name is what stands alone beside the office.
    names = not olds[0][0].islower() and all(
        not (word[0].islower() or _ROMAN.fullmatch(word)) and word.replace("-", "").isalpha() for word in (*olds, *news)
    )
    if not (inflected or names):
        return None
    if not (is_beside_office(*went) and is_beside_office(*came)):
        return None
    names = names and is_of_a_person(*went) and is_of_a_person(*came) and not any(map(_is_in_a_sentence, place.parts))
    side, _, end = went
    if inflected and names_office(" ".join((*olds[:1], *side.tokens[end : end + 4])).lower()):
        return _other_title(place)
    around = [block_side.tokens[slice(*block_side.block_at(start))] for block_side, start, _ in place.parts]
    if names and len(olds) > 1 < len(news) and has_title(*went) and has_title(*came):
        around = [old, new]
    if names and not any(map(names_a_party, around)) and all(len(block) <= 30 for block in around):
        return Finding(Kind.MINOR, f"name of the data protection officer: {arrow(old, new)}")
    return None


def succession(place: Place) -> tuple[Finding | None, tuple[Hunk, ...]]:
    """Judge the name of an officer in a block of its own and that of another, where blocks beside them came or went
    too; with the finding, both hunks.
    """
    (start, end), (new_start, new_end) = map(_first_name, place.parts)
    if start == end or new_start == new_end:
        return None, ()  # as most
    found = officer(place.whereabouts.place(Hunk(start, end, new_start, new_end)))
    before, after = place.hunk.old_start, place.hunk.new_start
    went, came = Hunk(start, end, after, after), Hunk(before, before, new_start, new_end)
    return (found, (went, came)) if found else (None, ())


def _first_name(part: Part) -> tuple[int, int]:
    """Return the range of the first whole block of so few words as a name has; nothing if there is none."""
    side, start, end = part
    for first, last in by_block(side, start, end):
        if side.block_of(first).words <= _NAME_WORDS and side.block_at(first) == (first, last):
            return first, last
    return start, start


def _is_in_a_sentence(part: Part) -> bool:
    """Return whether what is altered is a word of a sentence that names nobody: it ends with a full stop, and the
    office is in the block before, or the script has no capitals by which a name is known.
    """
    side, start, _ = part
    first, last = side.block_at(start)
    if side.tokens[last - 1] not in _FULL_STOPS:
        return False
    return not side.tokens[start][0].isupper() or not names_office(side.part(first, last))


def _other_title(place: Place) -> Finding:
    return Finding(Kind.MINOR, f"title of the data protection officer: {arrow(place.old, place.new)}")
