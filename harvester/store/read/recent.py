"""Changes across services, newest first, and how much there is of everything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, defer

from harvester.store.ledger import tallies
from harvester.store.read import services as read_services
from harvester.store.read.versions import ChangeRow, change_row
from harvester.store.schema import Change, Service


@dataclass(frozen=True, slots=True)
class Totals:
    """How much there is of everything, and when the newest change was seen."""

    services: int
    versions: int
    changes: int
    last_change: datetime | None


def totals(session: Session) -> Totals:
    """How much there is, as the triggers have counted it."""
    return Totals(
        session.scalar(select(func.count()).select_from(Service)) or 0,
        tallies.total(session, tallies.VERSIONS),
        tallies.total(session, tallies.CHANGES),
        session.scalar(select(func.max(Change.before))),
    )


def changes(
    session: Session,
    *,
    service_id: int | None = None,
    tag: str | None = None,
    kinds: Sequence[str] | None = None,
    start: datetime | None = None,
    end: datetime | None = None,
    older_than: tuple[datetime, int] | None = None,
    limit: int = 50,
) -> list[ChangeRow]:
    """Changes of one service, of those with a tag, or of all, newest first.

    They were first seen between `start` and `end`, both included.
    `older_than` is (before, id) of the last row of the page before this one.
    """
    conditions: list[ColumnElement[bool]] = []
    if service_id is not None:
        conditions.append(Change.service_id == service_id)
    if tag is not None:
        conditions.append(Change.service_id.in_(read_services.tagged(session, tag)))
    if kinds is not None:
        conditions.append(Change.kind.in_(kinds))
    if start is not None:
        conditions.append(Change.before >= start)
    if end is not None:
        conditions.append(Change.before <= end)
    if older_than is not None:
        before, number = older_than
        conditions.append(Change.before <= before)
        conditions.append(or_(Change.before < before, Change.id < number))
    # What is asked for is chosen in the index alone (`ix_changes_recent`), however far back it lies.
    chosen = select(Change.id).where(*conditions).order_by(Change.before.desc(), Change.id.desc()).limit(limit)
    rows = session.execute(
        select(Change, Service.name)
        .join(Service, Service.id == Change.service_id)
        .options(defer(Change.operations))
        .where(Change.id.in_(select(chosen.subquery().c.id)))
        .order_by(Change.before.desc(), Change.id.desc())
    )
    return [change_row(row) for row in rows]
