"""Many readers at once, slow ones, and those who guess at tokens."""

from __future__ import annotations

import asyncio
import hmac
import socket
import threading
from collections.abc import Coroutine, Iterator
from contextlib import ExitStack, suppress
from functools import partial
from typing import Any
from unittest.mock import MagicMock
from urllib.parse import urlsplit

import pytest
import uvicorn
from uvicorn.server import ServerState

from harvester.cli.service.web_server import listening, web_server
from harvester.settings import Settings
from harvester.store.database import Database
from harvester.web.http import people, slow_readers
from tests.support.service.installations import until

READERS = 200


async def asked(host: str, port: int, path: str) -> bytes:
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    answer = await reader.read()
    writer.close()
    return answer


def together(site: str, paths: list[str]) -> list[bytes]:
    """The answers to requests that are all sent before the first is answered."""
    parts = urlsplit(site)
    assert parts.hostname is not None
    assert parts.port is not None
    host, port = parts.hostname, parts.port

    async def all_of_them() -> list[bytes]:
        return list(await asyncio.gather(*(asked(host, port, path) for path in paths)))

    with asyncio.Runner() as runner:
        return runner.run(all_of_them())


def test_two_hundred_readers_at_once_are_all_answered(site: str) -> None:
    paths = ["/", "/changes", "/services/kettle.example", "/api/v1/services", "/search?q=tea"]
    answers = together(site, [f"{paths[number % len(paths)]}" for number in range(READERS)])
    assert {answer.split(b"\r\n")[0] for answer in answers} == {b"HTTP/1.1 200 OK"}
    for answer in answers:
        assert answer.rstrip().endswith((b"</html>", b"}"))


@pytest.fixture
def impatient_server(
    settings: Settings, database: Database, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[uvicorn.Server, tuple[str, int]]]:
    """The sample's site as ``harvester web`` serves it, with little time for slow readers, and its address."""
    monkeypatch.setattr(slow_readers, "REQUEST_SECONDS", 1.0)
    monkeypatch.setattr(slow_readers, "READING_SECONDS", 0.3)
    server = web_server(settings, database)
    with listening(settings, "127.0.0.1", 0) as bound:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        yield server, bound.getsockname()
        server.should_exit = True
        thread.join()


@pytest.fixture
def impatient(impatient_server: tuple[uvicorn.Server, tuple[str, int]]) -> tuple[str, int]:
    """The address of `impatient_server`."""
    return impatient_server[1]


WHOLE = b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"


@pytest.mark.parametrize(
    "part",
    [
        b"",
        b"GET /healthz HTTP/1.1\r\nHost: a",
        b"POST /api/v1/services HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nab",
    ],
    ids=["nothing", "half a head", "half a body"],
)
def test_two_hundred_readers_that_never_send_a_whole_request_are_sent_away(
    impatient: tuple[str, int], part: bytes
) -> None:
    with ExitStack() as held:
        slow = [held.enter_context(socket.create_connection(impatient, timeout=60)) for _ in range(READERS)]
        for one in slow:
            with suppress(OSError):
                one.sendall(part)
        answer = together(f"http://{impatient[0]}:{impatient[1]}", ["/healthz"])[0]
        assert answer.startswith(b"HTTP/1.1 200 OK")
        for one in slow:
            while read(one):
                pass


def test_a_second_request_that_stays_half_ends_the_connection_too(impatient: tuple[str, int]) -> None:
    with socket.create_connection(impatient, timeout=60) as slow:
        slow.sendall(WHOLE)
        assert slow.recv(10_000).startswith(b"HTTP/1.1 200 OK")
        slow.sendall(b"GET / HT")
        while read(slow):
            pass


def read(one: socket.socket) -> bytes:
    """What comes next; nothing when the server has gone."""
    try:
        return one.recv(100_000)
    except ConnectionResetError:
        return b""


def test_a_reader_that_reads_no_answer_is_not_kept(
    impatient_server: tuple[uvicorn.Server, tuple[str, int]],
) -> None:
    server, address = impatient_server
    with socket.socket() as slow:
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
        slow.connect(address)
        slow.sendall(WHOLE.replace(b"/healthz", b"/services/kettle.example") * 5)
        until(lambda: bool(server.server_state.total_requests), every=0.02)
        until(lambda: not server.server_state.connections, every=0.02)


def test_a_reader_who_sent_a_whole_request_has_all_the_time_for_the_answer(
    settings: Settings, database: Database
) -> None:
    timers: list[tuple[float, list[str]]] = []

    class Loop:
        """Keeps what is to come, and what became of it."""

        def call_later(self, seconds: float, _what: object) -> object:
            timers.append((seconds, []))
            return type("Timer", (), {"cancel": partial(timers[-1][1].append, "cancelled")})

        def create_task(self, work: Coroutine[Any, Any, None], **_options: object) -> object:
            work.close()
            return type("Task", (), {"add_done_callback": lambda _: None})

    config = web_server(settings, database).config
    one = slow_readers.ImpatientProtocol(config, ServerState(), {}, _loop=Loop())  # type: ignore[arg-type]
    one.connection_made(MagicMock())
    one.data_received(WHOLE[:10])
    assert timers == [(20, [])], "the time runs from the connection, whatever comes meanwhile"
    one.data_received(WHOLE[10:])
    assert timers == [(20, ["cancelled"])]


@pytest.mark.parametrize(
    "token",
    ["", "r", "right-token-of-an", "right-token-of-ann", "wrong", "\ud800", "é" * 100_000],
    ids=lambda token: f"{len(token)} characters",
)
def test_a_token_is_compared_whole_and_with_everybodys(monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    tokens = {"ann": "right-token-of-ann", "ben": "right-token-of-ben"}
    settings = Settings.model_validate({"web": {"accounts": tokens}}).web
    compared: list[tuple[bytes, bytes]] = []

    def compare(given: bytes, right: bytes) -> bool:
        compared.append((given, right))
        return hmac.compare_digest(given, right)

    monkeypatch.setattr(people, "hmac", type("H", (), {"compare_digest": staticmethod(compare)}))
    assert people.person_of(settings, token) == ("ann" if token == tokens["ann"] else None)
    assert [given for given, _ in compared] == [token.encode("utf-8", "replace")] * 2
    assert {right.decode() for _, right in compared} == set(tokens.values())
