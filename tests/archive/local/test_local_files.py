"""Damaged archive files: what can be read is read, the rest is listed with its place and reason."""

from __future__ import annotations

import gzip
import hashlib
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harvester.archive.local.archive_files import ArchiveFile, Broken, archive_files
from harvester.archive.local.records import Record, records
from harvester.errors import ConfigurationError
from tests.support.harvest.warcs import Warc

PAGES = 6


def written(path: Path, *, zipped: bool) -> tuple[Path, list[int]]:
    with Warc(path, gzip=zipped) as warc:
        offsets = [
            warc.response(f"http://a.example/{number}", f"201{number}-01-01T00:00:00Z", b"%d " % number * 3_000)
            for number in range(PAGES)
        ]
    return path, offsets


def read(path: Path) -> tuple[list[int], list[Broken]]:
    found = list(records(ArchiveFile(path)))
    whole = [int(one.url.rpartition("/")[2]) for one in found if isinstance(one, Record)]
    return whole, [one for one in found if isinstance(one, Broken)]


@pytest.mark.parametrize("zipped", [True, False])
def test_a_whole_file_has_nothing_broken(tmp_path: Path, zipped: bool) -> None:
    assert read(written(tmp_path / ("a.warc.gz" if zipped else "a.warc"), zipped=zipped)[0]) == (list(range(PAGES)), [])


def test_reading_resumes_after_a_damaged_member(tmp_path: Path) -> None:
    path, offsets = written(tmp_path / "a.warc.gz", zipped=True)
    data = bytearray(path.read_bytes())
    data[offsets[2] + 60 : offsets[2] + 90] = bytes(30)
    path.write_bytes(data)
    whole, broken = read(path)
    assert [one for one in whole if one != 2] == [0, 1, 3, 4, 5]
    assert [one.offset for one in broken] == [offsets[2]]


def test_reading_resumes_after_a_wrong_length(tmp_path: Path) -> None:
    path, offsets = written(tmp_path / "a.warc", zipped=False)
    data = path.read_bytes()
    at = data.index(b"Content-Length: ", offsets[2])
    path.write_bytes(data[:at] + b"Content-Length: 99999999" + data[data.index(b"\r\n", at) :])
    whole, broken = read(path)
    assert [one for one in whole if one != 2] == [0, 1, 3, 4, 5]
    assert [one.offset for one in broken] == [offsets[2]]
    assert "length" in broken[0].reason


@pytest.mark.parametrize("zipped", [True, False])
def test_a_cut_file_is_listed_where_it_is_cut(tmp_path: Path, zipped: bool) -> None:
    path, offsets = written(tmp_path / ("a.warc.gz" if zipped else "a.warc"), zipped=zipped)
    path.write_bytes(path.read_bytes()[: offsets[4] + 200])
    whole, broken = read(path)
    assert [one for one in whole if one != 4] == [0, 1, 2, 3]
    assert [one.offset for one in broken] == [offsets[4]]


@pytest.mark.parametrize("content", [b"garbage " * 1_000, b"\x1f\x8b\x08garbage", b"PK\x03\x04" + bytes(100)])
def test_what_is_no_archive_file_is_listed(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.warc.gz").write_bytes(content)
    whole, broken = read(tmp_path / "a.warc.gz")
    assert whole == []
    assert [one.offset for one in broken] == [0]


def test_a_file_compressed_as_a_whole_is_listed_with_the_remedy(tmp_path: Path) -> None:
    path, _ = written(tmp_path / "a.warc", zipped=False)
    path.write_bytes(gzip.compress(path.read_bytes()))
    assert "gunzip" in read(path)[1][0].reason


@pytest.mark.parametrize("zipped", [True, False])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_damaged_byte_costs_one_record_at_the_most(tmp_path: Path, zipped: bool, data: st.DataObject) -> None:
    path, offsets = written(tmp_path / ("a.warc.gz" if zipped else "a.warc"), zipped=zipped)
    content = bytearray(path.read_bytes())
    # Record ids differ from file to file, and with them the lengths of what is packed.
    place = data.draw(st.integers(0, 2_000_000)) % len(content)
    content[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    hit = max(number for number, offset in enumerate([0, *offsets[1:]]) if offset <= place)
    found = [one.offset for one in records(ArchiveFile(path)) if isinstance(one, Record)]
    assert [one for one in found if one != offsets[hit]] == [one for one in offsets if one != offsets[hit]]


@pytest.mark.parametrize(
    ("announced", "broken"), [("right", []), ("none", []), ("of another file", []), ("wrong", ["SHA-256"])]
)
def test_only_a_digest_that_differs_is_broken_in_a_wacz_and_its_file_is_read_in_any_case(
    tmp_path: Path, announced: str, broken: list[str]
) -> None:
    path, _ = written(tmp_path / "a.warc.gz", zipped=True)
    right = hashlib.sha256(path.read_bytes()).hexdigest()
    name = "archive/other.warc.gz" if announced == "of another file" else "archive/a.warc.gz"
    resource = {"path": name, "hash": f"sha256:{right if announced == 'right' else '0' * 64}"}
    with zipfile.ZipFile(tmp_path / "crawl.wacz", "w") as wacz:
        wacz.write(path, "archive/a.warc.gz")
        if announced != "none":
            wacz.writestr("datapackage.json", json.dumps({"resources": [resource]}))
    found = list(archive_files([tmp_path / "crawl.wacz"]))
    assert [one.reason.split()[1] for one in found if isinstance(one, Broken)] == broken
    assert [one.member for one in found if isinstance(one, ArchiveFile)] == ["archive/a.warc.gz"]


def test_a_path_that_is_not_there_and_an_empty_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="does not exist"):
        list(archive_files([tmp_path / "none"]))
    with pytest.raises(ConfigurationError, match=r"\.wacz"):
        list(archive_files([tmp_path]))
