"""The sample archive, harvested once a session: what tests of reading begin with. Nothing may write to it.

They are there for every test (`tests.conftest`).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from harvester.replay.archives.folder import FolderArchive
from harvester.replay.server import ReplayServer
from harvester.store.admin.copy import copy_to
from harvester.store.database import Database
from tests.support.archive_server.fixtures import SAMPLE
from tests.support.harvest.harvests import harvest
from tests.support.store.databases import drop_postgresql_database, new_postgresql_database


@pytest.fixture(scope="session")
def sample_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for ``--data`` with the database of a backfill of the sample."""
    folder = tmp_path_factory.mktemp("sample")
    database = Database.open(f"sqlite:///{folder / 'harvester.db'}")
    with ReplayServer(FolderArchive(SAMPLE)) as base:
        harvest(database, base)
    database.close()
    return folder


@pytest.fixture(scope="session")
def sample_store(sample_data: Path) -> Iterator[Database]:
    """That database, open."""
    database = Database.open(f"sqlite:///{sample_data / 'harvester.db'}")
    yield database
    database.close()


@pytest.fixture(scope="session")
def sample_postgresql(sample_store: Database) -> Iterator[Database]:
    """The same rows in PostgreSQL; skips when no server answers."""
    with copied_to_postgresql(sample_store) as database:
        yield database


@contextmanager
def copied_to_postgresql(store: Database) -> Iterator[Database]:
    """The rows of a store in a new PostgreSQL database, which is dropped at the end."""
    url = new_postgresql_database()
    database = Database.open(url)
    copy_to(store, database)
    yield database
    database.close()
    drop_postgresql_database(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def either_sample(request: pytest.FixtureRequest) -> Database:
    """The sample store on each database in turn."""
    name = "sample_store" if request.param == "sqlite" else "sample_postgresql"
    found: Database = request.getfixturevalue(name)
    return found


@pytest.fixture
def sample_copy(sample_data: Path, tmp_path: Path) -> Path:
    """A folder for ``--data`` of a test's own."""
    folder = tmp_path / "data"
    shutil.copytree(sample_data, folder)
    return folder
