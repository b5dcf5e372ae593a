"""Fixtures of the tests of exports, imports and replay: a store with the sample in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from harvester.replay.archives.folder import FolderArchive
from harvester.replay.server import ReplayServer
from harvester.store.database import Database
from tests.support.archive_server.fixtures import SAMPLE, harsh_archive, sample_archive
from tests.support.harvest.harvests import harvest
from tests.support.store.databases import _migrated_postgresql, _migrated_sqlite, database, database_url

__all__ = [
    "_migrated_postgresql",
    "_migrated_sqlite",
    "_sample_file",
    "data",
    "database",
    "database_url",
    "harsh_archive",
    "sample_archive",
    "session",
    "stored",
]


@pytest.fixture(scope="session")
def _sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("stored") / "harvester.db"
    database = Database.open(f"sqlite:///{file}")
    with ReplayServer(FolderArchive(SAMPLE)) as base:
        harvest(database, base)
    database.close()
    return file


@pytest.fixture
def data(_sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of its own with a harvest of the sample."""
    folder = tmp_path_factory.mktemp("data")
    shutil.copy(_sample_file, folder / "harvester.db")
    return folder


@pytest.fixture
def stored(data: Path) -> Iterator[Database]:
    """The store in `data`."""
    database = Database(f"sqlite:///{data / 'harvester.db'}")
    yield database
    database.close()


@pytest.fixture
def session(stored: Database) -> Iterator[Session]:
    """A session that reads `stored`."""
    with stored.reading() as session:
        yield session
