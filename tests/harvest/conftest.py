"""What an undisturbed harvest of the sample leaves, to compare others with."""

from __future__ import annotations

import pytest

from harvester.store.database import Database
from tests.support.harvest.pictures import Picture, picture


@pytest.fixture(scope="session")
def calm(sample_store: Database) -> Picture:
    """Return what an undisturbed backfill of the sample leaves."""
    return picture(sample_store)
