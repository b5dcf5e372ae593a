"""Show 2 of issue 4: killed at any instant and run again, a backfill ends as one that was left in peace."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import select

from harvester.memento import timestamp_of
from harvester.replay.faults.file import Fault, FaultFile
from harvester.store.database import Database
from harvester.store.schema import Capture, Playback
from tests.support.archive_server.fixtures import StartArchive
from tests.support.exports.killing import KILLS, killed_and_begun_again, undisturbed
from tests.support.harvest.harvests import harvest
from tests.support.harvest.pictures import Picture, differences, picture
from tests.support.store.databases import emptied_of_rows

SLOW = FaultFile(most=1_000_000, fault=(Fault(kind="latency", seconds=0.05),))
RATES = (1200.0, 40.0)


def backfill_in_a_process(url: str, base: str) -> None:
    harvest(Database.open(url), base, rates=RATES)


def committed(database: Database) -> set[str]:
    """The requests whose answers are in the database."""
    with database.reading() as session:
        rows = session.execute(select(Capture.timestamp, Capture.original).join(Playback))
        return {f"/web/{timestamp_of(timestamp)}id_/{original}" for timestamp, original in rows}


def targets(database: Database) -> set[str]:
    """The captures to which another redirects: they are asked for on its account too."""
    with database.reading() as session:
        chains = session.execute(select(Playback.chain, Playback.url, Capture.seen_at).join(Capture)).all()
        return {url for chain, url, _ in chains if chain}


@pytest.mark.timeout(120 + 30 * KILLS)
def test_killed_at_random_instants_it_ends_with_the_same_rows_and_downloads_nothing_twice(
    database_url: str, harsh_archive: StartArchive, calm: Picture
) -> None:
    server = harsh_archive(faults=SLOW)
    longest = undisturbed(backfill_in_a_process, database_url, server.base_url)
    database = Database(database_url)
    settled_at: dict[str, float] = {}
    begun = 0.0

    def afresh() -> None:
        nonlocal begun
        emptied_of_rows(database)
        settled_at.clear()
        begun = time.monotonic()

    def after_kill() -> None:
        for path in committed(database):
            settled_at.setdefault(path, time.monotonic())

    def when_done() -> None:
        assert differences(picture(database), calm) == []
        hops = targets(database)
        again = [
            one.path
            for one in server.log
            if one.endpoint == "playback"
            and one.started > begun
            and one.started > settled_at.get(one.path, float("inf"))
            and not any(one.path.endswith(hop) for hop in hops)
        ]
        assert again == []

    killed_and_begun_again(
        backfill_in_a_process, database_url, server.base_url,
        longest=longest, afresh=afresh, after_kill=after_kill, when_done=when_done,
    )  # fmt: skip
    database.close()
