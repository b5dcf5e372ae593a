"""The absence of the database: waited out with ever longer pauses, and logged when it begins, lasts and ends."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from harvester.errors import StoreAway, StoreUpgraded

T = TypeVar("T")
log = logging.getLogger(__name__)

FIRST_REMINDER_SECONDS = 60.0
LONGEST_REMINDER_SECONDS = 3600.0
LONGEST_PAUSE_SECONDS = 30.0


class Outage:
    """The outages of one process. Thread-safe: several threads meet the same one, and it is logged once.

    It is logged when it begins, after a minute, at twice that each time (at most hourly), and when it is over.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._since: float | None = None
        self._next = self._pause = 0.0

    def failed(self, error: Exception) -> None:
        """Note that the database did not answer. What ends the process is not waited for, and told at its end."""
        if isinstance(error, StoreUpgraded):
            return
        with self._lock:
            now = self._monotonic()
            if self._since is None:
                self._since, self._pause = now, FIRST_REMINDER_SECONDS
                log.warning("%s; waiting for it", str(error).rstrip("."))
            elif now >= self._next:
                self._pause = min(2 * self._pause, LONGEST_REMINDER_SECONDS)
                log.warning("still waiting after %.0f s: %s", now - self._since, error)
            else:
                return
            self._next = now + self._pause

    def over(self) -> None:
        """Note that the database answered."""
        if self._since is None:
            return
        with self._lock:
            if self._since is not None:
                log.warning("the database answers again after %.0f s", self._monotonic() - self._since)
                self._since = None


def pauses(first: float = 1.0) -> Iterator[float]:
    """Yield the seconds to wait between two tries: each twice as long as the last, up to half a minute."""
    while True:
        yield first
        first = min(2 * first, LONGEST_PAUSE_SECONDS)


def outlasting(do: Callable[[], T], outage: Outage, seconds: float, wait: Callable[[float], object]) -> T:
    """Return what `do` returns; do it again while the database is away, after waits of `seconds` in all at most.

    Raises the last `StoreAway` then. `do` must be safe to repeat; `wait` may raise to end the waiting.
    """
    left = seconds
    for pause in pauses():
        try:
            result = do()
        except StoreAway as error:
            outage.failed(error)
            if left <= 0:
                raise
            wait(min(pause, left))
            left -= pause
        else:
            outage.over()
            return result
    raise AssertionError("pauses never end")
