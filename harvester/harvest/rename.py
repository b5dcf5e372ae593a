"""Another name for a service, in the store and in the catalogue at once."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy import select

from harvester.catalogue import entries, services_file
from harvester.clock import Clock
from harvester.harvest.service_lock import service_lock
from harvester.settings import TargetSettings
from harvester.store.database import Database
from harvester.store.ledger import sources
from harvester.store.schema import Service


def rename(
    database: Database,
    file: Path,
    old: str,
    new: str,
    clock: Clock,
    targets: Mapping[str, TargetSettings] | None = None,
) -> bool:
    """Rename a service with all its documents in the store and in the catalogue `file`; return whether the store knew
    it. Waits for a harvest.

    The catalogue is written last: if that fails, for instance since one of the `targets` of notices wants the old name,
    the store stays as it was. A rename that was killed just then is done by renaming again: the catalogue has only the
    new name, the store only the old one.
    """
    with ExitStack() as stack:
        listed = {one.service for one in entries.load_catalogue(file)}
        killed = old not in listed and new in listed and _knows(database, old)
        for document in entries.documents(file, new if killed else old):
            stack.enter_context(service_lock(database, document, clock, threading.Event()))
        session = stack.enter_context(database.writing())
        known = sources.rename(session, old, new)
        if not killed:
            services_file.rename(file, old, new, targets)
        return known


def _knows(database: Database, service: str) -> bool:
    with database.reading() as session:
        return session.scalar(select(Service.id).where(Service.service_name == service).limit(1)) is not None
