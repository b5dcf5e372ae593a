"""The limiter: shared by threads and limiters on one store, stoppable, counted."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from itertools import pairwise
from typing import Any

import pytest

from harvester.archive.limiter.budget import Budget
from harvester.archive.limiter.limiter import Limiter
from harvester.archive.limiter.rules import Admitted, Endpoint, Limits
from harvester.errors import ArchiveUnavailable, BudgetSpent, Stopped, TransientFailure
from harvester.settings import INTERNET_ARCHIVE, Settings
from tests.support.archive_server.limiter_store import MemoryLimiterStore
from tests.support.service.installations import until


class Clock:
    """A clock that moves only when someone waits."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0
        self.waits: list[float] = []

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> bool:
        self.waits.append(seconds)
        self.now += seconds
        return False


def limiter_at(clock: Clock, store: MemoryLimiterStore | None = None, **limits: float) -> Limiter:
    rules = Limits(2.5, 0.125, **limits)  # type: ignore[arg-type]
    return Limiter(INTERNET_ARCHIVE, store or MemoryLimiterStore(), limits=rules, clock=clock, wait=clock.wait)


def test_requests_pass_evenly_spaced() -> None:
    clock = Clock()
    limiter = limiter_at(clock)
    times = []
    for _ in range(5):
        limiter.enter("cdx")
        times.append(clock.now)
    assert [round(b - a, 6) for a, b in pairwise(times)] == [2.5] * 4


def test_two_limiters_on_one_store_share_one_rate() -> None:
    clock, store = Clock(), MemoryLimiterStore()
    limiters = [limiter_at(clock, store), limiter_at(clock, store)]
    begun = clock.now
    for i in range(9):
        limiters[i % 2].enter("cdx")
    assert clock.now - begun == pytest.approx(8 * 2.5)


@pytest.mark.parametrize("back", [400.0, 1800.0, 3600.0, 400 * 86_400.0])
def test_a_clock_that_is_set_back_is_not_waited_for(back: float) -> None:
    clock, store = Clock(), MemoryLimiterStore()
    limiter_at(clock, store).enter("cdx")
    clock.now -= back
    for _ in range(3):
        limiter_at(clock, store).enter("cdx")
    assert sum(clock.waits) == pytest.approx(7.5)


def test_a_pause_lasts_as_long_whatever_is_done_to_the_clock() -> None:
    clock, store = Clock(), MemoryLimiterStore()
    limiter_at(clock, store).enter("cdx")
    limiter_at(clock, store).limited("120")
    clock.now -= 3600
    limiter_at(clock, store).enter("cdx")
    assert sum(clock.waits) == pytest.approx(120)


def test_a_long_wait_for_a_slot_is_said(caplog: pytest.LogCaptureFixture) -> None:
    clock, store = Clock(), MemoryLimiterStore()
    limiter_at(clock, store).enter("cdx")
    limiter_at(clock, store).enter("cdx")
    assert caplog.messages == []
    clock.now -= 250
    limiter_at(clock, store).enter("playback")
    assert caplog.messages == []
    limiter_at(clock, store).enter("cdx")
    (said,) = caplog.messages
    assert "waits for 252 s" in said


def test_an_archive_has_one_limiter_under_whatever_name_it_is_configured() -> None:
    alias = Settings().archive_named("https://web.archive.org")
    assert (
        Limiter(alias, MemoryLimiterStore()).key
        == Limiter(INTERNET_ARCHIVE, MemoryLimiterStore()).key
        == "web.archive.org"
    )


def test_a_host_in_capitals_has_no_limiter_of_its_own() -> None:
    loud = INTERNET_ARCHIVE.model_copy(update={"playback": "https://Web.Archive.ORG/web"})
    assert Limiter(loud, MemoryLimiterStore()).key == Limiter(INTERNET_ARCHIVE, MemoryLimiterStore()).key


def test_a_429_pauses_every_request_of_every_limiter_of_the_installation() -> None:
    clock, store = Clock(), MemoryLimiterStore()
    one, other = limiter_at(clock, store), limiter_at(clock, store)
    one.enter("cdx")
    one.limited(None)
    begun = clock.now
    other.enter("playback")
    assert clock.now - begun >= 60


def test_a_pause_longer_than_the_patience_is_told_and_not_slept() -> None:
    clock = Clock()
    limiter = limiter_at(clock)
    limiter.limited("3600")
    with pytest.raises(ArchiveUnavailable, match="3600 s") as told:
        limiter.enter("cdx")
    assert told.value.retry_at_seconds == pytest.approx(3600)
    assert not isinstance(told.value, TransientFailure)
    assert clock.waits == []


