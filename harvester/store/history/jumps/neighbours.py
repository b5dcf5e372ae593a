"""Short passages that stand in a row with others beside them, since their counts tell little. Pure."""

from __future__ import annotations

from bisect import bisect_left
from typing import Protocol

from harvester.store.history.jumps.said_again import runs_of


class Stands(Protocol):
    """Tells whether the passages from `begin` to `end`, with so many `around` them, stand in the other page."""

    def __call__(self, begin: int, end: int, around: int = 0) -> bool: ...


def beside_others(places: set[int], standing_ones: set[int], stands: Stands) -> set[int]:
    """Return those of some places that stand in a row with a passage before or behind them that stands."""
    found: set[int] = set()
    for begin, end in runs_of(places):
        if begin - 1 in standing_ones:
            found.update(range(begin, begin + _reach(stands, begin - 1, end - begin, 1)))
        if end in standing_ones:
            found.update(range(end - _reach(stands, end, end - begin, -1), end))
    return found


def _reach(stands: Stands, place: int, most: int, step: int) -> int:
    """Return how many passages behind a place, or before it, stand with it in one row: where more do, fewer do too."""

    def ends(number: int) -> bool:
        begin, end = sorted((place, place + step * number))
        return not stands(begin, end + 1)

    return bisect_left(range(1, most + 1), True, key=ends)


def between_others(places: set[int], stands: Stands) -> set[int]:
    """Return those of some places that stand in a row with what is at both sides, or with one another."""
    found: set[int] = set()
    for begin, end in runs_of(places):
        if stands(begin, end, around=1) or (end - begin > 1 and stands(begin, end)):
            found.update(range(begin, end))
    return found
