"""The ledger of one service, a bounded piece at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import pairwise
from typing import Any

from sqlalchemy import Integer, Select, bindparam, func, literal_column, or_, select, union_all
from sqlalchemy.orm import Session

from harvester.store.schema import Capture, Playback, Source, UtcDateTime

DENSE = 20
"""From so many captures on a stretch of the time line counts as densely captured; more are not counted."""
_AT_ONCE = 96
"""Stretches of one statement."""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A capture and its one outcome."""

    id: int
    archive: str
    timestamp: datetime
    url: str
    status: int | None
    mimetype: str | None
    digest: str
    outcome: str
    reason: str | None
    tries: int
    due_at: datetime | None
    cleaner: str | None


@dataclass(frozen=True, slots=True)
class Provenance:
    """The values needed to name a capture's snapshot."""

    capture: Capture
    playback: Playback | None
    source: Source


# Made once: to build them takes longer than to run them.
_PROVENANCE = (
    select(Capture, Playback, Source)
    .join(Source, Source.id == Capture.source_id)
    .outerjoin(Playback, Playback.capture_id == Capture.id)
    .where(Capture.id == bindparam("capture"))
)
_SHOWING = (
    select(Capture.id)
    .where(
        Capture.service_id == bindparam("service"),
        Capture.timestamp == bindparam("moment"),
        Capture.text_id == bindparam("text"),
    )
    .limit(1)
)


# As `LedgerRow` has them.
_LEDGER: Select[*tuple[Any, ...]] = select(
    Capture.id,
    Capture.archive,
    Capture.timestamp,
    Capture.original,
    Capture.status,
    Capture.mimetype,
    Capture.digest,
    Capture.outcome,
    Capture.reason,
    Capture.tries,
    Capture.due_at,
    Capture.cleaner,
)


def ledger_of(
    session: Session,
    service_id: int,
    *,
    outcome: str | None = None,
    newer_than: tuple[datetime, int] | None = None,
    limit: int = 100,
) -> list[LedgerRow]:
    """Return captures of a service, oldest first; `newer_than` is (timestamp, id) of the last row of the previous
    page.
    """
    statement = _LEDGER.where(Capture.service_id == service_id)
    if outcome is not None:
        statement = statement.where(Capture.outcome == outcome)
    if newer_than is not None:
        when, number = newer_than
        statement = statement.where(Capture.timestamp >= when, or_(Capture.timestamp > when, Capture.id > number))
    rows = session.execute(statement.order_by(Capture.timestamp, Capture.id).limit(limit))
    return [LedgerRow(*row) for row in rows]


def extent_of(session: Session, service_id: int) -> tuple[datetime, datetime] | None:
    """Return when the first and the last known capture of a service were taken; None if there is none."""
    first, last = (
        session.scalar(select(end(Capture.timestamp)).where(Capture.service_id == service_id))
        for end in (func.min, func.max)
    )
    return None if first is None or last is None else (first, last)


def density(session: Session, service_id: int, edges: Sequence[datetime]) -> list[tuple[int, int]]:
    """Count, between successive `edges`, (captures that show a text, other captures), up to `DENSE`.

    Each stretch reads at most `DENSE` entries of an index, so a service of a million captures costs no more.
    """
    stretches = list(pairwise(edges))
    # Always as many in one statement, which is made once; SQLite takes no more than 500.
    size = 1 if len(stretches) == 1 else _AT_ONCE
    counts: list[tuple[int, int]] = []
    for start in range(0, len(stretches), size):
        part = stretches[start : start + size]
        wanted: dict[str, object] = {"service": service_id}
        for place in range(size):
            since, until = part[place] if place < len(part) else (edges[-1], edges[-1])
            wanted |= {f"since{place}": since, f"until{place}": until}
        found = session.execute(_density(size), wanted).all()[: len(part)]
        counts += [(row[0], row[1] - row[0]) for row in found]
    return counts


@lru_cache(2)
def _density(number: int) -> Select[int, int]:
    """Select the counts of `density` for a number of stretches."""
    stretches = union_all(
        *(
            select(
                literal_column(str(place), Integer).label("place"),
                bindparam(f"since{place}", type_=UtcDateTime).label("since"),
                bindparam(f"until{place}", type_=UtcDateTime).label("until"),
            )
            for place in range(number)
        )
    ).cte("s")
    some = (
        select(Capture.text_id)
        .where(Capture.service_id == bindparam("service"))
        .where(Capture.timestamp >= stretches.c.since, Capture.timestamp < stretches.c.until)
        .limit(DENSE)
        .correlate(stretches)
        .subquery()
    )
    shown = select(func.count(some.c.text_id)).select_from(some).scalar_subquery()
    everything = select(func.count()).select_from(some).scalar_subquery()
    return select(shown, everything).select_from(stretches).order_by(stretches.c.place)


def provenance(session: Session, capture_id: int) -> Provenance:
    """Return a capture with how its bytes were obtained."""
    return Provenance(*session.execute(_PROVENANCE, {"capture": capture_id}).one())


def showing(session: Session, service_id: int, moment: datetime, text_id: int) -> int | None:
    """Return the capture of a service that shows a text at an instant."""
    return session.scalar(_SHOWING, {"service": service_id, "moment": moment, "text": text_id})
