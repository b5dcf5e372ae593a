"""Words as letters: a passage is then a string, which is compared in a fraction of the time of a list."""

from __future__ import annotations

import sys
from collections.abc import Hashable, Sequence
from itertools import count
from typing import Generic, TypeVar

from harvester.diffing.text.tokens import is_word, told_by

_MOST_REMEMBERED = 1 << 16

T = TypeVar("T", bound=Hashable)


class Letters(dict[T, str], Generic[T]):
    """A character for each thing, the same for the same thing; nothing when no character is left."""

    def __init__(self) -> None:
        super().__init__()
        self._numbers = count()

    def __missing__(self, thing: T) -> str:
        number = next(self._numbers)
        # What the first of two threads has given it.
        return self.setdefault(thing, chr(number) if number <= sys.maxunicode else "")


class _LettersOfWords(Letters[str]):
    """A character for each word, nothing for a mark."""

    def __missing__(self, token: str) -> str:
        return super().__missing__(token) if is_word(token) else self.setdefault(token, "")


class LettersOfTelling(dict[str, str]):
    """A character for each telling word whatever its case, nothing for any other token."""

    def __init__(self) -> None:
        super().__init__()
        self.of_all = Letters[str]()
        """Characters for all tokens in lower case."""

    def __missing__(self, token: str) -> str:
        told = told_by(token)
        return self.setdefault(token, self.of_all[told] if told else "")


_remembered = [_LettersOfWords()]
_remembered_telling = [LettersOfTelling()]


def letters_of(old: Sequence[str], new: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return a letter for each token of two passages, an empty one for a mark.

    Equal words have equal letters within one answer; in the next one they may have others.
    """
    letters = _remembered[0]
    if len(letters) > _MOST_REMEMBERED:
        letters = _remembered[0] = _LettersOfWords()
    return list(map(letters.__getitem__, old)), list(map(letters.__getitem__, new))


def letters_of_telling() -> LettersOfTelling:
    """Return letters for telling words, to be used for both texts of one comparison."""
    if len(_remembered_telling[0]) > _MOST_REMEMBERED:
        _remembered_telling[0] = LettersOfTelling()
    return _remembered_telling[0]
