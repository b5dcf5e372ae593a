"""The limit on one reader's searches: a small allowance that refills steadily (GCRA), kept in memory."""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from time import monotonic

from fastapi import HTTPException, Request

_READERS = 10_000
"""Of so many readers the allowance is remembered; beyond, those asking longest ago are forgotten."""

_BURST_SECONDS = 15.0
"""An unused allowance is saved for this long, so that a few searches in a row are allowed."""


class RateLimit:
    """`per_minute` requests of each reader."""

    def __init__(self, per_minute: int) -> None:
        self._spacing = 60.0 / per_minute
        self._tolerance = max(_BURST_SECONDS, self._spacing)
        self._next: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, reader: str, now: float) -> float:
        """Count a request and return 0 if it may proceed, else the seconds until one may (this one is not counted).

        `now` is in seconds of a clock that never goes back.
        """
        with self._lock:
            due = max(self._next.get(reader, now), now)
            if due - now > self._tolerance:
                return due - now - self._tolerance
            self._next[reader] = due + self._spacing
            self._next.move_to_end(reader)
            if len(self._next) > _READERS:
                self._next.popitem(last=False)
        return 0.0


async def count_search(request: Request) -> None:
    """Count a search of this reader; answer 429 when there were too many."""
    site = request.app.state.site
    limit: RateLimit = request.app.state.search_limit
    reader = request.client.host if request.client else ""
    seconds = limit.wait(reader, monotonic())
    if seconds > 0:
        per_minute = site.settings.web.searches_per_minute
        raise HTTPException(
            429,
            f"More than {per_minute} searches a minute; try again in {math.ceil(seconds)} s.",
            {"Retry-After": str(math.ceil(seconds))},
        )
