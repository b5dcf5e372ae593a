"""The client against a real pywb that serves ../shared/archive/captures.warc.gz."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from harvester.archive.client import ArchiveClient
from harvester.archive.limiter.limiter import Limiter
from harvester.errors import RedirectedAway, Unplayable
from harvester.memento import has_body_digest
from harvester.settings import FetchSettings, Settings
from tests.support.archive_server.clients import EAGER
from tests.support.archive_server.limiter_store import MemoryLimiterStore
from tests.support.times import at

#: Every capture (half a minute) or five of each document.
ALL = bool(os.environ.get("HARVESTER_TEST_ALL_CAPTURES"))
JDATE = "https://about.jdate.com/legal-en/privacy-policy/"


@pytest.fixture(scope="module")
def client(pywb: str) -> Iterator[ArchiveClient]:
    """A client of the shared pywb."""
    archive = Settings().archive_named(f"pywb+{pywb}")
    made = ArchiveClient(archive, FetchSettings(), Limiter(archive, MemoryLimiterStore(), limits=EAGER))
    yield made
    made.close()


def test_captures_of_the_small_archive_come_as_listed(client: ArchiveClient, shared: Path) -> None:
    listed = json.loads((shared / "archive" / "captures.json").read_text())
    matches = 0
    for url in sorted({capture["url"] for capture in listed}):
        rows = [row for page in client.search(url) for row in page.rows]
        expected = sorted(capture["timestamp"] for capture in listed if capture["url"] == url)
        assert [f"{row.timestamp:%Y%m%d%H%M%S}" for row in rows] == expected
        for row in rows if ALL else rows[:: len(rows) // 5]:
            if row.status == 302:
                with pytest.raises(RedirectedAway):
                    client.fetch(row.original, row.timestamp, digest=row.digest)
                continue
            playback = client.fetch(row.original, row.timestamp, digest=row.digest)
            assert playback.timestamp == row.timestamp
            assert playback.url == row.original
            assert row.mimetype == "warc/revisit" or playback.status == row.status
            assert playback.digest_verdict == "match"
            matches += has_body_digest(row.digest)
    assert matches > (300 if ALL else 40)


def test_a_range_of_the_index_includes_both_ends(client: ArchiveClient) -> None:
    first, last = at("20220120143353"), at("20220403123148")
    rows = [row.timestamp for page in client.search(JDATE, start=first, end=last) for row in page.rows]
    assert rows[0] == first
    assert rows[-1] == last


def test_the_nearest_capture_is_taken_only_inside_the_window(client: ArchiveClient) -> None:
    near = client.fetch(JDATE, at("20220120143300"), window=timedelta(minutes=1))
    assert near.timestamp == at("20220120143353")
    with pytest.raises(RedirectedAway, match="further away"):
        client.fetch(JDATE, at("20220120143200"), window=timedelta(minutes=1))


def test_an_archived_503_is_history(client: ArchiveClient) -> None:
    assert client.fetch(JDATE, at("20240118162856")).status == 503


def test_what_is_not_there_is_empty_and_unplayable(client: ArchiveClient) -> None:
    assert [page.rows for page in client.search("https://nosuch.example/")] == [()]
    with pytest.raises(Unplayable):
        client.fetch("https://nosuch.example/", at("20220120143300"))
