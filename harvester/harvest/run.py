"""One harvest of one service: search the index, plan, fetch, clean, record, render, and bring its history up to date.

`backfill` and `poll` are two callers of it. Every step is committed as it is made, so the next harvest resumes one that
was killed at any instant, and downloads nothing a second time.
"""

from __future__ import annotations

from harvester.catalogue import samples
from harvester.catalogue.entries import ServiceEntry
from harvester.harvest import notable
from harvester.harvest.service_lock import service_lock
from harvester.harvest.session import Harvest, HarvestSpan, Tally
from harvester.harvest.steps.clean import acceptance_of
from harvester.harvest.steps.discover import discover
from harvester.harvest.steps.fetch import fetch_due
from harvester.harvest.steps.index import search_source
from harvester.harvest.steps.plan import plan_source
from harvester.harvest.steps.probe import probe
from harvester.harvest.steps.refresh import refresh
from harvester.harvest.steps.run_scripts import render_due
from harvester.store.ledger import runs, sources
from harvester.store.ledger.sources import Watched


def run(harvest: Harvest, watched: Watched, span: HarvestSpan, tally: Tally | None = None) -> Tally:
    """Harvest one service; raises `ArchiveUnavailable`, `BudgetSpent` or `Stopped` with all done so far kept.

    What was done is counted into `tally`, also when it raises.
    """
    tally = Tally() if tally is None else tally
    acceptance = acceptance_of(watched.entry, harvest.settings.accept)
    try:
        if not watched.entry.sources:
            watched = discover(harvest, watched, span, tally)
        for source in watched.sources:
            span = search_source(harvest, watched, source, span)
        _plan(harvest, watched, span)
        fetch_due(harvest, watched, acceptance, tally)
        render_due(harvest, watched, acceptance, tally)
        if isinstance(span.sample, samples.Changes):
            for source in watched.sources:
                probe(harvest, watched, source, span, acceptance, tally)
    finally:
        refresh(harvest, watched.service, tally)
    harvest.progress.finished(watched.service.name)
    if span.end is None:
        with harvest.database.reading() as session:
            tally.known_until = notable.known_until(session, watched.service.id)
    return tally


def run_locked(
    harvest: Harvest, entry: ServiceEntry, span: HarvestSpan, kind: str = "harvest", tally: Tally | None = None
) -> Tally:
    """Harvest one service under its lock, and keep a record of that run (`notable.horizon` reads it)."""
    with (
        service_lock(harvest.database, entry.name, harvest.clock, harvest.stop),
        runs.recorded(harvest.database, kind, entry.name, span.as_dict(), harvest.clock) as result,
    ):
        with harvest.database.writing() as session:
            watched = sources.enter(session, entry, harvest.clock())
        tally = run(harvest, watched, span, tally)
        result.update(tally.as_dict())
    return tally


def _plan(harvest: Harvest, watched: Watched, span: HarvestSpan) -> None:
    now = harvest.clock()
    downloads = 0
    with harvest.database.writing() as session:
        for source in watched.sources:
            downloads += plan_source(session, source, span.sample, span.start, span.end, now).least
    harvest.progress.planned(watched.service.name, downloads)
