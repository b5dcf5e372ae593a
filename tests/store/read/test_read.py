"""Readers get typed rows, and names that a person would use are understood or refused with what there is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from harvester.errors import UnknownName
from harvester.store.database import Database
from harvester.store.history.history import refresh
from harvester.store.history.references import position, service_and_reference
from harvester.store.ledger.ledger import Outcome
from harvester.store.read import recent, versions
from tests.support.store.rows import NOW, a_capture, a_service, a_source


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


SEEN = [_utc("2012-03-01"), _utc("2014-06-30T23:00:00"), _utc("2014-07-01"), _utc("2016-01-01")]


@pytest.mark.parametrize(
    ("ref", "number"),
    [
        ("first", 1),
        ("latest", 4),
        ("~0", 4),
        ("~2", 2),
        ("1", 1),
        ("4", 4),
        ("2014", 3),
        ("2014-06", 2),
        ("2014-06-30", 2),
        ("2014-06-29", 1),
        ("2010", 1),
        ("2030-12-31", 4),
        ("2014-06-30T23:00:00Z", 2),
        ("2014-06-30T22:59:59", 1),
        ("20140630230000", 2),
    ],
)
def test_a_reference_names_a_version(ref: str, number: int) -> None:
    assert position(ref, SEEN, "example.com") == number - 1


@pytest.mark.parametrize(
    "ref", ["", "0", "5", "~4", "yesterday", "2014-13", "2014-02-30", "-1", "2014-6", "99999", "٣", "20141330000000"]
)
def test_a_reference_that_names_nothing_is_refused_with_what_there_is(ref: str) -> None:
    with pytest.raises(UnknownName, match=r"versions 1 to 4, first seen 2012-03-01 to 2016-01-01"):
        position(ref, SEEN, "example.com")


def test_a_name_without_a_reference_is_of_the_latest_version() -> None:
    assert service_and_reference("example.com") == ("example.com", "latest")
    assert service_and_reference("example.com@2014") == ("example.com", "2014")
    assert service_and_reference("example.com@") == ("example.com", "")


def test_no_reference_names_a_version_where_there_is_none() -> None:
    with pytest.raises(UnknownName, match=r"example\.com has no version"):
        position("latest", [], "example.com")


@pytest.fixture
def filled(database: Database) -> Database:
    with database.writing() as session:
        service = a_service(session)
        source = a_source(session, service)
        for when, text in zip(SEEN, ("one two", "one two three", "one two", "four"), strict=True):
            a_capture(session, source, when, text)
        a_capture(session, source, _utc("2017-01-01"), None, Outcome.SOFT_404)
        refresh(session, service.id, now=NOW)
        a_service(session, "empty.example")
    return database


def test_services_come_with_what_there_is_of_them(filled: Database) -> None:
    with filled.reading() as session:
        empty, full = versions.services(session)
        assert (empty.name, empty.captures, empty.versions, empty.last_change) == ("empty.example", 0, 0, None)
        assert (full.sources, full.captures, full.versions, full.changes) == (1, 5, 4, 3)
        assert (full.first_seen, full.last_seen, full.last_change) == (SEEN[0], SEEN[3], SEEN[3])
        assert [row.name for row in versions.services(session, ["example.com"])] == ["example.com"]


def test_the_log_is_oldest_first_with_the_change_that_brought_each(filled: Database) -> None:
    with filled.reading() as session:
        rows = versions.log(session, "example.com")
    assert [(row.number, row.words, row.first_seen, row.repeats) for row in rows] == [
        (1, 2, SEEN[0], None),
        (2, 3, SEEN[1], None),
        (3, 2, SEEN[2], SEEN[0]),
        (4, 1, SEEN[3], None),
    ]
    assert (rows[0].kind, rows[0].words_added, rows[0].words_removed, rows[0].change_id) == (None, None, None, None)
    assert [(row.words_added, row.words_removed) for row in rows[1:]] == [(1, 0), (0, 1), (1, 2)]
    assert {row.url for row in rows} == {"http://example.com/privacy"}


def test_a_version_is_resolved(filled: Database) -> None:
    with filled.reading() as session:
        assert versions.resolve(session, "example.com", "2014-06").number == 2
        with pytest.raises(UnknownName, match=r"known: empty\.example, example\.com"):
            versions.resolve(session, "unknown")
        with pytest.raises(UnknownName, match=r"example\.com"):
            versions.resolve(session, "exampel.com")


def test_changes_are_paged_newest_first(filled: Database) -> None:
    with filled.reading() as session:
        everything = recent.changes(session, recent.ChangesWanted(kinds=recent.EVERY))
        assert [row.before for row in everything] == SEEN[:0:-1]
        number = versions.service_id(session, "example.com")
        page = recent.changes(session, recent.ChangesWanted(number, kinds=recent.EVERY), limit=2)
        rest = recent.changes(
            session, recent.ChangesWanted(kinds=recent.EVERY), older_than=(page[-1].before, page[-1].id)
        )
        assert page + rest == everything
        assert (
            recent.changes(session, recent.ChangesWanted(kinds=recent.EVERY, start=SEEN[2], end=SEEN[2]))
            == everything[1:2]
        )
        assert recent.changes(session, recent.ChangesWanted(kinds=["technical"])) == []
        assert versions.change(session, "example.com", SEEN[1]) == everything[2]
        assert versions.operations_of(session, [everything[0].id])[everything[0].id]
        with pytest.raises(UnknownName, match="no change first seen at"):
            versions.change(session, "example.com", SEEN[0])
