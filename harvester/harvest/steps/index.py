"""The archive's index into the ledger, page by page, each committed with the place at which a killed search goes on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from harvester.archive.client import ArchiveClient
from harvester.archive.index.paging import CdxPage, Checkpoint
from harvester.clock import Clock
from harvester.store.database import Database
from harvester.store.ledger import ledger
from harvester.store.schema import Search, Source


def search_index(
    database: Database,
    client: ArchiveClient,
    source: Source,
    start: datetime | None,
    end: datetime | None,
    clock: Clock,
) -> int:
    """Enters every capture of a source between two instants into the ledger; gives how many were new.

    An unfinished search of the same range by an earlier process is gone on with from its last page.
    Raises what `ArchiveClient.search` raises; what was entered before stays.
    """
    archive = client.archive.name
    start, end = _later(start, source.since), _earlier(end, source.until)
    if start and end and start > end:
        return 0
    with database.writing() as session:
        search = _unfinished(session, source, archive, start, end)
        if search is None:
            search = Search(source_id=source.id, archive=archive, start=start, end=end, started_at=clock())
            session.add(search)
    place = Checkpoint.load(search.checkpoint) if search.checkpoint else None
    new = 0
    for page in client.search(source.url, start=start, end=end, checkpoint=place):
        with database.writing() as session:
            new += _enter(session, source, archive, page, clock())
            kept = session.get_one(Search, search.id)
            kept.checkpoint = page.checkpoint.dump() if page.checkpoint else None
            kept.rows += len(page.rows)
            kept.pages += 1
    with database.writing() as session:
        session.get_one(Search, search.id).finished_at = clock()
    return new


def _enter(session: Session, source: Source, archive: str, page: CdxPage, now: datetime) -> int:
    for bad in page.malformed:
        ledger.add_malformed(session, source, archive, bad.line, bad.reason, now)
    rows = (
        ledger.Row(row.timestamp, row.original, row.mimetype, row.status, row.digest, row.length) for row in page.rows
    )
    return ledger.add(session, source, archive, rows)


def _unfinished(
    session: Session, source: Source, archive: str, start: datetime | None, end: datetime | None
) -> Search | None:
    searches = session.scalars(
        select(Search)
        .where(Search.source_id == source.id, Search.archive == archive, Search.finished_at.is_(None))
        .order_by(Search.id.desc())
    )
    return next((one for one in searches if (one.start, one.end) == (start, end)), None)


def _later(first: datetime | None, second: datetime | None) -> datetime | None:
    return max(filter(None, (first, second)), default=None)


def _earlier(first: datetime | None, second: datetime | None) -> datetime | None:
    return min(filter(None, (first, second)), default=None)
