"""Find a service's policy over the years from its home pages, for services whose entry names no source.

Home pages are sources of origin `HOME`: their captures are in the ledger, their bytes in the store, and no version
comes of them. So a second discovery asks the archive for nothing that the first one has seen.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from harvester.archive import discovery
from harvester.catalogue.document_types import a_type
from harvester.harvest.session import Harvest, HarvestSpan, Tally
from harvester.harvest.steps.clean import discovered
from harvester.harvest.steps.clean_page import COSTLY
from harvester.harvest.steps.fetch import fetch_due
from harvester.harvest.steps.index import search_source
from harvester.harvest.steps.plan import is_candidate, may_be_planned
from harvester.harvest.steps.run_scripts import render_homes
from harvester.processes import WorkerLost, apart
from harvester.store.content import payloads, renderings
from harvester.store.ledger import ledger, sources
from harvester.store.ledger.sources import Watched
from harvester.store.schema import Capture, Playback, Service, Source

PLAN = "home pages"
FRAMES_AT_MOST = 5
"""Pages in frames that are looked at for a service: a frameset of the time has two or three."""
PARKED = "the home page that links here is a parked domain's: this is not the service's own policy"


def discover(harvest: Harvest, watched: Watched, span: HarvestSpan, tally: Tally) -> Watched:
    """Find the sources of a service in a span, one home page per half-year, and store them as `discovered`.

    Raises what a harvest raises; what was found before stays.
    """
    waiting = [f"http://{watched.service.domain}/"]
    type_ = watched.service.type
    looked_at: list[Source] = []
    links: list[tuple[datetime, discovery.PolicyLink, bool]] = []
    while waiting:
        source = _home(harvest, watched, waiting.pop(0))
        looked_at.append(source)
        watched = replace(watched, homes=tuple(looked_at))
        search_source(harvest, watched, source, span)
        _plan(harvest, source)
        fetch_due(harvest, watched, discovered(type_), tally)
        render_homes(harvest, watched, source)
        read = _read(harvest, watched.service, source)
        links += [(at, page.links[0], page.parked) for at, page in read if page.links]
        frames = dict.fromkeys(url for _, page in read for url in page.frames)
        known = [one.url for one in looked_at] + waiting
        waiting += [url for url in frames if url not in known][: FRAMES_AT_MOST + 1 - len(known)]
    with harvest.database.writing() as session:
        found = sources.enter_discovered(session, watched.service.id, list(_sources(links)))
    if not found:
        harvest.progress.note(watched.service.name, f"no home page in the archive links to {a_type(type_)}")
    return replace(watched, sources=found)


def home_page_requests(session: Session, source: Source, now: datetime) -> int:
    """Count the home pages of a source that are still to be fetched."""
    return sum(may_be_planned(one, now) or one.outcome in ledger.WAITING for one in _chosen(session, source))


def _home(harvest: Harvest, watched: Watched, url: str) -> Source:
    with harvest.database.writing() as session:
        return sources.home(session, watched.service.id, url)


def _chosen(session: Session, source: Source) -> list[Capture]:
    captures = [one for one in ledger.captures_of(session, source.id) if is_candidate(one)]
    return [captures[index] for index in discovery.home_page_captures(captures)]


def _plan(harvest: Harvest, source: Source) -> None:
    with harvest.database.writing() as session:
        now = harvest.clock()
        for capture in _chosen(session, source):
            if may_be_planned(capture, now):
                ledger.plan(capture, PLAN)


def _pages(session: Session, source: Source) -> Iterable[tuple[Capture, bytes, str]]:
    """Yield the fetched captures of a home page with their bytes, after its scripts where a browser ran them, and the
    address that these came from.
    """
    rows = session.execute(
        select(Capture, Playback.url)
        .outerjoin(Playback, Playback.capture_id == Capture.id)
        .where(Capture.source_id == source.id, Capture.payload_id.is_not(None))
        .order_by(Capture.timestamp, Capture.id)
    ).all()
    for capture, url in rows:
        assert capture.payload_id is not None
        dom = renderings.dom_of(session, source.id, capture.archive, capture.payload_id, capture.timestamp)
        body = payloads.get(session, capture.payload_id) if dom is None else BOM_UTF8 + dom
        yield capture, body, url or capture.original


def _read(harvest: Harvest, service: Service, source: Source) -> list[tuple[datetime, discovery.HomePage]]:
    """Return the home pages that could be read, oldest first. One that kills its worker costs that page only."""
    found: list[tuple[datetime, discovery.HomePage]] = []
    lost: dict[int, str] = {}
    with harvest.database.reading() as session:
        for capture, body, url in _pages(session, source):
            if (capture.reason or "").startswith(COSTLY):
                continue
            try:
                found.append((capture.timestamp, apart(discovery.read_home_page, body, url, service.type)))
            except (WorkerLost, MemoryError, RecursionError) as error:
                lost[capture.id] = f"{COSTLY}reading the links of {url}: {str(error) or type(error).__name__}"
    if lost:
        with harvest.database.writing() as session:
            for number, reason in lost.items():
                harvest.progress.note(service.name, reason)
                ledger.note(session.get_one(Capture, number), reason)
    return found


def _sources(found: Iterable[tuple[datetime, discovery.PolicyLink, bool]]) -> Iterator[sources.FoundSource]:
    """Yield the sources that home pages link to, oldest first."""
    found = sorted(found, key=lambda one: one[0])
    parked = {link.url for _, link, is_parked in found if is_parked}
    for span in discovery.spans((moment, link.url) for moment, link, _ in found):
        until = span.end - timedelta(seconds=1) if span.end else None
        yield sources.FoundSource(span.url, span.start, until, PARKED if span.url in parked else None)
