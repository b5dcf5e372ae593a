"""A machine without a name server: no fault of the archive, which must not be closed when the network is back."""

from __future__ import annotations

import pytest

from harvester.archive.limiter.budget import Budget
from harvester.archive.limiter.limiter import Limiter
from harvester.archive.limiter.rules import Admitted, Held, LimiterState, Limits, admit, on_refused, on_unsent
from harvester.archive.transport import OFFLINE_TRIES, Transport, new_session
from harvester.errors import ArchiveUnavailable
from harvester.settings import ArchiveSettings, FetchSettings
from tests.support.archive_server.clients import EAGER
from tests.support.archive_server.limiter_store import MemoryLimiterStore

NOWHERE = "http://archive.invalid"
LIMITS = Limits(1.0, 1.0)


def test_a_name_that_cannot_be_looked_up_opens_no_breaker_and_costs_no_budget() -> None:
    archive = ArchiveSettings(name="nowhere", cdx=f"{NOWHERE}/cdx", playback=f"{NOWHERE}/web")
    budget = Budget(OFFLINE_TRIES)
    limiter = Limiter(archive, MemoryLimiterStore(), limits=EAGER, budget=budget)
    transport = Transport(FetchSettings(timeout=5), limiter, new_session(FetchSettings()))
    for _ in range(LIMITS.refusals + 1):
        with pytest.raises(ArchiveUnavailable, match=r"archive\.invalid cannot be looked up .* network"):
            transport.get("playback", f"{NOWHERE}/web/2010id_/http://a.example/")
    state = limiter.state()
    assert state.breaker(limiter.clock()) == "closed"
    assert (state.refused_in_row, state.failed_in_row, state.playback_requests) == (0, 0, 0)
    assert budget.spent["playback"] == 0


def test_a_probe_that_was_not_sent_leaves_the_probing_to_the_next_request() -> None:
    state = LimiterState()
    for _ in range(LIMITS.refusals):
        state = on_refused(state, LIMITS, 0.0, "refused")
    later = state.blocked_until + 1
    probing, verdict = admit(state, "cdx", LIMITS, later)
    assert isinstance(verdict, Admitted)
    assert isinstance(admit(probing, "cdx", LIMITS, later)[1], Held)
    again, verdict = admit(on_unsent(probing, "cdx"), "cdx", LIMITS, later + 2)
    assert isinstance(verdict, Admitted)
    assert again.cdx_requests == 1
