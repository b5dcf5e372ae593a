"""The rate limiter in front of an archive: every request of every thread and process passes it, one by one.

`harvester.archive.limiter` tells the whole story. A wait is outside the store's transaction, and a stop ends it.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol, TypeVar
from urllib.parse import urlsplit

from harvester.archive.limiter import rules
from harvester.archive.limiter.budget import Budget
from harvester.archive.limiter.rules import Admitted, Endpoint, Held, LimiterState, Limits, Verdict
from harvester.errors import ArchiveUnavailable, Stopped
from harvester.settings import ArchiveSettings
from harvester.timing import timed

T = TypeVar("T")
log = logging.getLogger(__name__)

#: How often, in seconds, those who wait for another's probe look again.
PROBE_POLL = 0.25
#: A wait for a slot, in seconds, that somebody would take for a program that hangs.
LONG_WAIT = 60.0


def key_of(archive: ArchiveSettings) -> str:
    """Return the name under which the state of an archive is kept: its host, whatever the settings call it."""
    return urlsplit(archive.playback).netloc.lower()


class LimiterStore(Protocol):
    """Keeps one `LimiterState` for each archive (`key`, its host), shared by all processes of an installation."""

    def update(self, key: str, transition: Callable[[LimiterState], tuple[LimiterState, T]]) -> T:
        """Replace the state by the transition's, atomically, and return the transition's other result.

        A key that was never seen has `LimiterState()`. The transition is pure and quick; it may be run again when the
        transaction has to be.
        """
        ...


class Limiter:
    """Lets requests to one archive through as its limits allow. One for a process; thread-safe.

    `stop` ends every wait with `Stopped`. `clock` (seconds since 1970) and `wait` (sleeps, true when stopped) are
    arguments for tests.
    """

    def __init__(
        self,
        archive: ArchiveSettings,
        store: LimiterStore,
        *,
        limits: Limits | None = None,
        budget: Budget | None = None,
        stop: threading.Event | None = None,
        clock: Callable[[], float] = time.time,
        wait: Callable[[float], bool] | None = None,
    ) -> None:
        self.key = key_of(archive)
        self.limits = limits or Limits.of(archive)
        self.budget = budget or Budget()
        self.stop = stop or threading.Event()
        self.clock = clock
        self._store = store
        self._wait = wait or self.stop.wait

    def enter(self, endpoint: Endpoint) -> Admitted:
        """Return when one request may be sent, which is then counted.

        Raises `BudgetSpent`, `Stopped`, or `ArchiveUnavailable` when the archive is to be left alone for longer than
        the patience of the limits.
        """
        self._check_stop()
        self.budget.take(endpoint)
        try:
            with timed("wait", endpoint):
                return self._admitted(endpoint)
        except BaseException:
            self.budget.give_back(endpoint)
            raise

    def sleep(self, seconds: float) -> None:
        """Wait between two tries; raises `Stopped` when the run is asked to stop meanwhile."""
        if self._wait(max(0.0, seconds)):
            raise Stopped("stopped while waiting for the archive; nothing that was stored is lost")

    def good(self, pass_: Admitted) -> None:
        """Record a proper answer of the archive (whatever its status) to the request admitted by `pass_`."""
        if pass_.troubled:
            self._update(lambda state, now: rules.on_good(state, now))

    def limited(self, retry_after: str | None) -> None:
        """Record a 429 of the archive; `retry_after` is the header."""
        log.warning("%s: 429, Retry-After %s: all requests pause", self.key, retry_after)
        self._update(
            lambda state, now: rules.on_limited(state, self.limits, rules.retry_after_seconds(retry_after, now), now)
        )

    def refused(self, what: str) -> None:
        """Record that no connection to the archive could be made."""
        self._update(lambda state, now: rules.on_refused(state, self.limits, now, what))

    def unsent(self, endpoint: Endpoint) -> None:
        """Record that an admitted request was not sent: it says nothing of the archive."""
        self.budget.give_back(endpoint)
        self._update(lambda state, now: rules.on_unsent(state, endpoint))

    def failed(self, what: str) -> None:
        """Record a 5xx, no answer, or an incomplete one."""
        self._update(lambda state, now: rules.on_failed(state, self.limits, now, what))

    def state(self) -> LimiterState:
        """Return the present state of the archive, for `status`."""
        return self._store.update(self.key, lambda state: (state, state))

    def reset(self) -> None:
        """Clear pause and breaker (`harvester archive reset`)."""
        self._update(lambda state, now: rules.on_reset(state))

    def _admitted(self, endpoint: Endpoint) -> Admitted:
        verdict = self._decide(lambda state, now: rules.admit(state, endpoint, self.limits, now))
        while True:
            if isinstance(verdict, Held):
                self._wait_out(verdict)
                verdict = self._decide(lambda state, now: rules.admit(state, endpoint, self.limits, now))
                continue
            delay = verdict.at - self.clock()
            if delay <= 0:
                return verdict
            if delay > LONG_WAIT:
                log.warning(
                    "%s: the next request waits for %.0f s: requests before it, or a clock that was ahead, "
                    "have taken the time until then",
                    self.key,
                    delay,
                )
            self.sleep(delay)
            slot = verdict.at
            verdict = self._decide(
                lambda state, now, slot=slot: rules.confirm(state, endpoint, self.limits, slot, now)  # type: ignore[misc]
            )
            if isinstance(verdict, Admitted) and verdict.at == slot:
                return verdict

    def _wait_out(self, hold: Held) -> None:
        seconds = hold.until - self.clock()
        if hold.kind == "probing":
            self.sleep(min(seconds, PROBE_POLL))
            return
        if seconds > (self.limits.patience if hold.kind == "paused" else self.limits.block_patience):
            raise ArchiveUnavailable(
                f"{self.key} is paused for {seconds:.0f} s: {hold.reason}; "
                "run again later, or run `harvester archive reset` to retry now",
                retry_at_seconds=seconds,
            )
        self.sleep(seconds)

    def _check_stop(self) -> None:
        if self.stop.is_set():
            raise Stopped("stopped before the next request; nothing that was stored is lost")

    def _decide(self, rule: Callable[[LimiterState, float], tuple[LimiterState, Verdict]]) -> Verdict:
        def decide(state: LimiterState) -> tuple[LimiterState, Verdict]:
            now = self.clock()
            state = rules.believable(state, now)
            decided, verdict = rule(state, now)
            # Who only looks again writes nothing.
            return (state if decided == state else replace(decided, decided_at=now)), verdict

        return self._store.update(self.key, decide)

    def _update(self, rule: Callable[[LimiterState, float], LimiterState]) -> None:
        self._store.update(self.key, lambda state: (rule(state, self.clock()), None))
