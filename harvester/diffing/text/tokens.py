"""The words and punctuation marks of a visible text.

A token is a word (with its inner hyphens, apostrophes and dots, so that ``opt-out``, ``user's`` and ``example.com``
are one), a number or date written in digits, an address, or one punctuation mark. White space is never a token.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import chain
from typing import TypeVar

T = TypeVar("T")

_MOST_REMEMBERED = 1 << 16
_LONGEST_REMEMBERED = 100  # characters: longer ones are addresses, or no words at all

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
    return tokens_of_normalised(normalise(visible))


def tokens_of_normalised(normalised: str) -> list[str]:
    """The tokens of a normalised text."""
    return list(chain.from_iterable(map(_tokens_of_pieces.__getitem__, normalised.split())))


def is_word(token: str) -> bool:
    """Whether a token counts as a word in a measure (a punctuation mark does not)."""
    return token[0].isalnum() or token[-1].isalnum()


def count_words(tokens: Iterable[str]) -> int:
    """How many of the tokens are words."""
    return sum(map(_are_words.__getitem__, tokens))


class _Remembered(dict[str, T]):
    """What a function says of a word, remembered: texts of one language are made of few different words.

    A text asks for each of its words, and a dict answers in half the time of `functools.lru_cache`.
    """

    def __init__(self, function: Callable[[str], T]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, word: str) -> T:
        answer = self._function(word)
        if len(word) <= _LONGEST_REMEMBERED:
            if len(self) >= _MOST_REMEMBERED:
                self.clear()
            self[word] = answer
        return answer


def _tokens_of_piece(piece: str) -> tuple[str, ...]:
    return tuple(TOKEN.findall(piece))


_tokens_of_pieces = _Remembered(_tokens_of_piece)  # of pieces between spaces
_are_words = _Remembered(is_word)
