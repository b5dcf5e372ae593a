"""Reads an answer of an application in this process piece by piece, as it is sent."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from fastapi import FastAPI
from starlette.types import Message

Taken = Callable[[bytes], Awaitable[None]]


def read(app: FastAPI, url: str, taken: Taken, cookies: dict[str, str] | None = None) -> int:
    """Asks for `url` and gives each piece of the body to `taken`, whose errors are those of a broken line; gives the
    status.
    """
    statuses: list[int] = []

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])
        elif message.get("body"):
            await taken(message["body"])

    async def receive() -> Message:
        await asyncio.sleep(3600)
        return {"type": "http.disconnect"}

    cookie = "; ".join(f"{name}={value}" for name, value in (cookies or {}).items())
    scope: dict[str, Any] = {
        "type": "http",
        "method": "GET",
        "path": url,
        "raw_path": url.encode(),
        "query_string": b"",
        "headers": [(b"cookie", cookie.encode())],
        "scheme": "http",
        "server": ("testserver", 80),
        "client": ("127.0.0.1", 1),
        "root_path": "",
        "http_version": "1.1",
    }

    async def ask() -> None:
        await asyncio.wait_for(app(scope, receive, send), 60)

    # Playwright keeps an event loop in the tests' own thread.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(ask())).result()
    return statuses[0]
