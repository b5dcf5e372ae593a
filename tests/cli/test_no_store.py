"""Only what fills a store makes one: a folder typed wrong is noticed, by every other command."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from harvester.cli import main
from harvester.store.database import Database, sqlite_file
from tests.support.store.databases import drop_postgresql_database, new_postgresql_database
from tests.support.store.filled import fill

READING = (
    "services", "status", "gaps", "log a.example", "show a.example", "diff a.example", "search x", "trends x",
    "blame a.example", "similar a.example", "verify", "backup {tmp}/b.db", "copy-to sqlite:///{tmp}/copy.db", "reclean",
    "archive status", "archive reset", "pause a.example", "resume a.example", "notify status",
    "export jsonl {tmp}/out", "export site {tmp}/site", "rename a.example b.example",
)  # fmt: skip


def harvester(folder: Path, data: Path, *arguments: str) -> int:
    code: Any = 0
    try:
        main(["--config", str(folder / "config"), "--data", str(data), *arguments])
    except SystemExit as ended:
        code = ended.code or 0
    return int(code)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("HARVESTER_DATABASE_URL", raising=False)
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "services.toml").write_text('[[service]]\nname = "a.example"\n')
    return tmp_path


@pytest.mark.parametrize("command", READING)
def test_a_command_that_fills_no_store_makes_none(
    folder: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    data = folder / "typo"
    code = harvester(folder, data, *command.format(tmp=folder).split())
    assert code == 2
    assert "there is no store at" in capsys.readouterr().err
    assert sorted(one.name for one in folder.iterdir()) == ["config"]


@pytest.mark.parametrize(
    ("command", "code", "says"),
    [("ready", 3, "there is no store at"), ("save a.example", 2, "saving needs the keys")],
)
def test_a_check_or_a_refusal_makes_no_store(
    folder: Path, capsys: pytest.CaptureFixture[str], command: str, code: int, says: str
) -> None:
    assert harvester(folder, folder / "typo", *command.split()) == code
    assert says in capsys.readouterr().err
    assert sorted(one.name for one in folder.iterdir()) == ["config"]


def test_a_rename_where_no_store_is_leaves_the_catalogue(folder: Path) -> None:
    """The store is elsewhere, most likely, and would keep the old name."""
    before = (folder / "config" / "services.toml").read_bytes()
    assert harvester(folder, folder / "typo", "rename", "a.example", "b.example") == 2
    assert (folder / "config" / "services.toml").read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"no database"])
def test_a_file_that_is_no_store_is_not_made_one(folder: Path, content: bytes) -> None:
    (folder / "data").mkdir()
    file = folder / "data" / "harvester.db"
    file.write_bytes(content)
    assert harvester(folder, folder / "data", "verify") in (2, 3)
    assert file.read_bytes() == content


def test_an_empty_postgresql_database_is_no_store_either(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url = new_postgresql_database()
    try:
        monkeypatch.setenv("HARVESTER_DATABASE_URL", url)
        assert harvester(folder, folder / "data", "verify") == 2
        assert "there is no store at" in capsys.readouterr().err
        assert not Database.present(url)
        Database.open(url).close()
        assert harvester(folder, folder / "data", "verify") == 0
    finally:
        drop_postgresql_database(url)


NAMES = ("a?b", "a b", "a%20b", "a#b", "ä", "a&b=c", "a?b?c", "a?mode=ro", "a@b:c")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("filled") / "harvester.db"
    opened = Database.open(f"sqlite:///{file}")
    fill(opened, services=1)
    opened.close()
    return file


@pytest.mark.parametrize("name", NAMES)
def test_a_data_folder_may_have_any_name(
    filled: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    from harvester.folders import sqlite_url

    for data in (folder / name, Path(name)):
        monkeypatch.chdir(folder)
        url = sqlite_url(data / "harvester.db")
        assert sqlite_file(url) == data / "harvester.db"
        data.mkdir()
        shutil.copy(filled, data)
        Database.open(url).close()
        assert harvester(folder, data, "verify") == 0
        assert harvester(folder, data, "backup", str(data / "b.db")) == 0
        assert harvester(folder, data, "services", "--json") == 0
        assert re.search(r"service0\.example|a\.example", capsys.readouterr().out)
        for file in data.iterdir():
            file.unlink()
        data.rmdir()
    assert sorted(one.name for one in folder.iterdir()) == ["config"]
