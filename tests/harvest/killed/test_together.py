"""Show 3 of issue 4: two backfills and a service at once on one database."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from sqlalchemy import func, select

from harvester.store.database import Database
from harvester.store.schema import Run
from tests.support.archive_server.fixtures import StartArchive, busiest
from tests.support.harvest.commands import configuration, start
from tests.support.harvest.harvests import sample_services
from tests.support.harvest.pictures import Picture, differences, picture
from tests.support.service.installations import until

CDX_PER_MINUTE, CAPTURES_PER_SECOND = 600.0, 20.0
UNDER_WAY = 3 * 4
"""Requests of three processes that a busy machine may delay, so that they arrive together with those after them."""


@pytest.mark.timeout(240)
def test_two_backfills_and_a_service_at_once_end_with_the_same_rows_within_the_joint_limits(
    database_url: str, tmp_path: Path, harsh_archive: StartArchive, calm: Picture
) -> None:
    server = harsh_archive()
    config = configuration(
        tmp_path / "config",
        server.base_url,
        cdx_per_minute=CDX_PER_MINUTE,
        captures_per_second=CAPTURES_PER_SECOND,
    )
    data = tmp_path / "data"
    serving = start(config, data, "serve", database_url=database_url)
    backfills = [start(config, data, "backfill", "--json", database_url=database_url) for _ in range(2)]
    database = Database(database_url)
    try:
        for process in backfills:
            _, err = process.communicate(timeout=120)
            assert process.returncode == 0, err
        until(lambda: serving.poll() is not None or polls_done(database) >= len(sample_services()))
        assert serving.poll() is None, serving.communicate()[1]
        serving.send_signal(signal.SIGTERM)
        _, err = serving.communicate(timeout=60)
        assert serving.returncode == 0, err
    finally:
        for process in (serving, *backfills):
            process.kill()
            process.wait()
    assert differences(picture(database), calm) == []
    # No download was made for two: those to which another capture redirects apart.
    asked = [one.path for one in server.log if one.endpoint == "playback"]
    assert len(asked) <= len(set(asked)) + 2
    for seconds in (0.5, 1.0):
        assert busiest(server.log, "playback", seconds) <= CAPTURES_PER_SECOND * seconds + 1 + UNDER_WAY
        assert busiest(server.log, "cdx", seconds) <= CDX_PER_MINUTE / 60 * seconds + 1 + UNDER_WAY
    database.close()


def polls_done(database: Database) -> int:
    with database.reading() as session:
        done = select(func.count(func.distinct(Run.service))).where(Run.kind == "poll", Run.outcome == "done")
        return session.scalar(done) or 0
