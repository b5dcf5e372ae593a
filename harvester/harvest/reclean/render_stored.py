"""Stored captures rendered on request: `harvester render`."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from harvester.catalogue.entries import ServiceEntry
from harvester.clock import Clock
from harvester.harvest.reclean.pieces import finish
from harvester.harvest.reclean.recleaned import Recleaned
from harvester.harvest.report.progress import Progress
from harvester.harvest.service_lock import service_lock
from harvester.harvest.session import all_asked, opened
from harvester.harvest.steps.clean import acceptance_of
from harvester.harvest.steps.run_scripts import Wish, render_captures
from harvester.rendering.program import browser_program
from harvester.settings import ArchiveSettings, Settings
from harvester.store.database import Database
from harvester.store.ledger import runs


def render_stored(
    database: Database,
    settings: Settings,
    given: ArchiveSettings | None,
    entries: Sequence[ServiceEntry],
    *,
    everything: bool,
    again: bool,
    budget: int | None,
    clock: Clock,
    stop: threading.Event,
    progress: Progress,
) -> Recleaned:
    """Render the stored captures of these services that need it, or `everything`; `again` also those rendered before.

    `given` are the archives of the command line, if any. Changes keep the date they were found at, and none is news.
    Raises what a harvest raises, with all that was done kept and in the history.
    """
    browser_program(settings.browser)
    total, wish = Recleaned(), Wish(everything, again)
    archive = all_asked(settings, entries, given)
    names = [entry.name for entry in entries]
    with (
        runs.recorded(database, "render", None, {"services": names}, clock) as summary,
        opened(database, settings, archive, clock=clock, stop=stop, progress=progress, budget=budget) as harvest,
    ):
        try:
            for entry in entries:
                with service_lock(database, entry.name, clock, stop):
                    try:
                        acceptance = acceptance_of(entry, settings.accept)
                        asked = harvest.only(settings.archive_for(entry.archives, given))
                        render_captures(asked, entry.name, acceptance, wish, total)
                    finally:
                        finish(database, entry.name, clock())
        finally:
            summary.update(total.as_dict(), requests=dict(harvest.budget.spent))
    return total
