"""A cache in bounded memory of what is costly to make: the values used longest ago go first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import Concatenate, Generic, ParamSpec, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
P = ParamSpec("P")


class LruCache(Generic[Key, Value]):
    """Keeps values of at most `most` in `size` together (each counts as 1 without it); `at_once` are made at a time."""

    def __init__(self, most: int, size: Callable[[Value], int] = lambda _: 1, at_once: int = 2) -> None:
        self._most, self._size = most, size
        self._kept: OrderedDict[Key, Value] = OrderedDict()
        self._total = 0
        self._lock = threading.Lock()
        self._making = threading.BoundedSemaphore(at_once)

    def get(self, key: Key, make: Callable[[], Value]) -> Value:
        """Return the value of `key`, made if it is not kept."""
        if (found := self.find(key)) is not None:
            return found
        with self._making:
            # Another reader may have waited for the same.
            made = self.find(key) or make()
        self.keep(key, made)
        return made

    def find(self, key: Key) -> Value | None:
        """Return the value of `key` if it is kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def keep(self, key: Key, value: Value) -> None:
        """Keep a value in place of the one that is kept."""
        with self._lock:
            self._drop(key)
            self._kept[key] = value
            self._total += self._size(value)
            while self._total > self._most:
                self._drop(next(iter(self._kept)))

    def drop(self, key: Key) -> None:
        """Forget the value of `key`."""
        with self._lock:
            self._drop(key)

    def _drop(self, key: Key) -> None:
        gone = self._kept.pop(key, None)
        if gone is not None:
            self._total -= self._size(gone)


_SHORT, _LONG = 1_000, 32_000  # characters


def remember_short(function: Callable[Concatenate[str, P], Value]) -> Callable[Concatenate[str, P], Value]:
    """Keep the results of a pure function for 8,192 short texts and 256 longer ones: texts of a history have most
    passages in common.
    """
    kept_short, kept_long = lru_cache(maxsize=8192)(function), lru_cache(maxsize=256)(function)

    @wraps(function)
    def read(text: str, /, *args: P.args, **kwargs: P.kwargs) -> Value:
        if len(text) <= _SHORT:
            return kept_short(text, *args, **kwargs)  # type: ignore[arg-type]  # they are hashable: P cannot say so
        return (kept_long if len(text) <= _LONG else function)(text, *args, **kwargs)  # type: ignore[arg-type]

    return read
