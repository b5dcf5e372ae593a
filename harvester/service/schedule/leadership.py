"""The leader among the schedulers: the process that holds a lease in the database.

A leader renews its lease every few seconds. One that dies, on any machine, is followed by another when its lease
has run out; one that cannot renew it (database away, machine asleep) stops before anyone can have followed it.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from harvester.clock import Clock
from harvester.errors import Stopped, StoreError, StoreUpgraded
from harvester.service.observe.outage import Outage
from harvester.store.database import Database
from harvester.store.ledger import leases

log = logging.getLogger(__name__)

LEADERSHIP = "scheduler"
TERM_SECONDS = 30.0
"""After so long without renewal another scheduler takes over: half of the minute that was promised."""
RENEW_SECONDS = 5.0
GIVE_UP_SECONDS = 20.0
"""A leader that could not renew for so long stops: ten seconds, for clocks that differ, before the lease runs out."""
ASK_SECONDS = 1.0


@contextmanager
def leading(
    database: Database, clock: Clock, stop: threading.Event, outage: Outage | None = None
) -> Iterator[threading.Event]:
    """Wait to become the leader; yield an event that is set when `stop` is, or when the leadership is lost.

    Raises `Stopped` on a stop request while it waits, and `StoreUpgraded`. The database may be down meanwhile: `outage`
    logs it.
    """
    outage = outage or Outage()
    holder = leases.new_holder()
    _wait_for(database, holder, clock, stop, outage)
    tenure = _Tenure(database, holder, clock, stop, outage)
    # Two threads: a database that does not answer may hold up the one that renews, not the one that watches.
    threads = [
        threading.Thread(target=one, name=one.__name__, daemon=True) for one in (tenure.keep_renewing, tenure.watch)
    ]
    for thread in threads:
        thread.start()
    try:
        yield tenure.ending
    finally:
        tenure.done.set()
        for thread in threads:
            thread.join(RENEW_SECONDS)
        with suppress(StoreError), database.writing() as session:
            leases.release(session, LEADERSHIP, holder)


def leader(database: Database, clock: Clock) -> str | None:
    """Return the machine and process that lead now, as ``host:pid``; None when no scheduler runs."""
    with database.reading() as session:
        return leases.holder_of(session, LEADERSHIP, clock())


def _wait_for(database: Database, holder: str, clock: Clock, stop: threading.Event, outage: Outage) -> None:
    said = False
    while True:
        try:
            with database.writing() as session:
                other = leases.take(session, LEADERSHIP, holder, clock(), TERM_SECONDS)
        except StoreUpgraded:
            raise
        except StoreError as error:
            outage.failed(error)
            other = None
        else:
            outage.over()
            if other is None:
                return
        if other is not None and not said:
            log.info("waiting: %s leads", other)
            said = True
        if stop.wait(ASK_SECONDS):
            raise Stopped("stopped while another scheduler was leading")


class _Tenure:
    """One leadership, from the lease to its end. Monotonic time decides, so that a leap of the wall clock cannot."""

    def __init__(self, database: Database, holder: str, clock: Clock, stop: threading.Event, outage: Outage) -> None:
        self.ending, self.done = threading.Event(), threading.Event()
        self._database, self._holder, self._clock, self._stop = database, holder, clock, stop
        self._outage = outage
        self._renewed = time.monotonic()

    def keep_renewing(self) -> None:
        """Renew the lease until done; end the tenure at once when another process has the lease."""
        while not self.done.wait(RENEW_SECONDS):
            begun = time.monotonic()
            try:
                with self._database.writing() as session:
                    held = leases.renew(session, LEADERSHIP, self._holder, self._clock(), TERM_SECONDS)
            except StoreUpgraded:
                self._lose("a newer release has upgraded the store")
                return
            except StoreError as error:
                self._outage.failed(error)
                continue
            self._outage.over()
            if not held:
                self._lose("another scheduler leads")
                return
            self._renewed = begun

    def watch(self) -> None:
        """End the tenure on stop, or when the lease was not renewed for too long."""
        while not self.done.wait(0.1):
            if self._stop.is_set():
                self.ending.set()
            if time.monotonic() - self._renewed > GIVE_UP_SECONDS:
                self._lose(f"the lease could not be renewed for {GIVE_UP_SECONDS:.0f} s")

    def _lose(self, why: str) -> None:
        if not self.ending.is_set():
            log.error("the leadership is lost (%s): running polls are stopped", why)
            self.ending.set()
