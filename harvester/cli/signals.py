"""Ctrl-C and SIGTERM, alike in every command (docs/exit-codes.md): the first stops it cleanly, a second at once."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from harvester.errors import Stopped

STOPPED = Stopped.exit_code
_ONE_STOP_SECONDS = 1.0
"""Signals so close together are one: `timeout` sends its own to a process, and again to the group that it is in."""


@contextmanager
def on_signal(first: Callable[[], None]) -> Iterator[None]:
    """Call `first` on SIGINT or SIGTERM during the body of the ``with``; a second signal ends the process at once.

    That loses nothing that was committed: every command can be killed at any moment.
    """
    heard: float | None = None

    def hear(_number: int, _frame: object) -> None:
        nonlocal heard
        now = time.monotonic()
        if heard is None:
            heard = now
            first()
        elif now - heard > _ONE_STOP_SECONDS:
            os._exit(STOPPED)

    previous = {number: signal.signal(number, hear) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


@contextmanager
def stopped_by_signals() -> Iterator[threading.Event]:
    """Give an event that a signal sets: the command finishes and commits its work in progress, then ends."""
    stop = threading.Event()
    with on_signal(stop.set):
        yield stop


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Have a signal end a server that does not serve yet, or no more, with exit code 0: there is nothing to finish.

    It stops as one that serves does, so that a supervisor may change its mind at any moment. Within the ``with`` a
    server listens to signals itself while it serves.
    """
    with on_signal(lambda: os._exit(0)):
        yield


@contextmanager
def interrupted_by_signals() -> Iterator[threading.Event]:
    """Have a signal raise `KeyboardInterrupt`, for commands without work that is worth finishing.

    Transactions are rolled back, and unfinished files removed. The event says whether a signal came.
    """
    interrupted = threading.Event()

    def interrupt() -> None:
        interrupted.set()
        raise KeyboardInterrupt

    with on_signal(interrupt):
        yield interrupted
