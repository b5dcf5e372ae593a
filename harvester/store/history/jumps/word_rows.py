"""How often rows of words are in the words of a page or of a document, and where, however many are asked for. Pure."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cached_property
from itertools import chain, repeat

_FEW = 50
"""Rows that are looked for as they are written: to write a text with one character for each word takes as long."""


class WordRows:
    """Words in a row, as `words_in_row` gives them, read when a part of them is first looked for."""

    def __init__(self, read: Callable[[], str]) -> None:
        self._read = read
        self._counts: dict[str, int] = {}

    def places(self, row: str) -> list[int]:
        """Return where a row of words begins, in order."""
        return _places(self._text, f" {row} ")

    def count(self, row: str) -> int:
        """Return how often a row of words is there."""
        if row not in self._counts:
            self._counts[row] = len(self.places(row) if len(self._counts) < _FEW else self._places_of_words(row))
        return self._counts[row]

    @cached_property
    def _text(self) -> str:
        return self._read()

    @cached_property
    def _spelled(self) -> tuple[dict[str, str], str]:
        """A character for each word, and the text in these characters: a sixth as long, with an alphabet so large that
        most places where a row is not are leapt over.
        """
        words = self._text.split()
        # Beyond a million different words, which no page of a policy has, all are taken for one.
        signs = chain(map(chr, range(sys.maxunicode)), repeat(chr(sys.maxunicode)))
        characters = dict(zip(dict.fromkeys(words), signs, strict=False))
        return characters, "".join(map(characters.__getitem__, words))

    def _places_of_words(self, row: str) -> list[int]:
        characters, text = self._spelled
        try:
            return _places(text, "".join(map(characters.__getitem__, row.split())))
        except KeyError:
            return []  # as most


def _places(text: str, part: str) -> list[int]:
    found = []
    place = text.find(part)
    while place >= 0:
        found.append(place)
        place = text.find(part, place + 1)  # copies right behind one another share a blank
    return found
