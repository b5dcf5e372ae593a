"""Services whose polls are paused: the scheduler skips them until they are resumed."""

from __future__ import annotations

from datetime import datetime

from harvester.catalogue import ServiceEntry
from harvester.store.database import Database
from harvester.store.ledger import sources


def pause(database: Database, entry: ServiceEntry, now: datetime) -> bool:
    """Pause the polls of a service from now on; a poll under way ends by itself. False: it was already paused."""
    with database.writing() as session:
        return sources.set_paused(session, entry, now, paused=True)


def resume(database: Database, entry: ServiceEntry, now: datetime) -> bool:
    """Let a service be polled again, at its next turn. False: it was not paused."""
    with database.writing() as session:
        return sources.set_paused(session, entry, now, paused=False)


def is_paused(database: Database, name: str) -> bool:
    """Return whether the scheduler skips a service."""
    with database.reading() as session:
        return sources.is_paused(session, name)
