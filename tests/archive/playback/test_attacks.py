"""What an archive may send to harm who asks it: bombs, headers without end, redirects to elsewhere, drops.

Each is an answer of playback and of the index; either ends in a capture within the limits or in a typed error.
"""

from __future__ import annotations

import gzip
import io
import itertools
import socket
import threading
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
import requests
import urllib3.util.connection

from harvester.archive.client import ArchiveClient
from harvester.archive.deadline import response_within
from harvester.archive.dialects.forms import DIALECTS
from harvester.archive.local.answer import answer_of, content_of
from harvester.archive.transport import new_session
from harvester.errors import ArchiveError, ArchiveUnavailable, EndlessIndex, RedirectedAway, TooLarge, TransientFailure
from harvester.settings import FetchSettings
from tests.support.archive_server.servers import Asked, Reply, Server
from tests.support.times import at

Scripted = Callable[..., tuple[ArchiveClient, Server]]
URL = "http://example.com/privacy"
WHEN = at("20200102030405")
MEMENTO = ("Memento-Datetime", "Thu, 02 Jan 2020 03:04:05 GMT")
LIMIT = 50_000
ZEROS = bytes(20 * LIMIT)
BROTLI = bytes.fromhex("cbffff3ff82700e2b14020f7fe8fffff7ff04f00c4611180eefd5ffeb3c4e09f0088c302005d9218")
"""20,000,000 zeros."""
ZSTANDARD = b"\x28\xb5\x2f\xfd\x00\x58" + b"\x02\0\x10\0" * 100 + b"\x01\0\0"
"""13,107,200 zeros, as blocks of one repeated byte."""


@pytest.fixture
def small(scripted: Scripted, monkeypatch: pytest.MonkeyPatch) -> Scripted:
    """Clients that take little."""
    monkeypatch.setitem(DIALECTS, "wayback", replace(DIALECTS["wayback"], page_limit=LIMIT))
    return lambda answer: scripted(answer, fetch=FetchSettings(max_body_bytes=LIMIT))


def raw_deflate(data: bytes) -> bytes:
    made = zlib.compressobj(wbits=-15)
    return made.compress(data) + made.flush()


@pytest.mark.parametrize(
    ("announced", "wire"),
    [
        ("gzip", gzip.compress(ZEROS)),
        ("", gzip.compress(ZEROS)),
        ("gzip", gzip.compress(ZEROS[:30_000]) * 3),
        ("deflate", zlib.compress(ZEROS)),
        ("deflate", raw_deflate(ZEROS)),
        ("gzip, gzip", gzip.compress(gzip.compress(ZEROS))),
        ("deflate, gzip", gzip.compress(zlib.compress(ZEROS))),
        ("gzip, deflate", zlib.compress(gzip.compress(ZEROS))),
    ],
    ids=["gzip", "unnamed", "three members", "deflate", "raw deflate", "gzip twice", "zlib in gzip", "gzip in zlib"],
)
def test_a_bomb_is_refused_as_a_capture_and_as_a_page_of_the_index(
    small: Scripted, announced: str, wire: bytes
) -> None:
    client, _ = small(lambda asked: Reply(200, [MEMENTO, ("Content-Encoding", announced)], wire))
    with pytest.raises(TooLarge, match="unpacks"):
        client.fetch(URL, WHEN)
    with pytest.raises(EndlessIndex):
        list(client.search(URL))


@pytest.mark.parametrize(("announced", "wire"), [("br", BROTLI), ("zstd", ZSTANDARD)], ids=["br", "zstd"])
def test_a_bomb_in_an_encoding_that_was_not_asked_for_stays_as_it_came(
    small: Scripted, announced: str, wire: bytes
) -> None:
    client, _ = small(lambda asked: Reply(200, [MEMENTO, ("Content-Encoding", announced)], wire))
    assert client.fetch(URL, WHEN).body == wire
    with pytest.raises(ArchiveUnavailable, match="not with an index page"):
        list(client.search(URL))
    archived = answer_of(f"HTTP/1.1 200 OK\r\nContent-Encoding: {announced}\r\n\r\n".encode() + wire)
    with pytest.raises(TooLarge, match="unpacks"):
        content_of(archived, None, LIMIT)


