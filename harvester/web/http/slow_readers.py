"""Connections that send nothing, or ever less than a whole request, are closed, as are those that read no answer.

uvicorn closes what is idle after an answer. Before the first request, and within one, it waits for ever, and each
connection counts against the number that is served at once.
"""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

REQUEST_SECONDS = 20.0
"""For a whole request, from the connection or its first byte on: those of readers are small."""
READING_SECONDS = 60.0
"""For an answer to go on, or for what is left of it to be taken at its end: a slow line takes some in that time."""


class ImpatientProtocol(H11Protocol):
    """Speaks HTTP as uvicorn does, with an end to every wait for the reader."""

    _request: asyncio.TimerHandle | None = None
    _reading: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start to wait for the first request."""
        super().connection_made(transport)
        self._await_request()

    def data_received(self, data: bytes) -> None:
        """Take what came; unless it ends a request, the rest has to follow in time."""
        super().data_received(data)
        if self.conn.their_state in (h11.IDLE, h11.SEND_BODY):
            self._await_request()
        elif self._request is not None:
            self._request.cancel()
            self._request = None

    def pause_writing(self) -> None:
        """Start to wait for the reader to read."""
        super().pause_writing()
        self._await_reading()

    def resume_writing(self) -> None:
        """Stop to wait: something was read."""
        super().resume_writing()
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    def timeout_keep_alive_handler(self) -> None:
        """Close what is idle; what was written before has its time to be read."""
        super().timeout_keep_alive_handler()
        self._await_reading()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        super().connection_lost(exc)
        for timer in (self._request, self._reading):
            if timer is not None:
                timer.cancel()

    def _await_request(self) -> None:
        if self._request is None:
            self._request = self.loop.call_later(REQUEST_SECONDS, self.transport.abort)

    def _await_reading(self) -> None:
        if self._reading is None:
            self._reading = self.loop.call_later(READING_SECONDS, self.transport.abort)
