"""The versions whose texts match a query, a page at a time, and when each of their services says it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby, pairwise
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, exists, func, not_, or_, select, text, true
from sqlalchemy.orm import Session

from harvester.store.schema import Service, TextRow, Version
from harvester.store.search.matches import RARE, Known, Matches, numbers, one_of
from harvester.store.search.phrases import has, is_sqlite

MOST_COUNTED = 1_000
"""Versions that `more_versions` counts at the most."""
_SERVICES_AT_FIRST, _SERVICES_AT_ONCE = 25, 5_000


@dataclass(frozen=True, slots=True)
class SearchSpan:
    """The versions that count: of a document (None: all) or a type, there some time between `start` and `end`."""

    service_id: int | None = None
    start: datetime | None = None
    end: datetime | None = None
    type: str | None = None


@dataclass(frozen=True, slots=True)
class HitRow:
    """A version that was found; `number` is its place in its service's history, from 1."""

    service: str
    number: int
    first_seen: datetime
    last_seen: datetime
    text_id: int
    language: str


@dataclass(frozen=True, slots=True)
class Appearance:
    """When a service's versions that were found begin and end, how many they are, and of how many.

    `from_the_first` says that the service's first version known is among them, so that it may have said it before too.
    `breaks` are the times in between in which it did not: from when it was last seen to when it was seen again.
    """

    service: str
    first_seen: datetime
    last_seen: datetime
    versions: int
    of: int
    from_the_first: bool = False
    breaks: tuple[tuple[datetime, datetime], ...] = ()


@dataclass(frozen=True, slots=True)
class SearchRows:
    """Some versions that were found, an appearance for each of their services, and whether there are more."""

    hits: list[HitRow]
    appearances: list[Appearance]
    more: bool


def page_of_hits(
    session: Session,
    matches: Matches | Known,
    span: SearchSpan,
    *,
    only: Literal["first", "last"] | None,
    after: tuple[str, datetime] | None,
    limit: int,
) -> SearchRows:
    """Return the versions whose texts match, by service and oldest first, and when each of their services says it.

    With `only` one for each service. `after` is (service, first_seen) of the last row of the page before.
    """
    if not is_sqlite(session):
        # PostgreSQL does not count what the table of words keeps apart (TOAST), and would read it all, 50 ms for 2,000
        # policies, where the index needs less than one. Until the end of this transaction.
        session.execute(text("SET LOCAL enable_seqscan = off"))
    rows: list[Any] = []
    for condition in _by_services(session, matches, span, after[0] if after else ""):
        rows += session.execute(_page(session, condition, span, only, after).limit(limit + 1 - len(rows))).all()
        if len(rows) > limit:
            break
    shown = rows[:limit]
    if not shown:
        return SearchRows([], [], more=False)
    names = {row.service_id: row.service for row in shown}
    known = select(Version.service_id, Version.id, Version.text_id, and_(true(), *_within(span)).label("there"))
    known = known.where(one_of(session, Version.service_id, names)).order_by(Version.service_id, Version.first_seen)
    histories = {number: list(own) for number, own in groupby(session.execute(known), lambda row: row.service_id)}
    said = matches.among({row.text_id for own in histories.values() for row in own if row.there})
    extents = {number: _extent(own, said) for number, own in histories.items()}
    wanted = {row.id for row in shown}.union(*(one.edges for one in extents.values()))
    times = select(Version.id, Version.first_seen, Version.last_seen, TextRow.language)
    times = times.join(TextRow, TextRow.id == Version.text_id).where(one_of(session, Version.id, wanted))
    at = {row.id: row for row in session.execute(times)}
    places = {row.id: place for own in histories.values() for place, row in enumerate(own, 1)}
    hits = [
        HitRow(
            row.service,
            places[row.id],
            at[row.id].first_seen,
            at[row.id].last_seen,
            row.text_id,
            at[row.id].language,
        )
        for row in shown
    ]
    return SearchRows(
        hits, [_appearance(name, extents[number], at) for number, name in names.items()], len(rows) > limit
    )


def _by_services(
    session: Session, matches: Matches | Known, span: SearchSpan, start: str
) -> Iterator[ColumnElement[bool]]:
    """Yield conditions for the versions that match, from a service's name on: of rare words for all of them at once.

    To put in order all that say a common word takes a second: a few services come first, then four times as many.
    """
    if span.service_id is None and matches.few is not None:
        condition = one_of(session, Version.text_id, matches.few)
        if _count(session, RARE + 1, condition, *_within(span)) <= RARE:
            yield condition
            return
    for services in _services_by_name(session, span, start):
        own = one_of(session, Version.service_id, services)
        texts = numbers(session, Version.text_id, own, *_within(span))
        if said := matches.among(set(texts)):
            yield and_(own, one_of(session, Version.text_id, said))


