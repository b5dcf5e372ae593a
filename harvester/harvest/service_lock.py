"""The service lock: one harvest of a service at a time, over threads, processes and machines."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from harvester.clock import Clock
from harvester.errors import Stopped, StoreError
from harvester.store.database import Database
from harvester.store.ledger import leases

TERM_SECONDS = 60
"""How long the lock lasts unless renewed: after that another machine takes over the work of a lost one."""
RENEW_SECONDS = 15
ASK_SECONDS = 0.5


@contextmanager
def service_lock(database: Database, service: str, clock: Clock, stop: threading.Event) -> Iterator[None]:
    """Hold the lock of a service for the body of the ``with``.

    Waits for another holder, unless that is a process of this machine that is gone. Raises `Stopped` when `stop` is
    set while it waits.
    """
    name, holder = f"harvest:{service}", leases.new_holder()
    try:
        while not _take(database, name, holder, clock):
            if stop.wait(ASK_SECONDS):
                raise Stopped(f"stopped while another process was harvesting {service}")
    except StoreError:
        leases.give_up(holder)  # it may have been taken before the database went away
        raise
    done = threading.Event()
    renewer = threading.Thread(target=_renew, args=(database, name, holder, clock, done), daemon=True)
    renewer.start()
    try:
        yield
    finally:
        done.set()
        renewer.join()
        try:
            with database.writing() as session:
                leases.release(session, name, holder)
        except StoreError:
            # Or the next poll, once the database answers, would wait for the end of the term.
            leases.give_up(holder)
            raise


def _take(database: Database, name: str, holder: str, clock: Clock) -> bool:
    with database.writing() as session:
        return leases.take(session, name, holder, clock(), TERM_SECONDS) is None


def _renew(database: Database, name: str, holder: str, clock: Clock, done: threading.Event) -> None:
    while not done.wait(RENEW_SECONDS):
        try:
            with database.writing() as session:
                leases.renew(session, name, holder, clock(), TERM_SECONDS)
        except StoreError:
            # The harvest itself meets the same failure and reports it; the lock then ends by its term.
            continue
