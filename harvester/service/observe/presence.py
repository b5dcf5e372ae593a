"""The processes of an installation that run now: each holds a lease of its own, named after its role."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Literal

from harvester.clock import Clock
from harvester.errors import StoreError
from harvester.store.database import Database
from harvester.store.ledger import leases

Role = Literal["scheduler", "worker"]
TERM_SECONDS = 90.0
RENEW_SECONDS = 30.0


@contextmanager
def present(database: Database, role: Role, clock: Clock) -> Iterator[None]:
    """Let `running` name this process during the body of the ``with``. A database that is away delays only that."""
    holder, done = leases.new_holder(), threading.Event()
    name = f"{_prefix(role)}{holder}"

    def keep() -> None:
        while not done.is_set():
            with suppress(StoreError), database.writing() as session:
                leases.forget(session, _prefix(role), clock())
                leases.acquire(session, name, holder, clock(), TERM_SECONDS)
            done.wait(RENEW_SECONDS)

    thread = threading.Thread(target=keep, name="presence", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join(RENEW_SECONDS)
        with suppress(StoreError), database.writing() as session:
            leases.release(session, name, holder)


def running(database: Database, role: Role, now: datetime) -> list[str]:
    """Return the processes of a role as ``host:pid``. One that was killed on another machine is named for a while."""
    with database.reading() as session:
        return leases.holders(session, _prefix(role), now)


def _prefix(role: Role) -> str:
    return f"present:{role}:"
