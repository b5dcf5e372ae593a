"""One harvest of a service at a time: whoever comes second waits, over threads, processes and machines."""

from __future__ import annotations

import os
import socket
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select

from harvester.clock import Clock
from harvester.errors import Stopped, StoreError
from harvester.store.database import Database
from harvester.store.ledger import leases
from harvester.store.schema import Lease

TERM_SECONDS = 60
"""How long a turn lasts unless it is renewed: after so long the work of a lost machine is taken over."""
RENEW_SECONDS = 15
ASK_SECONDS = 0.5


@contextmanager
def turn(database: Database, name: str, clock: Clock, stop: threading.Event) -> Iterator[None]:
    """Holds the turn called `name` for the body of the ``with``; waits for it, and raises `Stopped` when told to.

    A holder on this machine whose process is gone (kill -9) is passed over at once.
    """
    holder = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
    while not _take(database, name, holder, clock):
        if stop.wait(ASK_SECONDS):
            raise Stopped(f"stopped while another process was at {name}")
    done = threading.Event()
    renewer = threading.Thread(target=_renew, args=(database, name, holder, clock, done), daemon=True)
    renewer.start()
    try:
        yield
    finally:
        done.set()
        renewer.join()
        with database.writing() as session:
            leases.release(session, name, holder)


def _take(database: Database, name: str, holder: str, clock: Clock) -> bool:
    with database.writing() as session:
        present = session.scalar(select(Lease.holder).where(Lease.name == name))
        if present is not None and is_gone(present):
            leases.release(session, name, present)
        return leases.acquire(session, name, holder, clock(), TERM_SECONDS)


def is_gone(holder: str) -> bool:
    """Whether the holder of a lease was a process of this machine that is no more."""
    host, pid, _ = holder.rsplit(":", 2)
    if host != socket.gethostname():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _renew(database: Database, name: str, holder: str, clock: Clock, done: threading.Event) -> None:
    while not done.wait(RENEW_SECONDS):
        try:
            with database.writing() as session:
                leases.renew(session, name, holder, clock(), TERM_SECONDS)
        except StoreError:
            # The harvest itself meets the same failure and reports it; the turn then ends by its term.
            continue
