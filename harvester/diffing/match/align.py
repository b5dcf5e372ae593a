"""Find the equal parts of two sequences, without ever comparing everything with everything.

Anchors first: keys that occur once on each side, of which the heaviest chain in order is kept (the rest may have
moved); then the gaps between anchors, again; what has no anchor is settled by the longest common subsequence while
that is small, and is else taken as unlike (the stated fallback: it bounds time and memory).
"""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from itertools import chain, count

from rapidfuzz.distance import Indel

CELLS = 100_000_000
"""Largest product of two lengths that is given to the quadratic algorithm: 12.5 MB and about 20 ms of it."""

_FEW = 2000  # elements of both sides, which are compared as quickly as they are
_DEPTH = 12  # rounds of anchors inside gaps of anchors; real texts need three

Pair = tuple[int, int]


def heaviest_chain(pairs: Iterable[tuple[int, int, int]]) -> list[Pair]:
    """Return, of ``(i, j, weight)``, the pairs of a chain rising in both `i` and `j` with the greatest sum of
    weights.
    """
    ordered = sorted(pairs, key=lambda pair: (pair[0], -pair[1]))
    if all(map(_rises, ordered, ordered[1:])):
        return [pair[:2] for pair in ordered]  # as most: nothing moved
    columns = sorted({j for _, j, _ in ordered})
    best: list[tuple[int, int]] = [(0, -1)] * (len(columns) + 1)  # Fenwick tree of (weight so far, last pair)
    before: list[int] = []
    for number, (_, j, weight) in enumerate(ordered):
        column = bisect_left(columns, j)
        total, last = 0, -1
        at = column
        while at > 0:
            if best[at][0] > total:
                total, last = best[at]
            at -= at & -at
        before.append(last)
        total += weight
        at = column + 1
        while at < len(best):
            if best[at][0] < total:
                best[at] = (total, number)
            at += at & -at
    last = max(best)[1]
    chain: list[Pair] = []
    while last >= 0:
        chain.append(ordered[last][:2])
        last = before[last]
    return chain[::-1]


def _rises(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    return one[0] < other[0] and one[1] < other[1]


def common_subsequence(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """Return pairs of equal elements of a longest common subsequence; quadratic in time, an eighth of that in bytes."""
    return [(a + n, b + n) for a, b, length in common_runs(*spelled(old, new)) for n in range(length)]


def common_runs(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int, int]]:
    """Return where the runs of that subsequence begin in both, and their lengths."""
    blocks = Indel.editops(old, new).as_matching_blocks()
    return [(block.a, block.b, block.size) for block in blocks if block.size]


def spelled(old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[Sequence[Hashable], Sequence[Hashable]]:
    """Return two long sequences as strings of a character for each different element.

    Strings are compared in a third of the time of lists.
    """
    if not _FEW < len(old) + len(new) < sys.maxunicode:
        return old, new
    characters = dict(zip(dict.fromkeys(chain(old, new)), map(chr, count()), strict=False))
    return "".join(map(characters.__getitem__, old)), "".join(map(characters.__getitem__, new))


def align(old: Sequence[Hashable], new: Sequence[Hashable], weights: Sequence[int] | None = None) -> list[Pair]:
    """Return pairs ``(i, j)`` of equal elements, rising in both; `weights` of the old ones (default: all alike)."""
    pairs: list[Pair] = []
    gaps = [(0, len(old), 0, len(new), 0)]
    while gaps:
        i, i_end, j, j_end, depth = gaps.pop()
        while i < i_end and j < j_end and old[i] == new[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        while i < i_end and j < j_end and old[i_end - 1] == new[j_end - 1]:
            i_end, j_end = i_end - 1, j_end - 1
            pairs.append((i_end, j_end))
        if i == i_end or j == j_end:
            continue
        anchors = unique_anchors(old, new, (i, i_end, j, j_end), weights) if depth < _DEPTH else []
        if anchors:
            for i_anchor, j_anchor in [*anchors, (i_end, j_end)]:
                gaps.append((i, i_anchor, j, j_anchor, depth + 1))
                i, j = i_anchor + 1, j_anchor + 1
            pairs += anchors
        elif (i_end - i) * (j_end - j) <= CELLS:
            pairs += ((i + a, j + b) for a, b in common_subsequence(old[i:i_end], new[j:j_end]))
    return sorted(pairs)


def unique_anchors(
    old: Sequence[Hashable],
    new: Sequence[Hashable],
    gap: tuple[int, int, int, int] | None = None,
    weights: Sequence[int] | None = None,
) -> list[Pair]:
    """Return the heaviest chain of equal elements that each side has once, within ``old[i:i_end]``,
    ``new[j:j_end]``.
    """
    i, i_end, j, j_end = gap or (0, len(old), 0, len(new))
    olds, news = old[i:i_end], new[j:j_end]
    old_counts, new_counts = Counter(olds), Counter(news)
    place = dict(zip(news, range(j, j_end), strict=True))
    return heaviest_chain(
        [
            (a, place[key], weights[a] if weights else 1)
            for a, key in enumerate(olds, i)
            if new_counts.get(key) == 1 and old_counts[key] == 1
        ]
    )
