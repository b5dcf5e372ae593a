"""Limits as the server sees them: many threads, one archive, its log."""

from __future__ import annotations

import threading
from collections.abc import Callable

from harvester.archive.client import ArchiveClient
from harvester.archive.limiter.rules import Limits
from harvester.settings import FetchSettings
from tests.support.archive_server.servers import Asked, Reply, Server
from tests.support.times import at

Scripted = Callable[..., tuple[ArchiveClient, Server]]
PAGE = Reply(200, [("Memento-Datetime", "Thu, 02 Jan 2020 03:04:05 GMT")], b"policy")
THREADS = 8
TRAVEL = 0.5
"""Seconds for which a request may be on its way on a busy machine."""


def fetch_from_many_threads(client: ArchiveClient, times: int) -> None:
    def fetch() -> None:
        for _ in range(times):
            client.fetch("http://example.com/", at("20200102030405"))

    threads = [threading.Thread(target=fetch) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_no_window_of_the_servers_log_is_over_the_rate(scripted: Scripted) -> None:
    interval = 0.02
    client, server = scripted(
        lambda asked: PAGE, limits=Limits(interval, interval), fetch=FetchSettings(threads=THREADS)
    )
    fetch_from_many_threads(client, 8)
    times = sorted(asked.at for asked in server.asked)
    assert len(times) == THREADS * 8
    assert client.limiter.state().playback_requests == len(times)
    # A request leaves up to an interval late and travels: one of each thread may come together, a heap may not.
    for first, begun in enumerate(times):
        for window in (0.2, 0.5, 1.0):
            inside = sum(begun <= moment < begun + window for moment in times[first:])
            assert inside <= window / interval + 1 + THREADS


def test_the_servers_log_shows_no_request_during_a_pause(scripted: Scripted) -> None:
    pauses: list[float] = []

    def answer(asked: Asked) -> Reply:
        if len(server.asked) in (20, 60):
            pauses.append(asked.at)
            return Reply(429, [("Retry-After", "1")])
        return PAGE

    client, server = scripted(
        answer, limits=Limits(0.01, 0.01, pause=0.1, backoff=0), fetch=FetchSettings(threads=THREADS)
    )
    fetch_from_many_threads(client, 10)
    times = sorted(asked.at for asked in server.asked)
    assert len(times) == THREADS * 10 + 2
    assert len(pauses) == 2
    for pause in pauses:
        # What was under way when the 429 was sent comes within moments of it, and nothing after that.
        late = [moment - pause for moment in times if TRAVEL < moment - pause < 0.99]
        assert late == []
