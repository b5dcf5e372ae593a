"""Finished answers kept for a while, and one maker for each: what many readers ask at once is made once.

Without the second a busy page that is no longer fresh would be made by all who ask for it just then, which takes so
long that more ask meanwhile.
"""

from __future__ import annotations

import asyncio
import re
import threading
from collections import OrderedDict
from dataclasses import dataclass
from time import monotonic

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from harvester.web.http.conditional import has_it
from harvester.web.http.streams import STREAMED

_SECONDS = 5.0
"""The maximum age of an answer: a new change is seen after this many seconds at the latest."""

_PERMANENT = re.compile(r"/services/[^/]+/(versions|changes)/[0-9]{14}")
_PERMANENT_SECONDS = 300.0
"""The same for a text or a redline at its permanent address: only what is shown beside it may change."""

_MOST_BYTES = 64 * 1024 * 1024
_OVERHEAD = 2_000
"""Bytes of an answer besides its body and its address: headers, and what Python keeps of it all."""
_LARGEST = 1024 * 1024
_NEVER = ("/search", "/api/v1/search", "/healthz", "/readyz", "/metrics", "/static/", "/desk", "/subscri")


_Key = tuple[str, str, bytes, bool]


@dataclass(frozen=True, slots=True)
class _Kept:
    made_at: float
    start: Message
    body: bytes


class Freshness:
    """Keeps good answers to GET, for one event loop; never streams, searches, the desk, nor what a token asked for."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._kept: OrderedDict[_Key, _Kept] = OrderedDict()
        self._making: dict[_Key, asyncio.Event] = {}
        self._bytes = 0
        self._lock = threading.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from the cache, or pass the request on and cache the answer."""
        headers = Headers(scope=scope) if scope["type"] == "http" else Headers()
        path = scope.get("path", "")
        never = path.startswith(_NEVER) or path.endswith(STREAMED) or "authorization" in headers
        if scope["type"] != "http" or scope["method"] != "GET" or never:
            await self._app(scope, receive, send)
            return
        # The host is part of the key: feeds and addresses name it.
        squeezed = "gzip" in headers.get("accept-encoding", "")
        key = (headers.get("host", ""), path, scope["query_string"], squeezed)
        other = self._making.get(key)
        if other is not None and self._find(key, twice=True) is None:
            await other.wait()
        if (kept := self._find(key, twice=other is not None)) is not None:
            await _replay(kept, headers, send)
            return
        made = self._making[key] = asyncio.Event()
        try:
            await self._make(key, scope, receive, send)
        finally:
            if self._making.get(key) is made:
                del self._making[key]
            made.set()

    async def _make(self, key: _Key, scope: Scope, receive: Receive, send: Send) -> None:
        start: Message = {}
        parts: list[bytes] = []

        async def watch(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
            else:
                parts.append(message.get("body", b""))
                if not message.get("more_body") and start["status"] == 200:
                    self._keep(key, _Kept(monotonic(), _copied(start), b"".join(parts)))
            await send(message)

        await self._app(scope, receive, watch)

    def _find(self, key: _Key, *, twice: bool) -> _Kept | None:
        """Return the cached answer if fresh enough; while it is being made again it may be twice as old."""
        most = (_PERMANENT_SECONDS if _PERMANENT.fullmatch(key[1]) else _SECONDS) * (2 if twice else 1)
        with self._lock:
            kept = self._kept.get(key)
            return kept if kept is not None and monotonic() - kept.made_at <= most else None

    def _keep(self, key: _Key, answer: _Kept) -> None:
        if len(answer.body) > _LARGEST:
            return
        with self._lock:
            self._drop(key)
            self._kept[key] = answer
            self._bytes += _size(key, answer)
            while self._bytes > _MOST_BYTES:
                self._drop(next(iter(self._kept)))

    def _drop(self, key: _Key) -> None:
        gone = self._kept.pop(key, None)
        if gone is not None:
            self._bytes -= _size(key, gone)


def _size(key: _Key, answer: _Kept) -> int:
    """Return the bytes of memory that an answer takes, with its address, since readers choose that."""
    return len(answer.body) + 4 * (len(key[0]) + len(key[1])) + len(key[2]) + _OVERHEAD


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
