"""Which of several archives that have a capture is asked for it first: where the request costs least. Pure.

The order decides who is asked, never what the history says: an archive that refuses is followed by the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from harvester.archive.limiter.rules import LimiterState, Limits, believable


@dataclass(frozen=True, slots=True)
class Standing:
    """How an archive stands for one more request for a capture.

    `wait` is how many seconds the request would wait, for a pause to end and for those queued before it; `interval` how
    many those after it then wait for it; `left` how many requests the archive's budget still allows (None: any number).
    """

    name: str
    breaker: Literal["closed", "half-open", "open"]
    wait: float
    interval: float
    left: int | None

    @classmethod
    def of(cls, name: str, limits: Limits, state: LimiterState, left: int | None, now: float) -> Standing:
        """Return the standing of an archive by the state of its limiter at an instant, in seconds since 1970."""
        state = believable(state, now)
        wait = max(0.0, state.paused_until - now, state.playback_next_at - now)
        return cls(name, state.breaker(now), wait, limits.playback_interval, left)


def cheapest_first(standings: Sequence[Standing]) -> list[str]:
    """Return the names of archives in the order in which they are asked.

    Last are those whose breaker is open, before them those whose budget is used up, before these those whose breaker is
    half-open. The others by whole seconds of waiting, then by the interval between two requests; equal ones stay as
    they were given.
    """
    return [one.name for one in sorted(standings, key=_cost)]


def _cost(one: Standing) -> tuple[int, int, float]:
    if one.breaker == "open":
        place = 3
    elif one.left == 0:
        place = 2
    else:
        place = 1 if one.breaker == "half-open" else 0
    # A queue of less than a second is none: which thread came first would decide.
    return place, int(one.wait), one.interval
