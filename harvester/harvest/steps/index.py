"""Copy the archive's index into the ledger by pages, each committed with the place where a killed search resumes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from harvester.archive.index.paging import CdxPage, Checkpoint
from harvester.clock import Clock
from harvester.errors import ArchiveUnavailable, EndlessIndex, SiteExcluded, TransientFailure
from harvester.harvest.session import Archive, Harvest, HarvestSpan
from harvester.store.database import Database
from harvester.store.ledger import ledger, searches, sources
from harvester.store.ledger.sources import Watched
from harvester.store.schema import Source

ENDLESS_AGAIN = timedelta(days=30)
"""How long an index that did not end is not searched: as long as a site that the archive does not show."""


def search_index(
    database: Database,
    client: Archive,
    source: Source,
    start: datetime | None,
    end: datetime | None,
    clock: Clock,
) -> int:
    """Add every capture of a source between two instants to the ledger; return how many were new.

    An unfinished search of the same range by an earlier process is gone on with from its last page.
    Raises what `ArchiveClient.search` raises; what was entered before stays.
    """
    archive = client.archive.name
    with database.reading() as session:
        again = searches.not_before(session, source.id, archive)
    if again is not None and again > clock():
        raise EndlessIndex(f"{source.url}: the index did not end; it will be searched again on {again:%Y-%m-%d}")
    start, end = _later(start, source.since), _earlier(end, source.until)
    if start and end and start > end:
        return 0
    with database.writing() as session:
        search = searches.begin(session, source, archive, start, end, clock())
    place = Checkpoint.load(search.checkpoint) if search.checkpoint else None
    new = 0
    try:
        for page in client.search(source.url, start=start, end=end, checkpoint=place):
            with database.writing() as session:
                new += _enter(session, source, archive, page, clock())
                checkpoint = page.checkpoint.dump() if page.checkpoint else None
                searches.advance(session, search.id, checkpoint, len(page.rows))
    except EndlessIndex as error:
        with database.writing() as session:
            searches.give_up(session, search.id, str(error), clock(), clock() + ENDLESS_AGAIN)
        raise
    with database.writing() as session:
        searches.finish(session, search.id, clock())
    return new


def search_source(harvest: Harvest, watched: Watched, source: Source, span: HarvestSpan) -> HarvestSpan:
    """Read the index of a source of every archive into the ledger; while its site is excluded, of those only that were
    never asked.

    Returns the span that was searched: of several archives one may have been away, or be new, and is searched from
    where it was read to. What one of several cannot answer keeps nothing of the others up.
    """
    asked = harvest.asking()
    if source.excluded_until and source.excluded_until > harvest.clock():
        message = f"{source.url}: excluded by the archive, requested again on {source.excluded_until:%Y-%m-%d}"
        harvest.progress.note(watched.service.name, message)
        with harvest.database.reading() as session:
            asked = [one for one in asked if not searches.is_searched(session, source.id, one.archive.name)]
        if not asked:
            return span
    harvest.progress.searching(watched.service.name, source.url)
    several = len(harvest.clients) > 1
    for client in asked:
        start = _since(harvest, source, client, span) if several else span.start
        try:
            search_index(harvest.database, client, source, start, span.end, harvest.clock)
        except EndlessIndex as error:
            # What it gave is as good as any capture: it is planned and fetched.
            harvest.progress.note(watched.service.name, f"{source.url}: {error}")
        except SiteExcluded as error:
            harvest.exclude(source, [client.archive.name], str(error))
            harvest.progress.note(watched.service.name, f"{source.url}: {error}")
        except ArchiveUnavailable as error:
            harvest.leave(client.archive.name, error)
            harvest.progress.note(watched.service.name, f"{client.archive.name}: {error}")
        except TransientFailure as error:
            if not several:
                raise
            harvest.problems.append(f"{client.archive.name}: {error}")
            harvest.progress.note(watched.service.name, f"{client.archive.name}: {error}")
        else:
            if source.excluded_until is not None:
                with harvest.database.writing() as session:
                    sources.clear_exclusion(session, source)
        if start is None or (span.start is not None and start < span.start):
            span = replace(span, start=start)
    return span


def _since(harvest: Harvest, source: Source, client: Archive, span: HarvestSpan) -> datetime | None:
    """Return from when one of several archives is searched: a poll begins where that archive was last read to."""
    if span.start is None or span.end is not None:
        return span.start
    with harvest.database.reading() as session:
        read = searches.read_until(session, source.id, client.archive.name)
    return None if read is None else min(span.start, read - harvest.settings.poll.overlap)


def _enter(session: Session, source: Source, archive: str, page: CdxPage, now: datetime) -> int:
    for bad in page.malformed:
        ledger.add_malformed(session, source, archive, bad.line, bad.reason, now)
    rows = (
        ledger.IndexRow(row.timestamp, row.original, row.mimetype, row.status, row.digest, row.length)
        for row in page.rows
    )
    return ledger.add(session, source, archive, rows)


def _later(first: datetime | None, second: datetime | None) -> datetime | None:
    return max(filter(None, (first, second)), default=None)


def _earlier(first: datetime | None, second: datetime | None) -> datetime | None:
    return min(filter(None, (first, second)), default=None)
