"""Kept answers: what many ask at once is made once, and what was made is given while it is fresh."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from starlette.types import Message, Receive, Scope, Send

from harvester.web.http import freshness
from harvester.web.http.freshness import Freshness


class Slow:
    """An application that takes a moment and numbers its answers."""

    def __init__(self, status: int = 200) -> None:
        self.made, self.status = 0, status

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(0.02)
        self.made += 1
        await send({"type": "http.response.start", "status": self.status, "headers": []})
        await send({"type": "http.response.body", "body": str(self.made).encode()})


async def answer(app: Freshness, path: str = "/") -> str:
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": []}
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return bytes(sent[-1]["body"]).decode()


def played(play: Callable[[], Awaitable[list[str]]]) -> list[str]:
    async def run() -> list[str]:
        return await play()

    return asyncio.run(run())


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that the test moves."""
    moment = [1000.0]
    monkeypatch.setattr(freshness, "monotonic", lambda: moment[0])
    return moment


def test_what_many_ask_for_at_once_is_made_once(now: list[float]) -> None:
    slow = Slow()
    app = Freshness(slow)

    async def play() -> list[str]:
        return await asyncio.gather(*(answer(app) for _ in range(20)))

    assert played(play) == ["1"] * 20


def test_an_answer_that_grew_old_is_given_while_one_reader_has_it_made_anew(now: list[float]) -> None:
    app = Freshness(Slow())

    async def play() -> list[str]:
        first = await answer(app)
        now[0] += 6
        return [first, *await asyncio.gather(*(answer(app) for _ in range(3))), await answer(app)]

    assert played(play) == ["1", "2", "1", "1", "2"]


def test_no_answer_is_given_that_is_twice_too_old(now: list[float]) -> None:
    app = Freshness(Slow())

    async def play() -> list[str]:
        first = await answer(app)
        now[0] += 11
        return [first, *await asyncio.gather(*(answer(app) for _ in range(3)))]

    assert played(play) == ["1", "2", "2", "2"]


def test_a_permanent_address_is_kept_longer(now: list[float]) -> None:
    app = Freshness(Slow())

    async def play() -> list[str]:
        found = []
        for path in ("/services/a.example/changes/20200101000000", "/services/a.example"):
            found.append(await answer(app, path))
            now[0] += 100
            found.append(await answer(app, path))
        return found

    assert played(play) == ["1", "1", "2", "3"]


def test_what_failed_is_asked_for_again_by_everyone(now: list[float]) -> None:
    app = Freshness(Slow(status=503))

    async def play() -> list[str]:
        return await asyncio.gather(*(answer(app) for _ in range(3)))

    assert sorted(played(play)) == ["1", "2", "3"]


def test_an_answer_made_anew_takes_the_room_of_the_old_one(now: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    lasting, short = "/services/a.example/changes/20200101000000", "/"
    monkeypatch.setattr(freshness, "_MOST_BYTES", 2 * (1 + freshness._OVERHEAD) + 4 * (len(lasting) + len(short)))
    app = Freshness(Slow())

    async def play() -> list[str]:
        found = [await answer(app, lasting)]
        for _ in range(3):
            found.append(await answer(app, short))
            now[0] += 6
        return [*found, await answer(app, lasting)]

    assert played(play) == ["1", "2", "3", "4", "1"]
