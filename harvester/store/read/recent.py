"""Changes across services, newest first, and how much there is of everything."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal

from sqlalchemy import ColumnElement, Integer, Select, bindparam, func, or_, select, union_all
from sqlalchemy.orm import Session

from harvester.store.ledger import tallies
from harvester.store.read import services as read_services
from harvester.store.read.versions import CHANGE_ROWS, ChangeRow, change_row, with_pages
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

    def values(self, session: Session) -> dict[str, Any]:
        """Return the values of the conditions that are set (`_CONDITIONS`)."""
        found: dict[str, Any] = {
            "service_id": self.service_id,
            "type": self.type,
            "tag": self.tag,
            "start": self.start,
            "end": self.end,
            "min_words": self.min_words or None,
        }
        if self.service is not None:
            ids = session.scalars(_DOCUMENTS, {"service": self.service}).all()
            found |= {"service_id": ids[0]} if len(ids) == 1 else {"service_ids": ids}
        return {name: value for name, value in found.items() if value is not None}


# Made once: to build them takes longer than to run them.
_DOCUMENTS = select(Service.id).where(Service.service_name == bindparam("service"))
_CONDITIONS: dict[str, ColumnElement[bool]] = {
    "service_id": Change.service_id == bindparam("service_id"),
    "service_ids": Change.service_id.in_(bindparam("service_ids", expanding=True)),
    "type": Change.service_id.in_(select(Service.id).where(Service.type == bindparam("type"))),
    "tag": Change.service_id.in_(read_services.tagged(bindparam("tag"))),
    "start": Change.before >= bindparam("start"),
    "end": Change.before <= bindparam("end"),
    "min_words": Change.words_added + Change.words_removed + Change.words_moved >= bindparam("min_words"),
}
_OF_ONE = {"service_id", "service_ids"}


def changes(
    session: Session, wanted: ChangesWanted, *, older_than: tuple[datetime, int] | None = None, limit: int = 50
) -> list[ChangeRow]:
    """Return changes, newest first by when they were seen, behind the row with (before, id) `older_than`."""
    return _changes(session, wanted, "before", older_than, limit)


def found(
    session: Session, wanted: ChangesWanted, *, older_than: tuple[datetime, int] | None = None, limit: int = 50
) -> list[ChangeRow]:
    """Return changes, newest first by when this store found them, behind the row with (found_at, id) `older_than`."""
    return _changes(session, wanted, "found_at", older_than, limit)


def hidden(session: Session, wanted: ChangesWanted) -> int:
    """Return how many changes are left out for their kind, counted up to `MOST_HIDDEN`; none are if kinds are named."""
    if wanted.kinds:
        return 0
    values = wanted.values(session)
    return session.scalar(_hidden(tuple(values)), values) or 0


def _changes(
    session: Session,
    wanted: ChangesWanted,
    order: Literal["before", "found_at"],
    older_than: tuple[datetime, int] | None,
    limit: int,
) -> list[ChangeRow]:
    values = wanted.values(session)
    kinds = tuple(sorted(set(wanted.kinds or _SHOWN)))
    statement = _newest(order, kinds, tuple(values), is_behind=older_than is not None)
    if older_than is not None:
        values["moment"], values["number"] = older_than
    rows = session.execute(statement, {**values, "most": limit})
    return with_pages(session, [change_row(row) for row in rows])


@lru_cache(maxsize=128)
def _newest(
    order: Literal["before", "found_at"], kinds: tuple[str, ...], conditions: tuple[str, ...], *, is_behind: bool
) -> Select[Any]:
    """Select the newest changes under these `_CONDITIONS`."""
    moment = Change.before if order == "before" else Change.found_at
    where = [_CONDITIONS[name] for name in conditions]
    if is_behind:
        last = bindparam("moment", type_=moment.type)
        where += [moment <= last, or_(moment < last, Change.id < bindparam("number"))]
    most = bindparam("most", type_=Integer)
    rows = CHANGE_ROWS.order_by(moment.desc(), Change.id.desc())
    if not _OF_ONE.isdisjoint(conditions):
        return rows.where(_kind(conditions).in_(kinds), *where).limit(most)
    # The rows are chosen in the index of their kind alone, however far back they are: of each kind the newest.
    newest = select(Change.id, moment.label("moment")).order_by(moment.desc(), Change.id.desc()).limit(most)
    parts = [select(newest.where(Change.kind == one, *where).subquery()) for one in kinds]
    of_all = union_all(*parts).subquery()
    chosen = select(of_all.c.id).order_by(of_all.c.moment.desc(), of_all.c.id.desc()).limit(most)
    return rows.where(Change.id.in_(select(chosen.subquery().c.id)))


@lru_cache(maxsize=64)
def _hidden(conditions: tuple[str, ...]) -> Select[int]:
    """Count the changes of the `HIDDEN` kinds under these `_CONDITIONS`."""
    where = [_CONDITIONS[name] for name in conditions]
    some = select(Change.id).where(_kind(conditions).in_(HIDDEN), *where).limit(MOST_HIDDEN).subquery()
    return select(func.count()).select_from(some)


def _kind(conditions: Collection[str]) -> ColumnElement[str]:
    """Return the kind of a change, for a service so that its index is not used: that of the service has few rows."""
    return Change.kind.expression if _OF_ONE.isdisjoint(conditions) else Change.kind.concat("")
