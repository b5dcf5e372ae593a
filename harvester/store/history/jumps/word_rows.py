"""How often rows of words are in the words of a page or of a document, and where, however many are asked for. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import accumulate, repeat

_FEW = 50
"""Rows that are looked for as they are written: to know where each word of a text is takes as long."""
_LEVELS = 3
"""Levels of the number of an item ("2.1.4")."""


class WordRows:
    """Words in a row, as `words_in_row` and `page_sentences` give them, read when one is first looked for."""

    def __init__(self, read: Callable[[], str]) -> None:
        self._read = read
        self._places: dict[str, list[int]] = {}

    def places(self, row: str) -> list[int]:
        """Return where a row of words begins, in order."""
        if row not in self._places:
            find = self._places_as_written if len(self._places) < _FEW else self._places_of_words
            self._places[row] = find(row)
        return self._places[row]

    def count(self, row: str) -> int:
        """Return how often a row of words is there."""
        return len(self.places(row))

    def has_whole(self, row: str) -> bool:
        """Return whether a row of words begins and ends somewhere where a sentence, a line or an element may."""
        return any(self._may_begin(place) and self._ends(place + len(row) + 1) for place in self.places(row))

    def _may_begin(self, place: int) -> bool:
        """Return whether nothing but the number of an item stands between a blank and the end of what is before."""
        for _ in range(_LEVELS):
            if self._ends(place):
                return True
            before = max(map(self._marked.rfind, " \n", repeat(0), repeat(place)))
            if not self._marked[before + 1 : place].isdigit():
                return False
            place = before
        return self._ends(place)

    def _ends(self, place: int) -> bool:
        return place in (0, len(self._marked) - 1) or self._marked[place] == "\n"

    @cached_property
    def _marked(self) -> str:
        return self._read()

    @cached_property
    def _text(self) -> str:
        return self._marked.replace("\n", " ")

    def _places_as_written(self, row: str) -> list[int]:
        found = []
        part = f" {row} "
        place = self._text.find(part)
        while place >= 0:
            found.append(place)
            place = self._text.find(part, place + 1)  # copies right behind one another share a blank
        return found

    @cached_property
    def _words(self) -> list[str]:
        return self._text.split()

    @cached_property
    def _blanks(self) -> Sequence[int]:
        """Where the blank before each word is."""
        return list(accumulate((len(word) + 1 for word in self._words), initial=0))

    @cached_property
    def _numbers(self) -> defaultdict[str, list[int]]:
        """The numbers of the words, by what they are."""
        numbers: defaultdict[str, list[int]] = defaultdict(list)
        for number, word in enumerate(self._words):
            numbers[word].append(number)
        return numbers

    def _places_of_words(self, row: str) -> list[int]:
        """Return the places of a row: it is looked for where the rarest of its words is."""
        words = row.split()
        numbers = [self._numbers.get(word, []) for word in words]
        by = min(range(len(words)), key=lambda number: len(numbers[number]))
        starts = [number - by for number in numbers[by] if number >= by]
        return [self._blanks[start] for start in starts if self._words[start : start + len(words)] == words]
