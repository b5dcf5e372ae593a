"""The arithmetic of politeness, at a clock that the tests hold."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from email.utils import format_datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.archive.limiter.rules import (
    DAY,
    Admitted,
    Endpoint,
    Held,
    LimiterState,
    Limits,
    admit,
    believable,
    confirm,
    held,
    on_failed,
    on_good,
    on_limited,
    on_refused,
    on_reset,
    retry_after_seconds,
)
from harvester.settings import INTERNET_ARCHIVE, Settings

LIMITS = Limits.of(INTERNET_ARCHIVE)
NOW = 1_800_000_000.0
ENDPOINTS: tuple[Endpoint, ...] = ("cdx", "playback")


def admitted(state: LimiterState, now: float, endpoint: Endpoint = "playback") -> tuple[LimiterState, float]:
    state, verdict = admit(state, endpoint, LIMITS, now)
    assert isinstance(verdict, Admitted)
    return state, verdict.at


def blocked(now: float = NOW) -> LimiterState:
    state = LimiterState()
    for _ in range(LIMITS.refusals):
        state = on_refused(state, LIMITS, now, "connections are refused")
    return state


def test_the_default_rates_are_80_percent_of_what_the_internet_archive_stated() -> None:
    assert 60 / LIMITS.cdx_interval == pytest.approx(0.8 * 30)
    assert 1 / LIMITS.playback_interval == pytest.approx(0.8 * 600 / 60)


def test_on_loopback_the_rates_are_the_settings_and_the_waits_are_short() -> None:
    limits = Limits.of(Settings().archive_named("http://127.0.0.1:8090"))
    assert limits.playback_interval == 1 / 10_000
    assert limits.pause < LIMITS.pause
    assert limits.block < LIMITS.block


@given(st.lists(st.tuples(st.sampled_from(ENDPOINTS), st.floats(0, 30)), max_size=60))
def test_slots_of_an_endpoint_are_never_nearer_than_its_interval(asked: list[tuple[Endpoint, float]]) -> None:
    state, now = LimiterState(), NOW
    slots: dict[Endpoint, list[float]] = {"cdx": [], "playback": []}
    for endpoint, passed in asked:
        now += passed
        state, slot = admitted(state, now, endpoint)
        assert slot >= now
        slots[endpoint].append(slot)
    for endpoint in ENDPOINTS:
        times = slots[endpoint]
        assert all(b - a >= LIMITS.interval(endpoint) - 1e-6 for a, b in pairwise(times))


def test_the_endpoints_do_not_wait_for_each_other() -> None:
    state, _ = admitted(LimiterState(), NOW, "cdx")
    assert admitted(state, NOW, "playback")[1] == NOW
    assert admitted(state, NOW, "cdx")[1] == NOW + 2.5


@pytest.mark.parametrize(("asked", "length"), [(None, 60), (5.0, 60), (600.0, 600), (1e9, DAY)])
def test_a_429_stops_both_endpoints_for_at_least_a_minute(asked: float | None, length: float) -> None:
    state = on_limited(LimiterState(), LIMITS, asked, NOW)
    for endpoint in ENDPOINTS:
        _, verdict = admit(state, endpoint, LIMITS, NOW + length - 0.001)
        assert verdict == Held(NOW + length, "paused", "the archive asked to slow down (429)")
        assert isinstance(admit(state, endpoint, LIMITS, NOW + length)[1], Admitted)


def test_a_pause_doubles_when_a_429_follows_it_and_is_forgiven_after_as_long_a_time() -> None:
    state = on_limited(LimiterState(), LIMITS, None, NOW)
    again = on_limited(on_good(state, NOW + 61), LIMITS, None, NOW + 62)
    assert again.paused_until == NOW + 62 + 120
    later = on_limited(on_good(state, NOW + 120), LIMITS, None, NOW + 121)
    assert later.paused_until == NOW + 121 + 60


def test_pauses_double_up_to_a_day() -> None:
    state, now = LimiterState(), NOW
    for _ in range(20):
        state = on_limited(state, LIMITS, None, now)
        now = state.paused_until
    assert state.pause_seconds == DAY


def test_a_429_to_a_request_under_way_when_the_pause_began_does_not_double_it() -> None:
    state = on_limited(LimiterState(), LIMITS, None, NOW)
    for _ in range(8):
        state = on_limited(state, LIMITS, None, NOW + 0.5)
    assert state.paused_until == NOW + 60
    assert on_limited(state, LIMITS, 90, NOW + 0.5).paused_until == NOW + 90.5


def test_a_slot_that_was_waited_for_is_void_once_a_pause_has_begun() -> None:
    state, _ = admitted(LimiterState(), NOW, "cdx")
    state, slot = admitted(state, NOW, "cdx")
    before = state.cdx_requests
    paused = on_limited(state, LIMITS, None, NOW + 1)
    after, verdict = confirm(paused, "cdx", LIMITS, slot, slot)
    assert isinstance(verdict, Held)
    assert after.cdx_requests == before - 1


def test_a_slot_that_has_gone_by_is_given_up_for_a_new_one() -> None:
    state, slot = admitted(LimiterState(), NOW, "cdx")
    _, verdict = confirm(state, "cdx", LIMITS, slot, slot + 1)
    assert verdict == Admitted(slot, False)
    after, verdict = confirm(state, "cdx", LIMITS, slot, slot + 100)
    assert verdict == Admitted(slot + 100, False)
    assert after.cdx_requests == state.cdx_requests


def test_refused_connections_in_a_row_open_the_breaker_for_both_endpoints() -> None:
    state = LimiterState()
    for _ in range(LIMITS.refusals - 1):
        state = on_refused(state, LIMITS, NOW, "refused")
    assert state.breaker(NOW) == "closed"
    state = on_refused(state, LIMITS, NOW, "refused")
    assert state.breaker(NOW) == "open"
    for endpoint in ENDPOINTS:
        assert admit(state, endpoint, LIMITS, NOW)[1] == Held(NOW + 60, "blocked", "refused")


def test_one_bad_capture_cannot_open_the_breaker() -> None:
    state = LimiterState()
    for _ in range(LIMITS.failures - 1):
        state = on_failed(state, LIMITS, NOW, "503")
    assert state.breaker(NOW) == "closed"
    assert on_failed(state, LIMITS, NOW, "503").breaker(NOW) == "open"
    assert on_failed(on_good(state, NOW), LIMITS, NOW, "503").breaker(NOW) == "closed"


def test_a_half_open_breaker_lets_one_probe_through() -> None:
    state = blocked()
    assert state.breaker(NOW + 60) == "half-open"
    state, _ = admitted(state, NOW + 60)
    for endpoint in ENDPOINTS:
        assert isinstance(admit(state, endpoint, LIMITS, NOW + 61)[1], Held)


def test_a_good_probe_closes_the_breaker() -> None:
    state, _ = admitted(blocked(), NOW + 60)
    state = on_good(state, NOW + 61)
    assert state.breaker(NOW + 61) == "closed"
    assert not state.troubled
    admitted(state, NOW + 61)


def test_a_429_to_a_probe_closes_the_breaker_and_pauses() -> None:
    state, _ = admitted(blocked(), NOW + 60)
    state = on_limited(state, LIMITS, None, NOW + 61)
    assert state.breaker(NOW + 61) == "closed"
    assert held(state, NOW + 61) == Held(NOW + 121, "paused", "the archive asked to slow down (429)")


@pytest.mark.parametrize("fail", [on_refused, on_failed])
def test_a_bad_probe_opens_the_breaker_for_twice_as_long_up_to_a_day(fail: type) -> None:
    state, now, lengths = blocked(), NOW, []
    for _ in range(12):
        now = state.blocked_until
        state, _ = admitted(state, now)
        state = fail(state, LIMITS, now + 1, "still refused")
        lengths.append(state.blocked_until - now - 1)
    assert lengths[:3] == [120, 240, 480]
    assert lengths[-1] == DAY


def test_a_probe_whose_sender_died_is_followed_by_another() -> None:
    state, slot = admitted(blocked(), NOW + 60)
    assert isinstance(admit(state, "cdx", LIMITS, slot + LIMITS.probe_lease - 1)[1], Held)
    assert isinstance(admit(state, "cdx", LIMITS, slot + LIMITS.probe_lease)[1], Admitted)


def test_the_prober_itself_is_not_held_by_its_own_probe() -> None:
    state, _ = admitted(LimiterState(), NOW, "cdx")
    state = blocked_again(state, NOW)
    state, slot = admitted(state, NOW + 60, "cdx")
    assert isinstance(confirm(state, "cdx", LIMITS, slot, slot + 0.01)[1], Admitted)


def blocked_again(state: LimiterState, now: float) -> LimiterState:
    for _ in range(LIMITS.refusals):
        state = on_refused(state, LIMITS, now, "refused")
    return state


def test_refusals_of_requests_under_way_do_not_lengthen_an_open_breaker() -> None:
    state = blocked()
    assert on_refused(state, LIMITS, NOW + 1, "refused").blocked_until == state.blocked_until


def test_a_reset_clears_pause_and_breaker_and_keeps_rate_and_counts() -> None:
    state, _ = admitted(LimiterState(), NOW, "cdx")
    state = on_reset(on_limited(blocked_again(state, NOW), LIMITS, None, NOW))
    assert held(state, NOW) is None
    assert state.cdx_requests == 1
    assert admitted(state, NOW, "cdx")[1] == NOW + 2.5


def test_what_a_plan_takes_is_the_slower_endpoint() -> None:
    assert LIMITS.seconds_for(24, 8) == pytest.approx(60)
    assert LIMITS.seconds_for(1, 800) == pytest.approx(100)


def test_retry_after_is_a_number_or_a_date() -> None:
    moment = datetime.fromtimestamp(NOW + 90, UTC)
    assert retry_after_seconds("120", NOW) == 120
    assert retry_after_seconds(format_datetime(moment, usegmt=True), NOW) == 90
    assert retry_after_seconds("Sun, 06 Nov 1994 08:49:37 GMT", NOW) == 0
    assert retry_after_seconds(None, NOW) is None


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo"])
def test_a_retry_after_date_without_a_zone_is_in_utc_wherever_the_machine_is(
    monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        moment = datetime.fromtimestamp(NOW + 90, UTC)
        assert retry_after_seconds(f"{moment:%a, %d %b %Y %H:%M:%S} -0000", NOW) == 90
    finally:
        monkeypatch.undo()
        time.tzset()


@given(st.text())
def test_a_senseless_retry_after_says_nothing(value: str) -> None:
    seconds = retry_after_seconds(value, NOW)
    assert seconds is None or seconds >= 0


EVENTS = st.sampled_from(["good", "limited", "refused", "failed", "ask", "ask", "ask"])


@given(st.lists(st.tuples(EVENTS, st.floats(0, 200)), max_size=80))
def test_nothing_is_admitted_in_a_pause_or_while_the_breaker_is_open(events: list[tuple[str, float]]) -> None:
    state, now = LimiterState(), NOW
    for event, passed in events:
        now += passed
        if event == "good":
            state = on_good(state, now)
        elif event == "limited":
            state = on_limited(state, LIMITS, None, now)
            assert state.paused_until >= now
        elif event == "refused":
            state = on_refused(state, LIMITS, now, "refused")
        elif event == "failed":
            state = on_failed(state, LIMITS, now, "failed")
        else:
            shut = now < state.paused_until or now < state.blocked_until
            state, verdict = admit(state, "playback", LIMITS, now)
            assert not (shut and isinstance(verdict, Admitted))
            assert shut or state.probe_until > now or isinstance(verdict, Admitted)
        assert state.blocked_until - now <= DAY
        assert state.paused_until - now <= DAY


@pytest.mark.parametrize("ahead", [2 * DAY, 400 * DAY])
def test_what_a_clock_that_was_ahead_wrote_is_waited_for_a_day_at_most(ahead: float) -> None:
    state = blocked(NOW + ahead)
    state, _ = admitted(on_limited(state, LIMITS, 60.0, NOW + ahead), NOW + ahead + 2 * DAY)
    found = believable(state, NOW)
    assert held(found, NOW + DAY) is None
    assert admitted(found, NOW + DAY)[1] == NOW + DAY


def test_what_the_rules_themselves_wrote_is_believed() -> None:
    state = on_limited(blocked(), LIMITS, DAY, NOW)
    assert believable(state, NOW) == state
    for _ in range(200):
        state = admit(state, "cdx", LIMITS, NOW + DAY)[0]
    assert believable(state, NOW + DAY) == state


def test_a_state_that_a_newer_release_wrote_is_read_as_far_as_it_is_known() -> None:
    assert LimiterState.read('{"cdx_requests": 3, "not_known_yet": true}') == LimiterState(cdx_requests=3)
    assert LimiterState.read(None) == LimiterState()