def _services_by_name(session: Session, span: SearchSpan, start: str) -> Iterator[Sequence[int]]:
    if span.service_id is not None:
        yield [span.service_id]
        return
    name = _by_bytes(session)
    number = _SERVICES_AT_FIRST
    rest = select(Service.id, name.label("name")).order_by(name)
    if span.type is not None:
        rest = rest.where(Service.type == span.type)
    if span.start or span.end:  # thousands of services may have no version then
        rest = rest.where(exists().where(Version.service_id == Service.id, *_within(replace(span, type=None))))
    some = session.execute(rest.where(name >= start).limit(number)).all()
    while some:
        yield [row.id for row in some]
        number = min(number * 4, _SERVICES_AT_ONCE)
        some = session.execute(rest.where(name > some[-1].name).limit(number)).all()


def _page(
    session: Session,
    condition: ColumnElement[bool],
    span: SearchSpan,
    only: Literal["first", "last"] | None,
    after: tuple[str, datetime] | None,
) -> Select[Any]:
    """Return the versions that meet a condition, in order, after a place."""
    name = _by_bytes(session)
    order = Version.first_seen.desc() if only == "last" else Version.first_seen
    found = (
        select(
            name.label("service"),
            Version.service_id,
            Version.id,
            Version.first_seen,
            Version.text_id,
            func.row_number().over(partition_by=Version.service_id, order_by=order).label("place"),
        )
        .join(Service, Service.id == Version.service_id)
        .where(condition, *_within(span))
        .subquery()
    )
    page = select(found).order_by(found.c.service, found.c.first_seen)
    if only is not None:
        page = page.where(found.c.place == 1)
    if after is not None:
        service, first_seen = after
        page = page.where(
            or_(found.c.service > service, and_(found.c.service == service, found.c.first_seen > first_seen))
        )
    return page


@dataclass(frozen=True, slots=True)
class _Extent:
    """The versions of a service that match: the first, the last, and each break as the versions beside it."""

    first: int
    last: int
    versions: int
    of: int
    from_the_first: bool
    breaks: list[tuple[int, int]]

    @property
    def edges(self) -> set[int]:
        """The versions whose times are needed."""
        return {self.first, self.last}.union(*self.breaks)


def _extent(history: Sequence[Any], said: Collection[int]) -> _Extent:
    there = [row for row in history if row.there]
    found = [place for place, row in enumerate(there) if row.text_id in said]
    breaks = [(there[a].id, there[b].id) for a, b in pairwise(found) if b - a > 1]
    first, last = there[found[0]].id, there[found[-1]].id
    return _Extent(first, last, len(found), len(there), first == history[0].id, breaks)


def _appearance(name: str, extent: _Extent, at: Mapping[int, Any]) -> Appearance:
    breaks = tuple((at[a].last_seen, at[b].first_seen) for a, b in extent.breaks)
    first, last = at[extent.first].first_seen, at[extent.last].last_seen
    return Appearance(name, first, last, extent.versions, extent.of, extent.from_the_first, breaks)


def more_versions(session: Session, matches: Matches, wider: Matches, span: SearchSpan) -> int:
    """Count the versions whose texts match `wider` and not `matches`, up to `MOST_COUNTED`; of all services none for a
    common word, beside which so few would take longest to find.
    """
    if span.service_id is not None:
        texts = set(numbers(session, Version.text_id, *_within(span)))
        others = frozenset(wider.among(texts) - matches.among(texts))
    elif matches.few is None:
        return 0
    elif wider.few is not None:
        others = wider.few - matches.few
    else:
        condition = and_(has(session, wider.query), not_(one_of(session, Version.text_id, matches.few)))
        return _count(session, MOST_COUNTED, condition, *_within(span))
    return _count(session, MOST_COUNTED, one_of(session, Version.text_id, others), *_within(span)) if others else 0


def _count(session: Session, most: int, *conditions: ColumnElement[bool]) -> int:
    """Count the versions that meet some conditions, up to `most`."""
    some = select(Version.id).where(*conditions).limit(most).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def texts_within(session: Session, span: SearchSpan) -> Sequence[int]:
    """Return the distinct texts of the versions that count, in the order in which they were first seen."""
    statement = (
        select(Version.text_id).where(*_within(span)).group_by(Version.text_id).order_by(func.min(Version.first_seen))
    )
    return session.scalars(statement).all()


def _within(span: SearchSpan) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if span.service_id is not None:
        conditions.append(Version.service_id == span.service_id)
    if span.type is not None:
        conditions.append(Version.service_id.in_(select(Service.id).where(Service.type == span.type)))
    if span.start is not None:
        conditions.append(Version.last_seen >= span.start)
    if span.end is not None:
        conditions.append(Version.first_seen <= span.end)
    return conditions


def _by_bytes(session: Session) -> ColumnElement[str]:
    """Return a service's name, ordered by its bytes on every database."""
    return Service.name.collate("BINARY" if is_sqlite(session) else "C")
