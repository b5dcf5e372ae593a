"""A harvest of the sample, calm, to compare others with; the stand-in archive; both databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from harvester.replay.archives.folder import FolderArchive
from harvester.replay.server import ReplayServer
from harvester.store.database import Database
from tests.support.archive_server.fixtures import SAMPLE, harsh_archive, sample_archive
from tests.support.harvest.harvests import harvest
from tests.support.harvest.pictures import Picture, picture
from tests.support.store.databases import _migrated_postgresql, _migrated_sqlite, database, database_url

__all__ = [
    "_migrated_postgresql",
    "_migrated_sqlite",
    "database",
    "database_url",
    "harsh_archive",
    "sample_archive",
]


@pytest.fixture(scope="session")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Picture:
    """What an undisturbed backfill of the sample leaves."""
    database = Database.open(f"sqlite:///{tmp_path_factory.mktemp('calm') / 'harvester.db'}")
    with ReplayServer(FolderArchive(SAMPLE)) as base:
        harvest(database, base)
    found = picture(database)
    database.close()
    return found


@pytest.fixture
def sqlite(tmp_path: Path, _migrated_sqlite: Path) -> Database:
    """An empty SQLite database at the newest schema."""
    path = tmp_path / "harvester.db"
    path.write_bytes(_migrated_sqlite.read_bytes())
    return Database(f"sqlite:///{path}")
