"""What can be replayed: plain folders and WARC files; and that the sample is what its README says."""

from __future__ import annotations

import gzip
import hashlib
import json
import runpy
from collections import Counter
from pathlib import Path

import pytest
import requests

from harvester.catalogue.entries import load_catalogue
from harvester.errors import ConfigurationError
from harvester.memento import EMPTY_BODY_DIGEST, digest_of
from harvester.replay.archives.folder import FolderArchive
from harvester.replay.archives.opening import open_replayable
from harvester.replay.index import Index
from harvester.replay.server import ReplayServer
from tests.support.harvest.warcs import write_records
from tests.support.paths import SAMPLE


def warc_record(kind: str, date: str, http: bytes) -> bytes:
    head = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Date: {date}",
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{date[:4]:0>12}>",
        "WARC-Target-URI: http://a.example/p",
        f"WARC-Payload-Digest: sha1:{digest_of(b'words')}",
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(http)}",
    ]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + http + b"\r\n\r\n"


def revisit_record(naming: str, http: bytes) -> bytes:
    head = (
        "WARC/1.0\r\nWARC-Type: revisit\r\nWARC-Target-URI: http://a.example/p\r\nWARC-Date: 2016-02-03T04:05:06Z\r\n"
        f"{naming}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def write_warc(file: Path) -> None:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    records = [
        warc_record("response", "2015-02-03T04:05:06Z", http + b"words"),
        warc_record("revisit", "2016-02-03T04:05:06Z", http),
    ]
    zipped = file.suffix == ".gz"
    file.write_bytes(b"".join(gzip.compress(record) if zipped else record for record in records))


@pytest.mark.parametrize("packed", [False, True])
def test_a_record_without_a_digest_is_known_by_the_digest_of_its_own_body(tmp_path: Path, packed: bool) -> None:
    file = tmp_path / ("captures.warc.gz" if packed else "captures.warc")
    with file.open("wb") as stream:
        for number in (1, 2):
            body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\npage %d" % number
            head = (
                "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://lamp.example/\r\n"
                f"WARC-Date: 202{number}-01-01T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
                f"Content-Length: {len(body)}\r\n\r\n"
            )
            record = head.encode() + body + b"\r\n\r\n"
            stream.write(gzip.compress(record) if packed else record)
    archive = open_replayable(file)
    for number, capture in enumerate(archive.captures(), 1):
        assert archive.body(capture) == b"page %d" % number
        assert capture.digest == digest_of(b"page %d" % number)


@pytest.mark.parametrize("http", [b"", b"HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n"], ids=["no headers", "304"])
@pytest.mark.parametrize(
    "naming",
    [
        f"WARC-Payload-Digest: sha1:{digest_of(b'words').lower()}",
        f"WARC-Payload-Digest: SHA1:{digest_of(b'words')}",
        f"WARC-Refers-To: <urn:uuid:9>\r\nWARC-Payload-Digest: SHA1:{digest_of(b'words')}",
        f"WARC-Payload-Digest: sha1:{hashlib.sha1(b'words').hexdigest()}",
        "WARC-Refers-To: <urn:uuid:00000000-0000-0000-0000-000000002015>",
        "WARC-Refers-To-Target-URI: <http://a.example/p>\r\nWARC-Refers-To-Date: 2015-02-03T04:05:06Z",
        "WARC-Refers-To-Target-URI: https://www.a.example/p/\r\nWARC-Refers-To-Date: 2015-02-03T04:05:06.789Z",
    ],
    ids=["small digest", "capital algorithm", "an id that is in no file", "hexadecimal", "id", "brackets", "spelling"],
)
def test_a_revisit_shows_the_record_that_it_names_however_it_names_it(tmp_path: Path, naming: str, http: bytes) -> None:
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nwords"
    file = tmp_path / "a.warc"
    file.write_bytes(warc_record("response", "2015-02-03T04:05:06Z", page) + revisit_record(naming, http))
    archive = open_replayable(file)
    _, revisit = archive.captures()
    assert (revisit.answered, archive.body(revisit)) == (200, b"words")


OK = b"HTTP/1.1 200 OK\r\n\r\n"
GONE = b"HTTP/1.1 410 Gone\r\n\r\n"
MOVED = b"HTTP/1.1 301 Moved\r\nLocation: http://a.example/new\r\n\r\n"
LOST = f"WARC-Payload-Digest: sha1:{digest_of(b'lost')}"
NO_BYTES = f"WARC-Payload-Digest: sha1:{digest_of(b'')}"


