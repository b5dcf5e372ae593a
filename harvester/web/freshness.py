"""Finished answers kept for a few seconds: what many readers ask at once is made once."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from harvester.web.conditional import has_it

_SECONDS = 5.0
"""How old an answer may be: a new change is seen after so many seconds at the latest."""

_MOST_BYTES = 32 * 1024 * 1024
_LARGEST = 1024 * 1024
_NEVER = ("/search", "/api/v1/search", "/healthz", "/readyz", "/metrics", "/static/")


@dataclass(frozen=True, slots=True)
class _Kept:
    made_at: float
    start: Message
    body: bytes


class Freshness:
    """Keeps good answers to GET for `_SECONDS`; those to searches and to requests with a token never."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._kept: OrderedDict[tuple[str, str, bytes, bool], _Kept] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers from what is kept, or passes the request on and keeps what comes back."""
        headers = Headers(scope=scope) if scope["type"] == "http" else Headers()
        path = scope.get("path", "")
        if scope["type"] != "http" or scope["method"] != "GET" or path.startswith(_NEVER) or "authorization" in headers:
            await self._app(scope, receive, send)
            return
        # The host is part of the key: feeds and addresses name it.
        squeezed = "gzip" in headers.get("accept-encoding", "")
        key = (headers.get("host", ""), path, scope["query_string"], squeezed)
        kept = self._find(key)
        if kept is not None:
            await _replay(kept, headers, send)
            return
        start: Message = {}
        parts: list[bytes] = []

        async def watch(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
            else:
                parts.append(message.get("body", b""))
                if not message.get("more_body") and start["status"] == 200:
                    self._keep(key, _Kept(time.monotonic(), _copied(start), b"".join(parts)))
            await send(message)

        await self._app(scope, receive, watch)

    def _find(self, key: tuple[str, str, bytes, bool]) -> _Kept | None:
        with self._lock:
            kept = self._kept.get(key)
            if kept is None:
                return None
            if time.monotonic() - kept.made_at > _SECONDS:
                self._drop(key)
                return None
            return kept

    def _keep(self, key: tuple[str, str, bytes, bool], answer: _Kept) -> None:
        if len(answer.body) > _LARGEST:
            return
        with self._lock:
            self._drop(key)
            self._kept[key] = answer
            self._bytes += len(answer.body)
            while self._bytes > _MOST_BYTES:
                self._drop(next(iter(self._kept)))

    def _drop(self, key: tuple[str, str, bytes, bool]) -> None:
        gone = self._kept.pop(key, None)
        if gone is not None:
            self._bytes -= len(gone.body)


async def _replay(kept: _Kept, headers: Headers, send: Send) -> None:
    answer = Headers(raw=kept.start["headers"])
    if has_it(headers, answer):
        wanted = (b"etag", b"last-modified", b"vary", b"cache-control", b"link")
        raw = [(name, value) for name, value in kept.start["headers"] if name in wanted]
        await send({"type": "http.response.start", "status": 304, "headers": raw})
        await send({"type": "http.response.body", "body": b""})
        return
    await send(_copied(kept.start))
    await send({"type": "http.response.body", "body": kept.body})


def _copied(start: Message) -> Message:
    # What is sent on is written to by the middleware further out.
    return {**start, "headers": list(start["headers"])}
