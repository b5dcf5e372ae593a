"""Which of several archives is asked first for a capture that each of them has."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.archive.limiter.budget import Budget
from harvester.archive.limiter.cheapest import Standing, cheapest_first
from harvester.archive.limiter.rules import LimiterState, Limits
from harvester.settings import Settings

NOW = 1_800_000_000.0
IDLE = Standing("idle", "closed", 0.0, 0.125, None)


def other(**values: object) -> Standing:
    return replace(IDLE, name="other", **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (IDLE, other()),  # equal: as they were given
        (IDLE, other(interval=2.0)),  # it may be asked less often
        (IDLE, other(wait=1.5)),  # others are queued there
        (IDLE, other(wait=60.0)),  # it asked to slow down
        (other(interval=2.0), replace(IDLE, wait=60.0)),  # slow is sooner than paused
        (IDLE, other(breaker="half-open", interval=0.01)),  # one request tries whether it answers again
        (IDLE, other(breaker="open", interval=0.01)),
        (IDLE, other(left=0, interval=0.01)),  # its budget is used up
        (other(left=1, interval=2.0), replace(IDLE, left=0)),
        (other(breaker="half-open"), replace(IDLE, left=0)),  # it may answer, the other does not
        (replace(IDLE, left=0), other(breaker="open")),
        (replace(IDLE, wait=90.0), other(breaker="open")),
    ],
)
def test_the_archive_where_a_request_costs_less_is_asked_first(first: Standing, second: Standing) -> None:
    names = [first.name, second.name]
    assert cheapest_first([first, second]) == names
    if first is not IDLE or second != other():
        assert cheapest_first([second, first]) == names


def test_a_queue_of_less_than_a_second_decides_nothing() -> None:
    busy = replace(IDLE, wait=0.9)
    assert cheapest_first([busy, other()]) == ["idle", "other"]
    assert cheapest_first([other(wait=0.9), IDLE]) == ["other", "idle"]


STANDINGS = st.builds(
    Standing,
    name=st.text("abcdef", min_size=1, max_size=4),
    breaker=st.sampled_from(["closed", "half-open", "open"]),
    wait=st.floats(0, 1000),
    interval=st.floats(0.01, 60),
    left=st.none() | st.integers(0, 9),
)


@given(st.lists(STANDINGS, max_size=6, unique_by=lambda one: one.name))
def test_each_archive_is_asked_once_and_those_that_are_blocked_last(standings: list[Standing]) -> None:
    order = cheapest_first(standings)
    assert sorted(order) == sorted(one.name for one in standings)
    blocked = {one.name for one in standings if one.breaker == "open"}
    assert set(order[len(order) - len(blocked) :]) == blocked


def test_the_standing_is_read_from_limits_limiter_and_budget() -> None:
    limits, budget = Limits.of(Settings().archive_named("arquivo.pt")), Budget(2)
    state = LimiterState(playback_next_at=NOW + 3, paused_until=NOW + 90)
    budget.take("cdx")
    found = Standing.of("arquivo.pt", limits, state, budget.left, NOW)
    assert found == Standing("arquivo.pt", "closed", 90.0, 1 / 0.6, 1)
    budget.take("playback")
    open_ = Standing.of("arquivo.pt", limits, LimiterState(blocked_until=NOW + 60), budget.left, NOW)
    assert (open_.breaker, open_.wait, open_.left) == ("open", 0.0, 0)
    assert Standing.of("x", limits, LimiterState(blocked_until=NOW - 1), None, NOW).breaker == "half-open"
    far = LimiterState(playback_next_at=NOW + 10_000_000)
    assert Standing.of("x", limits, far, None, NOW).wait == 0.0, "of a clock that was wrong"
