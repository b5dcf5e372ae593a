"""The sample archive from its index to its versions, and again."""

from __future__ import annotations

from collections import Counter

from harvester.replay.server import ReplayServer
from harvester.store.database import Database
from harvester.store.ledger.ledger import WAITING, Outcome
from tests.support.harvest.harvests import harvest
from tests.support.harvest.pictures import picture

VERSIONS = {
    "kettle.example": 9,
    "lanternpost.example": 4,
    "mossnote.example": 6,
    "orchardpay.example": 6,
    "tidebook.example": 5,
}


def playbacks(server: ReplayServer) -> list[str]:
    return [request.path for request in server.log if request.endpoint == "playback"]


def test_every_capture_has_one_outcome_and_each_text_a_version(
    database: Database, sample_archive: ReplayServer
) -> None:
    summary = harvest(database, sample_archive.base_url)
    found = picture(database)
    outcomes = Counter(row[8] for row in found.captures)
    assert outcomes == {"stored": 46, "unchanged": 10, "gone": 5, "soft-404": 1}
    assert outcomes == summary.outcomes
    assert not set(outcomes) & set(WAITING)
    assert summary.known == sum(outcomes.values()) == len(found.captures)
    assert summary.exit_code == 0
    assert summary.requests["playback"] == len(playbacks(sample_archive))
    assert Counter(row[0] for row in found.versions) == VERSIONS
    assert len(found.changes) == len(found.versions) - len(VERSIONS) == summary.changes


def test_the_closing_figures_add_up(sqlite: Database, sample_archive: ReplayServer) -> None:
    summary = harvest(sqlite, sample_archive.base_url)
    observed = summary.outcomes[Outcome.STORED] + summary.outcomes[Outcome.UNCHANGED]
    assert summary.fetched + summary.adopted == observed + summary.outcomes[Outcome.SOFT_404]
    assert summary.new_versions == summary.versions
    assert summary.new_changes == summary.changes
    assert sum(summary.reasons.values()) == summary.known - observed


def test_a_second_backfill_asks_for_no_capture_and_changes_nothing(
    database: Database, sample_archive: ReplayServer
) -> None:
    harvest(database, sample_archive.base_url)
    before, asked = picture(database), len(playbacks(sample_archive))
    summary = harvest(database, sample_archive.base_url)
    assert picture(database) == before
    assert len(playbacks(sample_archive)) == asked
    assert summary.requests["playback"] == summary.fetched == summary.adopted == 0
    assert (summary.new_versions, summary.new_changes) == (0, 0)


def test_equal_bytes_are_asked_for_once(sqlite: Database, sample_archive: ReplayServer) -> None:
    harvest(sqlite, sample_archive.base_url)
    asked = playbacks(sample_archive)
    # The only captures asked for twice are those to which another one redirects.
    twice = {path for path, times in Counter(asked).items() if times > 1}
    assert len(twice) <= 2
    assert summary_of_bodies(sqlite) == len({row[12] for row in picture(sqlite).captures} - {None})


def summary_of_bodies(database: Database) -> int:
    from sqlalchemy import func, select

    from harvester.store.schema import Payload

    with database.reading() as session:
        return session.scalar(select(func.count(Payload.id))) or 0
