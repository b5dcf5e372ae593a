"""The index of the words of every text, and what it answers: FTS5 on SQLite, a tsvector with GIN on PostgreSQL.

Both are given our own words (`store.search_query`), parted by spaces, so that both give the same answers. On SQLite the
tokenizer is ``ascii``, to which every character beyond ASCII is part of a word, and the table keeps no content. On
PostgreSQL a tsvector keeps at most 256 places of a word and none beyond 16,383, too few for a policy: it only finds
texts with all the words of a phrase, and the words themselves, kept beside it, say whether they are side by side.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise
from typing import Any, Literal

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Select,
    and_,
    any_,
    case,
    cast,
    column,
    func,
    literal_column,
    not_,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.orm import Session

from harvester.store.content.compression import restored
from harvester.store.schema import Service, TextRow, Version
from harvester.store.search.inflection import LANGUAGES
from harvester.store.search.query import And, Not, Phrase, Query, Words, language_sign, words_of

_COLUMNS = ("rowid", "text_id", "words", "lexemes", "stems", "stem_lexemes")
_INDEX = table("text_search", *(column(name) for name in _COLUMNS))
_TEXTS_AT_ONCE = 200
_RARE = 2_000
"""What no more versions say is looked for where it is said, and put in order at once."""
MOST_COUNTED = 1_000
"""Versions that `more_versions` counts at the most."""
_SERVICES_AT_FIRST, _SERVICES_AT_ONCE = 50, 5_000


@dataclass(frozen=True, slots=True)
class SearchSpan:
    """The versions that count: those of a document (None: all) or a type that existed some time between `start` and
    `end`.
    """

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
    if _is_sqlite(session):
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
    known = "SELECT id FROM text_search_docsize" if _is_sqlite(session) else "SELECT text_id FROM text_search"
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


def has(session: Session, query: Query) -> ColumnElement[bool]:
    """Return the condition that a version's text matches a query."""
    if isinstance(query, Phrase):
        return _has_with_sqlite(query) if _is_sqlite(session) else _has_with_postgresql(query)
    if isinstance(query, Not):
        return not_(has(session, query.part))
    joined = and_ if isinstance(query, And) else or_
    return joined(*(has(session, part) for part in query.parts))


def among(session: Session, numbers: Collection[int]) -> ColumnElement[bool]:
    """Return the condition that a version's text is one of many: no database takes a variable for each."""
    many = sorted(numbers)
    if _is_sqlite(session):
        return Version.text_id.in_(select(literal_column("value")).select_from(func.json_each(json.dumps(many))))
    return Version.text_id == any_(cast(many, ARRAY(BigInteger)))


def hits(
    session: Session,
    condition: ColumnElement[bool],
    span: SearchSpan,
    *,
    only: Literal["first", "last"] | None = None,
    after: tuple[str, datetime] | None = None,
    limit: int = 50,
) -> list[HitRow]:
    """Return the versions that meet a condition (`has`, `among`), by service and oldest first.

    With `only` one for each service. `after` is (service, first_seen) of the last row of the page before.
    """
    if not _is_sqlite(session):
        # PostgreSQL takes the table of words for small: it does not count what it keeps apart (TOAST) and would read it
        # all, 50 ms for 2,000 policies, where the index needs less than one. Until the end of this transaction.
        session.execute(text("SET LOCAL enable_seqscan = off"))
    rows: list[Any] = []
    for services in _services_by_name(session, condition, span, after[0] if after else ""):
        asked = _page(session, _of(services, condition), span, only, after)
        rows += session.execute(asked.limit(limit - len(rows))).all()
        if len(rows) == limit:
            break
    numbers = _numbers(session, {row.service_id for row in rows})
    spoken = dict(
        session.execute(select(TextRow.id, TextRow.language).where(TextRow.id.in_({row.text_id for row in rows}))).all()
    )
    return [
        HitRow(row.service, numbers[row.id], row.id, row.first_seen, row.last_seen, row.text_id, spoken[row.text_id])
        for row in rows
    ]


def _services_by_name(
    session: Session, condition: ColumnElement[bool], span: SearchSpan, start: str
) -> Iterator[Sequence[int]]:
    """Yield the services to search for a page, from a name on: for a rare word all that have it, at once.

    A common word is in most of 200,000 versions. To put them all in order for twenty takes a second, so that a few
    services are looked through first, then four times as many.
    """
    found = select(Version.service_id).where(condition, *_within(span)).limit(_RARE + 1)
    said = session.scalars(found).all()
    if len(said) <= _RARE:
        if said:
            yield sorted(set(said))
        return
    name = _by_bytes(session)
    number = _SERVICES_AT_FIRST
    rest = select(Service.id, name.label("name")).order_by(name)
    some = session.execute(rest.where(name >= start).limit(number)).all()
    while some:
        yield [row.id for row in some]
        number = min(number * 4, _SERVICES_AT_ONCE)
        some = session.execute(rest.where(name > some[-1].name).limit(number)).all()


