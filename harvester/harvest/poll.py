"""One poll of one service: what the archive has got since the last time, and what was left over."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select

from harvester.catalogue.entries import ServiceEntry
from harvester.catalogue.samples import parse_sample
from harvester.clock import Clock
from harvester.errors import ArchiveUnavailable, BudgetSpent, Stopped, TransientFailure
from harvester.harvest.report.progress import Progress
from harvester.harvest.run import run
from harvester.harvest.service_lock import service_lock
from harvester.harvest.session import HarvestSpan, Tally, opened
from harvester.settings import ArchiveSettings, Settings
from harvester.store import saves
from harvester.store.database import Database
from harvester.store.ledger import runs, sources
from harvester.store.schema import Capture, Source

AWAITED = timedelta(days=60)
"""How long a poll looks for a capture that the archive was asked to take."""


@dataclass(frozen=True, slots=True)
class Polled:
    """The result of a poll; `unavailable` says why it ended early, if it did."""

    tally: Tally
    requests: dict[str, int]
    unavailable: str | None


def poll(
    database: Database,
    settings: Settings,
    given: ArchiveSettings | None,
    entry: ServiceEntry,
    *,
    clock: Clock,
    stop: threading.Event,
    progress: Progress,
) -> Polled:
    """Harvest one service from shortly before its newest known capture on.

    The index lags by days, so it is searched again from `poll.overlap` before the newest capture. A capture that
    fails for the moment is left for a later poll. `given` are the archives of the command line, if any. Raises
    `Stopped` with all that was committed kept.
    """
    archive = settings.archive_for(entry.archives, given)
    tally, unavailable = Tally(), None
    with runs.recorded(database, "poll", entry.name, {"archive": archive.name}, clock) as summary:
        with opened(
            database, settings, archive, clock=clock, stop=stop, progress=progress, wait_for_retries=False
        ) as harvest:
            try:
                with service_lock(database, entry.name, clock, stop):
                    with database.writing() as session:
                        watched = sources.enter(session, entry, clock())
                        start = _since(session.scalars(_newest(watched.service.id, clock())).all(), settings)
                        awaited = saves.awaited_since(session, watched.service.id, clock() - AWAITED)
                        if start and awaited:
                            start = min(start, awaited - saves.SLACK)
                    sample = parse_sample(entry.sample or settings.sample)
                    tally = run(harvest, watched, HarvestSpan(start, None, sample))
                    with database.writing() as session:
                        saves.note_indexed(session)
            except (ArchiveUnavailable, BudgetSpent, TransientFailure) as error:
                unavailable = str(error)
            except Stopped as error:
                summary.update(stopped=str(error))
                raise
        unavailable = unavailable or "; ".join(harvest.unreachable) or None
        summary.update(tally.as_dict(), requests=dict(harvest.budget.spent), unavailable=unavailable)
        summary["requests_by_archive"] = harvest.requests_by_archive
    return Polled(tally, {str(name): number for name, number in harvest.budget.spent.items()}, unavailable)


def _newest(service_id: int, now: datetime) -> Select[Any]:
    """Return the newest known capture of each source that is still valid."""
    return (
        select(func.max(Capture.timestamp))
        .join(Source, Source.id == Capture.source_id)
        .where(Capture.service_id == service_id, (Source.until.is_(None)) | (Source.until >= now))
        .group_by(Capture.source_id)
    )


def _since(newest: Sequence[datetime], settings: Settings) -> datetime | None:
    """Return from when to search: the source that lags most decides; a service never harvested is searched
    completely.
    """
    return min(newest) - settings.poll.overlap if newest else None
