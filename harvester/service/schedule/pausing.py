"""Services whose polls are paused: the scheduler skips them until they are resumed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from harvester.catalogue.document_types import usual_name
from harvester.catalogue.entries import ServiceEntry
from harvester.errors import ConfigurationError, UnknownName
from harvester.store.database import Database
from harvester.store.ledger import sources


def pause(database: Database, service: str, now: datetime, entry: Callable[[], ServiceEntry]) -> bool:
    """Pause the polls of a service from now on; a poll under way ends by itself. False: it was already paused.

    A service is paused with all its documents; ``acme/terms-of-service`` names one of them.

    `entry` reads its entry of the catalogue. A service that the store knows is paused even if that is refused: just
    then somebody may have to stop the polls.
    """
    return _set(database, service, now, entry, paused=True)


def resume(database: Database, service: str, now: datetime, entry: Callable[[], ServiceEntry]) -> bool:
    """Let a service be polled again, at its next turn. False: it was not paused."""
    return _set(database, service, now, entry, paused=False)


def is_paused(database: Database, name: str) -> bool:
    """Return whether the scheduler skips a service."""
    with database.reading() as session:
        return sources.is_paused(session, name)


def _set(database: Database, service: str, now: datetime, entry: Callable[[], ServiceEntry], *, paused: bool) -> bool:
    service = usual_name(service)
    try:
        found = entry()
    except (ConfigurationError, UnknownName):
        with database.writing() as session:
            altered = sources.set_paused_by_name(session, service, now, paused=paused)
        if altered is None:
            raise
        return altered
    with database.writing() as session:
        return sources.set_paused(session, found, now, paused=paused)
