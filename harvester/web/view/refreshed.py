"""Values that grow old, made again beside the readers, who get the old ones meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Generic, TypeVar

from harvester.errors import HarvesterError
from harvester.lru import Key, LruCache

Value = TypeVar("Value")
THREAD = "refreshing"


@dataclass(frozen=True, slots=True)
class Made(Generic[Value]):
    """A value, and when it was made: another one has another instant."""

    at: float
    value: Value


class Refreshed(Generic[Key, Value]):
    """Keeps the `most` values used last, each made again when it is `seconds` old.

    A reader waits only for a value that is not kept or twice as old: else a thread makes it again. If it cannot, a
    later reader begins another.
    """

    def __init__(self, most: int, seconds: float, clock: Callable[[], float]) -> None:
        self._kept = LruCache[Key, Made[Value]](most)
        self._seconds, self._clock = seconds, clock
        self._making: set[Key] = set()
        self._lock = threading.Lock()

    def get(self, key: Key, make: Callable[[], Value]) -> Made[Value]:
        """Return the value of `key`; `make` may be called in another thread."""
        kept = self._kept.find(key)
        age = self._clock() - kept.at if kept is not None else 0.0
        if kept is None or age >= 2 * self._seconds:
            self._kept.drop(key)
            return self._kept.get(key, lambda: self._made(make))
        if age >= self._seconds:
            self._refresh(key, make)
        return kept

    def drop(self, key: Key) -> None:
        """Forget the value of `key`."""
        self._kept.drop(key)

    def _made(self, make: Callable[[], Value]) -> Made[Value]:
        at = self._clock()
        return Made(at, make())

    def _refresh(self, key: Key, make: Callable[[], Value]) -> None:
        with self._lock:
            if key in self._making:
                return
            self._making.add(key)

        def run() -> None:
            try:
                with suppress(HarvesterError):  # whoever waits for a value is told
                    self._kept.keep(key, self._made(make))
            finally:
                with self._lock:
                    self._making.discard(key)

        threading.Thread(target=run, name=THREAD, daemon=True).start()
