"""The sample archive from its index to its versions, and again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import func, select

from harvester.harvest.report.summary import Summary
from harvester.replay.archives.folder import FolderArchive
from harvester.replay.server import ReplayServer
from harvester.store.database import Database
from harvester.store.ledger.ledger import WAITING, Outcome
from harvester.store.schema import Payload
from tests.support.harvest.harvests import harvest
from tests.support.harvest.pictures import Picture, picture
from tests.support.paths import SAMPLE
from tests.support.store.databases import drop_postgresql_database, new_postgresql_database

VERSIONS = {
    "kettle.example": 9,
    "lanternpost.example": 4,
    "mossnote.example": 6,
    "orchardpay.example": 6,
    "tidebook.example": 5,
}


def playbacks(server: ReplayServer) -> list[str]:
    return [request.path for request in server.log if request.endpoint == "playback"]


@dataclass(frozen=True)
class Backfilled:
    """A backfill of the sample: what it said, what it left and what it asked for."""

    database: Database
    server: ReplayServer
    summary: Summary
    picture: Picture
    asked: list[str]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def backfilled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backfilled]:
    """Backfill the sample into a database of its own, on each in turn."""
    on_server = request.param == "postgresql"
    url = new_postgresql_database() if on_server else f"sqlite:///{tmp_path_factory.mktemp('sample')}/harvester.db"
    database, server = Database.open(url), ReplayServer(FolderArchive(SAMPLE))
    with server as base:
        summary = harvest(database, base)
        yield Backfilled(database, server, summary, picture(database), playbacks(server))
    database.close()
    if on_server:
        drop_postgresql_database(url)


def test_every_capture_has_one_outcome_and_each_text_a_version(backfilled: Backfilled) -> None:
    summary, found = backfilled.summary, backfilled.picture
    outcomes = Counter(row[8] for row in found.captures)
    assert outcomes == {"stored": 46, "unchanged": 10, "gone": 5, "soft-404": 1}
    assert outcomes == summary.outcomes
    assert not set(outcomes) & set(WAITING)
    assert summary.known == sum(outcomes.values()) == len(found.captures)
    assert summary.exit_code == 0
    assert summary.requests["playback"] == len(backfilled.asked)
    assert Counter(row[0] for row in found.versions) == VERSIONS
    assert len(found.changes) == len(found.versions) - len(VERSIONS) == summary.changes


def test_the_closing_figures_add_up(backfilled: Backfilled) -> None:
    summary = backfilled.summary
    observed = summary.outcomes[Outcome.STORED] + summary.outcomes[Outcome.UNCHANGED]
    assert summary.fetched + summary.adopted == observed + summary.outcomes[Outcome.SOFT_404]
    assert summary.new_versions == summary.versions
    assert summary.new_changes == summary.changes
    assert sum(summary.reasons.values()) == summary.known - observed


def test_equal_bytes_are_asked_for_once(backfilled: Backfilled) -> None:
    # The only captures asked for twice are those to which another one redirects.
    twice = {path for path, times in Counter(backfilled.asked).items() if times > 1}
    assert len(twice) <= 2
    with backfilled.database.reading() as session:
        bodies = session.scalar(select(func.count(Payload.id)))
    assert bodies == len({row[12] for row in backfilled.picture.captures} - {None})


def test_a_second_backfill_asks_for_no_capture_and_changes_nothing(backfilled: Backfilled) -> None:
    summary = harvest(backfilled.database, backfilled.server.base_url)
    assert picture(backfilled.database) == backfilled.picture
    assert playbacks(backfilled.server) == backfilled.asked
    assert summary.requests["playback"] == summary.fetched == summary.adopted == 0
    assert (summary.new_versions, summary.new_changes) == (0, 0)