def test_the_breaker_survives_a_restart_and_is_reset_by_hand() -> None:
    clock, store = Clock(), MemoryLimiterStore()
    limiter = limiter_at(clock, store)
    for _ in range(3):
        limiter.refused("connections are refused")
    restarted = limiter_at(clock, store)
    with pytest.raises(ArchiveUnavailable, match="connections are refused"):
        restarted.enter("playback")
    restarted.reset()
    assert isinstance(restarted.enter("playback"), Admitted)


def test_what_was_not_sent_is_not_counted() -> None:
    clock = Clock()
    budget = Budget(10)
    limiter = Limiter(
        INTERNET_ARCHIVE, MemoryLimiterStore(), limits=Limits(1, 1), budget=budget, clock=clock, wait=clock.wait
    )
    limiter.enter("playback")
    for _ in range(3):
        limiter.refused("refused")
    with pytest.raises(ArchiveUnavailable):
        limiter.enter("playback")
    assert budget.spent == {"cdx": 0, "playback": 1}
    assert limiter.state().playback_requests == 1


def test_a_budget_ends_a_run_cleanly() -> None:
    clock = Clock()
    limiter = Limiter(
        INTERNET_ARCHIVE, MemoryLimiterStore(), limits=Limits(1, 1), budget=Budget(2), clock=clock, wait=clock.wait
    )
    limiter.enter("cdx")
    limiter.enter("playback")
    with pytest.raises(BudgetSpent, match=r"request budget \(2\)") as told:
        limiter.enter("playback")
    assert told.value.exit_code == 0


def test_threads_that_count_at_the_same_instant_do_not_overspend_a_budget() -> None:
    begun, together = threading.Barrier(2), threading.Barrier(2)

    class Watched(dict[Endpoint, int]):
        """Figures that wait, when read, for another thread to read them too."""

        def values(self) -> Any:
            seen = list(super().values())
            with suppress(threading.BrokenBarrierError):
                together.wait(0.2)
            return seen

    budget = Budget(1)
    budget.spent = Watched(budget.spent)
    refused: list[BudgetSpent] = []

    def take() -> None:
        begun.wait()
        try:
            budget.take("cdx")
        except BudgetSpent as error:
            refused.append(error)

    threads = [threading.Thread(target=take) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert budget.spent["cdx"] == 1


def test_a_stop_ends_a_wait_at_once() -> None:
    stop = threading.Event()
    limiter = Limiter(INTERNET_ARCHIVE, MemoryLimiterStore(), limits=Limits(3600, 1), stop=stop)
    limiter.enter("cdx")
    threading.Timer(0.1, stop.set).start()
    begun = time.monotonic()
    with pytest.raises(Stopped):
        limiter.enter("cdx")
    assert time.monotonic() - begun < 60
    with pytest.raises(Stopped):
        limiter.enter("playback")


def test_threads_together_keep_the_rate() -> None:
    limiter = Limiter(INTERNET_ARCHIVE, MemoryLimiterStore(), limits=Limits(0.02, 0.02))
    slots: list[float] = []
    lock = threading.Lock()

    def ask() -> None:
        for _ in range(8):
            slot = limiter.enter("playback").at
            with lock:
                slots.append(slot)

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    slots.sort()
    assert len(slots) == 48
    assert all(b - a >= 0.02 - 1e-6 for a, b in pairwise(slots))
    assert limiter.state().playback_requests == 48


def test_a_waiter_for_a_slot_heeds_a_pause_that_begins_meanwhile() -> None:
    clock = Clock()

    def wait(seconds: float) -> bool:
        if not clock.waits:
            limiter.limited(None)
        return clock.wait(seconds)

    limiter = Limiter(
        INTERNET_ARCHIVE, MemoryLimiterStore(), limits=Limits(0.3, 0.3, pause=1.0), clock=clock, wait=wait
    )
    limiter.enter("playback")
    begun = clock.now
    limiter.enter("playback")
    assert clock.waits[0] == pytest.approx(0.3), "it waited for its slot"
    assert clock.now - begun >= 1.0


def test_only_one_waiter_probes_a_half_open_breaker() -> None:
    limiter = Limiter(INTERNET_ARCHIVE, MemoryLimiterStore(), limits=Limits(0.0, 0.0, block=0.2, block_patience=30))
    for _ in range(3):
        limiter.refused("refused")
    passed: list[Admitted] = []

    def ask() -> None:
        passed.append(limiter.enter("playback"))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    until(lambda: bool(passed), every=0.01)
    for thread in threads:
        thread.join(0.2)  # as long as the block: who would probe besides has had the time to
    assert len(passed) == 1
    limiter.good(passed[0])
    for thread in threads:
        thread.join(timeout=60)
    assert len(passed) == 4