@pytest.mark.parametrize(
    "headers",
    [
        [(f"X-Archive-Orig-{number}", "x") for number in range(10_000)],
        [("X-Archive-Orig-Long", "x" * 3_000_000)],
        [(f"X-Archive-Orig-{number}", "x" * 60_000) for number in range(90)],
    ],
    ids=["10,000", "one of 3 MB", "90 of 60 KB"],
)
def test_headers_without_measure_are_an_answer_that_failed(small: Scripted, headers: list[tuple[str, str]]) -> None:
    client, server = small(lambda asked: Reply(200, [MEMENTO, *headers], b"policy"))
    with pytest.raises(TransientFailure):
        client.fetch(URL, WHEN)
    assert len(server.asked) == 3
    with pytest.raises(ArchiveError):
        list(client.search(URL))


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "data:text/html,<p>policy",
        "javascript:fetch('http://10.0.0.1/')",
        "gopher://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1:8080/",
        "http://[::1]:6379/",
        "//192.168.0.1/",
        "http://other.example/web/20200102030405id_/http://example.com/",
        "http://0x7f000001/",
        "\\\\10.0.0.1\\share",
    ],
)
def test_a_redirect_never_leads_to_another_host_than_the_archives(
    small: Scripted, monkeypatch: pytest.MonkeyPatch, location: str
) -> None:
    connected: set[tuple[str, int]] = set()
    connect = urllib3.util.connection.create_connection

    def noting(address: tuple[str, int], *arguments: object, **options: object) -> object:
        connected.add(address)
        return connect(address, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("urllib3.connection.connection.create_connection", noting)

    def answer(asked: Asked) -> Reply:
        if not asked.path.endswith("/privacy") and "/cdx" not in asked.path:
            return Reply(404)
        return Reply(302, [*marks, ("Location", location)])

    marks: list[tuple[str, str]] = []
    client, server = small(answer)
    with pytest.raises(RedirectedAway):
        client.fetch(URL, WHEN)
    with pytest.raises(ArchiveUnavailable):
        list(client.search(URL))
    marks.append(MEMENTO)
    with pytest.raises(RedirectedAway):
        client.fetch(URL, WHEN)
    assert connected == {("127.0.0.1", server.port)}


class Drops(io.RawIOBase):
    """A socket that gives a byte a second, without end; the clock is moved by it alone."""

    def __init__(self, head: bytes) -> None:
        self.now, self.waits = 0.0, [30.0]
        self._bytes = itertools.chain(head, itertools.repeat(ord("a")))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.now += 1
        buffer[:1] = bytes([next(self._bytes)])
        return 1

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(self)

    def gettimeout(self) -> float:
        return 30.0

    def settimeout(self, seconds: float) -> None:
        self.waits.append(seconds)


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nX: ",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: ",
    ],
    ids=["status line", "header", "body", "body without a length", "size of a chunk", "trailer"],
)
def test_an_answer_that_drips_has_its_whole_time_and_no_more(head: bytes) -> None:
    drops = Drops(head)
    response = response_within(300, lambda: drops.now)(drops)
    with pytest.raises(TimeoutError, match="whole"):  # noqa: PT012 - where it drips differs
        response.begin()
        response.read()
    assert drops.now == 300
    assert (max(drops.waits), min(drops.waits)) == (30, 1), "no read waits for longer than is left"


def test_headers_that_drip_over_a_real_connection_are_left() -> None:
    done = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            with listening.accept()[0] as sent, suppress(OSError):
                sent.sendall(b"HTTP/1.1 200 OK\r\nX: ")
                while not done.wait(0.01):
                    sent.sendall(b"a")

        thread = threading.Thread(target=drip)
        thread.start()
        with new_session(FetchSettings(timeout=5, max_seconds=0.1)) as session, pytest.raises(requests.ReadTimeout):
            session.get(f"http://127.0.0.1:{listening.getsockname()[1]}/", timeout=5)
        done.set()
        thread.join()
