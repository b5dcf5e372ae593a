"""Words as letters: a passage is then a string, which is compared in a third of the time of a list of words."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import count

from harvester.diffing.text.tokens import is_word

_MOST_REMEMBERED = 1 << 16


class _Letters(dict[str, str]):
    """A character for each word, the same for the same word; nothing for a mark, nor when no character is left."""

    def __init__(self) -> None:
        super().__init__()
        self._numbers = count()

    def __missing__(self, token: str) -> str:
        letter = ""
        if is_word(token) and (number := next(self._numbers)) <= sys.maxunicode:
            letter = chr(number)
        return self.setdefault(token, letter)  # what the first of two threads has given it


_remembered = [_Letters()]


def letters_of(old: Sequence[str], new: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return a letter for each token of two passages, an empty one for a mark.

    Equal words have equal letters within one answer; in the next one they may have others.
    """
    letters = _remembered[0]
    if len(letters) > _MOST_REMEMBERED:
        letters = _remembered[0] = _Letters()
    return list(map(letters.__getitem__, old)), list(map(letters.__getitem__, new))
