"""The sampling `changes` in the pipeline: the versions that `all` finds, for a fraction of the requests."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from harvester.harvest.backfill import Estimate
from harvester.harvest.report.summary import Summary
from harvester.replay.server import ReplayServer
from harvester.store.database import Database
from harvester.store.ledger.ledger import Outcome
from harvester.store.schema import Capture
from tests.support.archive_server.captures import MemoryArchive
from tests.support.archive_server.fixtures import StartArchive
from tests.support.harvest.harvests import entry, harvest, planned, sample_services
from tests.support.harvest.pages import policy
from tests.support.harvest.pictures import Picture, picture

URL = "http://shop.example/privacy"
SHOP = [entry("shop.example", URL)]
CHANGES = "changes:max_gap=60d,resolution=1d"
CHANGED = (130, 131, 250)
"""Days on which the policy got another text; the first of them stood for a day only."""
DAYS = 300
BLOCKED = (120, 200)
"""Days of which the archive holds a block page: one where the grid looks, perhaps."""


def daily(days: Iterable[int] = range(DAYS)) -> MemoryArchive:
    """A capture a day, no two with equal bytes, of a policy that changes now and then."""
    archive = MemoryArchive()
    first = datetime(2015, 1, 1, 12, tzinfo=UTC)
    for day in days:
        edition = sum(changed <= day for changed in CHANGED)
        body = policy(edition).replace(b"<div id=", f"<!-- {day} --><div id=".encode())
        if day in BLOCKED:
            body = (
                b"<html><head><title>403 Forbidden</title></head><body><h1>Forbidden</h1></body></html>"
                + str(day).encode()
            )
        archive.add(URL, f"{first + timedelta(days=day):%Y%m%d%H%M%S}", body)
    return archive


def playbacks(server: ReplayServer) -> int:
    return sum(one.endpoint == "playback" for one in server.log)


def steps(database: Database) -> list[tuple[str, str]]:
    """The changes by their two texts."""
    return [(row[3], row[4]) for row in sorted(picture(database).changes, key=lambda row: row[2])]


@dataclass(frozen=True)
class Harvested:
    """A harvest of the daily captures by one plan, and what it left."""

    database: Database
    server: ReplayServer
    estimate: Estimate
    summary: Summary
    asked: int
    picture: Picture


@contextmanager
def harvested(folder: Path, migrated: Path) -> Iterator[Harvested]:
    """Harvest the daily captures into a database of its own."""
    shutil.copyfile(migrated, folder / "harvester.db")
    database, server = Database(f"sqlite:///{folder / 'harvester.db'}"), ReplayServer(daily())
    with server as base:
        before = planned(database, base, SHOP, sample=CHANGES)
        assert playbacks(server) == 0
        summary = harvest(database, base, SHOP, sample=CHANGES)
        yield Harvested(database, server, before, summary, playbacks(server), picture(database))
    database.close()


@pytest.fixture(scope="module")
def thrifty(tmp_path_factory: pytest.TempPathFactory, _migrated_sqlite: Path) -> Iterator[Harvested]:
    with harvested(tmp_path_factory.mktemp("changes"), _migrated_sqlite) as made:
        yield made


def test_it_finds_the_changes_that_all_finds_for_a_tenth_of_the_requests(
    thrifty: Harvested, sqlite: Database, harsh_archive: StartArchive
) -> None:
    # All captures that show something new: those between them would only be confirmed.
    harvest(sqlite, harsh_archive(daily((0, *CHANGED, *BLOCKED))).base_url, SHOP)
    wanted, found = steps(sqlite), steps(thrifty.database)
    assert len(wanted) == 3
    # The text of a day fell between two looks; what stood is found, from the text before to the text after.
    assert found in (wanted, [(wanted[0][0], wanted[1][1]), wanted[2]])
    bounds = sorted((row[1], row[2]) for row in thrifty.picture.changes)
    assert all(before - after <= timedelta(days=2) for after, before in bounds)
    assert thrifty.asked <= DAYS / 10


def test_it_goes_on_where_it_was_stopped(thrifty: Harvested, database: Database, harsh_archive: StartArchive) -> None:
    pieces = harsh_archive(daily())
    while harvest(database, pieces.base_url, SHOP, sample=CHANGES, budget=14).stopped:
        pass
    assert picture(database) == thrifty.picture
    assert playbacks(pieces) == thrifty.asked


def test_the_plan_bounds_the_requests_from_both_sides(thrifty: Harvested) -> None:
    assert thrifty.estimate.known == DAYS
    assert thrifty.estimate.least <= thrifty.summary.requests["playback"] <= thrifty.estimate.downloads
    assert thrifty.estimate.least < thrifty.estimate.downloads


def test_a_repetition_costs_nothing_and_the_plan_is_kept_with_each_capture(thrifty: Harvested) -> None:
    base, database = thrifty.server.base_url, thrifty.database
    assert planned(database, base, SHOP, sample=CHANGES).least == 0
    assert harvest(database, base, SHOP, sample=CHANGES).requests["playback"] == 0
    assert playbacks(thrifty.server) == thrifty.asked
    assert picture(database) == thrifty.picture
    with database.reading() as session:
        fetched = session.scalars(select(Capture).where(Capture.outcome != Outcome.LEFT_OUT)).all()
        left_out = session.scalars(select(Capture).where(Capture.outcome == Outcome.LEFT_OUT)).all()
    assert {one.plan for one in fetched} == {CHANGES}
    assert len(fetched) == thrifty.asked
    assert len(left_out) == DAYS - thrifty.asked


def test_equal_digests_are_taken_as_proof(sqlite: Database, harsh_archive: StartArchive) -> None:
    archive = MemoryArchive()
    first = datetime(2015, 1, 1, 12, tzinfo=UTC)
    for day in range(75):
        archive.add(URL, f"{first + timedelta(days=day):%Y%m%d%H%M%S}", policy(day // 25))
    server = harsh_archive(archive)
    summary = harvest(sqlite, server.base_url, SHOP, sample=CHANGES)
    assert summary.requests["playback"] == 3
    assert summary.versions == 3
    assert summary.outcomes == {"stored": 3, "unchanged": 72}


def test_what_a_plan_of_all_says_is_not_passed(sqlite: Database, sample_archive: ReplayServer) -> None:
    two = sample_services()[:2]
    plan = planned(sqlite, sample_archive.base_url, two)
    asked = len(sample_archive.log)
    summary = harvest(sqlite, sample_archive.base_url, two)
    assert plan.least <= summary.requests["playback"]
    assert summary.requests["playback"] <= plan.downloads
    assert summary.requests["cdx"] == plan.searches == asked
    assert plan.known == summary.known
    again = planned(sqlite, sample_archive.base_url, two)
    assert again.downloads == 0
