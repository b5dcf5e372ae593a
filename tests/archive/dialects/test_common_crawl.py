"""Common Crawl: a list of crawls that is kept, an index for each crawl of the asked time, records by their range."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.archive.common_crawl import CommonCrawlClient
from harvester.archive.dialects.commoncrawl import crawls_of, record_of
from harvester.archive.dialects.form import NotAnIndexPage
from harvester.archive.limiter.limiter import Limiter
from harvester.errors import ArchiveUnavailable, HarvesterError, RedirectedAway, TooLarge, TransientFailure, Unplayable
from harvester.memento import digest_of
from harvester.settings import ArchiveSettings, FetchSettings
from tests.support.archive_server.clients import EAGER
from tests.support.archive_server.limiter_store import MemoryLimiterStore
from tests.support.archive_server.servers import Asked, Reply, Server
from tests.support.times import at

URL = "http://lamp.example/privacy"
BODY = b"<html>We keep the lamp on.</html>"
OLD, MIDDLE, NEW = "CC-MAIN-2012", "CC-MAIN-2019-26", "CC-MAIN-2025-21"
TAKEN = {OLD: "20120304050607", MIDDLE: "20190620050607", NEW: "20250512054001"}


def warc(block: bytes, url: str = URL, **headers: str) -> bytes:
    named = {"WARC-Type": "response", "WARC-Target-URI": url, "Content-Length": str(len(block)), **headers}
    head = "WARC/1.0\r\n" + "".join(f"{name}: {value}\r\n" for name, value in named.items()) + "\r\n"
    return gzip.compress(head.encode() + block + b"\r\n\r\n", mtime=0)


def answered(body: bytes = BODY, status: str = "200 OK", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", "Content-Type: text/html", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def arc(block: bytes) -> bytes:
    return gzip.compress(f"{URL} 192.0.2.1 20120304050607 text/html {len(block)}\n".encode() + block + b"\n")


@dataclass
class Crawls:
    """A small Common Crawl: rows and records that a test alters, and what was asked."""

    records: dict[str, bytes] = field(default_factory=dict)
    rows: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    crawls: list[str] = field(default_factory=lambda: [NEW, MIDDLE, OLD])
    status: dict[str, int] = field(default_factory=dict)

    def put(self, crawl: str, record: bytes, url: str = URL, **more: str) -> None:
        """Put a record in a file of its own, after some bytes of another."""
        file = f"crawl-data/{crawl}/{len(self.records)}.warc.gz"
        self.records[file] = b"x" * 100 + record
        row = {"urlkey": "k", "timestamp": TAKEN[crawl], "url": url, "mime": "text/html", "status": "200"}
        place = {"filename": file, "offset": "100", "length": str(len(record))}
        self.rows.setdefault(crawl, []).append({**row, "digest": digest_of(BODY), **place, **more})

    def answer(self, asked: Asked) -> Reply:
        name = asked.path.partition("?")[0].strip("/")
        if status := self.status.get(name.partition("/")[0]):
            return Reply(status)
        if name == "collinfo.json":
            base = f"http://{asked.headers['host']}"
            return Reply(
                body=json.dumps([{"id": one, "cdx-api": f"{base}/{one}-index"} for one in self.crawls]).encode()
            )
        if name.endswith("-index"):
            rows = [row for row in self.rows.get(name.removesuffix("-index"), ()) if row["url"] == asked.query["url"]]
            nothing = b'{"message": "No Captures found for: x"}'
            return Reply(body="\n".join(map(json.dumps, rows)).encode()) if rows else Reply(404, body=nothing)
        first, last = map(int, asked.headers["range"].removeprefix("bytes=").split("-"))
        return Reply(206, body=self.records[name][first : last + 1])


@pytest.fixture
def crawls() -> Crawls:
    return Crawls()


@dataclass
class Opened:
    """A client of the small Common Crawl, its server, and its clock."""

    client: CommonCrawlClient
    server: Server
    now: datetime

    def asked(self) -> list[str]:
        """Return the paths that were asked for, without their queries."""
        return [one.path.partition("?")[0] for one in self.server.asked]

    def found(self, **span: Any) -> list[datetime]:
        return [row.timestamp for page in self.client.search(URL, **span) for row in page.rows]


@pytest.fixture
def opened(crawls: Crawls, tmp_path: Path) -> Iterator[Opened]:
    server = Server(crawls.answer)
    settings = ArchiveSettings(
        name="crawl", cdx=f"{server.base}/collinfo.json", playback=server.base, dialect="commoncrawl"
    )
    limiter = Limiter(settings, MemoryLimiterStore(), limits=EAGER)
    client = CommonCrawlClient(
        settings, FetchSettings(timeout=60), limiter, clock=lambda: found.now, kept=tmp_path / "crawls.json"
    )
    found = Opened(client, server, at("20260101000000"))
    with closing(server), closing(client):
        yield found


def test_only_the_crawls_of_the_asked_time_are_asked_oldest_first(crawls: Crawls, opened: Opened) -> None:
    for crawl in (NEW, MIDDLE, OLD):
        crawls.put(crawl, warc(answered()))
    assert opened.found() == [at(TAKEN[one]) for one in (OLD, MIDDLE, NEW)]
    del opened.server.asked[:]
    assert opened.found(start=at("20190101000000"), end=at("20191231000000")) == [at(TAKEN[MIDDLE])]
    assert opened.asked() == [f"/{MIDDLE}-index"]


def test_a_killed_search_goes_on_with_the_next_crawl(crawls: Crawls, opened: Opened) -> None:
    for crawl in (NEW, OLD):
        crawls.put(crawl, warc(answered()))
    first = next(iter(opened.client.search(URL)))
    rest = [row.timestamp for page in opened.client.search(URL, checkpoint=first.checkpoint) for row in page.rows]
    assert rest == [at(TAKEN[NEW])]


@pytest.mark.parametrize("record", [warc(answered()), arc(answered())], ids=["WARC", "ARC"])
def test_a_capture_is_read_from_its_range(crawls: Crawls, opened: Opened, record: bytes) -> None:
    crawls.put(OLD, record)
    (moment,) = opened.found()
    played = opened.client.fetch(URL, moment, digest=digest_of(BODY))
    assert (played.body, played.status, played.digest_verdict) == (BODY, 200, "match")
    assert played.content_type == "text/html"


def test_a_later_process_finds_a_capture_by_its_index_again(crawls: Crawls, opened: Opened) -> None:
    crawls.put(MIDDLE, warc(answered()))
    assert opened.client.fetch(URL, at(TAKEN[MIDDLE])).body == BODY


def test_a_redirect_is_followed_to_the_capture_of_that_time(crawls: Crawls, opened: Opened) -> None:
    crawls.put(MIDDLE, warc(answered(b"", "301 Moved", "Location: /legal")), status="301")
    there = "http://lamp.example/legal"
    crawls.put(MIDDLE, warc(answered(), there), there)
    played = opened.client.fetch(URL, at(TAKEN[MIDDLE]))
    assert (played.url, played.body, [hop.status for hop in played.chain]) == (there, BODY, [301])


def test_redirects_that_lead_back_or_out_end(crawls: Crawls, opened: Opened) -> None:
    crawls.put(MIDDLE, warc(answered(b"", "301 Moved", f"Location: {URL}")), status="301")
    crawls.put(NEW, warc(answered(b"", "301 Moved", "Location: /lost")), status="301")
    for crawl in (MIDDLE, NEW):
        with pytest.raises(RedirectedAway):
            opened.client.fetch(URL, at(TAKEN[crawl]))


@pytest.mark.parametrize("where", ["row", "record"])
@pytest.mark.parametrize(("why", "refusal"), [("length", TooLarge), ("disconnect", Unplayable)])
def test_a_body_that_was_cut_off_is_refused(
    crawls: Crawls, opened: Opened, where: str, why: str, refusal: type[HarvesterError]
) -> None:
    headers = {"WARC-Truncated": why} if where == "record" else {}
    crawls.put(MIDDLE, warc(answered(), **headers), **({"truncated": why} if where == "row" else {}))
    with pytest.raises(refusal, match="cut it off"):
        opened.client.fetch(URL, at(TAKEN[MIDDLE]))


@pytest.mark.parametrize("bytes_", [warc(answered())[:-20], b"<html>Slow down</html>"], ids=["half", "none"])
def test_half_a_record_and_no_record_are_tried_again(crawls: Crawls, opened: Opened, bytes_: bytes) -> None:
    crawls.put(MIDDLE, bytes_)
    with pytest.raises(TransientFailure):
        opened.client.fetch(URL, at(TAKEN[MIDDLE]))


def test_a_record_of_another_address_is_none_of_this_one(crawls: Crawls, opened: Opened) -> None:
    crawls.put(MIDDLE, warc(answered(), "http://other.example/"))
    with pytest.raises(Unplayable, match="is of http://other"):
        opened.client.fetch(URL, at(TAKEN[MIDDLE]))


def test_gzip_announced_over_plain_bytes_is_plain(crawls: Crawls, opened: Opened) -> None:
    crawls.put(MIDDLE, warc(answered(BODY, "200 OK", "Content-Encoding: gzip")))
    assert opened.client.fetch(URL, at(TAKEN[MIDDLE])).body == BODY


def test_the_list_of_crawls_is_asked_for_once_a_day_and_kept(crawls: Crawls, opened: Opened) -> None:
    opened.now = datetime.now(opened.now.tzinfo)
    opened.found()
    opened.found()
    again = CommonCrawlClient(
        opened.client.archive,
        opened.client.settings,
        opened.client.limiter,
        clock=lambda: opened.now + timedelta(hours=1),
        kept=opened.client._kept,
    )
    with closing(again):
        list(again.search(URL))
    assert opened.asked().count("/collinfo.json") == 1


@pytest.mark.parametrize("fault", ["shorter", "down"])
def test_a_list_that_has_lost_crawls_is_not_believed(crawls: Crawls, opened: Opened, fault: str) -> None:
    crawls.put(OLD, warc(answered()))
    assert len(opened.found()) == 1
    if fault == "shorter":
        crawls.crawls = [NEW]
    else:
        crawls.status["collinfo.json"] = 404
    opened.now += timedelta(days=2)
    assert len(opened.found()) == 1
    assert opened.asked().count("/collinfo.json") == 2


@pytest.mark.parametrize("host", [f"{MIDDLE}-index", "crawl-data"])
def test_a_403_pauses_everything(crawls: Crawls, opened: Opened, host: str) -> None:
    crawls.put(MIDDLE, warc(answered()))
    crawls.status[host] = 403
    with pytest.raises((ArchiveUnavailable, TransientFailure), match="slow down"):
        opened.client.fetch(URL, at(TAKEN[MIDDLE]))
    assert opened.client.limiter.state().paused_until > 0


@pytest.mark.parametrize("text", ["<html>", "[]", "{}", '[{"id": "CC-MAIN-2019-26"}]', "[1]"])
def test_what_is_no_list_of_crawls_is_refused(text: str) -> None:
    with pytest.raises(NotAnIndexPage):
        crawls_of(text)


def test_a_crawl_without_dates_is_placed_by_its_name() -> None:
    entries = [{"id": one, "cdx-api": "x"} for one in ("CC-MAIN-2008-2009", MIDDLE, "CC-MAIN-X")]
    years = {one.name: (one.first.year, one.last.year) for one in crawls_of(json.dumps(entries))}
    assert years == {"CC-MAIN-2008-2009": (2008, 2010), MIDDLE: (2019, 2019), "CC-MAIN-X": (2007, 9999)}


def test_the_dates_that_a_crawl_states_count_more_than_its_name() -> None:
    stated = {"from": "2019-08-01T00:00:00", "to": "2019-08-09T00:00:00"}
    entries = [{"id": MIDDLE, "cdx-api": "x", **stated}, {"id": NEW, "cdx-api": "x", "from": "soon", "to": 7}]
    dated, unreadable = crawls_of(json.dumps(entries))
    assert (dated.first, dated.last) == (at("20190801000000"), at("20190809000000"))
    assert unreadable.meets(at(TAKEN[NEW]), at(TAKEN[NEW]))


@given(st.binary(max_size=300), st.sampled_from([b"", b"\x1f\x8b", b"WARC/1.0\r\n", warc(b"x")[:40]]))
def test_any_bytes_are_a_record_or_refused(data: bytes, start: bytes) -> None:
    with suppress(TransientFailure, TooLarge):
        record_of(start + data, 1_000)
