"""Services in lists, with the health of each. Bounded by the requested services, never by their captures."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    TableClause,
    TableValuedAlias,
    Text,
    bindparam,
    cast,
    column,
    exists,
    func,
    select,
    table,
    tuple_,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from harvester.catalogue.document_types import split_name
from harvester.store.ledger import tallies
from harvester.store.ledger.ledger import WAITING, Outcome
from harvester.store.ledger.sources import COMBINED
from harvester.store.read.missing import last_seen
from harvester.store.read.versions import service_id
from harvester.store.schema import Capture, Change, Search, Service, Source, Version

_MANY = 1_000
_TAGS: TableClause = table("service_tags", column("tag", Text), column("service_id", Integer))
"""A row for each tag of a service, kept by triggers: no table of the schema, as the tallies are none."""


@dataclass(frozen=True, slots=True)
class NamedService:
    """A document by name, without what there is of it."""

    id: int
    name: str
    service_name: str
    type: str
    tags: tuple[str, ...]
    added_at: datetime
    paused_at: datetime | None


@dataclass(frozen=True, slots=True)
class Condition:
    """A service with its extent and health.

    `waiting` and `failed` count captures to be tried again and given up, up to 1,000 each; `looked_at` is when the
    archive's index was last searched for it, to the end.
    """

    versions: int
    changes: int
    first_seen: datetime | None
    last_seen: datetime | None
    last_change: datetime | None
    waiting: int
    failed: int
    looked_at: datetime | None


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A URL of a service, the span for which it is its policy, and its first and last known capture."""

    url: str
    since: datetime | None
    until: datetime | None
    origin: str
    note: str | None
    excluded_until: datetime | None
    first_capture: datetime | None
    last_capture: datetime | None


_NAMED = (
    Service.id,
    Service.name,
    Service.service_name,
    Service.type,
    Service.tags,
    Service.added_at,
    Service.paused_at,
)


# Made once: to build them takes longer than to run them.
_NAMES = select(Service.name).order_by(Service.name).limit(bindparam("most"))
_ALL_NAMES = select(func.aggregate_strings(Service.name, "\n"))
_TYPES = select(Service.type).distinct()
_TAGS_KNOWN = select(_TAGS.c.tag).distinct()
_DOCUMENTS = select(*_NAMED).where(Service.service_name == bindparam("service"))
_SOURCES = select(
    Source,
    select(func.min(Capture.timestamp)).where(Capture.source_id == Source.id).scalar_subquery().label("first"),
    select(func.max(Capture.timestamp)).where(Capture.source_id == Source.id).scalar_subquery().label("last"),
).where(Source.service_id == bindparam("service"), Source.origin != COMBINED)
_SOME: BindParameter[Sequence[int]] = bindparam("services", expanding=True)
_EXTENT = select(
    Service.id,
    select(func.min(Version.first_seen)).where(Version.service_id == Service.id).scalar_subquery(),
    last_seen(Service.id),
    select(func.max(Change.before)).where(Change.service_id == Service.id).scalar_subquery(),
).where(Service.id.in_(_SOME))
_LATEST = (
    select(func.max(Search.id))
    .join(Source, Source.id == Search.source_id)
    .where(Source.service_id.in_(_SOME))
    .group_by(Search.source_id)
)
_LOOKED_AT = (
    select(Source.service_id, func.max(Search.finished_at))
    .join(Source, Source.id == Search.source_id)
    .where(Search.id.in_(_LATEST), Search.finished_at.is_not(None))
    .group_by(Source.service_id)
)


def named(session: Session, tag: str | None = None, *, after: str = "", limit: int | None = None) -> list[NamedService]:
    """Return documents in the byte order of their services and names, all or those with a tag, from the one after a
    name on.
    """
    collation = "C" if session.get_bind().dialect.name == "postgresql" else "BINARY"
    place = tuple_(Service.service_name.collate(collation), Service.name.collate(collation))
    rows = session.execute(
        select(*_NAMED)
        .where(*_tagged(tag), *([place > (split_name(after)[0], after)] if after else []))
        .order_by(*place)
        .limit(limit)
    )
    return [_named(row) for row in rows]


