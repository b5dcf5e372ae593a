"""A SQLite file that was cut off, or of which a page is lost: said by every command that meets it, with what to do."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from harvester.cli import main
from harvester.errors import CorruptStore
from harvester.store.admin.verify import verify
from harvester.store.database import Database
from tests.support.store.filled import fill

PAGE = 4096


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a small store."""
    path = tmp_path_factory.mktemp("whole") / "harvester.db"
    database = Database.open(f"sqlite:///{path}")
    fill(database, services=1, captures=4)
    assert list(verify(database)) == []
    database.close()
    return path.read_bytes()


def told(folder: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["--config", str(folder), "--data", str(folder), *arguments])
    code: Any = ended.value.code
    return code, *capsys.readouterr()


@pytest.mark.parametrize("kept", [100, PAGE, PAGE // 2 * 77, PAGE * 40, PAGE * 40 + 1, -PAGE])
def test_a_file_that_was_cut_off_is_told_with_what_to_do(
    whole: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str], kept: int
) -> None:
    (tmp_path / "services.toml").touch()
    file = tmp_path / "harvester.db"
    file.write_bytes(whole[:kept])
    code, out, _ = told(tmp_path, capsys, "verify", "--json")
    assert code == 1
    (finding,) = json.loads(out)["findings"]
    assert "restore a backup" in finding["problem"]
    for command in ("log a.example", "status", f"backup {tmp_path}/backup.db", f"export jsonl {tmp_path}/out"):
        code, out, err = told(tmp_path, capsys, *command.split())
        assert (code, out) == (1, "")
        assert "damaged or cut off" in err
        assert "restore a backup with `harvester restore`" in err
        assert err.count("\n") == 1
    assert file.read_bytes() == whole[:kept], "what is left is not made worse"


def test_a_lost_page_is_found_by_verify_wherever_it_lies(whole: bytes, tmp_path: Path) -> None:
    file = tmp_path / "harvester.db"
    said: list[str] = []
    for page in range(1, len(whole) // PAGE, 7):
        file.write_bytes(whole[: page * PAGE] + bytes(PAGE) + whole[(page + 1) * PAGE :])
        try:
            database = Database.open(f"sqlite:///{file}")
            found = [str(one) for one in verify(database)]
            database.close()
        except CorruptStore as error:
            found = [str(error)]
        assert found, f"page {page}"
        said += found
    assert any("cannot be read to the end" in one for one in said)


def test_no_backup_is_written_of_a_store_in_which_a_page_is_another_one_or_lost(
    whole: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, dest = tmp_path / "harvester.db", tmp_path / "backup.db"
    with closing(sqlite3.connect(":memory:")) as connection:
        # A page in the middle of an index, which rows are read without.
        connection.deserialize(whole[:18] + b"\x01\x01" + whole[20:])
        root = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        index, other = (
            connection.execute(root, (name,)).fetchone()[0] - 1 for name in ("ix_captures_digest", "ix_payloads_digest")
        )
    for put in (bytes(PAGE), whole[other * PAGE : (other + 1) * PAGE]):
        file.write_bytes(whole[: index * PAGE] + put + whole[(index + 1) * PAGE :])
        code, out, err = told(tmp_path, capsys, "backup", str(dest))
        assert (code, out) == (1, "")
        assert f"no backup {dest} was written" in err
        assert "harvester verify" in err
        assert err.count("\n") == 1
        assert sorted(one.name for one in tmp_path.iterdir() if "backup" in one.name) == []
    file.write_bytes(whole)
    assert told(tmp_path, capsys, "backup", str(dest))[0] in (0, None)


def test_a_file_of_something_else_is_no_store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "harvester.db").write_bytes(b"something else " * 1_000)
    code, _, err = told(tmp_path, capsys, "status")
    assert code == 2
    assert "is not a store" in err
