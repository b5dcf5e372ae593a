"""Orders given to the workers, and waited for: the distributed forms of backfill and re-cleaning.

What is done is read from the record of runs in the store, so that no result travels through the broker, and a
dispatcher that is killed loses nothing: its tasks continue, and the same command finds their results.
"""

from __future__ import annotations

import math
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import select

from harvester.catalogue.entries import ServiceEntry
from harvester.clock import Clock
from harvester.errors import ConfigurationError, Stopped, StoreError
from harvester.harvest.backfill import Order, count
from harvester.harvest.reclean.mending import mend
from harvester.harvest.reclean.pieces import pieces
from harvester.harvest.reclean.recleaned import Recleaned
from harvester.harvest.report.summary import Summary
from harvester.service.observe.outage import Outage, outlasting
from harvester.service.workers.broker import explained
from harvester.service.workers.tasks import HARVEST, HISTORY, RECLEAN, TASK, application
from harvester.settings import Settings
from harvester.store.database import Database
from harvester.store.ledger import runs
from harvester.store.schema import Run

LOOK_SECONDS = 0.5
OnProgress = Callable[[int, int], None]


def backfill_by_workers(
    database: Database,
    settings: Settings,
    archive: str | None,
    order: Order,
    *,
    clock: Clock,
    stop: threading.Event,
    on_progress: OnProgress = lambda done, of: None,
) -> Summary:
    """Have workers harvest the ordered services, one task each, and return the final figures when all are done.

    `archive` is a name of the configuration, which is all that a worker takes. A stop leaves the tasks to the workers.
    """
    if order.budget is not None:
        raise ConfigurationError("--budget counts in one process only; do not combine it with --distributed")
    begun = time.monotonic()
    summary = Summary(services=len(order.entries))
    number = uuid.uuid4().hex
    tasks = {
        entry.name: (
            HARVEST,
            [number, entry.name, entry.name, archive, order.span_for(entry, settings).as_dict(), entry.render],
        )
        for entry in order.entries
    }
    with runs.recorded(database, "backfill", None, {**order.parameters(), "order": number}, clock) as result:
        try:
            for run in _done_by_workers(database, settings, number, tasks, stop, on_progress):
                _add(summary, run)
            for run in _finished(database, number):
                if "goes_on" in run.summary:
                    summary.add_recorded(run.summary)
        except Stopped as error:
            summary.stopped = str(error)
        count(database, order.entries, summary)
        summary.seconds = time.monotonic() - begun
        result.update(summary.as_dict())
    return summary


def reclean_by_workers(
    database: Database,
    settings: Settings,
    entries: Sequence[ServiceEntry],
    *,
    force: bool,
    clock: Clock,
    stop: threading.Event,
    on_progress: OnProgress = lambda done, of: None,
) -> Recleaned:
    """Have workers re-clean these services piece by piece, then their histories, when all pieces are done."""
    number = uuid.uuid4().hex
    services = [entry.name for entry in entries]
    total = mend(database, entries, clock, stop)
    work = pieces(database, entries, force=force)
    tasks = {
        f"{one.service}:{one.first}": (
            RECLEAN,
            [number, f"{one.service}:{one.first}", one.service, one.first, one.last, force],
        )
        for one in work
    }
    with runs.recorded(database, "reclean", None, {"order": number}, clock) as result:
        failed = []
        for run in _done_by_workers(database, settings, number, tasks, stop, on_progress):
            if run.outcome == "done":
                total.add(Recleaned(**run.summary))
            else:
                failed.append(f"{run.service}: {run.summary.get('error', 'failed; the log of the worker says why')}")
        histories = uuid.uuid4().hex
        all_services = dict.fromkeys([*services, *total.histories])
        _done_by_workers(
            database, settings, histories, {name: (HISTORY, [histories, name, name]) for name in all_services}, stop
        )
        result.update(total.as_dict(), failed=failed)
        if failed:
            raise StoreError(f"{len(failed)} pieces were not re-cleaned, the first: {failed[0]}; run it again")
    return total


def _done_by_workers(
    database: Database,
    settings: Settings,
    order: str,
    tasks: dict[str, tuple[str, list[Any]]],
    stop: threading.Event,
    on_progress: OnProgress = lambda done, of: None,
) -> list[Run]:
    """Publish tasks, by piece, and return the run that ended each."""

    def wait(seconds: float) -> None:
        if stop.wait(seconds):
            raise Stopped("stopped waiting; the workers continue with the queued tasks")

    app = application(settings)
    outage = Outage()
    ended: dict[str, Run] = {}
    try:
        with explained(settings):
            for name, arguments in tasks.values():
                app.send_task(name, args=arguments)
        while len(ended) < len(tasks):
            wait(LOOK_SECONDS)
            found = outlasting(lambda: _ended(database, order), outage, math.inf, wait)
            if len(found) > len(ended):
                on_progress(len(found), len(tasks))
            ended = found
    finally:
        app.close()
    return list(ended.values())


def _ended(database: Database, order: str) -> dict[str, Run]:
    """Return the last run of each piece of an order that ended; a slice that continues as a new task has not."""
    return {run.parameters["piece"]: run for run in _finished(database, order) if "goes_on" not in run.summary}


def _finished(database: Database, order: str) -> Sequence[Run]:
    with database.reading() as session:
        return session.scalars(
            select(Run)
            .where(Run.kind == TASK, Run.finished_at.is_not(None), Run.parameters["order"].as_string() == order)
            .order_by(Run.id)
        ).all()


def _add(summary: Summary, run: Run) -> None:
    if run.outcome != "done":
        reason = f"{run.service}: {run.summary.get('error', 'failed; the log of the worker says why')}"
        summary.unreachable.append(reason)
    summary.add_recorded(run.summary)
