"""Lists and paragraphs that a page says again as they were, beside the text that a passage left. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Protocol

from harvester.store.history.jumps.said import SIGNS
from harvester.store.history.jumps.word_rows import WordRows


class HasRows(Protocol):
    """One side of a change."""

    page: WordRows
    document: WordRows


def said_again(text: Sequence[str], said: Sequence[str], lost: set[int], side: HasRows, other: HasRows) -> set[int]:
    """Return the lost places of a text whose neighbours the other page has next to each other, as its text does, and
    once more than before one of them still beside what was lost: it says a list or a paragraph again, as it was.
    """

    def is_again(row: str) -> bool:
        now = other.page.count(row)
        return now > 0 and now > side.page.count(row) - side.document.count(row)

    found: set[int] = set()
    often = Counter(said)
    for begin, end in runs_of(lost):
        beside = said[max(begin - 1, 0) : begin], said[end : end + 1]
        # Of a word, or of what the text says twice, it is not known which place is found.
        if not all(len(one) >= SIGNS and often[one] == 1 for one in chain(*beside)) or not all(beside):
            continue
        if not other.page.count(" ".join(chain(*beside))):
            continue
        # Headings are repeated by menus, and above what was moved.
        pairs = [pair for pair in ((begin - 1, begin), (end, end - 1)) if not text[pair[0]].startswith("#")]
        if any(is_again(" ".join(said[place] for place in sorted(pair))) for pair in pairs):
            found.update(range(begin, end))
    return found


def runs_of(places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the beginning and end of each run of places next to one another."""
    begin = end = -1
    for place in sorted(places):
        if place != end:
            if end > begin:
                yield begin, end
            begin = place
        end = place + 1
    if end > begin:
        yield begin, end
