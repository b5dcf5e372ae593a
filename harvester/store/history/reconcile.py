"""Rows that are there joined with rows that should be: what stays, what goes, what is new. Pure.

Rows of one key (a version's text, a change's two texts) that overlap in time are the same thing seen more exactly, so
the row keeps its id. Within each of the two lists, spans of one key are disjoint; that makes the joining unique.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Segment:
    """A row by its key, its span of time and the columns that are compared; `id` is None while it is not a row."""

    key: Hashable
    start: datetime
    end: datetime
    columns: Mapping[str, Any]
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Reconciled:
    """`kept` joins each surviving row with what it should be."""

    kept: list[tuple[Segment, Segment]]
    gone: list[Segment]
    new: list[Segment]


def reconcile(rows: Sequence[Segment], wanted: Sequence[Segment], *, ends_meet: bool) -> Reconciled:
    """Match rows and wanted pieces, each oldest first; `ends_meet` says whether spans that share an end overlap.

    A row goes with the first wanted piece that it overlaps and that has no row yet.
    """
    waiting: defaultdict[Hashable, deque[Segment]] = defaultdict(deque)
    for row in rows:
        waiting[row.key].append(row)
    result = Reconciled([], [], [])
    for want in wanted:
        queue = waiting[want.key]
        while queue and not _reaches(queue[0].end, want.start, ends_meet):
            result.gone.append(queue.popleft())
        if queue and _reaches(want.end, queue[0].start, ends_meet):
            result.kept.append((queue.popleft(), want))
        else:
            result.new.append(want)
    for queue in waiting.values():
        result.gone.extend(queue)
    return result


def _reaches(end: datetime, start: datetime, ends_meet: bool) -> bool:
    return end >= start if ends_meet else end > start
