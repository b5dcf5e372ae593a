"""What an undisturbed harvest of the sample leaves, to compare others with; an empty SQLite database."""

from __future__ import annotations

from pathlib import Path

import pytest

from harvester.store.database import Database
from tests.support.harvest.pictures import Picture, picture


@pytest.fixture(scope="session")
def calm(sample_store: Database) -> Picture:
    """Return what an undisturbed backfill of the sample leaves."""
    return picture(sample_store)


@pytest.fixture
def sqlite(tmp_path: Path, _migrated_sqlite: Path) -> Database:
    """Return an empty SQLite database at the newest schema."""
    path = tmp_path / "harvester.db"
    path.write_bytes(_migrated_sqlite.read_bytes())
    return Database(f"sqlite:///{path}")
