"""Versions and changes of all services as small rows: what series over time are computed from."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import repeat

from sqlalchemy import BigInteger, ColumnElement, Text, cast, extract, func, literal_column, select, text, type_coerce
from sqlalchemy.orm import InstrumentedAttribute, Session

from harvester.store.schema import Change, Service, TextParty, TextRow, TextTopic, Version
from harvester.store.search.matches import numbers, read_numbers
from harvester.store.search.phrases import INDEX, has, in_one_question, in_one_tsquery, is_sqlite, said_in
from harvester.store.search.query import And, Not, Phrase, Query

VersionSpan = tuple[int, int, int, int]
"""A version: its service, its text, and the months (12 * year + month - 1, UTC) of its first and last capture."""


_MONTHS = 120_000  # more than any month has


def spans(session: Session, type_: str) -> Iterable[VersionSpan]:
    """Return every version of the documents of a type, the latest of a service first, to be read once."""
    first, last = (_month(session, column) for column in (Version.first_seen, Version.last_seen))
    statement = select(Version.service_id, Version.text_id, first, last)
    of_type = Version.service_id.in_(select(Service.id).where(Service.type == type_))
    ordered = statement.where(of_type).order_by(Version.service_id.desc(), Version.first_seen.desc())
    # Of the connection, and one by one: a session, or a list of all rows, takes half as long again.
    return session.connection().execute(ordered)


def names(session: Session, type_: str) -> dict[int, str]:
    """Return the documents of a type, with and without a version."""
    return {row.id: row.name for row in session.execute(select(Service.id, Service.name).where(Service.type == type_))}


def lengths(session: Session) -> dict[int, float | None]:
    """Return the length in words of each text."""
    return {row[0]: row[1] for row in session.execute(select(TextRow.id, TextRow.words))}


def reading_grades(session: Session) -> dict[int, float | None]:
    """Return the reading grade of each text, None where it has none."""
    return {row[0]: row[1] for row in session.execute(select(TextRow.id, TextRow.reading_grade))}


def texts_that_say(session: Session, query: Query) -> set[int]:
    """Return the texts that match a query."""
    if not is_sqlite(session):
        return _texts_by_index(session, query)
    asked = in_one_question(query)
    if asked is not None:
        return set(numbers(session, INDEX.c.rowid, literal_column("text_search").op("MATCH")(asked)))
    return set(numbers(session, Version.text_id, has(session, query)))


def _texts_by_index(session: Session, query: Query) -> set[int]:
    """Return the same with PostgreSQL, which would rather read the words of all texts: that takes twenty times as
    long.
    """
    says = said_in(session, query) if isinstance(query, Phrase) else in_one_tsquery(query)
    if says is not None:
        session.execute(text("SET LOCAL enable_seqscan = off"))
        texts = set(numbers(session, INDEX.c.text_id, says))
        session.execute(text("SET LOCAL enable_seqscan TO DEFAULT"))
        return texts
    if isinstance(query, Not):
        return set(numbers(session, Version.text_id)) - _texts_by_index(session, query.part)
    assert not isinstance(query, Phrase)
    found = [_texts_by_index(session, part) for part in query.parts]
    return set.intersection(*found) if isinstance(query, And) else set.union(*found)


def texts_about(session: Session, topic: str) -> set[int]:
    """Return the texts that have a topic, as far as topics are kept."""
    return set(numbers(session, TextTopic.text_id, TextTopic.topic == topic))


def texts_that_name(session: Session, party: str) -> set[int]:
    """Return the texts that name a third party, in any case, as far as parties are kept."""
    return set(numbers(session, TextParty.text_id, TextParty.party == " ".join(party.lower().split())))


def most_named(session: Session, type_: str, *, limit: int) -> list[tuple[str, int, int]]:
    """Return the third parties that most documents of a type name in their latest version: as most often written, by
    how many documents, and of how many.
    """
    newest = (
        select(Version.service_id, func.max(Version.first_seen).label("first_seen"))
        .where(Version.service_id.in_(select(Service.id).where(Service.type == type_)))
        .group_by(Version.service_id)
        .subquery()
    )
    latest = (
        select(Version.text_id)
        .join(newest, (newest.c.service_id == Version.service_id) & (newest.c.first_seen == Version.first_seen))
        .subquery()
    )
    of = session.scalar(select(func.count()).select_from(latest)) or 0
    named = select(TextParty.party, TextParty.written, func.count()).join(latest, latest.c.text_id == TextParty.text_id)
    counts: dict[str, dict[str, int]] = {}
    for party, written, number in session.execute(named.group_by(TextParty.party, TextParty.written)):
        counts.setdefault(party, {})[written] = number
    most = sorted(counts, key=lambda party: (-sum(counts[party].values()), party))[:limit]
    return [
        (min(counts[one], key=lambda written: (-counts[one][written], written)), sum(counts[one].values()), of)
        for one in most
    ]


class ChangeMonths:
    """The service and the month of every change of some kinds, by its number: 8 bytes a change."""

    def __init__(self, session: Session, kinds: Collection[str]) -> None:
        joined = [func.aggregate_strings(cast(one, Text), ",") for one in (Change.id, _service_month(session))]
        ids, packed = session.execute(select(joined[0], joined[1]).where(Change.kind.in_(kinds))).one()
        of = dict(zip(read_numbers(ids), read_numbers(packed), strict=True))
        self._of = array("q", map(of.get, range(max(of, default=0) + 1), repeat(0)))

    def of(self, changes: Iterable[int]) -> list[tuple[int, int]]:
        """Return (service, month) as `change_months` does, of the changes with these numbers that are known."""
        known = (self._of[one] for one in changes if one < len(self._of))
        return [divmod(one, _MONTHS) for one in known if one]


def change_months(session: Session, *conditions: ColumnElement[bool]) -> list[tuple[int, int]]:
    """Return (service, month in which the new text was first seen, as in `VersionSpan`) of some changes."""
    return [divmod(one, _MONTHS) for one in numbers(session, _service_month(session), *conditions)]


def _service_month(session: Session) -> ColumnElement[int]:
    return Change.service_id * _MONTHS + _month(session, Change.before)


def _month(session: Session, column: InstrumentedAttribute[datetime]) -> ColumnElement[int]:
    if session.get_bind().dialect.name == "sqlite":
        # It keeps instants as text; to read that as a date takes twice the time.
        written = type_coerce(column, Text)
        return cast(func.substr(written, 1, 4), BigInteger) * 12 + cast(func.substr(written, 6, 2), BigInteger) - 1
    # PostgreSQL would give the month in the time zone of its connection.
    moment = func.timezone("UTC", column)
    return cast(extract("year", moment) * 12 + extract("month", moment) - 1, BigInteger)