def documents(session: Session, service: str) -> list[NamedService]:
    """Return the documents of a service by its name, its privacy policy first; none if the store does not know it."""
    rows = session.execute(_DOCUMENTS, {"service": service}).all()
    return [_named(row) for row in sorted(rows, key=lambda row: str(row.name))]


def _named(row: Any) -> NamedService:
    return NamedService(row.id, row.name, row.service_name, row.type, tuple(row.tags), row.added_at, row.paused_at)


def names(session: Session, most: int) -> list[str]:
    """Return the first names, at most so many."""
    return list(session.scalars(_NAMES, {"most": most}))


def all_names(session: Session) -> set[str]:
    """Return all names. Read as one string, which takes a tenth of the time that so many rows take."""
    joined = session.scalar(_ALL_NAMES)
    return set(joined.split("\n")) if joined else set()


def number(session: Session, tag: str | None = None) -> int:
    """Count the services, all or those with a tag."""
    counted = select(func.count()).select_from(Service if tag is None else tagged(tag).subquery())
    return session.scalar(counted) or 0


def tags(session: Session) -> list[str]:
    """Return every tag that a service has."""
    return sorted(session.scalars(_TAGS_KNOWN))


def types(session: Session) -> list[str]:
    """Return the types of the documents that the store has."""
    return sorted(session.scalars(_TYPES))


def tagged(tag: str | BindParameter[str]) -> Select[int]:
    """Select the ids of the services with a tag."""
    return select(_TAGS.c.service_id).where(_TAGS.c.tag == tag)


def _tagged(tag: str | None) -> list[ColumnElement[bool]]:
    return [] if tag is None else [Service.id.in_(tagged(tag))]


def each_has(session: Session, column: InstrumentedAttribute[list[Any]], value: str) -> list[ColumnElement[bool]]:
    """Return the conditions under which a column, a list in JSON, contains a text."""
    each = _each(session, column)
    # The list contains each value as written, which is checked before the list is parsed.
    return [
        cast(column, Text).contains(json.dumps(value), autoescape=True),
        exists(select(each.c.value).where(each.c.value == value)),
    ]


def _each(session: Session, column: InstrumentedAttribute[list[Any]]) -> TableValuedAlias:
    """Select a row for each member of a column that is a list in JSON."""
    if session.get_bind().dialect.name == "postgresql":
        return func.json_array_elements_text(column).table_valued("value", name="member")
    return func.json_each(column).table_valued("value", name="member")


def one(session: Session, name: str) -> NamedService:
    """Return the document with a name; `UnknownName` lists the known ones."""
    return _named(session.get_one(Service, service_id(session, name)))


def conditions(session: Session, service_ids: Sequence[int]) -> dict[int, Condition]:
    """Return the health of some services."""
    wanted = {"services": list(service_ids)}
    counted = tallies.by_service(session, service_ids)
    extents = {row[0]: row[1:] for row in session.execute(_EXTENT, wanted)}
    looked = {row[0]: row[1] for row in session.execute(_LOOKED_AT, wanted) if row[1] is not None}
    found = {}
    for number in service_ids:
        of_each, (first, last, last_change) = counted[number], extents.get(number, (None, None, None))
        found[number] = Condition(
            versions=of_each.get(tallies.VERSIONS, 0),
            changes=of_each.get(tallies.CHANGES, 0),
            first_seen=first,
            last_seen=last,
            last_change=last_change,
            waiting=min(sum(of_each.get(outcome, 0) for outcome in WAITING), _MANY),
            failed=min(of_each.get(Outcome.FAILED, 0), _MANY),
            looked_at=looked.get(number),
        )
    return found


def number_of(session: Session, name: str) -> int | None:
    """Return the number of a document; None if the store does not know it."""
    return session.scalar(select(Service.id).where(Service.name == name))


def sources(session: Session, service_id: int) -> list[SourceRow]:
    """Return the addresses of a service, in the order in which they were its policy."""
    rows = session.execute(_SOURCES, {"service": service_id}).all()
    found = [
        SourceRow(
            row.Source.url,
            row.Source.since,
            row.Source.until,
            row.Source.origin,
            row.Source.note,
            row.Source.excluded_until,
            row.first,
            row.last,
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: ((one.since or one.first_capture or one.until) is None, one.url))
