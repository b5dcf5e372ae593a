"""An installation with an archive to poll, and what its scheduler has done."""

from __future__ import annotations

from sqlalchemy import select

from harvester.service.schedule.jobs import JobHealth, jobs
from harvester.store.schema import Run
from tests.support.archive_server.captures import MemoryArchive
from tests.support.archive_server.fixtures import StartArchive
from tests.support.service.installations import Place, history_of


def serving(place: Place, start: StartArchive, *services: str, every: str = "1h") -> MemoryArchive:
    """Watches services of which an archive has a few captures each."""
    archive = MemoryArchive()
    for service in services:
        history_of(archive, service)
    place.watches(*services, every=every)
    place.has_settings(start(archive).base_url)
    return archive


def polls(place: Place, service: str | None = None) -> list[Run]:
    """The polls that came to their end, of one service or all, oldest first."""
    database = place.open()
    with database.reading() as session:
        rows = session.scalars(select(Run).where(Run.kind == "poll").order_by(Run.id)).all()
    database.close()
    return [row for row in rows if service in (None, row.service) and row.finished_at is not None]


def job(place: Place, service: str) -> JobHealth:
    """How a service's job has gone."""
    database = place.open()
    found = {one.service: one for one in jobs(database)}[service]
    database.close()
    return found
