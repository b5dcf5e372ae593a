"""A store that cannot be written, on a read-only medium or as a backup, is read as any other, and left as it is."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import text

from harvester import Store
from harvester.cli import main
from harvester.errors import StoreError
from harvester.store.admin.backup import backup
from harvester.store.database import Database, sqlite_file
from tests.support.paths import SAMPLE

NOBODY = 65_534


@contextmanager
def without_rights() -> Iterator[None]:
    """As a user who may write nothing of root's."""
    if os.geteuid():
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def medium(sample_data: Path) -> Iterator[Path]:
    """A folder with a store, neither of which may be written, where everybody can look."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        data.mkdir()
        Path(folder).chmod(0o755)
        shutil.copyfile(sample_data / "harvester.db", data / "harvester.db")
        shutil.copyfile(SAMPLE / "services.toml", Path(folder) / "services.toml")
        (data / "harvester.db").chmod(0o444)
        data.chmod(0o555)
        yield data
        data.chmod(0o755)


def harvester(*arguments: str) -> int:
    code: Any = 0
    try:
        main(list(arguments))
    except SystemExit as ended:
        code = ended.code or 0
    return int(code)


READING = ("services", "log kettle.example", "diff kettle.example", "search tea", "gaps", "status")


def content(data: Path) -> dict[str, str]:
    return {one.name: hashlib.sha256(one.read_bytes()).hexdigest() for one in data.iterdir()}


def test_a_store_on_a_read_only_medium_is_read(
    medium: Path, sample_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = content(medium)
    folders = ("--config", str(medium.parent), "--data", str(medium))
    for command in READING:
        # First with all rights, so that what a command imports is there for the one without.
        assert harvester("--config", str(medium.parent), "--data", str(sample_data), *command.split()) == 0
        wanted = capsys.readouterr().out
        with without_rights():
            assert harvester(*folders, *command.split()) == 0, command
        assert capsys.readouterr().out == wanted
    with without_rights(), Store(medium) as store:
        assert store.service("kettle.example").versions[-1].text
    with without_rights():
        assert harvester(*folders, "pause", "kettle.example") == 3
    assert "opened for reading only" in capsys.readouterr().err
    assert content(medium) == before


def test_a_backup_is_read_as_it_is(
    sample_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    database = Database.open(f"sqlite:///{sample_data / 'harvester.db'}")
    backup(database, tmp_path / "kept" / "backup.db")
    database.close()
    before = content(tmp_path / "kept")
    for command in READING:
        assert harvester("--config", str(SAMPLE), "--data", "kept/backup.db", *command.split()) == 0, command
    capsys.readouterr()
    assert harvester("--config", str(SAMPLE), "--data", "kept/backup.db", "backup", "copy.db") == 0
    assert harvester("--config", str(SAMPLE), "--data", "kept/backup.db", "backfill") == 3
    assert "opened for reading only" in capsys.readouterr().err
    with Store(tmp_path / "kept" / "backup.db") as store:
        assert len(store.services)
    assert content(tmp_path / "kept") == before


WRITING = (
    "pause kettle.example", "reclean", "rebuild", "backfill", "backfill --plan", "run kettle.example", "serve", "up",
    "archive reset", "rename kettle.example pot.example", "import corpus {tmp}/corpus", "restore {tmp}/kept/backup.db",
)  # fmt: skip


@pytest.mark.parametrize("command", WRITING)
def test_whatever_would_write_a_backup_says_that_it_is_one_and_how_to_restore_it(
    sample_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    database = Database.open(f"sqlite:///{sample_data / 'harvester.db'}")
    file = tmp_path / "kept" / "backup.db"
    backup(database, file)
    database.close()
    (tmp_path / "corpus").mkdir()
    shutil.copyfile(SAMPLE / "services.toml", tmp_path / "services.toml")
    before = content(tmp_path / "kept")
    arguments = command.format(tmp=tmp_path).split()
    assert harvester("--config", str(tmp_path), "--data", str(file), *arguments) == 3
    said = capsys.readouterr().err
    assert f"{file} was opened for reading only, because --data names a file, as for a backup" in said
    assert f"`harvester --data FOLDER restore {file}`" in said
    assert content(tmp_path / "kept") == before


def test_an_older_backup_says_that_it_must_be_restored(sample_data: Path, tmp_path: Path) -> None:
    shutil.copyfile(sample_data / "harvester.db", tmp_path / "old.db")
    database = Database(f"sqlite:///{tmp_path / 'old.db'}")
    with database.writing() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    database.close()
    with pytest.raises(StoreError, match=r"at schema 0001.*`harvester restore`"):
        Database.open(f"sqlite:///{tmp_path / 'old.db'}?mode=ro")


def test_a_file_may_be_named_for_reading_as_sqlite_itself_names_it(sample_data: Path, tmp_path: Path) -> None:
    file = tmp_path / "a store.db"
    shutil.copyfile(sample_data / "harvester.db", file)
    url = f"sqlite:///file:{quote(str(file))}?mode=ro&uri=true"
    assert sqlite_file(url) == file
    database = Database.open(url)
    with pytest.raises(StoreError, match="opened for reading only"), database.writing() as session:
        session.execute(text("CREATE TABLE more (one INTEGER)"))
    database.close()
