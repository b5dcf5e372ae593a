"""Answers that are sent while they are made: nothing holds them whole, and there are only so many at a time."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterable, Iterable
from typing import Any

import anyio
from fastapi import HTTPException
from fastapi.responses import StreamingResponse
from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope, Send

STREAMED = ("/everything.zip", "/progress/events")
"""The ends of the addresses of such answers, which are neither kept nor held back for an ETag."""
HEADERS_ONLY = "harvester.headers_only"
"""Key of a request that wants no body: a stream would be made for nobody, and perhaps never end."""
_TYPES = ("application/zip", "text/event-stream")


def is_streamed(start: Message) -> bool:
    """Return whether the start of an answer announces a stream."""
    return Headers(raw=start["headers"]).get("content-type", "").partition(";")[0] in _TYPES


class Slots:
    """Places for streams that are open at a time."""

    def __init__(self, most: int) -> None:
        self._free, self._lock = most, threading.Lock()

    def take(self) -> None:
        """Take a place; answer 503 when there is none."""
        with self._lock:
            if self._free:
                self._free -= 1
                return
        raise HTTPException(503, "Too many are open just now; try again in a minute.", {"Retry-After": "60"})

    def give_back(self) -> None:
        """Give a place back."""
        with self._lock:
            self._free += 1


class Stream(StreamingResponse):
    """A stream in a place of `slots`, which it takes at once and gives back however it ends: after `seconds` at the
    latest, since a reader may be as slow as it likes.
    """

    def __init__(
        self,
        content: Iterable[bytes] | AsyncIterable[bytes],
        slots: Slots,
        seconds: float,
        media_type: str,
        headers: dict[str, str],
    ) -> None:
        super().__init__(content, media_type=media_type, headers=headers)
        slots.take()
        self._slots, self._seconds = slots, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> Any:
        """Send the stream."""
        try:
            if scope.get(HEADERS_ONLY):
                await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
                await send({"type": "http.response.body", "body": b""})
                return
            with anyio.move_on_after(self._seconds):
                await super().__call__(scope, receive, send)
        finally:
            self._slots.give_back()
