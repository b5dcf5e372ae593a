"""Show 1 of issue 4: a harsh archive costs time, not rows; and it sees no more than its limits at any time."""

from __future__ import annotations

import pytest

from harvester.store.database import Database
from tests.support.archive_server.fixtures import StartArchive, busiest, during_pauses
from tests.support.harvest.harvests import harvest
from tests.support.harvest.pictures import Picture, differences, picture

CDX_PER_MINUTE, CAPTURES_PER_SECOND = 1200.0, 40.0
TRAVEL = 0.5
"""Seconds for which a request may have been on its way, on a busy machine, when the archive asked for quiet."""


@pytest.mark.timeout(180)
def test_mixed_faults_end_with_the_same_rows_within_the_limits(
    sqlite: Database, harsh_archive: StartArchive, calm: Picture
) -> None:
    server = harsh_archive(faults="mixed")
    summary = harvest(sqlite, server.base_url, rates=(CDX_PER_MINUTE, CAPTURES_PER_SECOND))
    faults = [request for request in server.log if request.fault]
    assert len(faults) > len(server.log) / 8, "the archive was not harsh"
    assert summary.unreachable == []
    assert summary.exit_code == 0
    assert differences(picture(sqlite), calm) == []
    for seconds in (0.25, 0.5, 1.0, 5.0):
        # What four threads were let send one after the other may arrive together.
        assert busiest(server.log, "playback", seconds) <= CAPTURES_PER_SECOND * seconds + 1 + 4
        assert busiest(server.log, "cdx", seconds) <= CDX_PER_MINUTE / 60 * seconds + 1 + 4
    assert any(request.retry_after for request in server.log)
    assert during_pauses(server.log, grace=TRAVEL) == []


def test_odd_answers_that_cost_nothing_change_nothing(
    sqlite: Database, harsh_archive: StartArchive, calm: Picture
) -> None:
    server = harsh_archive(faults="quirks")
    assert harvest(sqlite, server.base_url).exit_code == 0
    assert differences(picture(sqlite), calm) == []


def test_enforced_limits_are_kept_without_a_429(sqlite: Database, harsh_archive: StartArchive, calm: Picture) -> None:
    """The archive's hard limits, ours at 80 % of them, as the defaults are for the Internet Archive."""
    server = harsh_archive(faults="limits")
    harvest(sqlite, server.base_url, rates=(600, 16))
    assert [request for request in server.log if request.status == 429] == []
    assert differences(picture(sqlite), calm) == []
