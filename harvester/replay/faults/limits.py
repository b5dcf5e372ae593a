"""Limits that a replayed archive enforces: sliding windows, 429s, and a firewall for who does not listen."""

from __future__ import annotations

from collections import deque

from harvester.replay.faults.behaviours import Endpoint, Request
from harvester.replay.faults.file import ReplayLimits
from harvester.replay.playback import ReplayAnswer, page


class ReplayLimiter:
    """Sliding windows for each endpoint, the pause after a breach, and the firewall after ignored pauses."""

    def __init__(self, limits: ReplayLimits) -> None:
        self._limits = limits
        windows: tuple[tuple[Endpoint, float, int | None], ...] = (
            ("cdx", 60.0, limits.cdx_per_minute),
            ("playback", 60.0, limits.captures_per_minute),
            ("playback", 1.0, limits.captures_per_second),
            ("save", 60.0, limits.saves_per_minute),
        )
        self._windows = [
            (endpoint, seconds, limit, deque[float]()) for endpoint, seconds, limit in windows if limit is not None
        ]
        self._paused_until = 0.0
        self._ignored = 0
        self._refusals = 0
        self._refuse = False

    def pause_for(self, request: Request) -> float | None:
        """Return the seconds of pause that a request is answered with, or None when it is within the limits."""
        if request.at < self._paused_until:
            self._ignored += 1
            if self._ignored > self._limits.forgiven:
                self._refuse = True
            return self._paused_until - request.at
        for endpoint, seconds, limit, times in self._windows:
            if endpoint != request.endpoint:
                continue
            while times and times[0] <= request.at - seconds:
                times.popleft()
            times.append(request.at)
            if len(times) > limit:
                self._paused_until = request.at + self._limits.pause
                self._ignored = 0
                return self._limits.pause
        return None

    def take_refusal(self, now: float) -> float:
        """Return the length of a refusal that is due now (once), else 0."""
        if not self._refuse:
            return 0.0
        self._refuse = False
        self._refusals += 1
        self._paused_until = now
        for *_, times in self._windows:
            times.clear()
        return self._limits.refuse * 2.0 ** (self._refusals - 1)


def too_many(retry_after: float | None) -> ReplayAnswer:
    """Return a 429, with Retry-After in whole seconds or without."""
    answer = page(429, "429 Too Many Requests", "You have sent too many requests.")
    if retry_after is not None:
        answer.headers.append(("Retry-After", str(max(1, round(retry_after)))))
    return answer
