"""An archive that speaks only Memento: searched by its TimeMap, its captures fetched by name or at its TimeGate."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime

import pytest

from harvester.archive.client import ArchiveClient
from harvester.archive.dialects.forms import DIALECTS
from harvester.archive.limiter.limiter import Limiter
from harvester.errors import EndlessIndex, RedirectedAway, TransientFailure
from harvester.settings import ArchiveSettings, FetchSettings
from tests.support.archive_server.clients import EAGER
from tests.support.archive_server.limiter_store import MemoryLimiterStore
from tests.support.archive_server.servers import Asked, Reply, Server
from tests.support.archive_server.timemaps import memento
from tests.support.times import at

URL = "http://lamp.example/privacy"
MOMENT = at("20120304050607")
DATE = ("Memento-Datetime", "Sun, 04 Mar 2012 05:06:07 GMT")


@contextmanager
def archive(answer: Callable[[Asked, str], Reply], *, gate: bool = False) -> Iterator[tuple[ArchiveClient, Server]]:
    server = Server(lambda asked: answer(asked, f"http://{asked.headers['host']}"))
    settings = ArchiveSettings(
        name="test",
        cdx=f"{server.base}/timemap/link/",
        playback=f"{server.base}/web",
        dialect="memento",
        timegate=f"{server.base}/gate/" if gate else "",
    )
    limiter = Limiter(settings, MemoryLimiterStore(), limits=EAGER)
    with closing(server), closing(ArchiveClient(settings, FetchSettings(timeout=60), limiter)) as client:
        yield client, server


def found(client: ArchiveClient) -> list[datetime]:
    return [row.timestamp for page in client.search(URL) for row in page.rows]


def test_a_search_reads_the_pages_of_a_map() -> None:
    def answer(asked: Asked, base: str) -> Reply:
        if asked.path == f"/timemap/link/{URL}":
            return Reply(body=f'<{URL}>; rel="original", <{base}/map/2>; rel="timemap"'.encode())
        return Reply(body=f'<{URL}>; rel="original", {memento("20120304050607", URL)}'.encode())

    with archive(answer) as (client, server):
        assert found(client) == [MOMENT]
        assert [one.path for one in server.asked] == [f"/timemap/link/{URL}", "/map/2"]


def test_a_map_that_goes_on_elsewhere_is_not_followed_there() -> None:
    with (
        archive(lambda asked, base: Reply(body=b'<http://other.example/m>; rel="timemap"')) as (client, _),
        pytest.raises(TransientFailure, match="another host"),
    ):
        found(client)


def test_a_map_whose_pages_lead_to_each_other_ends() -> None:
    def answer(asked: Asked, base: str) -> Reply:
        return Reply(body=f'<{base}/map/{1 - int(asked.path[-1] == "1")}>; rel="timemap"'.encode())

    with archive(answer) as (client, server):
        with pytest.raises(TransientFailure):
            found(client)
        assert len(server.asked) < 10


def test_a_huge_map_is_refused_while_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(DIALECTS, "memento", replace(DIALECTS["memento"], page_limit=10_000))
    with (
        archive(lambda asked, base: Reply(body=memento("20120304050607", URL).encode() * 500)) as (client, _),
        pytest.raises(EndlessIndex),
    ):
        found(client)


def test_a_memento_of_the_future_is_set_aside() -> None:
    body = f"{memento('29990101000000', URL)}, {memento('20120304050607', URL)}"
    with archive(lambda asked, base: Reply(body=body.encode())) as (client, _):
        pages = list(client.search(URL))
        assert [row.timestamp for page in pages for row in page.rows] == [MOMENT]
        assert ["future" in bad.reason for page in pages for bad in page.malformed] == [True]


def test_an_archive_without_a_map_of_an_address_has_no_captures_of_it() -> None:
    with archive(lambda asked, base: Reply(404, body=b"<html>nothing</html>")) as (client, _):
        assert found(client) == []


def test_a_capture_is_fetched_at_the_time_gate_when_there_is_no_raw_form() -> None:
    def answer(asked: Asked, base: str) -> Reply:
        if asked.path.startswith("/gate/"):
            assert asked.headers["accept-datetime"] == "Sun, 04 Mar 2012 05:06:07 GMT"
            return Reply(302, [("Location", f"{base}/ABCD-EFGH"), ("Vary", "accept-datetime")])
        return Reply(200, [DATE, ("Link", f'<{URL}>; rel="original"')], b"We keep the lamp on.")

    with archive(answer, gate=True) as (client, server):
        played = client.fetch(URL, MOMENT)
        assert (played.body, played.timestamp, played.url) == (b"We keep the lamp on.", MOMENT, URL)
        assert [one.path for one in server.asked] == [f"/gate/{URL}", "/ABCD-EFGH"]


@pytest.mark.parametrize(
    "last",
    [
        Reply(200, [DATE, ("Link", '<http://other.example/>; rel="original"')], b"another page"),
        Reply(200, [("Memento-Datetime", "Thu, 04 Mar 2010 05:06:07 GMT")], b"another time"),
    ],
    ids=["of another address", "of another time"],
)
def test_what_a_time_gate_gives_instead_is_refused(last: Reply) -> None:
    def answer(asked: Asked, base: str) -> Reply:
        return Reply(302, [("Location", "/one")]) if asked.path.startswith("/gate/") else last

    with archive(answer, gate=True) as (client, _), pytest.raises(RedirectedAway):
        client.fetch(URL, MOMENT)


def test_a_time_gate_that_leads_to_another_host_is_not_followed() -> None:
    reply = Reply(302, [("Location", "http://other.example/web/20120304050607/http://lamp.example/privacy")])
    with archive(lambda asked, base: reply, gate=True) as (client, server), pytest.raises(RedirectedAway):
        client.fetch(URL, MOMENT)
    assert len(server.asked) == 1


def test_a_page_of_the_archive_itself_is_no_capture() -> None:
    with (
        archive(lambda asked, base: Reply(200, body=b"<html>We are sorry</html>"), gate=True) as (client, _),
        pytest.raises(TransientFailure, match="page of its own"),
    ):
        client.fetch(URL, MOMENT)
