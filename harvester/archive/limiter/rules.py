"""The arithmetic of politeness: when a request may be sent, and when none may.

Pure functions on `LimiterState`, one state for one archive (a host): its endpoints have a rate each, and a pause
or a block concerns both. Times are seconds since 1970 (they outlive a process), lengths are seconds.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Literal
from urllib.parse import urlsplit

from harvester.settings import LOOPBACK, ArchiveSettings

Endpoint = Literal["cdx", "playback", "save"]

DAY = 86_400.0
HOUR = 3_600.0
"""Seconds: no queue of requests reaches as far ahead, and no probe lasts as long."""
CLOCK_BACK = 300.0
"""Seconds by which a clock must be behind the last one to have been set back: clocks of machines differ by less."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one archive.

    `pause` is how long a 429 stops everything at least (the Internet Archive asks for a minute), `block` how long the
    breaker stays open at first; both double up to a day. `refusals` and `failures` in a row open the breaker: more
    failures than one capture has tries, so that one bad capture cannot. `patience` is how long a caller waits out a
    pause, `block_patience` an open breaker, before it is told `ArchiveUnavailable`. `backoff` is the first delay
    between two tries of one request.
    """

    cdx_interval: float
    playback_interval: float
    save_interval: float = 15.0
    pause: float = 60.0
    block: float = 60.0
    refusals: int = 3
    failures: int = 10
    patience: float = 900.0
    block_patience: float = 0.0
    probe_lease: float = 600.0
    backoff: float = 1.0

    @classmethod
    def of(cls, archive: ArchiveSettings) -> Limits:
        """Return the limits of the settings. On loopback, where nobody is disturbed, the waits are short."""
        intervals = (60.0 / archive.cdx_per_minute, 1.0 / archive.captures_per_second)
        if urlsplit(archive.playback).hostname in LOOPBACK:
            return cls(*intervals, 0.05, pause=1.0, block=1.0, block_patience=30.0, probe_lease=60.0, backoff=0.05)
        return cls(*intervals, pause=archive.pause.total_seconds(), save_interval=60.0 / archive.saves_per_minute)

    def interval(self, endpoint: Endpoint) -> float:
        """Return the seconds between two requests to an endpoint."""
        return {"cdx": self.cdx_interval, "playback": self.playback_interval, "save": self.save_interval}[endpoint]

    def seconds_for(self, cdx: int, playback: int) -> float:
        """Return the minimum seconds for so many requests; the endpoints are queried side by side."""
        return max(cdx * self.cdx_interval, playback * self.playback_interval)


@dataclass(frozen=True, slots=True)
class LimiterState:
    """Everything that all processes must know of one archive before they send it a request.

    The breaker is closed while `blocked_until` is 0; open before that instant; after it, half-open: one request at a
    time goes through as a probe, until `probe_until` at most (its sender may have died).
    """

    cdx_next_at: float = 0.0
    playback_next_at: float = 0.0
    paused_until: float = 0.0
    pause_seconds: float = 0.0
    refused_in_row: int = 0
    failed_in_row: int = 0
    blocked_until: float = 0.0
    block_seconds: float = 0.0
    probe_until: float = 0.0
    cdx_requests: int = 0
    playback_requests: int = 0
    reason: str = ""
    save_next_at: float = 0.0
    save_requests: int = 0
    decided_at: float = 0.0
    """When a request was last admitted."""

    @classmethod
    def read(cls, stored: str | bytes | None) -> LimiterState:
        """Return the state kept as JSON. What only a newer harvester on the same store knows is left out."""
        known = json.loads(stored) if stored else {}
        return cls(**{field.name: known[field.name] for field in fields(cls) if field.name in known})

    def next_at(self, endpoint: Endpoint) -> float:
        """Return when the next free slot of an endpoint is."""
        return {"cdx": self.cdx_next_at, "playback": self.playback_next_at, "save": self.save_next_at}[endpoint]

    def counted(self, endpoint: Endpoint, number: int) -> LimiterState:
        """Return the state with so many more requests to an endpoint."""
        if endpoint == "cdx":
            return replace(self, cdx_requests=self.cdx_requests + number)
        if endpoint == "playback":
            return replace(self, playback_requests=self.playback_requests + number)
        return replace(self, save_requests=self.save_requests + number)

    def occupied(self, endpoint: Endpoint, until: float) -> LimiterState:
        """Return the state with the slots of an endpoint taken until an instant."""
        if endpoint == "cdx":
            return replace(self, cdx_next_at=until)
        return replace(self, playback_next_at=until) if endpoint == "playback" else replace(self, save_next_at=until)

    @property
    def troubled(self) -> bool:
        """Whether a good answer would change anything."""
        return bool(self.refused_in_row or self.failed_in_row or self.blocked_until or self.pause_seconds)

    def breaker(self, now: float) -> Literal["closed", "open", "half-open"]:
        """Return the state of the circuit breaker at an instant."""
        if not self.blocked_until:
            return "closed"
        return "open" if now < self.blocked_until else "half-open"


@dataclass(frozen=True, slots=True)
class Admitted:
    """A request may be sent at the instant `at`, and not much later; `troubled`: tell the limiter of a good answer."""

    at: float
    troubled: bool


@dataclass(frozen=True, slots=True)
class Held:
    """No request may be sent before `until`, because of a pause, an open breaker, or another's probe."""

    until: float
    kind: Literal["paused", "blocked", "probing"]
    reason: str


Verdict = Admitted | Held


