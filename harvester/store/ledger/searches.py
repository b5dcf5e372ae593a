"""Searches of an archive's index: how far each has come, so that a killed one resumes at its last page."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from harvester.store.schema import Search, Source


def begin(
    session: Session, source: Source, archive: str, start: datetime | None, end: datetime | None, now: datetime
) -> Search:
    """Return the unfinished search of the same range, else a new one."""
    searches = session.scalars(
        select(Search)
        .where(Search.source_id == source.id, Search.archive == archive, Search.finished_at.is_(None))
        .order_by(Search.id.desc())
    )
    search = next((one for one in searches if (one.start, one.end) == (start, end)), None)
    if search is None:
        search = Search(source_id=source.id, archive=archive, start=start, end=end, started_at=now)
        session.add(search)
    return search


def advance(session: Session, search_id: int, checkpoint: str | None, rows: int) -> None:
    """Note that a page with so many rows was read, and where the next begins."""
    search = session.get_one(Search, search_id)
    search.checkpoint = checkpoint
    search.rows += rows
    search.pages += 1


def finish(session: Session, search_id: int, now: datetime) -> None:
    """Record that a search has ended."""
    session.get_one(Search, search_id).finished_at = now


def give_up(session: Session, search_id: int, problem: str, now: datetime, not_before: datetime) -> None:
    """Note that a search passed its bounds: it counts as made, and the next is made after `not_before`."""
    search = session.get_one(Search, search_id)
    search.finished_at, search.problem, search.not_before = now, problem, not_before


def not_before(session: Session, source_id: int, archive: str) -> datetime | None:
    """Return when an index that did not end is searched again; None if the newest search of it ended well."""
    return session.scalar(
        select(Search.not_before)
        .where(Search.source_id == source_id, Search.archive == archive)
        .order_by(Search.started_at.desc(), Search.id.desc())
        .limit(1)
    )


def is_cut_short(session: Session, source_id: int) -> bool:
    """Return whether the newest search of some archive's index of a source passed its bounds."""
    newest = select(func.max(Search.id)).where(Search.source_id == source_id).group_by(Search.archive)
    cut = select(Search.id).where(Search.id.in_(newest), Search.problem.is_not(None)).limit(1)
    return session.scalar(cut) is not None


def is_searched(session: Session, source_id: int, archive: str) -> bool:
    """Return whether an archive's index was ever asked for a source."""
    asked = select(Search.id).where(Search.source_id == source_id, Search.archive == archive).limit(1)
    return session.scalar(asked) is not None


def read_until(session: Session, source_id: int, archive: str) -> datetime | None:
    """Return when the newest search of an archive's index that was to its end began; None if there was none."""
    return session.scalar(
        select(Search.started_at)
        .where(Search.source_id == source_id, Search.archive == archive, Search.end.is_(None))
        .where(Search.finished_at.is_not(None), Search.problem.is_(None))
        .order_by(Search.started_at.desc())
        .limit(1)
    )
