"""Durations, reported to listeners; there are none unless metrics are served."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Listener = Callable[[str, float, str | None], None]
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Tell `listener` (what, seconds, label) of everything timed in this process from now on; once is enough."""
    if listener not in _listeners:
        _listeners.append(listener)


@contextmanager
def timed(what: str, label: str | None = None) -> Iterator[None]:
    """Time the body of the ``with``, also when it fails."""
    begun = time.perf_counter()
    try:
        yield
    finally:
        for listener in _listeners:
            listener(what, time.perf_counter() - begun, label)
