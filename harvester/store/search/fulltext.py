"""The index of the words of every text, and what it answers: FTS5 on SQLite, a tsvector with GIN on PostgreSQL.

Both are given our own words (`store.search_query`), parted by spaces, so that both give the same answers. On SQLite the
tokenizer is ``ascii``, to which every character beyond ASCII is part of a word, and the table keeps no content. On
PostgreSQL a tsvector keeps at most 256 places of a word and none beyond 16,383, too few for a policy: it only finds
texts with all the words of a phrase, and the words themselves, kept beside it, say whether they are side by side.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby, pairwise
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, exists, func, not_, or_, select, text
from sqlalchemy.orm import Session

from harvester.store.content.compression import restored
from harvester.store.schema import Service, TextRow, Version
from harvester.store.search.indexing import Words, words_of
from harvester.store.search.matches import Known, Matches, one_of
from harvester.store.search.phrases import has, is_sqlite

_TEXTS_AT_ONCE = 200
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
    version_id: int
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


def index(session: Session, text_id: int, comparable: str, language: str) -> None:
    """Index the words of a text that was just stored."""
    index_words(session, {text_id: words_of(comparable, language)})


def index_words(session: Session, words: Mapping[int, Words]) -> None:
    """Index the words of texts that were just stored, by their ids."""
    if not words:
        return
    if is_sqlite(session):
        statement = "INSERT INTO text_search (rowid, words, stems) VALUES (:id, :words, :stems)"
        rows = [{"id": number, "words": found.words, "stems": found.stems} for number, found in words.items()]
        session.execute(text(statement), rows)
    else:
        statement = (
            "INSERT INTO text_search (text_id, words, lexemes, stems, stem_lexemes) "
            "VALUES (:id, :words, array_to_tsvector(CAST(:lexemes AS text[])), "
            ":stems, array_to_tsvector(CAST(:stem_lexemes AS text[])))"
        )
        session.execute(
            text(statement),
            [
                {
                    "id": number,
                    "words": f" {found.words} ",
                    "lexemes": sorted(set(found.words.split())),
                    "stems": f" {found.stems} ",
                    "stem_lexemes": sorted(set(found.stems.split())),
                }
                for number, found in words.items()
            ],
        )


def not_indexed(session: Session) -> Sequence[int]:
    """Return the stored texts whose words are not in the index."""
    known = "SELECT id FROM text_search_docsize" if is_sqlite(session) else "SELECT text_id FROM text_search"
    return session.scalars(text(f"SELECT id FROM texts WHERE id NOT IN ({known}) ORDER BY id")).all()


def index_missing(session: Session) -> int:
    """Index every stored text that is not in the index; return how many there were."""
    missing = not_indexed(session)
    for start in range(0, len(missing), _TEXTS_AT_ONCE):
        some = missing[start : start + _TEXTS_AT_ONCE]
        rows = session.execute(select(TextRow.id, TextRow.data, TextRow.language).where(TextRow.id.in_(some))).all()
        for number, data, language in rows:
            index(session, number, restored(data).decode("utf-8", "surrogatepass"), language)
    return len(missing)


def hits(
    session: Session,
    matches: Matches | Known,
    span: SearchSpan,
    *,
    only: Literal["first", "last"] | None = None,
    after: tuple[str, datetime] | None = None,
    limit: int = 50,
) -> list[HitRow]:
    """Return the versions whose texts match, by service and oldest first.

    With `only` one for each service. `after` is (service, first_seen) of the last row of the page before.
    """
    if not is_sqlite(session):
        # PostgreSQL does not count what the table of words keeps apart (TOAST), and would read it all, 50 ms for 2,000
        # policies, where the index needs less than one. Until the end of this transaction.
        session.execute(text("SET LOCAL enable_seqscan = off"))
    rows: list[Any] = []
    for condition in _by_services(session, matches, span, after[0] if after else ""):
        rows += session.execute(_page(session, condition, span, only, after).limit(limit - len(rows))).all()
        if len(rows) == limit:
            break
    numbers = _numbers(session, {row.service_id for row in rows})
    languages = select(TextRow.id, TextRow.language).where(TextRow.id.in_({row.text_id for row in rows}))
    spoken = dict(session.execute(languages).all())
    return [
        HitRow(row.service, numbers[row.id], row.id, row.first_seen, row.last_seen, row.text_id, spoken[row.text_id])
        for row in rows
    ]


def _by_services(
    session: Session, matches: Matches | Known, span: SearchSpan, start: str
) -> Iterator[ColumnElement[bool]]:
    """Yield conditions for the versions that match, from a service's name on: of rare words for all of them at once.

    To put in order all that say a common word takes a second: a few services come first, then four times as many.
    """
    if span.service_id is None and matches.few is not None:
        yield one_of(session, Version.text_id, matches.few)
        return
    for services in _services_by_name(session, span, start):
        own = one_of(session, Version.service_id, services)
        texts = set(session.scalars(select(Version.text_id).where(own, *_within(span))))
        yield and_(own, one_of(session, Version.text_id, matches.among(texts)))


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
            Version.last_seen,
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


def appearances(
    session: Session, matches: Matches | Known, span: SearchSpan, services: Collection[str]
) -> list[Appearance]:
    """Return each of some services with a version whose text matches: when, and in how many versions."""
    ids = session.scalars(select(Service.id).where(Service.name.in_(services))).all()
    first = select(Version.service_id, func.min(Version.first_seen)).group_by(Version.service_id)
    first_known = {row[0]: row[1] for row in session.execute(first.where(Version.service_id.in_(ids)))}
    statement = (
        select(Service.id, Service.name, Version.first_seen, Version.last_seen, Version.text_id)
        .join(Service, Service.id == Version.service_id)
        .where(Version.service_id.in_(ids), *_within(span))
        .order_by(_by_bytes(session), Version.first_seen)
    )
    there = session.execute(statement).all()
    said = matches.among({row.text_id for row in there})
    found = []
    for (number, name), group in groupby(there, key=lambda row: (row[0], row[1])):
        rows = [(row.first_seen, row.last_seen, row.text_id in said) for row in group]
        if any(says for _, _, says in rows):
            found.append(_appearance(name, rows, first_known[number]))
    return found


def more_versions(session: Session, matches: Matches, wider: Matches, span: SearchSpan) -> int:
    """Count the versions whose texts match `wider` and not `matches`, up to `MOST_COUNTED`; of all services none for a
    common word, beside which so few would take longest to find.
    """
    if span.service_id is not None:
        texts = set(session.scalars(select(Version.text_id).where(*_within(span))))
        condition = one_of(session, Version.text_id, wider.among(texts) - matches.among(texts))
    elif matches.few is None:
        return 0
    elif wider.few is not None:
        condition = one_of(session, Version.text_id, wider.few - matches.few)
    else:
        condition = and_(has(session, wider.query), not_(one_of(session, Version.text_id, matches.few)))
    some = select(Version.id).where(condition, *_within(span)).limit(MOST_COUNTED).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def _appearance(name: str, rows: Sequence[tuple[datetime, datetime, bool]], first_known: datetime) -> Appearance:
    said = [place for place, (_, _, says) in enumerate(rows) if says]
    breaks = tuple((rows[a][1], rows[b][0]) for a, b in pairwise(said) if b - a > 1)
    first, last = rows[said[0]][0], rows[said[-1]][1]
    return Appearance(name, first, last, len(said), len(rows), first == first_known, breaks)


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


def _numbers(session: Session, service_ids: Collection[int]) -> dict[int, int]:
    place = func.row_number().over(partition_by=Version.service_id, order_by=Version.first_seen)
    return {
        row[0]: row[1] for row in session.execute(select(Version.id, place).where(Version.service_id.in_(service_ids)))
    }


def _by_bytes(session: Session) -> ColumnElement[str]:
    """Return a service's name, ordered by its bytes on every database."""
    return Service.name.collate("BINARY" if is_sqlite(session) else "C")
