"""Answers that must be whole in time: an archive may send one a byte a minute, for ever.

A socket's timeout is for each read, and status line, headers and sizes of chunks are read line by line, where no loop
over the body sees them. So what an answer is read from knows when it must be there.
"""

from __future__ import annotations

import io
import socket
import time
from collections.abc import Callable
from http.client import HTTPResponse
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

Monotonic = Callable[[], float]


class UntilDeadline(io.RawIOBase):
    """What a socket sends, until `deadline` (of `monotonic`); then reading raises `TimeoutError`."""

    def __init__(self, raw: io.RawIOBase, sent: socket.socket, deadline: float, monotonic: Monotonic) -> None:
        self._raw, self._socket, self._deadline, self._monotonic = raw, sent, deadline, monotonic
        self._patience = sent.gettimeout()

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: Any) -> int | None:
        """Read what comes next, within the timeout of the socket and before the deadline."""
        left = self._deadline - self._monotonic()
        if left <= 0:
            raise TimeoutError("the answer is not whole in time")
        self._socket.settimeout(left if self._patience is None else min(self._patience, left))
        return self._raw.readinto(buffer)

    def close(self) -> None:
        """Close the socket's file too."""
        super().close()
        self._raw.close()


def response_within(seconds: float, monotonic: Monotonic = time.monotonic) -> Callable[..., HTTPResponse]:
    """Return what reads an answer that must be whole so many seconds from now on."""

    def respond(sent: socket.socket, *arguments: Any, **options: Any) -> HTTPResponse:
        made = HTTPResponse(sent, *arguments, **options)
        made.fp = io.BufferedReader(UntilDeadline(made.fp.detach(), sent, monotonic() + seconds, monotonic))
        return made

    return respond


class DeadlineAdapter(HTTPAdapter):
    """Reads every answer within so many seconds."""

    def __init__(self, seconds: float, **options: Any) -> None:
        self._respond = response_within(seconds)
        super().__init__(**options)

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        """Make connections whose answers have a deadline."""
        super().init_poolmanager(*arguments, **options)
        bound = {"response_class": staticmethod(self._respond)}
        plain = type("_Connection", (HTTPConnection,), bound)
        secure = type("_SecureConnection", (HTTPSConnection,), bound)
        self.poolmanager.pool_classes_by_scheme = {
            "http": type("_Pool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
            "https": type("_SecurePool", (HTTPSConnectionPool,), {"ConnectionCls": secure}),
        }
