"""A capture that the archive shows late: one request, and only the changes that touch it are redone."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from harvester.replay.server import ReplayServer
from harvester.store.database import Database
from harvester.store.schema import Change, Service, Source, Version
from tests.support.harvest.harvests import harvest
from tests.support.harvest.pictures import differences, picture

Ids = dict[tuple[int | datetime, ...], int]


def rows_of(database: Database) -> tuple[Ids, Ids]:
    """The ids of versions by their first sight, and of changes by when they happened."""
    with database.reading() as session:
        versions: Ids = {(one.service_id, one.first_seen): one.id for one in session.scalars(select(Version))}
        changes: Ids = {(one.service_id, one.after, one.before): one.id for one in session.scalars(select(Change))}
    return versions, changes


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_late_capture_costs_one_request_redoes_only_the_changes_that_touch_it_and_leaves_no_trace(
    database: Database, sqlite: Database, sample_archive: ReplayServer
) -> None:
    harvest(database, sample_archive.base_url)
    versions, changes = rows_of(database)
    sample_archive.late = True
    sample_archive.refresh()
    summary = harvest(database, sample_archive.base_url)
    assert summary.requests["playback"] == summary.fetched == 1
    late_versions, late_changes = rows_of(database)
    assert {key: late_versions.get(key) for key in versions} == versions
    assert len(late_versions) == len(versions) + 1
    gone = {key for key in changes if late_changes.get(key) != changes[key]}
    assert len(gone) == 1
    assert len(set(late_changes) - set(changes)) == 2
    assert (summary.new_versions, summary.new_changes) == (1, 1)
    harvest(sqlite, sample_archive.base_url)  # all at once
    assert differences(picture(database), picture(sqlite)) == []


def test_a_policy_that_moved_stays_one_history(sample_store: Database) -> None:
    with sample_store.reading() as session:
        service = session.scalars(select(Service).where(Service.name == "kettle.example")).one()
        sources = session.scalars(select(Source).where(Source.service_id == service.id)).all()
    assert len(sources) == 2
    history = [row for row in picture(sample_store).versions if row[0] == "kettle.example"]
    old, new = (
        [row for row in history if row[9].startswith(start)]
        for start in ("http://www.kettle.example", "https://kettle.example")
    )
    assert old
    assert new
    assert max(row[2] for row in old) < min(row[1] for row in new)
    changes = [row for row in picture(sample_store).changes if row[0] == "kettle.example"]
    assert len(changes) == len(history) - 1
