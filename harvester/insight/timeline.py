"""The whole history of a service on one line: captures, versions, changes, and gaps with their reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy.orm import Session

from harvester.store.ledger.ledger import SHOWING, Outcome
from harvester.store.read import (
    captures as read_captures,
)
from harvester.store.read import (
    history,
    recent,
    versions,
)
from harvester.store.read.history import PlannedInterval, Point
from harvester.store.read.missing import no_policy_since

_STRETCHES = 96
_POINTS = 400
_CHANGES = 1_000


@dataclass(frozen=True, slots=True)
class Gap:
    """Months without a policy, and why; both ends included."""

    start: datetime
    end: datetime
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """A history from `start` to `end`.

    `captures` counts, between each two successive `edges`, captures that show a text and others, each up to
    `read_captures.DENSE`. `points` are the versions, thinned where there are very many. `changes` are
    (first seen, kind, words added, words removed), the latest 1,000.
    """

    start: datetime
    end: datetime
    edges: tuple[datetime, ...]
    captures: tuple[tuple[int, int], ...]
    points: tuple[Point, ...]
    changes: tuple[tuple[datetime, str, int, int], ...]
    gaps: tuple[Gap, ...]

    @property
    def summary(self) -> str:
        """In one line, for who does not see it."""
        return (
            f"{self.start:%B %Y} to {self.end:%B %Y}, {len(self.points)} versions, {len(self.changes)} changes,"
            f" {len(self.gaps)} gaps"
        )


def timeline(session: Session, service: str) -> Timeline | None:
    """Return the timeline of a service; None when it has neither a version nor a gap.

    It reaches the latest capture where that shows no policy.
    """
    number = versions.service_id(session, service)
    points = history.points(session, [number], _POINTS).get(number, [])
    gaps = gaps_of(session, number)
    starts = [point.first_seen for point in points[:1]] + [gap.start for gap in gaps[:1]]
    ends = [point.last_seen for point in points[-1:]] + [gap.end for gap in gaps[-1:]]
    ends += [one.looked_at for one in no_policy_since(session, [number])]
    if not starts:
        return None
    start, end = min(starts), max(ends)
    step = max((end - start) / _STRETCHES, timedelta(hours=1))
    edges = [start + step * place for place in range(_STRETCHES + 1)]
    edges[-1] += timedelta(seconds=1)  # a stretch ends before its edge, and the last capture counts too
    changes = recent.changes(session, recent.ChangesWanted(number, kinds=recent.EVERY), limit=_CHANGES)
    return Timeline(
        start,
        end,
        tuple(edges),
        tuple(read_captures.density(session, number, edges)),
        tuple(points),
        tuple((one.before, one.kind, one.words_added, one.words_removed) for one in reversed(changes)),
        tuple(gaps),
    )


def gaps_of(session: Session, service_id: int) -> list[Gap]:
    """Return half-years in which no source of the service shows a policy, neighbours merged."""
    shown = set()
    missing: dict[tuple[datetime, datetime], set[str]] = {}
    for one in history.intervals(session, service_id):
        if one.outcome in SHOWING or _is_shown(session, service_id, one):
            shown.add(one.start)
        else:
            missing.setdefault((one.start, one.end), set()).add(one.reason or one.outcome)
    holes = [(start, end) for start, end in sorted(missing) if start not in shown]
    gaps: list[Gap] = []
    for reasons, group in groupby(holes, key=lambda hole: tuple(sorted(missing[hole]))):
        for start, end in group:
            if gaps and gaps[-1].reasons == reasons and start - gaps[-1].end <= timedelta(days=1):
                gaps[-1] = Gap(gaps[-1].start, end, reasons)
            else:
                gaps.append(Gap(start, end, reasons))
    return gaps


def _is_shown(session: Session, service_id: int, interval: PlannedInterval) -> bool:
    """Return whether a capture other than the one chosen for a half-year shows a policy in it."""
    if interval.outcome in (Outcome.NOT_ARCHIVED, Outcome.LEFT_OUT):
        return False
    [(shown, _)] = read_captures.density(session, service_id, [interval.start, interval.end])
    return shown > 0
