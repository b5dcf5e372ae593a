"""The service as `status`, the pages and the API show it."""

from __future__ import annotations

from typing import Any

from harvester.clock import Clock
from harvester.service.notify.outbox import outbox
from harvester.service.schedule.jobs import jobs
from harvester.service.schedule.leadership import leader
from harvester.store.database import Database


def service_status(database: Database, clock: Clock) -> dict[str, Any]:
    """Who leads the schedule (``host:pid``, or none), the job of every service, and the outbox by target."""
    return {
        "scheduler": leader(database, clock),
        "jobs": [job.as_dict() for job in jobs(database)],
        "notices": outbox(database),
    }
