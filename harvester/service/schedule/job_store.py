"""APScheduler's job store in our database: an outage is logged once, and ends no thread."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import STATE_STOPPED
from sqlalchemy import inspect

from harvester.errors import StoreError
from harvester.service.observe.outage import Outage
from harvester.service.schedule.jobs import JOBS_TABLE
from harvester.store.database import Database

log = logging.getLogger(__name__)
RETRY_SECONDS = 1.0


def job_store(database: Database, outage: Outage | None = None) -> SQLAlchemyJobStore:
    """Return the job store of a database; `outage` logs when it cannot be read."""
    return _JobStore(database, outage or Outage())


class _JobStore(SQLAlchemyJobStore):  # type: ignore[misc]
    def __init__(self, database: Database, outage: Outage) -> None:
        # SQLite refuses at once who reads and then wants to write while another writes; who says so at first waits.
        engine = database.engine.execution_options(harvester_begin="IMMEDIATE")
        super().__init__(engine=engine, tablename=JOBS_TABLE)
        self._database, self._outage = database, outage

    def start(self, scheduler: Any, alias: str) -> None:
        """Make the table where it is missing, or has not the columns that APScheduler reads."""
        with self._database.explained():
            there = inspect(self.engine)
            if there.has_table(JOBS_TABLE):
                found = {column["name"] for column in there.get_columns(JOBS_TABLE)}
                if missing := {column.name for column in self.jobs_t.columns} - found:
                    log.warning(
                        "the table %s cannot be read (no %s): it is made again, and each service polled soon",
                        JOBS_TABLE, ", ".join(sorted(missing)),
                    )  # fmt: skip
                    self.jobs_t.drop(self.engine)
            super().start(scheduler, alias)

    def get_due_jobs(self, now: datetime) -> list[Any]:
        """Return the jobs that are due; none while the database is away. APScheduler would log each try."""
        try:
            with self._database.explained():
                found: list[Any] = super().get_due_jobs(now)
        except StoreError as error:
            self._outage.failed(error)
            return []
        self._outage.over()
        return found


class QuietScheduler(BackgroundScheduler):  # type: ignore[misc]
    """A scheduler that survives the absence of its job store."""

    def __init__(self, database: Database, outage: Outage, **options: Any) -> None:
        super().__init__(**options)
        self._database, self._outage = database, outage

    def _process_jobs(self) -> float | None:
        # When it is shut down, APScheduler looks at its jobs again: one that is due would find no thread, be
        # logged with a traceback, and lose its turn.
        if self.state == STATE_STOPPED:
            return None
        try:
            with self._database.explained():
                seconds: float | None = super()._process_jobs()
        except StoreError as error:
            # In the middle of a round. Unhandled it would end APScheduler's thread.
            self._outage.failed(error)
            return RETRY_SECONDS
        return seconds