@pytest.mark.parametrize(
    ("naming", "http", "status"),
    [
        (LOST, OK, 404),
        (LOST, b"", 404),
        (LOST, b"HTTP/1.1 304 Not Modified\r\n\r\n", 404),
        ("WARC-Refers-To: <urn:uuid:00000000-0000-0000-0000-000000000001>", OK, 404),
        ("WARC-Refers-To-Target-URI: http://a.example/q\r\nWARC-Refers-To-Date: 2014-01-01T00:00:00Z", OK, 404),
        (NO_BYTES, OK, 200),
        (LOST, GONE, 410),
        (LOST, MOVED, 301),
    ],
    ids=["digest", "no headers", "304", "id", "address", "a page of no bytes", "an error", "a redirect"],
)
def test_a_revisit_of_a_page_that_is_in_no_file_is_listed_and_is_no_empty_page(
    tmp_path: Path, naming: str, http: bytes, status: int
) -> None:
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nwords"
    file = tmp_path / "a.warc"
    file.write_bytes(warc_record("response", "2015-02-03T04:05:06Z", page) + revisit_record(naming, http))
    with ReplayServer(open_replayable(file)) as base:
        _, row = requests.get(f"{base}/cdx/search/cdx?url=a.example/p", timeout=60).text.splitlines()
        assert row.split()[1:5] == ["20160203040506", "http://a.example/p", "warc/revisit", "-"]
        assert row.split()[5] != digest_of(b"") or naming == NO_BYTES
        for way in ("web", "pywb"):
            there = f"{base}/{way}/20160203040506id_/http://a.example/p"
            assert requests.get(there, timeout=60, allow_redirects=False).status_code == status


SECOND = "2015-02-03T04:05:06Z"
OTHER = "http://b.example/"
PLAIN, SECURE = "http://a.example/p", "https://a.example/p"
REDIRECT = f"HTTP/1.1 301 Moved\r\nLocation: {SECURE}\r\n\r\n".encode()
WORDS = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nwords"


OF_LOST_ID = f"WARC-Refers-To: <urn:9>\nWARC-Payload-Digest: sha1:{digest_of(b'words')}"


@pytest.mark.parametrize(
    "naming", ["", f"WARC-Payload-Digest: sha1:{digest_of(b'words')}", "WARC-Refers-To: <urn:2>", OF_LOST_ID]
)
def test_a_revisit_shows_the_page_that_it_names_and_no_redirect_of_that_second_to_it(
    tmp_path: Path, naming: str
) -> None:
    of = f"WARC-Refers-To-Target-URI: {SECURE if not naming else PLAIN}\nWARC-Refers-To-Date: {SECOND}"
    write_records(
        tmp_path / "a.warc",
        ("response", SECURE, "2014-02-03T04:05:06Z", "WARC-Record-ID: <urn:0>", WORDS.replace(b"words", b"old words")),
        ("response", OTHER, SECOND, "WARC-Record-ID: <urn:1>", REDIRECT),
        ("response", SECURE, SECOND, "WARC-Record-ID: <urn:2>", WORDS),
        ("response", SECURE.replace("//", "//www."), SECOND, "WARC-Record-ID: <urn:3>", REDIRECT),
        ("revisit", SECURE, "2016-02-03T04:05:06Z", f"{naming}\n{of}", b""),
    )
    archive = open_replayable(tmp_path / "a.warc")
    *_, revisit = archive.captures()
    assert (revisit.answered, archive.body(revisit)) == (200, b"words")


def test_of_two_pages_of_one_address_and_second_a_revisit_shows_the_one_with_its_digest(tmp_path: Path) -> None:
    of = f"WARC-Refers-To-Target-URI: {PLAIN}\nWARC-Refers-To-Date: {SECOND}"
    write_records(
        tmp_path / "a.warc",
        ("response", OTHER, SECOND, "", WORDS.replace(b"text/html", b"text/plain")),
        ("response", PLAIN, SECOND, "", WORDS.replace(b"words", b"first")),
        ("response", PLAIN, SECOND, "", WORDS),
        ("revisit", PLAIN, "2016-02-03T04:05:06Z", f"WARC-Payload-Digest: sha1:{digest_of(b'words')}\n{of}", b""),
        ("revisit", PLAIN, "2016-02-03T04:05:06Z", of, b""),
    )
    archive = open_replayable(tmp_path / "a.warc")
    *_, named, other = archive.captures()
    assert (dict(named.headers)["Content-Type"], archive.body(named)) == ("text/html", b"words")
    assert archive.body(other) == b"first", "without a digest it is the first of them"


