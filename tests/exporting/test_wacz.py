"""``export wacz``: a service in one file, as the specification and its own validator want it."""

from __future__ import annotations

import gzip
import hashlib
import json
import subprocess
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy.orm import Session
from warcio.archiveiterator import ArchiveIterator

from harvester.errors import ConfigurationError
from harvester.exporting.evidence.facts import gather
from harvester.exporting.evidence.package import write_package
from harvester.exporting.mementos import mementos
from harvester.exporting.wacz import export_wacz, indexes
from harvester.exporting.warc import WrittenRecord
from harvester.memento import timestamp_of
from harvester.settings import Settings
from harvester.store.read import versions
from harvester.store.read.snapshots import service_names
from tests.support.pywb_server import TOOLS

NOW = datetime(2026, 1, 2, tzinfo=UTC)


@pytest.fixture
def file(session: Session, tmp_path: Path) -> Path:
    """The sample as a WACZ file."""
    export_wacz(session, tmp_path / "policies.wacz", NOW)
    return tmp_path / "policies.wacz"


def cdxj(whole: zipfile.ZipFile) -> list[tuple[str, str, dict[str, str]]]:
    lines = gzip.decompress(whole.read("indexes/index.cdx.gz")).decode().splitlines()
    return [(key, at, json.loads(fields)) for key, at, fields in (line.split(" ", 2) for line in lines)]


def validated(file: Path) -> str:
    """What py-wacz objects to in a file."""
    if not (TOOLS / "wacz").exists():
        pytest.skip("py-wacz is not installed: make .venv/pywb/done")
    done = subprocess.run([TOOLS / "wacz", "validate", "-f", file], capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    return said if done.returncode or "invalid" in said.lower() else ""


def test_every_record_is_where_its_index_says_and_every_version_is_a_page(session: Session, file: Path) -> None:
    answers = [one for number, _ in service_names(session) for one in mementos(session, number)]
    with zipfile.ZipFile(file) as whole:
        assert all(one.compress_type == zipfile.ZIP_STORED for one in whole.infolist())
        warc, rows = whole.read("archive/captures.warc.gz"), cdxj(whole)
        pages = [json.loads(line) for line in whole.read("pages/pages.jsonl").splitlines()]
        blocks = whole.read("indexes/index.idx").decode().splitlines()
    assert len(rows) == len(answers)
    assert rows == sorted(rows, key=lambda row: row[:2])
    for _, at, fields in rows:
        start, length = int(fields["offset"]), int(fields["length"])
        (record,) = ArchiveIterator(BytesIO(warc[start : start + length]))
        head = record.rec_headers
        assert head.get_header("WARC-Target-URI") == fields["url"]
        assert timestamp_of(datetime.fromisoformat(head.get_header("WARC-Date"))) == at
        assert head.get_header("WARC-Payload-Digest") == fields["digest"]
        assert (record.rec_type == "revisit") == (fields["mime"] == "warc/revisit")
    assert blocks[0] == '!meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}'
    assert pages[0]["format"] == "json-pages-1.0"
    listed = sum(len(versions.log(session, one.name)) for one in versions.services(session))
    assert len(pages) == listed + 1
    places = {(fields["url"], at) for _, at, fields in rows}
    for one in pages[1:]:
        assert (one["url"], timestamp_of(datetime.fromisoformat(one["ts"]))) in places
        assert one["title"] in one["text"]


def test_the_description_has_the_digest_of_every_file_and_equal_stores_give_equal_bytes(
    session: Session, file: Path
) -> None:
    with zipfile.ZipFile(file) as whole:
        description = whole.read("datapackage.json")
        resources = json.loads(description)["resources"]
        assert {one["path"] for one in resources} == set(whole.namelist()) - {
            "datapackage.json",
            "datapackage-digest.json",
        }
        for one in resources:
            content = whole.read(one["path"])
            assert (one["bytes"], one["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")
        digest = json.loads(whole.read("datapackage-digest.json"))
    assert digest["hash"] == f"sha256:{hashlib.sha256(description).hexdigest()}"
    again = file.with_name("again.wacz")
    export_wacz(session, again, NOW)
    assert again.read_bytes() == file.read_bytes()
    assert sorted(one.name for one in file.parent.iterdir()) == ["again.wacz", "policies.wacz"]


def test_the_validator_of_the_format_accepts_it_and_a_package_of_evidence(session: Session, file: Path) -> None:
    service = service_names(session)[0][1]
    write_package(session, gather(session, Settings(), service, "latest", NOW), file.with_name("change.wacz"))
    assert validated(file.with_name("change.wacz")) == ""
    assert validated(file) == ""


def test_a_long_index_is_cut_into_blocks_that_can_be_read_alone(session: Session) -> None:
    number, _ = service_names(session)[0]
    (one, *_) = mementos(session, number)
    files = indexes(WrittenRecord(one, False, 10 * place, 10) for place in range(6500))
    _, *blocks = files["indexes/index.idx"].decode().splitlines()
    lines = []
    for block in blocks:
        facts = json.loads(block.split(" ", 2)[2])
        part = files["indexes/index.cdx.gz"][facts["offset"] : facts["offset"] + facts["length"]]
        assert facts["digest"] == f"sha256:{hashlib.sha256(part).hexdigest()}"
        lines.append(gzip.decompress(part).decode().splitlines())
    assert [len(one) for one in lines] == [3000, 3000, 500]


def test_what_cannot_be_exported_is_said(session: Session, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"does not end in \.wacz"):
        export_wacz(session, tmp_path / "policies.zip", NOW)
    name = service_names(session)[0][1]
    done = export_wacz(session, tmp_path / "one.wacz", NOW, services=[name])
    assert done.pages == len(versions.log(session, name))
