"""Addresses of pages that passages show: they go with their sentence, and a site may file a page elsewhere. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from harvester.store.history.jumps.said import tells, words_of
from harvester.store.history.jumps.word_rows import WordRows

_LONGEST_PATH = 120
"""Characters of a path, in words."""
_PATH = re.compile(r"(?<=://)([^\s/<>()\[\]]+)/[^\s<>()\[\]]+")


def addresses_behind(standing: set[int], pieces: Sequence[tuple[str, str]], page: WordRows) -> set[int]:
    """Return the numbers of pieces that are nothing but an address behind a passage that stands in the other page, and
    are behind it there too.
    """
    found = set()
    for number, ((_, before), (piece, said)) in enumerate(pairwise(pieces), start=1):
        if not said and number - 1 in standing and (address := words_of(piece)) and page.count(f"{before} {address}"):
            found.add(number)
    return found


def shows_address(passage: str) -> bool:
    """Return whether the words of a passage are of an address of a page, among others."""
    return " https " in passage or " http " in passage


def parts_beside_paths(piece: str) -> list[str]:
    """Return what a passage says before and behind the paths of the addresses of pages in it, each with its host; none
    if it shows no path, or if one of the parts is too short to tell something.
    """
    if "://" not in piece:
        return []  # as most
    parts = [words_of(part) for part in _PATH.sub("\\1\n", piece).split("\n")]
    parts = [part for part in parts if part]
    return parts if len(parts) > 1 and all(map(tells, parts)) else []


def are_in_a_row(parts: Sequence[str], page: WordRows) -> bool:
    """Return whether a page has these parts of a passage behind one another, with no more than a path between two.

    It is looked for beside each place of the part that the page says least often.
    """
    if not parts:
        return False
    rarest = min(range(len(parts)), key=lambda number: page.count(parts[number]))
    return any(
        _stand_behind(parts[rarest:], place, page) and _stand_before(parts[: rarest + 1], place, page)
        for place in page.places(parts[rarest])
    )


def _stand_behind(parts: Sequence[str], place: int, page: WordRows) -> bool:
    """Return whether behind the place of the first of these parts the others stand."""
    starts = {place}
    for part, following in pairwise(parts):
        ends = [start + len(part) for start in starts]
        starts = {start for end in ends for start in _within(page.places(following), end + 1, end + _LONGEST_PATH)}
    return bool(starts)


def _stand_before(parts: Sequence[str], place: int, page: WordRows) -> bool:
    """Return whether before the place of the last of these parts the others stand."""
    starts = {place}
    for part in parts[-2::-1]:
        ends = [(start - _LONGEST_PATH - len(part), start - 1 - len(part)) for start in starts]
        starts = {before for first, last in ends for before in _within(page.places(part), first, last)}
    return bool(starts)


def _within(places: Sequence[int], first: int, last: int) -> Sequence[int]:
    """Return the places from the first to the last, both included."""
    return places[bisect_left(places, first) : bisect_right(places, last)]
