"""The results of each service's job: read from the record of runs, by `status`, the metrics and the pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Float,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    column,
    func,
    inspect,
    or_,
    select,
    table,
)

from harvester.dates import iso
from harvester.store.database import Database
from harvester.store.schema import Run, Service

JOBS_TABLE = "scheduled_jobs"
"""APScheduler's own table: it makes it itself."""
POLL = "poll"
PREFIX = "poll:"


@dataclass(frozen=True, slots=True)
class JobHealth:
    """The job of one service. `failures` counts polls in a row, since the last success, that failed.

    A poll fails by an error or because the archive was unavailable; one that was stopped or killed counts for neither.
    """

    service: str
    paused_at: datetime | None
    next_run: datetime | None
    last_start: datetime | None
    last_success: datetime | None
    failures: int
    last_problem: str | None

    def as_dict(self) -> dict[str, Any]:
        """Return the health as a dictionary for JSON."""
        return {
            "service": self.service,
            "paused_at": iso(self.paused_at),
            "next_run": iso(self.next_run),
            "last_start": iso(self.last_start),
            "last_success": iso(self.last_success),
            "consecutive_failures": self.failures,
            "last_problem": self.last_problem,
        }


def job_id(service: str) -> str:
    """Return the name of a service's job in the job store."""
    return f"{PREFIX}{service}"


def jobs(database: Database) -> list[JobHealth]:
    """Return the job of every service in the store, by name; also of services that no scheduler has entered yet."""
    return _jobs(database, only_failing=False)


def jobs_after(database: Database, service: str, limit: int) -> list[JobHealth]:
    """Return the first jobs, by name, of the services whose names come after this one."""
    return _jobs(database, only_failing=False, after=service, limit=limit)


def failing(database: Database, limit: int) -> list[JobHealth]:
    """Return the first jobs, by name, whose last polls failed."""
    return _jobs(database, only_failing=True, limit=limit)


def _jobs(database: Database, *, only_failing: bool, after: str = "", limit: int | None = None) -> list[JobHealth]:
    statement = _rows(only_failing, is_limited=limit is not None)
    with database.reading() as session:
        rows = session.execute(statement, {"after": after, "most": limit}).all()
    planned = _next_runs(database, None if limit is None else [row.name for row in rows])
    return [
        JobHealth(
            row.name,
            row.paused_at,
            planned.get(row.name),
            row.last_start,
            row.last_success,
            row.failures,
            (row.unavailable or row.error or "failed; the log says why") if row.latest is not None else None,
        )
        for row in rows
    ]


@cache
def _rows(only_failing: bool, *, is_limited: bool) -> Select[Any]:
    """Select what `_jobs` reads. Made once: to build it takes longer than to run it."""
    unavailable = Run.summary["unavailable"].as_string()
    succeeded = and_(Run.outcome == "done", unavailable.is_(None))
    failed = or_(unavailable.is_not(None), and_(Run.outcome == "failed", Run.summary["stopped"].as_string().is_(None)))
    successes = select(Run.service, func.max(Run.finished_at).label("at")).where(_polls(), succeeded)
    last_success = successes.group_by(Run.service).subquery()
    later = or_(last_success.c.at.is_(None), Run.finished_at > last_success.c.at)
    failures = (
        select(Run.service, func.count().label("number"), func.max(Run.id).label("latest"))
        .outerjoin(last_success, last_success.c.service == Run.service)
        .where(_polls(), Run.finished_at.is_not(None), failed, later)
        .group_by(Run.service)
        .subquery()
    )
    starts = select(Run.service, func.max(Run.started_at).label("at")).where(_polls()).group_by(Run.service)
    last_start = starts.subquery()
    rows = (
        select(
            Service.name,
            Service.paused_at,
            last_start.c.at.label("last_start"),
            last_success.c.at.label("last_success"),
            func.coalesce(failures.c.number, 0).label("failures"),
            unavailable.label("unavailable"),
            Run.summary["error"].as_string().label("error"),
            failures.c.latest,
        )
        .outerjoin(last_start, last_start.c.service == Service.name)
        .outerjoin(last_success, last_success.c.service == Service.name)
        .join(failures, failures.c.service == Service.name, isouter=not only_failing)
        .outerjoin(Run, Run.id == failures.c.latest)
        .where(Service.name > bindparam("after"))
        .order_by(Service.name)
    )
    return rows.limit(bindparam("most", type_=Integer)) if is_limited else rows


def next_run(database: Database, service: str) -> datetime | None:
    """Return when the scheduler polls a service next; None when it has no job for it."""
    return _next_runs(database, [service]).get(service)


def cut_off(database: Database) -> set[str]:
    """Return the services whose latest poll was stopped or killed in the middle; also those that are being polled
    now.
    """
    with database.reading() as session:
        latest = select(func.max(Run.id)).where(_polls()).group_by(Run.service)
        unended = or_(Run.finished_at.is_(None), Run.summary["stopped"].as_string().is_not(None))
        names = session.scalars(select(Run.service).where(Run.id.in_(latest), unended))
        return {name for name in names if name is not None}


def _polls() -> ColumnElement[bool]:
    return Run.kind == POLL


def _next_runs(database: Database, services: Sequence[str] | None) -> dict[str, datetime]:
    """Return when some services are polled next (None: all), as far as they have a job."""
    with database.explained():
        if not inspect(database.engine).has_table(JOBS_TABLE):
            return {}
    with database.reading() as session:
        job = table(JOBS_TABLE, column("id", String), column("next_run_time", Float)).c
        wanted = select(job.id, job.next_run_time).where(job.next_run_time.is_not(None))
        if services is not None:
            wanted = wanted.where(job.id.in_([job_id(one) for one in services]))
        rows = session.execute(wanted)
        return {
            row.id.removeprefix(PREFIX): datetime.fromtimestamp(row.next_run_time, UTC)
            for row in rows
            if row.id.startswith(PREFIX)
        }
