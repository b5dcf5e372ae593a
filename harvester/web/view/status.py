"""The data of the status page and its twin in the API, counted at most once a minute."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from harvester.clock import Clock
from harvester.service.observe.status import InstallationStatus, installation_status, status_without_jobs
from harvester.service.schedule.jobs import JobHealth, failing
from harvester.settings import Settings
from harvester.store.database import Database
from harvester.store.read import status as read_status
from harvester.store.read.status import Reason

_EVERY = timedelta(minutes=1)
_MOST_TROUBLED = 50


@dataclass(frozen=True, slots=True)
class Status:
    """The state of an installation at `counted_at`; `oldest_due` is since when the oldest capture waits."""

    counted_at: datetime
    health: InstallationStatus
    reasons: list[Reason]
    waiting: int
    oldest_due: datetime | None
    last_success: datetime | None
    service: dict[str, Any]
    troubled: list[JobHealth]
    """The jobs of the schedule whose last polls failed, at most 50."""


class StatusKeeper:
    """Keeps the status, so that it is not counted for each reader."""

    def __init__(self, database: Database, settings: Settings, clock: Clock) -> None:
        self._database, self._settings, self._clock = database, settings, clock
        self._lock = threading.Lock()
        self._last: Status | None = None

    def status(self) -> Status:
        """Return the last count, or a new one when it is a minute old."""
        with self._lock:
            now = self._clock()
            if self._last is None or now - self._last.counted_at >= _EVERY:
                self._last = _count(self._database, self._settings, self._clock, now)
            return self._last


def _count(database: Database, settings: Settings, clock: Clock, now: datetime) -> Status:
    found = installation_status(database, now, settings)
    service = status_without_jobs(database, clock, settings)
    troubled = failing(database, _MOST_TROUBLED)
    with database.reading() as session:
        return Status(
            now,
            found,
            read_status.reasons(session, found.outcomes),
            sum(found.outcomes.get(outcome, 0) for outcome in ("planned", "due-again")),
            read_status.oldest_due(session, now, found.outcomes),
            read_status.last_success(session),
            service,
            troubled,
        )
