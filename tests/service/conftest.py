"""Installations as their owners have them: folders, a database, a stand-in archive, and processes of the command."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from harvester.service.schedule.jobs import JOBS_TABLE
from harvester.store.database import Database
from tests.support.service.installations import Place
from tests.support.store.databases import emptied


@pytest.fixture
def place(tmp_path: Path, _migrated_postgresql: str) -> Iterator[Place]:
    """An installation on an empty PostgreSQL database; what it started is ended after the test."""
    database = Database(_migrated_postgresql)
    emptied(database)
    with database.writing() as session:
        session.execute(text(f"DROP TABLE IF EXISTS {JOBS_TABLE}"))
    database.close()
    made = Place(tmp_path / "config", tmp_path / "data", _migrated_postgresql)
    yield made
    made.end()


@pytest.fixture
def small_place(tmp_path: Path) -> Iterator[Place]:
    """An installation as it is without any setting: on SQLite."""
    made = Place(tmp_path / "config", tmp_path / "data", f"sqlite:///{tmp_path / 'data' / 'harvester.db'}")
    yield made
    made.end()


@pytest.fixture
def database_alone(tmp_path: Path) -> Iterator[Database]:
    """A store of its own, for what another is compared with."""
    opened = Database.open(f"sqlite:///{tmp_path / 'alone.db'}")
    yield opened
    opened.close()
