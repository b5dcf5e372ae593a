"""Bounded readings for pages: the same on both databases, and the same as the whole history says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from harvester.errors import UnknownName
from harvester.insight.timeline import timeline
from harvester.store.database import Database
from harvester.store.ledger import tallies
from harvester.store.ledger.ledger import Outcome
from harvester.store.read import (
    captures,
    history,
    recent,
    status,
    versions,
)
from harvester.store.read import (
    services as read_services,
)
from harvester.store.schema import Change, Service, Source
from tests.support.store.filled import fill
from tests.support.store.rows import NOW, a_capture

NAME = "service0.example"


@pytest.fixture
def filled(database: Database) -> Database:
    fill(database, services=2, captures=6)
    return database


def test_versions_come_page_by_page_with_their_numbers(filled: Database) -> None:
    with filled.reading() as session:
        number = versions.service_id(session, NAME)
        whole = versions.log(session, NAME)
        assert len(whole) == 3
        paged = []
        before = None
        while page := history.versions_before(session, number, before, 1):
            paged += page
            before = page[-1].first_seen
        assert paged == whole[::-1]
        assert [history.version_at(session, number, one.first_seen) for one in whole] == whole
        assert history.version_on(session, number) == whole[-1]
        assert history.version_on(session, number, whole[1].last_seen) == whole[1]
        assert history.version_on(session, number, NOW - timedelta(days=100_000)) == whole[0]
        assert history.beside(session, number, whole[1].first_seen) == (whole[0].first_seen, whole[2].first_seen)
        with pytest.raises(UnknownName):
            history.version_at(session, number, NOW)


def test_versions_that_a_hidden_kind_divides_count_as_one_on_a_page(filled: Database) -> None:
    with filled.writing() as session:
        number = versions.service_id(session, NAME)
        kinds = ["minor", "cosmetic"]
        for change in session.scalars(select(Change).where(Change.service_id == number).order_by(Change.before)):
            change.kind = kinds.pop(0)
    with filled.reading() as session:
        first, second, third = versions.log(session, NAME)
        latest = history.versions_before(session, number, None, 1, recent.HIDDEN)
        assert [(one.id, one.number, one.last_seen) for one in latest] == [(second.id, 2, third.last_seen)]
        assert latest[0].captures == second.captures + third.captures
        assert history.versions_before(session, number, second.first_seen, 1, recent.HIDDEN) == [first]
        assert history.versions_before(session, number, None, 5, recent.HIDDEN) == [*latest, first]
        assert history.versions_before(session, number, None, 5, ["minor", "cosmetic"])[0].number == 1


def test_curves_are_thinned_and_keep_the_latest_version(filled: Database) -> None:
    with filled.reading() as session:
        number = versions.service_id(session, NAME)
        whole = history.points(session, [number], 100)[number]
        few = history.points(session, [number], 2)[number]
    assert len(whole) == 3
    assert len(few) == 2
    assert few[-1] == whole[-1]


def test_density_counts_each_capture_once(filled: Database) -> None:
    with filled.reading() as session:
        number = versions.service_id(session, NAME)
        edges = [NOW - timedelta(days=3_000 - 300 * step) for step in range(11)]
        counts = captures.density(session, number, edges)
        line = timeline(session, NAME)
    assert sum(shown for shown, _ in counts) == 6
    assert sum(others for _, others in counts) == 0
    assert max(shown for shown, _ in counts) == 1
    with filled.reading() as session:
        months = captures.density(session, number, [NOW - timedelta(days=30 * (720 - step)) for step in range(721)])
        assert captures.density(session, number, edges[:1]) == captures.density(session, number, []) == []
    assert (len(months), sum(shown for shown, _ in months)) == (720, 6), "sixty years of a calendar"
    assert line is not None
    assert sum(shown for shown, _ in line.captures) == 6
    assert len(line.points) == 3
    assert len(line.changes) == 2


def test_a_time_line_goes_on_to_the_captures_after_the_policy_was_gone(filled: Database) -> None:
    with filled.writing() as session:
        source = session.scalars(select(Source).where(Source.service_id == versions.service_id(session, NAME))).one()
        a_capture(session, source, NOW + timedelta(days=400), None, Outcome.GONE)
        line = timeline(session, NAME)
    assert line is not None
    assert line.end == NOW + timedelta(days=400)
    assert line.captures[-1] == (0, 1)


def test_conditions_and_extents_agree_with_the_history(filled: Database) -> None:
    with filled.reading() as session:
        services = read_services.named(session)
        conditions = read_services.conditions(session, [one.id for one in services])
        for one in services:
            whole = versions.log(session, one.name)
            extent = history.extent(session, one.id)
            assert conditions[one.id].versions == extent.versions == len(whole)
            assert conditions[one.id].changes == extent.changes == len(whole) - 1
            assert extent.captures == sum(row.captures for row in whole) == 6
            assert conditions[one.id].last_change == whole[-1].first_seen
            assert conditions[one.id].waiting == conditions[one.id].failed == 0
        assert recent.totals(session).versions == sum(one.versions for one in conditions.values())
        assert read_services.sources(session, services[0].id)[0].first_capture is not None
        counted = tallies.totals(session)
        assert status.reasons(session, counted) == []
        assert status.last_success(session) is None
        assert status.oldest_due(session, NOW, counted) is None


def test_changes_and_the_ledger_come_page_by_page(filled: Database) -> None:
    with filled.reading() as session:
        whole = recent.changes(session, recent.ChangesWanted())
        assert len(whole) == 4
        paged = []
        behind = None
        while page := recent.changes(session, recent.ChangesWanted(), older_than=behind, limit=1):
            paged += page
            behind = (page[-1].before, page[-1].id)
        assert paged == whole
        number = versions.service_id(session, NAME)
        ledger = captures.ledger_of(session, number)
        assert len(ledger) == 6
        rows = []
        place = None
        while part := captures.ledger_of(session, number, newer_than=place, limit=2):
            rows += part
            place = (part[-1].timestamp, part[-1].id)
        assert rows == ledger


def test_the_changes_of_a_service_are_those_of_all_its_documents(filled: Database) -> None:
    with filled.writing() as session:
        for one in session.scalars(select(Service)):
            one.service_name = "one.example"
        session.flush()
        of_one = recent.changes(session, recent.ChangesWanted(service="one.example", kinds=recent.EVERY), limit=100)
        of_all = recent.changes(session, recent.ChangesWanted(kinds=recent.EVERY), limit=100)
    assert of_one == of_all
    assert len({row.service for row in of_one}) == 2
