"""The history of a service brought up to its captures, and what is notable of that entered for its receivers."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from harvester.harvest import notable
from harvester.harvest.session import Harvest, Tally
from harvester.store.history import history
from harvester.store.history.differences import Difference, TwoSides, differences
from harvester.store.schema import Service, Version


def refresh(harvest: Harvest, service: Service, tally: Tally) -> None:
    """Bring the versions and changes of a service up to date; count what is new into `tally`."""

    def compare(changes: Sequence[TwoSides]) -> Sequence[Difference]:
        return harvest.work(differences, changes)

    with harvest.database.reading() as session:
        if not session.scalar(select(Service.stale).where(Service.id == service.id)):
            return
    prepared = history.prepare(harvest.database, service.id, compare, harvest.pool.map)
    with harvest.database.writing() as session:
        count = select(func.count(Version.id)).where(Version.service_id == service.id)
        before = session.scalar(count) or 0
        refreshed = history.refresh(session, service.id, now=harvest.clock(), prepared=prepared)
        notable.enqueue(session, harvest.settings.notify, service, refreshed.added, harvest.clock())
        tally.new_versions += (session.scalar(count) or 0) - before
        tally.new_changes += len(refreshed.added) - len(refreshed.removed)
