"""What earlier versions did wrong to rows, undone before anything is cleaned again; `store.admin.verify` finds it."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from sqlalchemy import select

from harvester.catalogue.entries import ServiceEntry
from harvester.clock import Clock
from harvester.harvest.reclean.pieces import finish
from harvester.harvest.reclean.recleaned import Recleaned
from harvester.harvest.service_lock import service_lock
from harvester.store.admin import doubles
from harvester.store.content import renderings
from harvester.store.database import Database
from harvester.store.ledger import digests
from harvester.store.ledger.ledger import Outcome
from harvester.store.schema import Capture, Service

UNSUPPORTED = (
    "it had the bytes or the notice of another capture, which its digest does not support; it is still to be fetched"
)
MERGED = "there twice -> once"
"""What is counted for each row that was one more of the same capture."""


def mend(database: Database, entries: Sequence[ServiceEntry], clock: Clock, stop: threading.Event) -> Recleaned:
    """Merge captures that are there twice, of any service, and withdraw the texts of these services without support."""
    done = Recleaned()
    with database.reading() as session:
        twice = sorted({one.service for one in doubles.twice(session)})
    addresses = {entry.name: [one.url for one in entry.sources] for entry in entries}
    for name in twice:
        with service_lock(database, name, clock, stop):
            with database.writing() as session:
                number = session.scalars(select(Service.id).where(Service.name == name)).one()
                for _ in range(doubles.merge(session, number, addresses.get(name, ()), clock())):
                    done.count(MERGED)
            finish(database, name, clock())
    for entry in entries:
        _withdraw_unsupported(database, entry.name, done)
    return done


def _withdraw_unsupported(database: Database, name: str, done: Recleaned) -> None:
    """Remove the text of each capture that has another's bytes or notice without a digest to support that."""
    with database.writing() as session:
        number = session.scalar(select(Service.id).where(Service.name == name))
        if number is None:
            return
        wrong = (*digests.unsupported(session, number), *renderings.with_anothers_notice(session, number))
        for capture in [session.get_one(Capture, one) for one in wrong]:
            done.count(f"{capture.outcome} -> {Outcome.PLANNED}")
            digests.withdraw(session, capture, Outcome.PLANNED, UNSUPPORTED)
