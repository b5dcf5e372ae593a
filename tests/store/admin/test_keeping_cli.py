"""``verify``, ``backup``, ``restore`` and ``copy-to`` as a user gives them."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text, update

from harvester.cleaner import CLEANER_VERSION
from harvester.cli import main
from harvester.store.database import Database
from harvester.store.schema import Payload, TextRow
from tests.support.store.databases import drop_postgresql_database, new_postgresql_database
from tests.support.store.filled import fill

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def harvester(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Gives a command to harvester, on the test's store or another: exit code, output, errors."""

    def run(*arguments: str, url: str = database_url) -> tuple[int, str, str]:
        monkeypatch.setenv("HARVESTER_DATABASE_URL", url)
        code: Any = 0
        try:
            main(["--config", str(tmp_path / "config"), "--data", str(tmp_path / "data"), *arguments])
        except SystemExit as ended:
            code = ended.code or 0
        out, err = capsys.readouterr()
        return int(code), out, err

    (tmp_path / "config").mkdir()
    return run


@pytest.fixture
def empty_url(database_url: str, tmp_path: Path) -> Iterator[str]:
    """A second store of the same kind."""
    if database_url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path}/second.sqlite3"
        return
    url = new_postgresql_database()
    yield url
    drop_postgresql_database(url)


def test_a_backup_made_during_a_harvest_restores_to_a_store_that_verifies(
    harvester: Command, database: Database, empty_url: str, tmp_path: Path
) -> None:
    fill(database, services=1)
    stop = threading.Event()

    def harvest() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            fill(database, services=1, captures=3, name=f"harvested{number}")

    writer = threading.Thread(target=harvest)
    writer.start()
    try:
        code, out, _ = harvester("backup", str(tmp_path / "backup.sqlite3"))
    finally:
        stop.set()
        writer.join()
    assert code == 0
    assert out.endswith(" bytes\n")
    code, out, _ = harvester("restore", str(tmp_path / "backup.sqlite3"), url=empty_url)
    assert code == 0
    assert out.startswith("restored: ")
    code, out, err = harvester("verify", url=empty_url)
    assert (code, err) == (0, "")
    assert out.startswith("the store is whole")
    code, _, err = harvester("restore", str(tmp_path / "backup.sqlite3"), url=empty_url)
    assert code == 2
    assert "is not empty" in err


@pytest.mark.parametrize("table", [Payload, TextRow])
def test_a_flipped_byte_is_found_and_named(harvester: Command, database: Database, table: Any) -> None:
    fill(database, services=1)
    with database.writing() as session:
        number, data = session.execute(select(table.id, table.data).order_by(table.id)).first() or (0, b"")
        flipped = bytes([*data[:20], data[20] ^ 8, *data[21:]])
        session.execute(update(table).where(table.id == number).values(data=flipped))
    code, out, err = harvester("verify")
    assert code == 1
    assert f"{table.__tablename__} {number}: it is not what was stored" in out
    assert "differ" in err
    code, out, _ = harvester("verify", "--json")
    found = json.loads(out)
    assert (code, found["whole"]) == (1, False)
    assert (table.__tablename__, number) in {(one["table"], one["id"]) for one in found["findings"]}


def test_a_document_of_another_cleaner_is_no_difference(harvester: Command, database: Database) -> None:
    fill(database, services=1, captures=4)
    swap = (
        "UPDATE captures SET document_id = (SELECT max(document_id) FROM captures), "
        "text_id = (SELECT max(text_id) FROM captures), {} WHERE id = (SELECT min(id) FROM captures)"
    )
    with database.writing() as session:
        session.execute(text(swap.format("cleaner = '0'")))
        # History is not asked: whatever alters captures says so, and the next run brings it up to date.
        session.execute(text("UPDATE services SET stale = true"))
    assert harvester("verify")[0] == 0
    with database.writing() as session:
        session.execute(text(f"UPDATE captures SET cleaner = '{CLEANER_VERSION}'"))
    code, out, _ = harvester("verify")
    assert code == 1
    assert "made again from payload" in out


def test_a_copy_verifies_and_is_not_written_over(harvester: Command, database: Database, empty_url: str) -> None:
    fill(database, services=1)
    code, out, _ = harvester("copy-to", empty_url)
    assert code == 0
    assert " rows of " in out
    assert harvester("verify", url=empty_url)[0] == 0
    code, _, err = harvester("copy-to", empty_url)
    assert code == 2
    assert "is not empty" in err


def test_what_is_no_backup_leaves_no_store_behind(harvester: Command, tmp_path: Path) -> None:
    code, _, err = harvester("restore", str(tmp_path / "nothing"), url=f"sqlite:///{tmp_path}/new/store.sqlite3")
    assert code == 2
    assert "there is no backup" in err
    assert not (tmp_path / "new").exists()
