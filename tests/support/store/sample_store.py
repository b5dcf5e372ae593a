"""The sample archive, harvested once a run: what tests of reading begin with. Nothing may write to it.

Its fixtures are there for every test (`tests.conftest`).
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from harvester.clock import Clock, utc_now
from harvester.replay.archives.folder import FolderArchive
from harvester.replay.server import ReplayServer
from harvester.settings import INTERNET_ARCHIVE
from harvester.store.admin.copy import copy_to
from harvester.store.database import Database
from harvester.store.history.history import refresh
from harvester.store.schema import Capture, Service
from tests.support.harvest.harvests import harvest
from tests.support.paths import SAMPLE
from tests.support.store.databases import drop_postgresql_database, new_postgresql_database
from tests.support.store.removal import forget_text, remove_service
from tests.support.times import sample_clock


def _harvested(factory: pytest.TempPathFactory, folder: str, clock: Clock = utc_now, name: str | None = None) -> Path:
    """Return a folder with a harvest of the sample: the first of pytest's processes makes it, the others copy it."""
    ours = factory.mktemp(folder, numbered=False)
    of_all = ours.parents[1 if "PYTEST_XDIST_WORKER" in os.environ else 0]
    first = of_all / f"{folder}.db"
    with first.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if first.exists():
            shutil.copyfile(first, ours / "harvester.db")
            return ours
        database = Database.open(f"sqlite:///{ours / 'harvester.db'}")
        with ReplayServer(FolderArchive(SAMPLE)) as base:
            harvest(database, base, clock=clock, name=name)
        database.close()
        shutil.copyfile(ours / "harvester.db", first)
    return ours


@pytest.fixture(scope="session")
def sample_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for ``--data`` with the database of a backfill of the sample."""
    return _harvested(tmp_path_factory, "sample")


@pytest.fixture(scope="session")
def few_versions(sample_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the same with two services, of each the first three documents: a site has pages for each version."""
    folder = tmp_path_factory.mktemp("few")
    shutil.copy(sample_data / "harvester.db", folder)
    database = Database(f"sqlite:///{folder / 'harvester.db'}")
    with database.writing() as session:
        for name in ("lanternpost.example", "tidebook.example", "mossnote.example"):
            remove_service(session, name)
        for service in session.scalars(select(Service)).all():
            captures = select(Capture).where(Capture.service_id == service.id, Capture.outcome == "stored")
            for one in session.scalars(captures.order_by(Capture.timestamp).offset(3)):
                forget_text(one)
            refresh(session, service.id, now=utc_now())
    database.close()
    return folder


@pytest.fixture(scope="session")
def sample_of_2020(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the same for pages that say how long ago something was and in which archive it is.

    It was harvested in January 2020 (`sample_clock`), as if from the Internet Archive.
    """
    return _harvested(tmp_path_factory, "sample-of-2020", sample_clock, INTERNET_ARCHIVE.name)


@pytest.fixture(scope="session")
def sample_store(sample_data: Path) -> Iterator[Database]:
    """Open the database of `sample_data`."""
    database = Database.open(f"sqlite:///{sample_data / 'harvester.db'}")
    yield database
    database.close()


@pytest.fixture(scope="session")
def sample_postgresql(sample_store: Database) -> Iterator[Database]:
    """Open a PostgreSQL database with the same rows; skip when no server answers."""
    with copied_to_postgresql(sample_store) as database:
        yield database


@contextmanager
def copied_to_postgresql(store: Database) -> Iterator[Database]:
    """Copy the rows of a store into a new PostgreSQL database, which is dropped at the end."""
    url = new_postgresql_database()
    database = Database.open(url)
    copy_to(store, database)
    yield database
    database.close()
    drop_postgresql_database(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def either_sample(request: pytest.FixtureRequest) -> Database:
    """Return the sample store on each database in turn."""
    name = "sample_store" if request.param == "sqlite" else "sample_postgresql"
    found: Database = request.getfixturevalue(name)
    return found


@pytest.fixture
def sample_copy(sample_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for ``--data`` of a test's own, with nothing but the database in it."""
    folder = tmp_path_factory.mktemp("home") / "data"
    folder.mkdir()
    shutil.copy(sample_data / "harvester.db", folder)
    return folder


@pytest.fixture
def stored(sample_copy: Path) -> Iterator[Database]:
    """Open the database of `sample_copy`."""
    database = Database(f"sqlite:///{sample_copy / 'harvester.db'}")
    yield database
    database.close()


@pytest.fixture
def session(stored: Database) -> Iterator[Session]:
    """Open a session that reads `stored`."""
    with stored.reading() as session:
        yield session
