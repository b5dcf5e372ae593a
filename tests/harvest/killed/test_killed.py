"""Show 2 of issue 4: killed at any instant and run again, a backfill ends as one that was left in peace."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from harvester.memento import timestamp_of
from harvester.replay.faults.file import Fault, FaultFile
from harvester.store.database import Database
from harvester.store.schema import Capture, Playback
from tests.support.archive_server.fixtures import StartArchive
from tests.support.forked import forks
from tests.support.harvest.harvests import harvest
from tests.support.harvest.pictures import Picture, differences, picture
from tests.support.store.databases import emptied_of_rows

KILLS = int(os.environ.get("HARVESTER_KILLS", "4"))
"""How many kills each database has to bear; HARVESTER_KILLS=50 is what issue 4 asks for."""
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
    database_url: str, tmp_path: Path, harsh_archive: StartArchive, calm: Picture
) -> None:
    server = harsh_archive(faults=SLOW)
    seed = random.randrange(1_000_000)
    print(f"seed {seed}")
    chance = random.Random(seed)
    database = Database(database_url)
    kills = finished = 0
    while kills < KILLS:
        emptied_of_rows(database)
        settled_at: dict[str, float] = {}
        begun = time.monotonic()
        while True:
            child = forks.Process(target=backfill_in_a_process, args=(database_url, server.base_url))
            child.start()
            child.join(chance.uniform(0, 3) if kills < KILLS else 90)
            if child.exitcode is not None:
                assert child.exitcode == 0
                break
            assert kills < KILLS, "the last run did not end"
            child.kill()
            child.join()
            kills += 1
            for path in committed(database):
                settled_at.setdefault(path, time.monotonic())
        finished += 1
        assert differences(picture(database), calm) == []
        hops = targets(database)
        asked = [one for one in server.log if one.started > begun and one.endpoint == "playback"]
        again = [
            one.path
            for one in asked
            if one.started > settled_at.get(one.path, float("inf")) and not any(one.path.endswith(hop) for hop in hops)
        ]
        assert again == []
    database.close()
