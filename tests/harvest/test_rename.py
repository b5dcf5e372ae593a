"""Another name for a service, in the catalogue and the store: also when it was killed between the two."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from harvester.catalogue import services_file
from harvester.catalogue.entries import load_catalogue
from harvester.clock import utc_now
from harvester.errors import ConfigurationError, UnknownName
from harvester.harvest.rename import rename
from harvester.store.database import Database
from harvester.store.ledger import sources
from harvester.store.read.snapshots import service_names
from tests.support.paths import SAMPLE

OLD, NEW = "kettle.example", "samovar.example"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return Path(shutil.copy(SAMPLE / "services.toml", tmp_path))


def names(database: Database, file: Path) -> tuple[set[str], set[str]]:
    with database.reading() as session:
        known = {name for _, name in service_names(session)}
    return {one.name for one in load_catalogue(file)} & {OLD, NEW}, known & {OLD, NEW}


def test_a_rename_that_was_killed_before_the_store_was_written_is_done_by_renaming_again(
    sqlite: Database, file: Path
) -> None:
    with sqlite.writing() as session:
        sources.enter(session, next(one for one in load_catalogue(file) if one.name == OLD), utc_now())
    services_file.rename(file, OLD, NEW)
    assert names(sqlite, file) == ({NEW}, {OLD})
    assert rename(sqlite, file, OLD, NEW, utc_now)
    assert names(sqlite, file) == ({NEW}, {NEW})
    with pytest.raises(UnknownName, match=r"has no service 'kettle\.example'"):
        rename(sqlite, file, OLD, NEW, utc_now)


def test_a_rename_that_the_catalogue_refuses_leaves_the_store(sqlite: Database, file: Path) -> None:
    with sqlite.writing() as session:
        sources.enter(session, next(one for one in load_catalogue(file) if one.name == OLD), utc_now())
    with pytest.raises(ConfigurationError, match=r"already has the service mossnote\.example"):
        rename(sqlite, file, OLD, "mossnote.example", utc_now)
    assert names(sqlite, file) == ({OLD}, {OLD})
    with pytest.raises(UnknownName, match=r"has no service 'nobody\.example'"):
        rename(sqlite, file, "nobody.example", NEW, utc_now)
