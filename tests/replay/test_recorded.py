"""The replayed archive answers as the recorded Wayback Machine did, byte for byte where bytes matter."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml

from harvester.replay.faults.file import Fault, FaultFile
from tests.support.archive_server.captures import MemoryArchive
from tests.support.archive_server.fixtures import StartArchive


@dataclass(frozen=True)
class Recorded:
    """One recorded exchange; header names in lower case."""

    path: str
    status: int
    headers: dict[str, str]
    body: bytes


def recorded(shared: Path, name: str) -> Iterator[Recorded]:
    cassette = yaml.load((shared / "responses" / "wayback" / f"{name}.yaml").read_text(), Loader=yaml.CSafeLoader)
    for exchange in cassette["interactions"]:
        response: dict[str, Any] = exchange["response"]
        body = response["body"]["string"]
        body = body.encode() if isinstance(body, str) else body
        yield Recorded(
            exchange["request"]["uri"].removeprefix("https://web.archive.org"),
            response["status"]["code"],
            {key.lower(): values[0] for key, values in response["headers"].items()},
            gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body,
        )


@pytest.mark.parametrize(
    "name",
    [
        "test_search",
        "test_search_multipage",
        "test_search_with_date",
        "test_search_does_not_repeat_results",
        "test_search_rate_limits",
    ],
)
def test_pages_of_the_index_are_the_recorded_ones(shared: Path, harsh_archive: StartArchive, name: str) -> None:
    pages = {exchange.path: exchange for exchange in recorded(shared, name)}
    archive = MemoryArchive()
    for page in pages.values():
        for line in page.body.decode().split("\n"):
            if line.count(" ") == 6:
                archive.add_row(line)
    server = harsh_archive(archive)
    assert pages
    for path, page in pages.items():
        answer = requests.get(server.base_url + path, timeout=60)
        assert answer.content == page.body
        assert answer.headers["content-type"] == page.headers["content-type"]


def test_a_blocked_site_is_refused_as_recorded(shared: Path, harsh_archive: StartArchive) -> None:
    server = harsh_archive(faults=FaultFile(fault=(Fault(kind="excluded", match="nationalpost"),)))
    (index,) = recorded(shared, "test_search_raises_for_blocked_urls")
    answer = requests.get(server.base_url + index.path, timeout=60)
    name = "x-archive-wayback-runtime-error"
    assert (answer.status_code, answer.content) == (index.status, index.body)
    assert answer.headers[name] == index.headers[name]

    (playback, *_) = recorded(shared, "test_get_memento_raises_blocked_error")
    answer = requests.get(server.base_url + playback.path, timeout=60)
    assert answer.status_code == playback.status == 200
    assert "memento-datetime" not in answer.headers
    assert "memento-datetime" not in playback.headers


@pytest.mark.parametrize(
    "name",
    [
        "test_get_memento_follows_historical_redirects",
        "test_get_memento_with_redirects",
        "test_get_memento_raises_for_mementos_that_redirect_in_a_loop",
        "test_get_memento_works_on_archived_rate_limit_responses",
        "test_get_memento_raises_when_memento_is_outside_target_window",
    ],
)
def test_playback_has_the_recorded_statuses_locations_and_marks(
    shared: Path, harsh_archive: StartArchive, name: str
) -> None:
    exchanges = list(recorded(shared, name))
    archive = MemoryArchive()
    for exchange in exchanges:
        timestamp, _, url = exchange.path.removeprefix("/web/").partition("id_/")
        location = exchange.headers.get("location", "")
        if "x-archive-redirect-reason" in exchange.headers:
            there, _, target = location.partition("/web/")[2].partition("id_/")
            if not any(other.path.endswith(f"/{there}id_/{target}") for other in exchanges):
                archive.add(target, there)
        else:
            archive.add(
                url,
                timestamp,
                exchange.body,
                status=exchange.status,
                mimetype=exchange.headers.get("content-type", "text/html"),
                location=location.partition("id_/")[2] or None,
            )
    server = harsh_archive(archive)
    assert exchanges
    for exchange in exchanges:
        answer = requests.get(server.base_url + exchange.path, timeout=60, allow_redirects=False)
        assert answer.status_code == exchange.status
        assert answer.content == exchange.body
        for header in ("memento-datetime", "x-archive-redirect-reason"):
            assert answer.headers.get(header) == exchange.headers.get(header)
        expected = exchange.headers.get("location", "").replace("https://web.archive.org", server.base_url)
        assert answer.headers.get("location", "") == expected
        if "memento-datetime" in answer.headers:
            assert parsedate_to_datetime(answer.headers["memento-datetime"]).strftime("%Y%m%d%H%M%S") in exchange.path


def test_a_url_that_is_not_archived_is_a_404_without_memento_datetime(
    shared: Path, harsh_archive: StartArchive
) -> None:
    (exchange, *_) = recorded(shared, "test_get_memento_raises_no_memento_error")
    answer = requests.get(harsh_archive().base_url + exchange.path, timeout=60)
    assert answer.status_code == exchange.status == 404
    assert "memento-datetime" not in answer.headers
    assert "memento-datetime" not in exchange.headers