def test_a_revisit_without_a_body_is_no_revisit_of_every_redirect(tmp_path: Path) -> None:
    empty = f"WARC-Payload-Digest: sha1:{EMPTY_BODY_DIGEST}"
    of = f"WARC-Refers-To-Target-URI: {PLAIN}\nWARC-Refers-To-Date: 2014-02-03T04:05:06Z"
    for naming in (empty, f"{empty}\n{of}"):
        write_records(
            tmp_path / "a.warc",
            ("response", OTHER, SECOND, empty, REDIRECT),
            ("revisit", PLAIN, "2016-02-03T04:05:06Z", naming, b""),
        )
        archive = open_replayable(tmp_path / "a.warc")
        _, revisit = archive.captures()
        assert (revisit.lost, revisit.headers, archive.body(revisit)) == (True, (), b"")


@pytest.mark.parametrize("name", ["a.warc.gz", "b.warc"])
def test_a_warc_file_or_a_folder_of_them_is_replayed(tmp_path: Path, name: str) -> None:
    write_warc(tmp_path / name)
    for path in (tmp_path, tmp_path / name):
        archive = open_replayable(path)
        response, revisit = archive.captures()
        assert (response.timestamp, response.status, response.mimetype) == ("20150203040506", 200, "text/html")
        assert response.digest == digest_of(b"words")
        assert (revisit.timestamp, revisit.status, revisit.mimetype) == ("20160203040506", None, "warc/revisit")
        assert archive.body(response) == archive.body(revisit) == b"words"


def test_the_small_real_archive_has_all_its_captures(shared: Path) -> None:
    archive = open_replayable(shared / "archive" / "captures.warc.gz")
    listed = json.loads((shared / "archive" / "captures.json").read_text())
    captures = list(archive.captures())
    assert [(c.url, c.timestamp) for c in captures] == [(row["url"], row["timestamp"]) for row in listed]
    assert Counter(c.answered for c in captures) == Counter(row["status"] for row in listed)
    for capture in captures[::20]:
        assert digest_of(archive.body(capture)) == capture.digest


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("not json", "captures.jsonl:1: not a capture"),
        ('{"url": "http://a.example/"}', "timestamp"),
        ('{"url": "http://a.example/", "timestamp": "2015"}', "14 digits"),
        ('{"url": "http://a.example/", "timestamp": "20150101000000", "fil": "x"}', "unknown key 'fil'"),
        ('{"url": "http://a.example/", "timestamp": "20150101000000", "file": "pages/none"}', "No such file"),
        ('{"url": "http://a.example/", "timestamp": "20150101000000", "revisit": "ABC"}', "no line above"),
    ],
)
def test_a_bad_line_is_refused_with_file_and_number(tmp_path: Path, line: str, reason: str) -> None:
    (tmp_path / "captures.jsonl").write_text(line + "\n")
    with pytest.raises(ConfigurationError, match=reason):
        open_replayable(tmp_path)


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="nothing to replay"):
        open_replayable(tmp_path)
    broken = tmp_path / "broken.warc.gz"
    broken.write_bytes(b"this is not a WARC file at all")
    with pytest.raises(ConfigurationError, match=r"broken\.warc\.gz"):
        open_replayable(broken)


def test_each_service_of_the_sample_has_eight_captures_over_ten_years() -> None:
    index = Index(FolderArchive(SAMPLE).captures())
    services = load_catalogue(SAMPLE / "services.toml")
    assert len(services) == 5
    for service in services:
        times = [capture.timestamp for source in service.sources for capture in index.of(source.url)]
        assert len(times) >= 8
        assert int(max(times)[:4]) - int(min(times)[:4]) >= 8


def test_the_sample_shows_what_its_readme_promises() -> None:
    archive = FolderArchive(SAMPLE)
    captures = list(archive.captures())
    assert Counter(c.answered for c in captures if c.status) >= Counter({200: 45, 404: 3, 301: 2, 302: 1, 503: 1})
    assert [c.timestamp for c in captures if c.late] == ["20100217194010"]
    pdfs = [c for c in captures if c.mimetype == "application/pdf"]
    assert len(pdfs) == 2
    assert all(archive.body(c).startswith(b"%PDF-1.4") for c in pdfs)
    assert len({(c.url, c.timestamp) for c in captures}) == len(captures) - 1
    assert sum(file.stat().st_size for file in SAMPLE.rglob("*") if file.is_file()) < 600_000


def test_the_sample_is_what_its_script_makes(tmp_path: Path) -> None:
    def digests(folder: Path) -> dict[str, str]:
        files = [folder / "captures.jsonl", *(folder / "pages").iterdir()]
        return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}

    for part in ("make.py", "words"):
        (tmp_path / part).symlink_to(SAMPLE / part)
    runpy.run_path(str(tmp_path / "make.py"), run_name="__main__")
    assert digests(tmp_path) == digests(SAMPLE)
