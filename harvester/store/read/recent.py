"""Changes across services, newest first, and how much there is of everything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session, defer

from harvester.store.ledger import tallies
from harvester.store.read import services as read_services
from harvester.store.read.versions import ChangeRow, change_row, with_pages
from harvester.store.schema import Change, Service


@dataclass(frozen=True, slots=True)
class Totals:
    """The totals of the store, and when the newest change was seen."""

    services: int
    versions: int
    changes: int
    last_change: datetime | None


def totals(session: Session) -> Totals:
    """Return the totals that the triggers have counted."""
    return Totals(
        session.scalar(select(func.count(Service.service_name.distinct()))) or 0,
        tallies.total(session, tallies.VERSIONS),
        tallies.total(session, tallies.CHANGES),
        session.scalar(select(func.max(Change.before))),
    )


_SHOWN = ("substantive", "minor", "language")
HIDDEN = ("cosmetic", "technical")
"""The kinds of change that pages, feeds, the API and `log` leave out unless asked, and count."""
EVERY = ("substantive", "minor", "cosmetic", "technical", "language")
MOST_HIDDEN = 1_000
"""Hidden changes are counted up to here: to count all of a large store would take longer than to list the rest."""


@dataclass(frozen=True, slots=True)
class ChangesWanted:
    """Which changes: of one document (`service_id`), of all documents of a `service`, of those with a tag, of a type,
    or of all; of these kinds, or of all but the `HIDDEN`.

    They were first seen between `start` and `end`, both included, and touch at least `min_words` words.
    """

    service_id: int | None = None
    tag: str | None = None
    kinds: Sequence[str] = ()
    start: datetime | None = None
    end: datetime | None = None
    min_words: int = 0
    service: str | None = None
    type: str | None = None

    def conditions(self, session: Session) -> list[ColumnElement[bool]]:
        """Return the conditions on a row, except for its kind."""
        found: list[ColumnElement[bool]] = []
        if self.service_id is not None:
            found.append(Change.service_id == self.service_id)
        if self.service is not None:
            ids = session.scalars(select(Service.id).where(Service.service_name == self.service)).all()
            found.append(Change.service_id == ids[0] if len(ids) == 1 else Change.service_id.in_(ids))
        if self.type is not None:
            found.append(Change.service_id.in_(select(Service.id).where(Service.type == self.type)))
        if self.tag is not None:
            found.append(Change.service_id.in_(read_services.tagged(self.tag)))
        if self.start is not None:
            found.append(Change.before >= self.start)
        if self.end is not None:
            found.append(Change.before <= self.end)
        if self.min_words:
            found.append(Change.words_added + Change.words_removed + Change.words_moved >= self.min_words)
        return found


def changes(
    session: Session, wanted: ChangesWanted, *, older_than: tuple[datetime, int] | None = None, limit: int = 50
) -> list[ChangeRow]:
    """Return changes, newest first by when they were seen, behind the row with (before, id) `older_than`."""
    return _changes(session, wanted, Change.before, older_than, limit)


def found(
    session: Session, wanted: ChangesWanted, *, older_than: tuple[datetime, int] | None = None, limit: int = 50
) -> list[ChangeRow]:
    """Return changes, newest first by when this store found them, behind the row with (found_at, id) `older_than`."""
    return _changes(session, wanted, Change.found_at, older_than, limit)


def hidden(session: Session, wanted: ChangesWanted) -> int:
    """Return how many changes are left out for their kind, counted up to `MOST_HIDDEN`; none are if kinds are named."""
    if wanted.kinds:
        return 0
    kind = _kind_of(wanted).in_(HIDDEN)
    some = select(Change.id).where(kind, *wanted.conditions(session)).limit(MOST_HIDDEN).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def _kind_of(wanted: ChangesWanted) -> ColumnElement[str]:
    """Return the kind of a change, for a service so that its index is not used: that of the service has few rows."""
    return Change.kind.concat("") if _is_of_one(wanted) else Change.kind.expression


def _is_of_one(wanted: ChangesWanted) -> bool:
    return wanted.service_id is not None or wanted.service is not None


def _changes(
    session: Session,
    wanted: ChangesWanted,
    order: InstrumentedAttribute[datetime],
    older_than: tuple[datetime, int] | None,
    limit: int,
) -> list[ChangeRow]:
    conditions = wanted.conditions(session)
    if older_than is not None:
        moment, number = older_than
        conditions.append(order <= moment)
        conditions.append(or_(order < moment, Change.id < number))
    kind, kinds = _kind_of(wanted), dict.fromkeys(wanted.kinds or _SHOWN)
    statement = select(Change, Service.name).join(Service, Service.id == Change.service_id)
    if _is_of_one(wanted):
        statement = statement.where(kind.in_(kinds), *conditions).limit(limit)
    else:
        # The rows are chosen in the index of their kind alone, however far back they are: of each kind the newest.
        newest = select(Change.id, order.label("moment")).order_by(order.desc(), Change.id.desc()).limit(limit)
        parts = [select(newest.where(kind == one, *conditions).subquery()) for one in kinds]
        of_all = union_all(*parts).subquery()
        chosen = select(of_all.c.id).order_by(of_all.c.moment.desc(), of_all.c.id.desc()).limit(limit)
        statement = statement.where(Change.id.in_(select(chosen.subquery().c.id)))
    rows = session.execute(statement.options(defer(Change.operations)).order_by(order.desc(), Change.id.desc()))
    return with_pages(session, [change_row(row) for row in rows])
