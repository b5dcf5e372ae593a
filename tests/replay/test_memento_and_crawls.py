"""A replayed archive in the other dialects: harvested by Memento and as Common Crawl, it gives the same history."""

from __future__ import annotations

import json
from contextlib import closing
from urllib.request import urlopen

import pytest
import requests

from harvester.archive.client import ArchiveClient
from harvester.archive.common_crawl import CommonCrawlClient
from harvester.archive.limiter.limiter import Limiter
from harvester.memento import timestamp_of
from harvester.settings import ArchiveSettings, FetchSettings
from tests.support.archive_server.captures import MemoryArchive
from tests.support.archive_server.clients import EAGER
from tests.support.archive_server.fixtures import StartArchive
from tests.support.archive_server.limiter_store import MemoryLimiterStore
from tests.support.times import at

URL = "http://lamp.example/privacy?a=1"
DAYS = ["20190304050607", "20200304050607", "20200904050607"]


@pytest.fixture
def base(harsh_archive: StartArchive) -> str:
    archive = MemoryArchive()
    for day in DAYS:
        archive.add(URL, day, f"<html>We keep the lamp on, {day}.</html>".encode())
    archive.add("http://lamp.example/old", DAYS[0], status=301, location=URL)
    return harsh_archive(archive).base_url


def client_of(base: str, dialect: str, *, gate: bool = False) -> ArchiveClient | CommonCrawlClient:
    crawl = dialect == "commoncrawl"
    settings = ArchiveSettings.model_validate(
        {
            "name": "replayed",
            "cdx": f"{base}/collinfo.json" if crawl else f"{base}/web/timemap/{dialect.removeprefix('memento-')}/",
            "playback": base if crawl else f"{base}/web",
            "dialect": "commoncrawl" if crawl else "memento",
            "timegate": f"{base}/web/" if gate else "",
        }
    )
    limiter = Limiter(settings, MemoryLimiterStore(), limits=EAGER)
    return (CommonCrawlClient if crawl else ArchiveClient)(settings, FetchSettings(timeout=60), limiter)


@pytest.mark.parametrize("dialect", ["memento-link", "memento-json", "commoncrawl"])
def test_every_capture_is_found_and_played_back_in_each_dialect(base: str, dialect: str) -> None:
    with closing(client_of(base, dialect)) as client:
        found = [row for page in client.search(URL) for row in page.rows]
        assert [timestamp_of(row.timestamp) for row in found] == DAYS
        for row in found:
            assert timestamp_of(row.timestamp).encode() in client.fetch(row.original, row.timestamp).body


def test_only_what_lies_in_the_span_is_found_in_a_crawl(base: str) -> None:
    with closing(client_of(base, "commoncrawl")) as client:
        found = [row for page in client.search(URL, start=at("20200101000000")) for row in page.rows]
        assert [timestamp_of(row.timestamp) for row in found] == DAYS[1:]


@pytest.mark.parametrize("dialect", ["memento-link", "commoncrawl"])
def test_redirects_lead_to_the_page_of_that_day(base: str, dialect: str) -> None:
    with closing(client_of(base, dialect)) as client:
        played = client.fetch("http://lamp.example/old", at(DAYS[0]))
        assert played.url == URL
        assert DAYS[0].encode() in played.body


def test_the_time_gate_sends_on_to_the_nearest_capture(base: str) -> None:
    with closing(client_of(base, "memento-link", gate=True)) as client:
        played = client.fetch(URL, at(DAYS[1]))
        assert (timestamp_of(played.timestamp), len(played.chain)) == (DAYS[1], 1)


def test_a_map_in_cdxj_names_every_capture(base: str) -> None:
    with urlopen(f"{base}/web/timemap/cdxj/{URL}") as answer:
        lines = [line for line in answer.read().decode().splitlines() if not line.startswith("!")]
    assert [line.split(" ", 1)[0] for line in lines] == DAYS
    assert all(json.loads(line.split(" ", 1)[1])["rel"] == "memento" for line in lines)


def test_a_client_that_turns_pages_finds_the_second_empty_and_a_capture_leads_to_its_timemap(base: str) -> None:
    pages = ("/cdx/search/cdx", "/pywb/cdx", "/CC-REPLAY-2020-index")
    asked = {"url": URL, "output": "json", "page": "1"}
    answers = [requests.get(base + page, params=asked, timeout=60) for page in pages]
    assert [one.status_code for one in answers] == [200, 400, 400]
    assert answers[0].content == b""
    with urlopen(f"{base}/web/{DAYS[0]}id_/{URL}") as answer:
        assert f'<{base}/web/timemap/link/{URL}>; rel="timemap"' in answer.headers["Link"]
        assert answer.headers["Memento-Datetime"] == "Mon, 04 Mar 2019 05:06:07 GMT"
