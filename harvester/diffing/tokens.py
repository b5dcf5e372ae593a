"""The words and punctuation marks of a visible text.

A token is a word (with its inner hyphens, apostrophes and dots, so that ``opt-out``, ``user's`` and ``example.com``
are one), a number or date written in digits, an address, or one punctuation mark. White space is never a token.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_LETTER = rf"[^\W{_CJK}]"
TOKEN = re.compile(
    rf"""https?://[^\s<>()\[\]"']+[^\s<>()\[\]"'.,;:!?]
      | \d+(?:[.,:/-]\d+)+
      | {_LETTER}+(?:[-'.&]{_LETTER}+)*(?:@{_LETTER}+(?:[-.]{_LETTER}+)*)?
      | [^\s]""",
    re.VERBOSE,
)
"""Matches one token of a normalised text; white space lies between matches."""

# Variants of one mark that a redesign or a smarter editor exchanges; one character for another, so positions hold.
_VARIANTS = [(c, mark) for mark, variants in {"'": "’‘‚‛′´`", '"': "“”„‟″", "-": "‑‐"}.items() for c in variants]

_COMMON = (
    "a an and any are as at be been but by can do does for from had has have how if in into is it its may no not of on"
    " or our shall so such than that the their them then there these they this those to was we were what when which"
    " who will with would you your us i he she his her all also other"
)
COMMON_WORDS = frozenset(_COMMON.split())
"""Words too frequent to say that two passages have anything to do with each other."""


def normalise(visible: str) -> str:
    """`visible` with quotation marks, apostrophes and hyphens in one form; every character keeps its place."""
    if visible.isascii():
        return visible.replace("`", "'")
    for variant, mark in _VARIANTS:
        if variant in visible:
            visible = visible.replace(variant, mark)
    return visible


def tokenise(visible: str) -> list[str]:
    """The tokens of a visible text, in order."""
    return list(chain.from_iterable(map(_tokens_between_spaces, normalise(visible).split())))


@lru_cache(maxsize=1 << 15)
def _tokens_between_spaces(piece: str) -> tuple[str, ...]:
    """Remembered, since texts of one language are made of few different pieces: five times faster than without."""
    return tuple(TOKEN.findall(piece))


@lru_cache(maxsize=1 << 16)
def is_word(token: str) -> bool:
    """Whether a token counts as a word in a measure (a punctuation mark does not)."""
    return token[0].isalnum() or token[-1].isalnum()


def count_words(tokens: Iterable[str]) -> int:
    """How many of the tokens are words."""
    return sum(map(is_word, tokens))
