"""``export dataset``: tables with topics and statements, whole metadata, checksums that hold."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from harvester.cli import main
from harvester.exporting.data_card import COLUMNS, COLUMNS_OF_DATASET
from tests.support.paths import SAMPLE


def exported(data: Path, folder: Path, *options: str) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--config", str(SAMPLE), "--data", str(data), "export", "dataset", str(folder), *options])
    assert not end.value.code


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_a_data_set_has_every_table_its_metadata_and_checksums_that_hold(sample_copy: Path, tmp_path: Path) -> None:
    about = ("--format", "jsonl", "--title", 'Of "P"', "--creator", "Ada L", "--publisher", "P", "--licence", "CC0-1.0")
    exported(sample_copy, tmp_path / "d", *about)
    folder = tmp_path / "d"
    columns = {**COLUMNS, **COLUMNS_OF_DATASET}
    card = (folder / "README.md").read_text("utf-8")
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert [one["name"] for one in package["resources"]] == list(columns)
    for resource in package["resources"]:
        rows = lines(folder / resource["path"])
        assert rows
        assert all(list(row) == [field["name"] for field in resource["schema"]["fields"]] for row in rows)
        assert resource["bytes"] == (folder / resource["path"]).stat().st_size
        assert all(f"| {one.name} | {one.type} | {one.meaning} |" in card for one in columns[resource["name"]])
    versions = {(row["service"], row["number"]): row for row in lines(folder / "versions.jsonl")}
    assert {(row["service"], row["number"]) for row in lines(folder / "topics.jsonl")} <= versions.keys()
    for row in lines(folder / "statements.jsonl"):
        assert versions[row["service"], row["number"]]["first_seen"] == row["before"]
    listed = (line.split("  ") for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines())
    sums = {name: digest for digest, name in listed}
    there = {path.name for path in folder.iterdir() if not path.name.startswith(".")} - {"SHA256SUMS"}
    assert sums.keys() == there
    assert all(hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest for name, digest in sums.items())
    cite = json.loads((folder / "datacite.json").read_text("utf-8"))
    assert {"creators", "titles", "publisher", "publicationYear", "types", "schemaVersion"} <= cite.keys()
    assert cite["creators"] == [{"name": "Ada L"}]
    assert cite["rightsList"][0]["rightsIdentifier"] == "CC0-1.0"
    assert "`CC0-1.0`" in (folder / "LICENCES.md").read_text("utf-8")
    citation = (folder / "CITATION.cff").read_text("utf-8")
    assert 'title: "Of \\"P\\""' in citation
    assert '- name: "Ada L"' in citation


def test_equal_stores_give_equal_files_and_unknown_values_are_said_to_be(sample_copy: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        exported(sample_copy, tmp_path / name, "--format", "csv", "--service", "kettle.example")
    assert (tmp_path / "a" / "SHA256SUMS").read_bytes() == (tmp_path / "b" / "SHA256SUMS").read_bytes()
    cite = json.loads((tmp_path / "a" / "datacite.json").read_text("utf-8"))
    assert cite["creators"] == [{"name": ":unav"}]
    assert cite["publisher"] == {"name": ":unav"}


def test_the_parquet_tables_can_be_read(sample_copy: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is in harvester[research]")
    exported(sample_copy, tmp_path / "d", "--service", "kettle.example")
    for table, columns in {**COLUMNS, **COLUMNS_OF_DATASET}.items():
        read = parquet.read_table(tmp_path / "d" / f"{table}.parquet")
        assert read.column_names == [one.name for one in columns]
        assert read.num_rows
