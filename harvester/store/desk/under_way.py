"""How far the harvest of one service is, and what of it failed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CursorResult, func, select, update
from sqlalchemy.orm import Session

from harvester.store.ledger import leases, tallies
from harvester.store.ledger.ledger import SHOWING, WAITING, Outcome
from harvester.store.schema import Capture, Run, Search, Service, Source

FAILING = (Outcome.FAILED, Outcome.DUE_AGAIN, Outcome.UNPLAYABLE)
"""The outcomes that another try may mend."""


@dataclass(frozen=True, slots=True)
class UnderWay:
    """The harvest of a service. `running` says whether a process harvests it now, `rows` of the index search under
    way, if there is one; `run` is the latest poll or backfill.
    """

    running: bool
    run: Run | None
    sources: int
    rows: int | None
    captures: int
    fetched: int
    waiting: int
    versions: int
    changes: int


@dataclass(frozen=True, slots=True)
class Failure:
    """Captures of a service that show no policy, for one reason. `next_try` is the earliest."""

    outcome: str
    reason: str | None
    captures: int
    first: datetime
    last: datetime
    next_try: datetime | None


def under_way(session: Session, service_id: int, name: str, now: datetime) -> UnderWay:
    """Return how far the harvest of a service is."""
    found = tallies.totals(session, service_id)
    outcomes = {what: number for what, number in found.items() if what not in (tallies.VERSIONS, tallies.CHANGES)}
    latest = select(Run).where(Run.service == name).order_by(Run.id.desc()).limit(1)
    searching = (
        select(Search.rows)
        .join(Source, Source.id == Search.source_id)
        .where(Source.service_id == service_id, Search.finished_at.is_(None), Search.problem.is_(None))
        .order_by(Search.id.desc())
        .limit(1)
    )
    sources = select(func.count()).where(Source.service_id == service_id, Source.origin != "home")
    return UnderWay(
        running=leases.holder_of(session, f"harvest:{name}", now) is not None,
        run=session.scalar(latest),
        sources=session.scalar(sources) or 0,
        rows=session.scalar(searching),
        captures=sum(outcomes.values()),
        fetched=sum(outcomes.get(one, 0) for one in SHOWING),
        waiting=sum(outcomes.get(one, 0) for one in WAITING),
        versions=found.get(tallies.VERSIONS, 0),
        changes=found.get(tallies.CHANGES, 0),
    )


def failures(session: Session, service_id: int) -> Sequence[Failure]:
    """Return why captures of a service show no policy, the most frequent reason first."""
    quiet = (*SHOWING, Outcome.PLANNED, Outcome.LEFT_OUT)
    number = func.count()
    rows = session.execute(
        select(
            Capture.outcome,
            Capture.reason,
            number.label("captures"),
            func.min(Capture.timestamp).label("first"),
            func.max(Capture.timestamp).label("last"),
            func.min(Capture.due_at).label("next_try"),
        )
        .where(Capture.service_id == service_id, Capture.outcome.not_in(quiet))
        .group_by(Capture.outcome, Capture.reason)
        .order_by(number.desc(), Capture.outcome, Capture.reason)
    )
    return [Failure(row.outcome, row.reason, row.captures, row.first, row.last, row.next_try) for row in rows]


def try_again(session: Session, name: str) -> int:
    """Let the next poll of a service fetch what failed; return how many captures."""
    result = session.execute(
        update(Capture)
        .where(Capture.service_id.in_(select(Service.id).where(Service.name == name)), Capture.outcome.in_(FAILING))
        .values(outcome=Outcome.PLANNED, tries=0, due_at=None)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(result, CursorResult)
    return max(result.rowcount, 0)
