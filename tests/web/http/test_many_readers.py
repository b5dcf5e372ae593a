"""Many readers at once, slow ones, and those who guess at tokens."""

from __future__ import annotations

import asyncio
import hmac
import socket
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest

from harvester.settings import Settings
from harvester.web.http import people

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


@pytest.mark.parametrize("part", [b"", b"GET / HTTP/1.1\r\nHost: a", b"GET / HT"])
def test_readers_that_send_half_a_request_keep_nobody_else_waiting(site: str, part: bytes) -> None:
    parts = urlsplit(site)
    with ExitStack() as held:
        for _ in range(READERS):
            slow = held.enter_context(socket.create_connection((parts.hostname or "", parts.port or 0)))
            slow.sendall(part)
        answers = together(site, ["/healthz", "/api/v1/services"])
    assert all(answer.startswith(b"HTTP/1.1 200 OK") for answer in answers)


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