def _of(services: Sequence[int], condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition that a version belongs to one of these services and meets a condition, checked only for
    theirs.

    PostgreSQL would begin with the texts that meet it and look for all their versions; a CASE prevents that.
    """
    return and_(Version.service_id.in_(services), case((condition, 1)) == 1)


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
    session: Session, condition: ColumnElement[bool], span: SearchSpan, services: Collection[str]
) -> list[Appearance]:
    """Return each of some services with a version that meets a condition: when, and in how many versions."""
    ids = session.scalars(select(Service.id).where(Service.name.in_(services))).all()
    first = select(Version.service_id, func.min(Version.first_seen)).group_by(Version.service_id)
    first_known = {row[0]: row[1] for row in session.execute(first.where(Version.service_id.in_(ids)))}
    statement = (
        select(Service.id, Service.name, Version.first_seen, Version.last_seen, case((condition, 1), else_=0))
        .join(Service, Service.id == Version.service_id)
        .where(Version.service_id.in_(ids), *_within(span))
        .order_by(_by_bytes(session), Version.first_seen)
    )
    found = []
    for (number, name), group in groupby(session.execute(statement), key=lambda row: (row[0], row[1])):
        rows = [(row[2], row[3], bool(row[4])) for row in group]
        if any(says for _, _, says in rows):
            found.append(_appearance(name, rows, first_known[number]))
    return found


def more_versions(
    session: Session, condition: ColumnElement[bool], other: ColumnElement[bool], span: SearchSpan
) -> int:
    """Count the versions that meet `other` and not `condition`, up to `MOST_COUNTED`."""
    some = select(Version.id).where(other, not_(condition), *_within(span)).limit(MOST_COUNTED).subquery()
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


def _languages_by_stems(phrase: Phrase) -> dict[tuple[str, ...], list[str]]:
    """Return the search terms of a phrase, with the language marks of those in which these are its stems."""
    found: dict[tuple[str, ...], list[str]] = {}
    for language in (*LANGUAGES, "und"):
        found.setdefault(phrase.stems(language), []).append(language_sign(language))
    return found


def _has_with_sqlite(phrase: Phrase) -> ColumnElement[bool]:
    if phrase.inflected:
        asked = " OR ".join(
            f'(stems : ({" OR ".join(signs)}) AND stems : "{" ".join(stems)}")'
            for stems, signs in _languages_by_stems(phrase).items()
        )
    else:
        asked = f'words : "{" ".join(phrase.words)}"{"*" if phrase.prefix else ""}'
    return Version.text_id.in_(select(_INDEX.c.rowid).where(literal_column("text_search").op("MATCH")(asked)))


def _has_with_postgresql(phrase: Phrase) -> ColumnElement[bool]:
    """Return the condition that checks whether the words are adjacent, only for the texts of the versions in question.

    For a phrase of several words that means to read a text: those that have all the words may be nearly all.
    """
    if phrase.inflected:
        return or_(
            *(
                _side_by_side(_INDEX.c.stem_lexemes, _INDEX.c.stems, stems, f"({' | '.join(map(_quoted, signs))}) & ")
                for stems, signs in _languages_by_stems(phrase).items()
            )
        )
    return _side_by_side(_INDEX.c.lexemes, _INDEX.c.words, phrase.words, "", prefix=phrase.prefix)


def _side_by_side(
    lexemes: ColumnElement[Any], kept: ColumnElement[Any], words: Sequence[str], where: str, *, prefix: bool = False
) -> ColumnElement[bool]:
    from sqlalchemy.dialects.postgresql import TSQUERY

    wanted = where + " & ".join(map(_quoted, words)) + (":*" if prefix else "")
    found = select(_INDEX.c.text_id).where(lexemes.op("@@")(cast(wanted, TSQUERY)))
    if len(words) == 1:
        return Version.text_id.in_(found)
    # A third of the time that LIKE takes.
    said = func.strpos(kept, f" {' '.join(words)}{'' if prefix else ' '}") > 0
    read = select(_INDEX.c.text_id).where(_INDEX.c.text_id == Version.text_id, said)
    return and_(Version.text_id.in_(found), read.exists())


def _quoted(lexeme: str) -> str:
    return f"'{lexeme}'"


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
    return Service.name.collate("BINARY" if _is_sqlite(session) else "C")


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"
