"""A service whose latest captures show no policy says so, and since when; one whose policy is seen does not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from harvester.store.database import Database
from harvester.store.history.history import refresh
from harvester.store.ledger.ledger import Outcome
from harvester.store.ledger.sources import HOME
from harvester.store.read.missing import no_policy_since, without_versions
from harvester.store.schema import Capture, Service, Source, TextRow
from tests.support.store.rows import NOW, a_capture, a_service, a_source

POLICY = "we collect your name and your address " * 20
SHOP = "kettles and pots at low prices this week only " * 20


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture
def watched(database: Database) -> tuple[Database, int]:
    """A service whose policy was seen on two days; its first source has the number that is returned."""
    with database.writing() as session:
        source = a_source(session)
        for day in ("2019-01-01", "2020-05-03"):
            a_capture(session, source, _utc(day), POLICY)
        return database, source.id


def _without(session: Session, source: Source, day: str, outcome: Outcome, reason: str | None = None) -> Capture:
    capture = a_capture(session, source, _utc(day), None, outcome)
    capture.digest, capture.reason = f"{outcome}{day}", reason
    return capture


def _said(session: Session) -> list[str]:
    for service in session.query(Service):
        refresh(session, service.id, now=NOW)
    return [one.words for one in no_policy_since(session)]


@pytest.mark.parametrize(
    ("outcome", "reason", "said"),
    [
        (Outcome.GONE, "the page answered 404 that day", "gone: the page answered 404 that day"),
        (Outcome.SOFT_404, "soft-404 (title: page not found)", "soft-404 (title: page not found)"),
        (Outcome.NOT_A_POLICY, "policy likelihood 0.10", "not-a-policy: policy likelihood 0.10"),
        (Outcome.REDIRECTED_AWAY, None, "redirected-away"),
        (Outcome.BLOCK_PAGE, "robot check", "block-page: robot check"),
        (Outcome.PARKED, "parked", "parked"),
        (Outcome.NO_TEXT, "needs-a-browser", "no-text: needs-a-browser"),
        (Outcome.WRONG_LANGUAGE, "its language is fr, not en", "wrong-language: its language is fr, not en"),
    ],
)
def test_a_service_whose_latest_capture_shows_none_says_since_when_and_why(
    watched: tuple[Database, int], outcome: Outcome, reason: str | None, said: str
) -> None:
    database, number = watched
    with database.writing() as session:
        source = session.get_one(Source, number)
        _without(session, source, "2019-06-01", Outcome.GONE)
        _without(session, source, "2020-07-01", Outcome.GONE, "the page answered 503 that day")
        _without(session, source, "2021-02-01", outcome, reason)
        expected = f"no policy seen here since 2020-05-03; the capture of 2021-02-01 is {said}"
        assert _said(session) == [expected]
        [found] = no_policy_since(session, [source.service_id])
        assert (found.service, found.since, found.outcome) == ("example.com", _utc("2020-05-03"), outcome)
        assert not no_policy_since(session, [source.service_id + 1])


def test_another_text_at_the_address_of_the_policy_is_none(watched: tuple[Database, int]) -> None:
    database, number = watched
    with database.writing() as session:
        source = session.get_one(Source, number)
        shop = a_capture(session, source, _utc("2021-02-01"), SHOP)
        session.get_one(TextRow, shop.text_id).policy_likelihood = 0.05
        assert _said(session) == [
            "no policy seen here since 2020-05-03; the capture of 2021-02-01 is not-a-policy: another text at the "
            "address of the policy"
        ]


@pytest.mark.parametrize(
    "outcome",
    [Outcome.LEFT_OUT, Outcome.PLANNED, Outcome.DUE_AGAIN, Outcome.FAILED, Outcome.UNPLAYABLE, Outcome.TOO_LARGE],
)
def test_a_capture_that_was_not_looked_at_says_nothing(watched: tuple[Database, int], outcome: Outcome) -> None:
    database, number = watched
    with database.writing() as session:
        _without(session, session.get_one(Source, number), "2021-02-01", outcome)
        assert not _said(session)


def test_a_policy_that_is_back_is_seen(watched: tuple[Database, int]) -> None:
    database, number = watched
    with database.writing() as session:
        source = session.get_one(Source, number)
        _without(session, source, "2020-07-01", Outcome.GONE)
        a_capture(session, source, _utc("2021-02-01"), POLICY)
        assert not _said(session)


def test_an_earlier_address_that_is_gone_says_nothing_of_the_present_one(watched: tuple[Database, int]) -> None:
    database, number = watched
    with database.writing() as session:
        source = session.get_one(Source, number)
        other = a_source(session, session.get_one(Service, source.service_id), "http://example.com/old")
        home = a_source(session, session.get_one(Service, source.service_id), "http://example.com/")
        home.origin = HOME
        _without(session, other, "2021-01-01", Outcome.GONE)
        _without(session, home, "2021-01-02", Outcome.NOT_A_POLICY)
        assert not _said(session)


def test_the_address_that_follows_an_ended_one_counts(watched: tuple[Database, int]) -> None:
    database, number = watched
    with database.writing() as session:
        source = session.get_one(Source, number)
        source.until = _utc("2020-12-31")
        new = a_source(session, session.get_one(Service, source.service_id), "http://example.com/new")
        _without(session, new, "2021-02-01", Outcome.SOFT_404)
        assert _said(session) == ["no policy seen here since 2020-05-03; the capture of 2021-02-01 is soft-404"]


def test_a_service_without_a_version_is_none_of_them(database: Database) -> None:
    with database.writing() as session:
        source = a_source(session, a_service(session, "shut.example"))
        _without(session, source, "2021-02-01", Outcome.GONE)
        assert not _said(session)
        assert [one.words for one in without_versions(session)] == ["no version: the only capture is gone"]
        _without(session, source, "2021-03-01", Outcome.NO_TEXT)
        assert without_versions(session)[0].words == "no version: 1 of 2 captures is no-text"


def _number_asked(database: Database, services: list[int]) -> int:
    """How many statements both questions put for some services, which all are in one of the answers."""
    asked: list[str] = []

    def note(connection: object, cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    with database.reading() as session:
        session.connection()
        event.listen(database.engine, "before_cursor_execute", note)
        try:
            assert len(no_policy_since(session, services)) + len(without_versions(session, services)) == len(services)
        finally:
            event.remove(database.engine, "before_cursor_execute", note)
    return len(asked)


def test_as_many_statements_are_put_for_many_services_as_for_one_of_each_kind(database: Database) -> None:
    kinds: list[list[int]] = []
    with database.writing() as session:
        for number in range(20):
            ended, shut, unknown = (a_service(session, f"{kind}{number}.example") for kind in ("ended", "shut", "new"))
            source = a_source(session, ended)
            a_capture(session, source, _utc("2020-05-03"), POLICY)
            _without(session, source, "2021-02-01", Outcome.GONE)
            refresh(session, ended.id, now=NOW)
            _without(session, a_source(session, shut, "http://shut.example"), "2021-02-01", Outcome.GONE)
            kinds.append([ended.id, shut.id, unknown.id])
    assert _number_asked(database, kinds[0]) == _number_asked(database, [one for kind in kinds for one in kind])
