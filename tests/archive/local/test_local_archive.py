"""Archive files as an archive: bodies without what they were sent in, and revisits with what they refer to."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from harvester.archive.local.answer import answer_of, content_of, sha1_of
from harvester.archive.local.archive_files import ArchiveFile, Broken
from harvester.archive.local.local_archive import LocalArchive
from harvester.errors import RedirectedAway, Unplayable
from harvester.memento import EMPTY_BODY_DIGEST, digest_of
from harvester.settings import FetchSettings
from tests.support.harvest.warcs import Warc, write_records
from tests.support.times import at

URL = "http://shop.example.com/privacy"
PAGE = b"<p>We keep what you tell us for two years."


@pytest.fixture
def indexed(tmp_path: Path) -> Callable[[Callable[[Warc], object]], LocalArchive]:
    """Make an archive of one file as a test fills it, with the captures of `URL` in its index."""

    def make(fill: Callable[[Warc], object]) -> LocalArchive:
        broken: list[Broken] = []
        with Warc(tmp_path / "a.warc.gz") as warc:
            fill(warc)
        found = LocalArchive([ArchiveFile(warc.path)], FetchSettings(), broken.append, threading.Event())
        found.index([URL])
        assert broken == []
        return found

    return make


@pytest.mark.parametrize(
    ("sent", "body"),
    [
        (b"4\r\nWe k\r\n6;x=y\r\neep it\r\n0\r\n\r\n", b"We keep it"),
        (b"4\r\nWe k\r\n6\r\neep it\r\n", b"We keep it"),
        (b"We keep it", b"We keep it"),
        (b"We\r\nkeep it", b"We\r\nkeep it"),
    ],
    ids=["chunks", "without their end", "none", "none, in lines"],
)
def test_a_chunked_answer_gives_the_body_that_was_in_its_chunks(sent: bytes, body: bytes) -> None:
    answer = answer_of(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + sent)
    assert content_of(answer, f"sha1:{digest_of(body)}", 1_000).body == body


@pytest.mark.parametrize(
    ("encoding", "sent"),
    [
        ("br", b"\x0b\x05\x80hello world\x03"),
        ("zstd", b"\x28\xb5\x2f\xfd\x20\x0b\x59\0\0hello world"),
        ("br", b"hello world"),
        ("zstd", b"hello world"),
    ],
)
def test_what_was_sent_in_brotli_or_zstandard_or_says_so_falsely_is_read(encoding: str, sent: bytes) -> None:
    answer = answer_of(f"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\n\r\n".encode() + sent)
    content = content_of(answer, f"sha1:{digest_of(sent)}", 1_000)
    assert (content.body, content.verdict) == (b"hello world", "match")


def test_a_revisit_shows_the_record_that_has_its_digest_whatever_its_address(
    indexed: Callable[[Callable[[Warc], object]], LocalArchive],
) -> None:
    def fill(warc: Warc) -> None:
        warc.response("http://copy.example/", "2010-01-01T00:00:00Z", PAGE)
        warc.revisit(URL, "2010-03-01T00:00:00Z", digest_of(PAGE), ("http://gone.example/", "2009-01-01T00:00:00Z"))

    assert indexed(fill).fetch(URL, at("20100301000000")).body == PAGE


def test_a_page_that_fits_in_no_buffer_is_read_whole(
    indexed: Callable[[Callable[[Warc], object]], LocalArchive],
) -> None:
    page = PAGE + random.Random(1).randbytes(200_000)
    archive = indexed(lambda warc: warc.response(URL, "2010-01-01T00:00:00Z", page))
    assert archive.fetch(URL, at("20100101000000")).body == page


def test_redirects_of_the_site_are_in_the_chain_as_its_own_and_end_when_they_go_in_a_circle(
    indexed: Callable[[Callable[[Warc], object]], LocalArchive],
) -> None:
    def fill(warc: Warc) -> None:
        warc.redirect(URL, "2010-01-01T00:00:00Z", "/legal")
        warc.response("http://shop.example.com/legal", "2010-01-01T00:00:01Z", PAGE)
        warc.redirect(URL, "2012-01-01T00:00:00Z", "/round")
        warc.redirect("http://shop.example.com/round", "2012-01-01T00:00:00Z", "/privacy")

    archive = indexed(fill)
    played = archive.fetch(URL, at("20100101000000"))
    assert played.body == PAGE
    assert [(hop.url, hop.status, hop.historical) for hop in played.chain] == [(URL, 301, True)]
    with pytest.raises(RedirectedAway, match="circle"):
        archive.fetch(URL, at("20120101000000"))


@pytest.mark.parametrize(
    ("listed", "digest"),
    [
        (f"sha1:{digest_of(PAGE)}", digest_of(PAGE)),
        (f" SHA-1:{digest_of(PAGE).lower()} ", digest_of(PAGE)),
        (f"sha256:{'0' * 64}", ""),
        ("sha1:short", ""),
        (None, ""),
    ],
)
def test_only_a_sha_1_is_a_digest_of_an_index(listed: str | None, digest: str) -> None:
    assert sha1_of(listed) == digest


def test_captures_are_listed_oldest_first_however_the_files_have_them(
    indexed: Callable[[Callable[[Warc], object]], LocalArchive],
) -> None:
    dates = ["2012-01-01T00:00:00Z", "2010-01-01T00:00:00Z", "2011-01-01T00:00:00Z"]
    archive = indexed(lambda warc: [warc.response(URL, date, PAGE) for date in dates])
    (page,) = archive.search(URL)
    assert [f"{row.timestamp:%Y}" for row in page.rows] == ["2010", "2011", "2012"]


@pytest.mark.parametrize(("status", "kept"), [("", "first"), ("304 Not Modified", "first"), ("200 OK", "again")])
def test_a_revisit_has_the_headers_of_its_own_answer_unless_that_only_says_not_modified(
    indexed: Callable[[Callable[[Warc], object]], LocalArchive], status: str, kept: str
) -> None:
    def fill(warc: Warc) -> None:
        warc.response(URL, "2010-01-01T00:00:00Z", PAGE, headers=(("X-Sent", "first"),))
        was = (URL, "2010-01-01T00:00:00Z")
        warc.revisit(URL, "2010-03-01T00:00:00Z", digest_of(PAGE), was, status, ("X-Sent", "again"))

    played = indexed(fill).fetch(URL, at("20100301000000"))
    assert (played.headers["x-sent"], played.status, played.body) == (kept, 200, PAGE)


def test_a_revisit_that_names_only_the_id_of_its_record_shows_it(tmp_path: Path) -> None:
    """As crawlers write what a server answered with 304: no digest, and no address of the other record."""
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE
    archive = archive_of_records(
        tmp_path / "a.warc",
        ("response", URL, "2010-01-01T00:00:00Z", "WARC-Record-ID: <urn:uuid:1>", page),
        ("revisit", URL, "2010-03-01T00:00:00Z", "WARC-Refers-To: <urn:uuid:1>", b""),
    )
    assert archive.fetch(URL, at("20100301000000")).body == PAGE


def archive_of_records(file: Path, *records: tuple[str, str, str, str, bytes]) -> LocalArchive:
    """An archive of records as they are given: type, address, date, other headers, content."""
    write_records(file, *records)
    archive = LocalArchive([ArchiveFile(file)], FetchSettings(), lambda broken: None, threading.Event())
    archive.index([URL])
    return archive


def test_a_revisit_shows_the_page_that_it_names_and_no_redirect_of_that_second_to_it(tmp_path: Path) -> None:
    first, secure = "2010-01-01T00:00:00Z", URL.replace("http:", "https:")
    archive = archive_of_records(
        tmp_path / "a.warc",
        ("response", URL, first, "", f"HTTP/1.1 301 Moved\r\nLocation: {secure}?new\r\n\r\n".encode()),
        ("response", secure, first, "", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE),
        (
            "revisit",
            secure,
            "2010-03-01T00:00:00Z",
            f"WARC-Refers-To-Target-URI: {secure}\nWARC-Refers-To-Date: {first}",
            b"",
        ),
    )
    assert archive.fetch(secure, at("20100301000000")).body == PAGE


def test_a_revisit_without_a_body_is_no_revisit_of_every_redirect(tmp_path: Path) -> None:
    empty = f"WARC-Payload-Digest: sha1:{EMPTY_BODY_DIGEST}"
    archive = archive_of_records(
        tmp_path / "a.warc",
        (
            "response",
            f"{URL}/other",
            "2010-01-01T00:00:00Z",
            empty,
            b"HTTP/1.1 301 Moved\r\nLocation: http://shop.example.com/imprint\r\n\r\n",
        ),
        ("revisit", URL, "2010-03-01T00:00:00Z", empty, b""),
    )
    with pytest.raises(Unplayable):
        archive.fetch(URL, at("20100301000000"))


def test_a_revisit_without_any_name_is_none_of_a_record_without_an_id(tmp_path: Path) -> None:
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE
    archive = archive_of_records(
        tmp_path / "a.warc",
        ("response", URL, "2010-01-01T00:00:00Z", "", page),
        ("revisit", URL, "2010-03-01T00:00:00Z", "", b""),
    )
    with pytest.raises(Unplayable):
        archive.fetch(URL, at("20100301000000"))


def test_a_revisit_of_a_revisit_is_no_empty_page(tmp_path: Path) -> None:
    archive = archive_of_records(
        tmp_path / "a.warc",
        ("revisit", URL, "2010-03-01T00:00:00Z", "WARC-Record-ID: <urn:2>\nWARC-Refers-To: <urn:1>", b""),
        ("revisit", URL, "2010-05-01T00:00:00Z", "WARC-Record-ID: <urn:3>\nWARC-Refers-To: <urn:2>", b""),
    )
    with pytest.raises(Unplayable):
        archive.fetch(URL, at("20100501000000"))
