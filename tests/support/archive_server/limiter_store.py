"""The limiter's state in memory, for tests of one process."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from harvester.archive.limiter.rules import LimiterState

T = TypeVar("T")


class MemoryLimiterStore:
    """Keeps `LimiterState` for this process (`harvester.archive.limiter.limiter.LimiterStore`)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._states: dict[str, LimiterState] = {}

    def update(self, key: str, transition: Callable[[LimiterState], tuple[LimiterState, T]]) -> T:
        """See `LimiterStore.update`."""
        with self._lock:
            state, result = transition(self._states.get(key, LimiterState()))
            self._states[key] = state
            return result