def believable(state: LimiterState, now: float) -> LimiterState:
    """Return the state without instants that are further ahead than any rule puts them.

    A clock that was ahead and has been set right would have them waited for, for years if need be. If it shows less
    than at the last decision, what was ahead then is as far ahead now.
    """
    if (back := state.decided_at - now) > CLOCK_BACK:
        ahead = ("cdx_next_at", "playback_next_at", "save_next_at", "paused_until", "blocked_until", "probe_until")
        state = replace(state, decided_at=now, **{name: max(0.0, getattr(state, name) - back) for name in ahead})

    def slot(at: float) -> float:
        return at if at <= now + HOUR else now

    return replace(
        state,
        cdx_next_at=slot(state.cdx_next_at),
        playback_next_at=slot(state.playback_next_at),
        save_next_at=slot(state.save_next_at),
        paused_until=min(state.paused_until, now + DAY),
        blocked_until=min(state.blocked_until, now + DAY),
        probe_until=min(state.probe_until, now + HOUR),
    )


def held(state: LimiterState, now: float) -> Held | None:
    """Return what holds back every request at this instant, if anything does."""
    if now < state.paused_until:
        return Held(state.paused_until, "paused", state.reason)
    if now < state.blocked_until:
        return Held(state.blocked_until, "blocked", state.reason)
    if state.blocked_until and now < state.probe_until:
        return Held(state.probe_until, "probing", f"{state.reason}; one request is testing whether it answers again")
    return None


def admit(state: LimiterState, endpoint: Endpoint, limits: Limits, now: float) -> tuple[LimiterState, Verdict]:
    """Give the next free slot of an endpoint (GCRA without a burst: evenly spaced), or say what forbids it."""
    if hold := held(state, now):
        return state, hold
    slot = max(now, state.next_at(endpoint))
    state = state.occupied(endpoint, slot + limits.interval(endpoint)).counted(endpoint, 1)
    if state.blocked_until:
        state = replace(state, probe_until=slot + limits.probe_lease)
    return state, Admitted(slot, state.troubled)


def confirm(
    state: LimiterState, endpoint: Endpoint, limits: Limits, slot: float, now: float
) -> tuple[LimiterState, Verdict]:
    """Look again after waiting for a slot: a pause may have begun meanwhile, or the slot have gone by.

    A slot that is an interval late (a machine that slept, a busy processor) is given up for a new one, so that late
    requests do not come in a heap.
    """
    probing = bool(state.blocked_until) and state.probe_until == slot + limits.probe_lease
    hold = None if probing and now >= state.paused_until else held(state, now)
    if hold is None and now <= slot + limits.interval(endpoint):
        return state, Admitted(slot, state.troubled)
    state = state.counted(endpoint, -1)
    if probing:
        state = replace(state, probe_until=0.0)
    return (state, hold) if hold else admit(state, endpoint, limits, now)


def on_good(state: LimiterState, now: float) -> LimiterState:
    """Record a proper answer: the breaker closes. A pause keeps its length until requests have gone well for as
    long.
    """
    forgiven = now >= state.paused_until + state.pause_seconds
    return replace(
        state,
        refused_in_row=0,
        failed_in_row=0,
        blocked_until=0.0,
        block_seconds=0.0,
        probe_until=0.0,
        pause_seconds=0.0 if forgiven else state.pause_seconds,
        reason=state.reason if now < state.paused_until else "",
    )


def on_limited(state: LimiterState, limits: Limits, retry_after: float | None, now: float) -> LimiterState:
    """Record a 429: no requests for `retry_after` seconds, at least a minute, longer each time it recurs.

    Answers to requests that were under way when the pause began do not make it longer each.
    """
    alive = replace(on_good(state, now), pause_seconds=state.pause_seconds)
    asked = min(retry_after or 0.0, DAY)
    if now < state.paused_until:
        return replace(alive, paused_until=max(state.paused_until, now + asked), reason=state.reason)
    length = min(DAY, max(limits.pause, asked, 2 * state.pause_seconds))
    return replace(
        alive, paused_until=now + length, pause_seconds=length, reason="the archive asked to slow down (429)"
    )


def on_refused(state: LimiterState, limits: Limits, now: float, what: str) -> LimiterState:
    """Record that no connection could be made: how the Internet Archive's firewall shows itself."""
    counted = replace(state, refused_in_row=state.refused_in_row + 1)
    return _perhaps_block(counted, limits, now, counted.refused_in_row >= limits.refusals, what)


def on_unsent(state: LimiterState, endpoint: Endpoint) -> LimiterState:
    """Record that an admitted request could not be sent: it is not counted, and another may be the probe."""
    return replace(state.counted(endpoint, -1), probe_until=0.0)


def on_failed(state: LimiterState, limits: Limits, now: float, what: str) -> LimiterState:
    """Record a failure of the archive (5xx, time-out, reset)."""
    counted = replace(state, failed_in_row=state.failed_in_row + 1)
    return _perhaps_block(counted, limits, now, counted.failed_in_row >= limits.failures, what)


def on_reset(state: LimiterState) -> LimiterState:
    """Forget pause and breaker, at the user's word; the rates stay."""
    return replace(
        LimiterState(),
        cdx_next_at=state.cdx_next_at,
        playback_next_at=state.playback_next_at,
        save_next_at=state.save_next_at,
        cdx_requests=state.cdx_requests,
        playback_requests=state.playback_requests,
        save_requests=state.save_requests,
    )


def _perhaps_block(state: LimiterState, limits: Limits, now: float, enough: bool, what: str) -> LimiterState:
    if now < state.blocked_until:
        return state
    if not (enough or state.blocked_until):
        return state
    length = min(DAY, max(limits.block, 2 * state.block_seconds))
    return replace(state, blocked_until=now + length, block_seconds=length, probe_until=0.0, reason=what)


def retry_after_seconds(value: str | None, now: float) -> float | None:
    """Return the seconds of a Retry-After header (RFC 9110: a number, or an HTTP date); None if it has none."""
    if value is None:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit() and len(value) < 10:
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, moment.timestamp() - now)
