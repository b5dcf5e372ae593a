"""The lock of a service whose database went away while it was held is free as soon as the database answers."""

from __future__ import annotations

import threading

import pytest

from harvester.clock import utc_now
from harvester.errors import Stopped, StoreAway
from harvester.harvest.service_lock import TERM_SECONDS, service_lock
from harvester.store.database import Database
from harvester.store.ledger import leases

NAME = "harvest:a.example"


def at_once() -> threading.Event:
    """Stops whoever would have to wait."""
    stop = threading.Event()
    stop.set()
    return stop


def away() -> None:
    raise StoreAway("the database does not answer")


def test_a_lock_that_could_not_be_given_back_is_taken_again_by_the_same_process_without_waiting_for_its_term(
    database: Database,
) -> None:
    with pytest.MonkeyPatch.context() as patched, pytest.raises(StoreAway):  # noqa: SIM117
        with service_lock(database, "a.example", utc_now, at_once()):
            patched.setattr(database, "writing", away)
    with database.reading() as session:
        assert leases.holder_of(session, NAME, utc_now()) is None
    with service_lock(database, "a.example", utc_now, at_once()), database.reading() as session:
        assert leases.holder_of(session, NAME, utc_now()) is not None


def test_a_lock_that_another_thread_holds_is_waited_for(database: Database) -> None:
    with database.writing() as session:
        assert leases.take(session, NAME, leases.new_holder(), utc_now(), TERM_SECONDS) is None
    with pytest.raises(Stopped), service_lock(database, "a.example", utc_now, at_once()):
        pass
