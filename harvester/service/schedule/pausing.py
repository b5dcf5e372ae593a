"""Services that are left alone for a while: the scheduler passes over them until they are resumed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from harvester.catalogue import ServiceEntry
from harvester.harvest import sources as catalogue
from harvester.store.database import Database
from harvester.store.schema import Service


def pause(database: Database, entry: ServiceEntry, now: datetime) -> bool:
    """Pauses the polls of a service from now on; a poll under way ends by itself. False: it was paused already."""
    with database.writing() as session:
        service = catalogue.enter(session, entry, now).service
        if service.paused_at is not None:
            return False
        service.paused_at = now
    return True


def resume(database: Database, entry: ServiceEntry, now: datetime) -> bool:
    """Lets a service be polled again, at its next turn. False: it was not paused."""
    with database.writing() as session:
        service = catalogue.enter(session, entry, now).service
        if service.paused_at is None:
            return False
        service.paused_at = None
    return True


def is_paused(database: Database, name: str) -> bool:
    """Whether the scheduler passes over a service."""
    with database.reading() as session:
        return session.scalar(select(Service.paused_at).where(Service.name == name)) is not None
