"""Another name for a service, in the store and in the catalogue at once."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from harvester.catalogue import entries, services_file
from harvester.clock import Clock
from harvester.harvest.service_lock import service_lock
from harvester.settings import TargetSettings
from harvester.store.database import Database
from harvester.store.ledger import sources


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
    the store stays as it was.
    """
    with ExitStack() as stack:
        for document in entries.documents(file, old):
            stack.enter_context(service_lock(database, document, clock, threading.Event()))
        session = stack.enter_context(database.writing())
        known = sources.rename(session, old, new)
        services_file.rename(file, old, new, targets)
        return known
