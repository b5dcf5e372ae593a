"""Choose which captures of a document to fetch: all, one per half-year, one per step, or as few as show every change.

Everything here is pure: rows of the index in, positions in that list out. The strategies are measured in
``docs/sampling.md`` by ``bench/sampling.py``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Sequence, Set
from datetime import datetime, timedelta
from itertools import pairwise
from math import ceil
from typing import Protocol

from harvester.dates import half_year
from harvester.memento import has_body_digest

DAY = timedelta(days=1)
#: A text that lasted less is a passing state (a failed page, an A/B test), not a sign of a document that hides changes.
STOOD = 7 * DAY
#: A grid meets a longer excursion anyway, so it says nothing about what a grid misses.
LONGEST_EXCURSION = 120 * DAY
#: How far around a span its document counts as restless.
NEIGHBOURHOOD = 120 * DAY
#: The gap in a restless neighbourhood, divided by one more than the returns seen there, and its least.
WIDE, CLOSE = 60 * DAY, 14 * DAY
#: What a text counts that stood but briefly and gave way to a new one; a return to an older text counts 1.
NOVELTY = 0.1


class SampledRow(Protocol):
    """The values of an index row that sampling needs."""

    @property
    def timestamp(self) -> datetime: ...
    @property
    def status(self) -> int | None: ...
    @property
    def digest(self) -> str | None: ...


def seasons(captures: Sequence[SampledRow]) -> list[int]:
    """Choose the last capture with status 200 in each half-year, else its last of any status.

    Half-years are 01-01..06-30 and 07-01..12-31 (step 5 of the corpus' preparation).
    """
    _require_order([capture.timestamp for capture in captures])
    chosen: dict[datetime, int] = {}
    for i, capture in enumerate(captures):
        half = half_year(capture.timestamp)
        if half not in chosen or capture.status == 200 or captures[chosen[half]].status != 200:
            chosen[half] = i
    return sorted(chosen.values())


def every(times: Sequence[datetime], step: timedelta) -> list[int]:
    """Choose the first capture, then each first one at least `step` after the one before."""
    if step <= timedelta(0):
        raise ValueError(f"step must be positive, not {step}")
    _require_order(times)
    chosen: list[int] = []
    for i, time in enumerate(times):
        if not chosen or time - times[chosen[-1]] >= step:
            chosen.append(i)
    return chosen


def digest_names_body(capture: SampledRow, redirects: Set[str] = frozenset()) -> bool:
    """Return whether a capture's digest identifies the page it shows; not for a redirect or an empty body.

    The index hides the status of a revisit: one with a digest among `redirects` repeats a redirect.
    """
    if capture.status is None:
        return has_body_digest(capture.digest) and capture.digest not in redirects
    return has_body_digest(capture.digest) and not 300 <= capture.status < 400


def edges(
    captures: Sequence[SampledRow], redirects: Set[str] = frozenset(), without_text: Set[str] = frozenset()
) -> list[int]:
    """Return the captures that `changes` needs to examine: the first and last of each row of captures with equal
    digests.

    Equal digests are equal bodies, so what lies between the two ends of such a row needs no probe, and the ends cost
    one download. Digests that prove nothing (the empty body's, a blank one, a redirect's) make no row; `redirects` are
    digests of revisits that are known to be of redirects, `without_text` of pages whose text is elsewhere.
    """
    _require_order([capture.timestamp for capture in captures])
    last = len(captures) - 1
    return [
        i
        for i, capture in enumerate(captures)
        if i in (0, last)
        or captures[i].digest in without_text
        or not all(digest_names_body(one, redirects) for one in captures[i - 1 : i + 2])
        or not captures[i - 1].digest == capture.digest == captures[i + 1].digest
    ]


def changes(
    times: Sequence[datetime],
    probe: Callable[[int], Hashable],
    *,
    max_gap: timedelta,
    resolution: timedelta,
) -> list[int]:
    """Find the changes of a document with few probes; the indexes that were probed, sorted.

    `times` are in order; `probe(i)` gives the text of capture i and is called at most once per i. Afterwards, of
    two captures probed one after the other (with captures between them):

    - their times differ by at most `max_gap`;
    - if their texts differ, their times differ by at most `resolution` (zero: down to neighbours).

    Where a document has gone back to an older text, or a text stood but briefly, equal ends prove little: around
    there the gap shrinks with each such sign, down to two weeks. Flicker of less than a week is not a sign.

    Raises ValueError for times out of order, a `max_gap` of zero or less, a negative `resolution`.
    """
    if max_gap <= timedelta(0):
        raise ValueError(f"max_gap must be positive, not {max_gap}")
    if resolution < timedelta(0):
        raise ValueError(f"resolution must not be negative, not {resolution}")
    _require_order(times)
    texts: dict[int, Hashable] = {}
    wanted = grid(times, max_gap)
    while wanted:
        for i in wanted:
            texts[i] = probe(i)
        known = sorted(texts)
        wanted = _unsettled(times, texts, known, resolution) or _doubtful(times, texts, known)
    return sorted(texts)


def grid(times: Sequence[datetime], max_gap: timedelta) -> list[int]:
    """Return the first probes of `changes`: the ends, and as few captures between them as allow steps of at most
    `max_gap`.

    A step is longer only where the next capture is further away.
    """
    if not times:
        return []
    chosen = [0]
    while chosen[-1] < len(times) - 1:
        last = chosen[-1]
        chosen.append(max(last + 1, bisect_right(times, times[last] + max_gap) - 1))
    return chosen


def _require_order(times: Sequence[datetime]) -> None:
    for i in range(1, len(times)):
        if times[i] < times[i - 1]:
            raise ValueError(f"times must be in order: {times[i]} at {i} comes after {times[i - 1]}")


def _unsettled(
    times: Sequence[datetime], texts: dict[int, Hashable], known: list[int], resolution: timedelta
) -> list[int]:
    """Return where to probe because the texts at the ends of a span differ."""
    return [
        _split(times, a, b, parts=2)
        for a, b in pairwise(known)
        if b - a > 1 and texts[a] != texts[b] and times[b] - times[a] > resolution
    ]


def _doubtful(times: Sequence[datetime], texts: dict[int, Hashable], known: list[int]) -> list[int]:
    """Return where to probe although the texts at the ends are equal, because the document is restless around there."""
    signs = _signs(times, texts, known)
    wanted = []
    for a, b in pairwise(known):
        length = times[b] - times[a]
        if b - a == 1 or texts[a] != texts[b] or length <= CLOSE:
            continue
        since, until = times[a] - NEIGHBOURHOOD, times[b] + NEIGHBOURHOOD
        unrest = sum(weight for start, end, weight in signs if start <= until and end >= since)
        gap = max(CLOSE, WIDE / (1 + unrest))
        if unrest and length > gap:
            wanted.append(_split(times, a, b, parts=ceil(length / gap)))
    return wanted


def _split(times: Sequence[datetime], a: int, b: int, parts: int) -> int:
    """Return the capture between a and b nearest to the middle one of the bounds of `parts` equal parts."""
    aim = times[a] + (times[b] - times[a]) * (parts // 2) / parts
    j = min(bisect_left(times, aim, a + 1, b), b - 1)
    if j - 1 > a and aim - times[j - 1] < times[j] - aim:
        j -= 1
    return j


def _signs(
    times: Sequence[datetime], texts: dict[int, Hashable], known: list[int]
) -> list[tuple[datetime, datetime, float]]:
    """Return the signs of a restless document: times when an older text came back, or a new one came; with their
    weights.

    A text that itself lasts less than a week is flicker, and its comings and goings are not a sign.
    """
    starts = [at for at, i in enumerate(known) if at == 0 or texts[i] != texts[known[at - 1]]]
    began = [times[known[at]] for at in starts]
    last_seen = [times[known[at - 1]] for at in starts[1:]]
    stood = [end - start >= STOOD for start, end in zip(began, [*began[1:], times[known[-1]]], strict=True)]
    stand_of: dict[Hashable, int] = {}
    signs = []
    for stand, at in enumerate(starts):
        text = texts[known[at]]
        if 0 < stand < len(starts) - 1 and texts[known[at - 1]] != texts[known[starts[stand + 1]]]:
            signs.append((began[stand], began[stand + 1], NOVELTY))
        before = stand_of.get(text)
        if before is not None and stood[before] and stood[stand]:
            signs.append((last_seen[before], began[stand], 1.0))
        stand_of[text] = stand
    return [sign for sign in signs if STOOD <= sign[1] - sign[0] < LONGEST_EXCURSION]
