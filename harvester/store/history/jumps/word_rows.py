"""Where rows of words begin in the words of a page or of a document, however many are asked for. Pure."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

_FEW = 100
"""Rows that are looked for one by one: to note where each word begins takes as long."""
_BEGINNING = 16
"""Characters by which the beginnings of rows are noted; few places of a text share so many."""


class WordRows:
    """Words in a row, as `words_in_row` gives them, read when a part of them is first looked for."""

    def __init__(self, read: Callable[[], str]) -> None:
        self._read = read
        self._found: dict[str, list[int]] = {}

    def places(self, row: str) -> list[int]:
        """Return where a row of words begins, in order."""
        if row not in self._found:
            self._found[row] = self._places(f" {row} ")
        return self._found[row]

    def count(self, row: str) -> int:
        """Return how often a row of words is there."""
        return len(self.places(row))

    @cached_property
    def _text(self) -> str:
        return self._read()

    @cached_property
    def _beginnings(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for place in _places(self._text, " "):
            found.setdefault(self._text[place : place + _BEGINNING], []).append(place)
        return found

    def _places(self, row: str) -> list[int]:
        if len(self._found) < _FEW or len(row) < _BEGINNING:
            return _places(self._text, row)
        candidates = self._beginnings.get(row[:_BEGINNING], ())
        return [place for place in candidates if self._text.startswith(row, place)]


def _places(text: str, part: str) -> list[int]:
    found = []
    place = text.find(part)
    while place >= 0:
        found.append(place)
        place = text.find(part, place + 1)  # copies right behind one another share a blank
    return found
