"""What a command that waits for its workers says of a task that failed."""

from __future__ import annotations

import threading

import pytest

from harvester.clock import utc_now
from harvester.errors import StoreError
from harvester.service.workers import dispatch
from harvester.service.workers.tasks import TASK
from harvester.settings import Settings
from harvester.store.database import Database
from harvester.store.schema import Run
from tests.support.harvest.harvests import entry, order

SHOP = entry("shop.example", "http://shop.example/privacy")


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers of which one did its task, one failed with a reason and one without."""
    runs = [
        Run(kind=TASK, service="a.example", outcome="done", summary={}),
        Run(kind=TASK, service="b.example", outcome="failed", summary={"error": "no room"}),
        Run(kind=TASK, service="c.example", outcome="failed", summary={}),
    ]
    monkeypatch.setattr(dispatch, "_done_by_workers", lambda *_: runs)


@pytest.mark.usefixtures("failing")
def test_a_harvest_names_the_services_whose_tasks_failed_and_why(sqlite: Database) -> None:
    summary = dispatch.backfill_by_workers(
        sqlite, Settings(), None, order([SHOP]), clock=utc_now, stop=threading.Event()
    )
    assert summary.unreachable == ["b.example: no room", "c.example: failed; the log of the worker says why"]


@pytest.mark.usefixtures("failing")
def test_a_recleaning_whose_tasks_failed_says_how_many_and_the_first(sqlite: Database) -> None:
    with pytest.raises(StoreError, match=r"2 pieces were not re-cleaned, the first: b\.example: no room"):
        dispatch.reclean_by_workers(sqlite, Settings(), [SHOP], force=False, clock=utc_now, stop=threading.Event())
