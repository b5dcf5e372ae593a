"""Captures from archive files on disk, taken into the store by the steps of every harvest.

The files are an archive like those on the web (`archive.local`): what a capture says, and what history makes of it, do
not depend on the way it came. Every step is committed as it is made, so a killed import is simply run again.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from harvester.archive.local.local_archive import LocalArchive
from harvester.catalogue.entries import ServiceEntry
from harvester.harvest.service_lock import service_lock
from harvester.harvest.session import Harvest, Tally
from harvester.harvest.steps.clean import acceptance_of
from harvester.harvest.steps.fetch import fetch_due
from harvester.harvest.steps.index import search_index
from harvester.harvest.steps.plan import is_candidate
from harvester.harvest.steps.refresh import refresh
from harvester.store.database import Database
from harvester.store.ledger import ledger, runs, sources
from harvester.store.ledger.ledger import Outcome
from harvester.store.ledger.sources import Watched
from harvester.store.schema import Capture

IMPORT = "import"
"""Stands for the sampling that asked for a capture: files are read whole."""
_OPEN = (Outcome.LEFT_OUT, Outcome.UNPLAYABLE, Outcome.EXCLUDED, Outcome.FAILED)
"""Outcomes that an import may better: the archive did not show what the files hold."""


def import_captures(harvest: Harvest, entry: ServiceEntry, tally: Tally, origin: str) -> None:
    """Take the captures of one service from indexed files, and bring its history up to date.

    `origin` is that of sources that are new to the store. Raises `Stopped` with all done so far kept and counted.
    """
    with (
        service_lock(harvest.database, entry.name, harvest.clock, harvest.stop),
        runs.recorded(harvest.database, IMPORT, entry.name, {"sample": IMPORT}, harvest.clock) as result,
    ):
        with harvest.database.writing() as session:
            watched = sources.enter(session, entry, harvest.clock(), origin=origin)
        this = Tally()
        try:
            for source in watched.sources:
                search_index(harvest.database, harvest.client, source, None, None, harvest.clock)
            with harvest.database.writing() as session:
                wanted = frozenset(_wanted(session, harvest, watched))
            harvest.progress.planned(entry.name, len(wanted))
            fetch_due(harvest, watched, acceptance_of(entry, harvest.settings.accept), this, only=wanted)
        finally:
            refresh(harvest, watched.service, this)
            tally.fetched += this.fetched
            tally.adopted += this.adopted
            tally.new_versions += this.new_versions
            tally.new_changes += this.new_changes
        harvest.progress.finished(entry.name)
        result.update(this.as_dict())


def addresses(database: Database, entry: ServiceEntry) -> list[str]:
    """Return the addresses of a service: those of its entry, or those once discovered for one that names none."""
    if entry.sources:
        return [one.url for one in entry.sources]
    with database.reading() as session:
        return sources.discovered_addresses(session, entry.name)


def _wanted(session: Session, harvest: Harvest, watched: Watched) -> Iterable[int]:
    """Plan the captures that the files hold and return their numbers. Others are unchanged."""
    archive = harvest.client
    assert isinstance(archive, LocalArchive)
    for source in watched.sources:
        for capture in ledger.captures_of(session, source.id):
            if not archive.lists(capture.original, capture.timestamp, capture.digest):
                continue
            if capture.outcome in _OPEN:
                _plan(session, archive, capture)
            if capture.outcome in ledger.WAITING:
                yield capture.id


def _plan(session: Session, archive: LocalArchive, capture: Capture) -> None:
    if capture.outcome == Outcome.LEFT_OUT and capture.status is not None and capture.status >= 400:
        ledger.settle(session, capture, Outcome.GONE, f"the page answered {capture.status} that day")
    elif not is_candidate(capture):
        ledger.note(capture, f"the archive lists it as {capture.mimetype}")
    elif capture.outcome == Outcome.LEFT_OUT or archive.plays(capture.original, capture.timestamp, capture.digest):
        ledger.plan(capture, IMPORT)
