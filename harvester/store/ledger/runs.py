"""The record of runs: what was asked, when, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from harvester.errors import HarvesterError
from harvester.store.database import Database
from harvester.store.schema import Run


@contextmanager
def recorded(
    database: Database, kind: str, service: str | None, parameters: dict[str, Any], clock: Callable[[], datetime]
) -> Iterator[dict[str, Any]]:
    """Record a run for the body of the ``with``; what is put into the yielded dict becomes the run's summary."""
    with database.writing() as session:
        run = Run(kind=kind, service=service, parameters=parameters, started_at=clock(), summary={})
        session.add(run)
    summary: dict[str, Any] = {}
    outcome = "failed"
    try:
        yield summary
        outcome = "done"
    except HarvesterError as error:
        summary.setdefault("error", str(error))
        raise
    finally:
        with database.writing() as session:
            kept = session.get_one(Run, run.id)
            kept.finished_at, kept.outcome, kept.summary = clock(), outcome, dict(summary)
