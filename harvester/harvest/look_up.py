"""Look up a service that is not in the catalogue yet in an archive, before it is added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from harvester.catalogue.document_types import a_type
from harvester.catalogue.entries import ServiceEntry
from harvester.harvest.service_lock import service_lock
from harvester.harvest.session import Harvest, HarvestSpan, Tally
from harvester.harvest.steps.discover import discover
from harvester.harvest.steps.index import search_source
from harvester.store.ledger import sources
from harvester.store.schema import Capture, Source


@dataclass(frozen=True, slots=True)
class LookedUp:
    """The sources of a service that have captures, and how many; without any `reason` says why, in words."""

    sources: Sequence[Source]
    captures: int
    reason: str = ""


def look_up(harvest: Harvest, entry: ServiceEntry, span: HarvestSpan) -> LookedUp:
    """Search the archive for the sources of an entry, or, if it names none, for links to its policy on its home pages.

    What was found is in the store, so a harvest does not ask for it again; of a service without any capture nothing
    stays. Raises what a harvest raises.
    """
    with service_lock(harvest.database, entry.name, harvest.clock, harvest.stop):
        with harvest.database.writing() as session:
            watched = sources.enter(session, entry, harvest.clock())
        for source in watched.sources if entry.sources else ():
            search_source(harvest, watched, source, span)
        if not entry.sources:
            watched = discover(harvest, watched, span, Tally())
        with harvest.database.writing() as session:
            known = session.execute(
                select(Source, func.count(Capture.id))
                .outerjoin(Capture, Capture.source_id == Source.id)
                .where(Source.service_id == watched.service.id)
                .group_by(Source.id)
                .order_by(Source.since, Source.id)
            ).all()
            session.expunge_all()
            sources.remove_if_empty(session, watched.service.id)
    with_captures = [
        source for source, count in known if source.origin not in (sources.HOME, sources.COMBINED) and count
    ]
    if not entry.sources:
        # The captures of a discovered policy are searched by the harvest.
        with_captures = list(watched.sources)
    captures = sum(count for _, count in known)
    return LookedUp(with_captures, captures, "" if with_captures else _reason(harvest, entry, known))


def _reason(harvest: Harvest, entry: ServiceEntry, known: Sequence[tuple[Source, int]]) -> str:
    excluded = next((source.note for source, _ in known if source.excluded_until is not None), None)
    if excluded:
        return excluded
    name = harvest.client.archive.name
    if entry.sources:
        return f"{name} has no capture of {entry.sources[0].url}"
    homes = sum(count for source, count in known if source.origin == sources.HOME)
    if not homes:
        return f"{name} has no capture of http://{entry.site}/"
    return f"none of the home pages of {entry.site} in {name} links to {a_type(entry.type)}"
