"""``export jsonl|csv|parquet``: the store as tables."""

from __future__ import annotations

import csv
import hashlib
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from harvester.errors import ConfigurationError
from harvester.exporting.data_card import COLUMNS
from harvester.exporting.tables import export_tables
from harvester.store.database import Database
from harvester.store.ledger.ledger import Outcome
from harvester.store.read import versions as read
from harvester.store.read.snapshots import service_names
from harvester.store.schema import Capture
from tests.support.exports.trees import tree

csv.field_size_limit(sys.maxsize)


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_the_rows_are_those_of_the_store(session: Session, tmp_path: Path) -> None:
    done = export_tables(session, tmp_path, "jsonl")
    versions, changes = lines(tmp_path / "versions.jsonl"), lines(tmp_path / "changes.jsonl")
    expected = [(name, row) for _, name in service_names(session) for row in read.log(session, name)]
    assert [(one["service"], one["number"], one["first_seen"], one["words"]) for one in versions] == [
        (name, row.number, f"{row.first_seen:%Y-%m-%dT%H:%M:%SZ}", row.words) for name, row in expected
    ]
    assert [(one["service"], one["number"], one["kind"]) for one in changes] == [
        (name, row.number, row.kind) for name, row in expected if row.kind is not None
    ]
    for one in versions:
        assert hashlib.sha256(one["text"].encode()).hexdigest() == one["sha256"]
    ledger = lines(tmp_path / "ledger.jsonl")
    assert done.rows == {"versions": len(versions), "changes": len(changes), "ledger": len(ledger)}
    assert len([one for one in ledger if one["kind"] == "capture"]) == sum(
        row.captures for row in read.services(session)
    )


def test_each_column_is_on_the_card_in_its_order(session: Session, tmp_path: Path) -> None:
    export_tables(session, tmp_path, "jsonl")
    card = (tmp_path / "README.md").read_text(encoding="utf-8")
    for table, columns in COLUMNS.items():
        for row in lines(tmp_path / f"{table}.jsonl"):
            assert list(row) == [column.name for column in columns]
        for column in columns:
            assert f"| {column.name} | {column.type} | {column.meaning} |" in card
    for promise in ("licence", "copyright", "## Origin"):
        assert promise in card
    for outcome in Outcome:
        assert f"| {outcome} | " in card


def test_all_formats_hold_the_same(session: Session, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is in harvester[research]")
    for form in ("jsonl", "csv", "parquet"):
        export_tables(session, tmp_path / form, form)

    def told(value: Any) -> str:
        if isinstance(value, datetime):
            return f"{value:%Y-%m-%dT%H:%M:%SZ}"
        return "" if value is None else json.dumps(value, ensure_ascii=False) if isinstance(value, list) else str(value)

    assert "versions" in COLUMNS
    for table in COLUMNS:
        from_json = [{name: told(one) for name, one in row.items()} for row in lines(tmp_path / f"jsonl/{table}.jsonl")]
        with (tmp_path / "csv" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            assert list(csv.DictReader(file)) == from_json != []
        rows = parquet.read_table(tmp_path / "parquet" / f"{table}.parquet").to_pylist()
        assert [{name: told(one) for name, one in row.items()} for row in rows] == from_json


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_equal_stores_give_equal_files_and_a_finished_table_is_kept(
    session: Session, tmp_path: Path, form: Any
) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow", reason="pyarrow is in harvester[research]")
    export_tables(session, tmp_path / "one", form)
    export_tables(session, tmp_path / "other", form)
    whole = tree(tmp_path / "other")
    assert tree(tmp_path / "one") == whole
    kept = (tmp_path / "one" / f"changes.{form}").stat().st_mtime_ns
    (tmp_path / "one" / f"ledger.{form}").unlink()
    export_tables(session, tmp_path / "one", form)
    assert tree(tmp_path / "one") == whole
    assert (tmp_path / "one" / f"changes.{form}").stat().st_mtime_ns == kept


def test_when_the_store_has_changed_every_table_is_written_anew(stored: Database, tmp_path: Path) -> None:
    with stored.reading() as session:
        export_tables(session, tmp_path, "jsonl")
    with stored.writing() as session:
        session.execute(update(Capture).where(Capture.outcome == "gone").values(outcome="left-out"))
    with stored.reading() as session:
        export_tables(session, tmp_path, "jsonl")
    assert "gone" not in {one["outcome"] for one in lines(tmp_path / "ledger.jsonl")}


def test_without_pyarrow_it_is_said_what_to_install(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ConfigurationError, match=r"harvester\[research\]"):
        export_tables(session, tmp_path / "out", "parquet")
    assert not (tmp_path / "out").exists()
