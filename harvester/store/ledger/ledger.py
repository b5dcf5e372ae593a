"""The ledger: for every capture that the archive lists, and for every planned interval, exactly one outcome."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import CursorResult, Select, bindparam, delete, select, update
from sqlalchemy.orm import Session, aliased

from harvester.store.ledger import tallies, witnesses
from harvester.store.ledger.digests import has_body_digest, shows_its_digest
from harvester.store.ledger.inserting import insert_ignoring as insert_ignoring
from harvester.store.outcome import Outcome as Outcome
from harvester.store.schema import Capture, Interval, Malformed, Payload, Playback, Service, Source, Superseded

OBSERVING = (Outcome.STORED, Outcome.UNCHANGED)
"""The outcomes that show what a policy said; only these make versions."""

SHOWING = (*OBSERVING, Outcome.PART)
"""The same, and those that show one of several pages of a document (`history.combined`)."""

WAITING = (Outcome.PLANNED, Outcome.DUE_AGAIN)
"""The outcomes that ask for another step."""

_REUSING = (*WAITING, Outcome.LEFT_OUT, Outcome.UNPLAYABLE, Outcome.FAILED)

_ROWS_PER_STATEMENT = 500


@dataclass(frozen=True, slots=True)
class IndexRow:
    """A capture as the archive's index lists it, for `add`."""

    timestamp: datetime
    original: str
    mimetype: str | None
    status: int | None
    digest: str
    length: int | None


def add(session: Session, source: Source, archive: str, rows: Iterable[IndexRow]) -> int:
    """Insert captures that the index lists; known ones are unchanged. Returns how many were new."""
    rows = list(rows)
    values = [
        {
            "service_id": source.service_id,
            "source_id": source.id,
            "archive": archive,
            "timestamp": row.timestamp,
            "original": row.original,
            "mimetype": row.mimetype,
            "status": row.status,
            "digest": row.digest,
            "length": row.length,
            "outcome": Outcome.LEFT_OUT,
            "tries": 0,
        }
        for row in rows
    ]
    new = 0
    for start in range(0, len(values), _ROWS_PER_STATEMENT):
        statement = insert_ignoring(session, Capture).values(values[start : start + _ROWS_PER_STATEMENT])
        new += _count(session.execute(statement))
    if new < len(values):
        witnesses.listed(session, source, archive, [(row.timestamp, row.digest) for row in rows])
    return new


def add_malformed(session: Session, source: Source, archive: str, line: str, reason: str, now: datetime) -> None:
    """Store an index row that could not be parsed, once."""
    line = line.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()[:10_000]
    digest = hashlib.sha256(line.encode()).hexdigest()
    values = {"source_id": source.id, "archive": archive, "sha256": digest}
    session.execute(insert_ignoring(session, Malformed, **values, line=line, reason=reason, seen_at=now))


def captures_of(
    session: Session, source_id: int, start: datetime | None = None, end: datetime | None = None
) -> Sequence[Capture]:
    """Return the captures of a source between two instants (both included), oldest first."""
    statement = select(Capture).where(Capture.source_id == source_id)
    if start is not None:
        statement = statement.where(Capture.timestamp >= start)
    if end is not None:
        statement = statement.where(Capture.timestamp <= end)
    return session.scalars(statement.order_by(Capture.timestamp, Capture.digest)).all()


def waiting(session: Session, service_id: int) -> Sequence[Capture]:
    """Return the captures of a service that are still to be fetched, now or when their retry is due, oldest first."""
    statement = (
        select(Capture)
        .where(Capture.service_id == service_id, Capture.outcome.in_(WAITING))
        .order_by(Capture.timestamp, Capture.digest, Capture.id)
    )
    return session.scalars(statement).all()


def refused(session: Session, service_id: int) -> Sequence[Capture]:
    """Return the captures of a service that made no version although they were requested, oldest first."""
    quiet = (*SHOWING, *WAITING, Outcome.LEFT_OUT)
    statement = (
        select(Capture)
        .where(Capture.service_id == service_id, Capture.outcome.not_in(quiet))
        .order_by(Capture.timestamp, Capture.id)
    )
    return session.scalars(statement).all()


def reusable(session: Session, service_id: int) -> Sequence[int]:
    """Return the captures of a service, oldest first, that need no download: the store has the body of their digest."""
    return session.scalars(_reusable(), {"service": service_id}).all()


@cache
def _reusable() -> Select[int]:
    """Make the statement of `reusable` once: to build it takes longer than to run it."""
    known, open_capture = aliased(Capture), Capture
    same_source = (
        select(known.id)
        .where(known.digest == open_capture.digest, known.source_id == open_capture.source_id)
        .where(shows_its_digest(known))
        .exists()
    )
    return (
        select(open_capture.id)
        .where(open_capture.service_id == bindparam("service"), open_capture.outcome.in_(_REUSING))
        .where((open_capture.status.is_(None)) | (open_capture.status < 300))
        .where(has_body_digest(open_capture))
        .where(same_source | select(Payload.id).where(Payload.digest == open_capture.digest).exists())
        .order_by(open_capture.timestamp, open_capture.id)
    )


def known_payload(session: Session, capture: Capture) -> int:
    """Return the payload of a capture that `reusable` found: the bytes of its digest, or those that another capture of
    its source has under it. Archives count some digests before they undo an encoding, so that no bytes here have them.
    """
    own = session.scalar(select(Payload.id).where(Payload.digest == capture.digest))
    if own is not None:
        return own
    known = (
        select(Capture.payload_id)
        .where(Capture.source_id == capture.source_id, Capture.digest == capture.digest)
        .where(shows_its_digest(Capture))
        .order_by(Capture.timestamp)
        .limit(1)
    )
    found = session.scalars(known).one()
    assert found is not None
    return found


def content_type_of(session: Session, payload_id: int) -> str | None:
    """Return the content type under which a payload was first played back."""
    headers = session.scalar(
        select(Playback.headers)
        .join(Capture, Capture.id == Playback.capture_id)
        .where(Capture.payload_id == payload_id)
        .order_by(Capture.timestamp)
        .limit(1)
    )
    return (headers or {}).get("content-type")


# Made once: to build it takes longer than to run it.
_STALE = (
    update(Service)
    .where(Service.id == bindparam("service"), Service.stale.is_(False))
    .values(stale=True)
    .execution_options(synchronize_session=False)
)


def settle(
    session: Session,
    capture: Capture,
    outcome: Outcome,
    reason: str | None = None,
    *,
    due_at: datetime | None = None,
    payload_id: int | None = None,
    document_id: int | None = None,
    text_id: int | None = None,
    cleaner: str | None = None,
    page_words: int | None = None,
    recipe: str | None = None,
    seen_at: datetime | None = None,
) -> None:
    """Give a capture its outcome and, if that affects history, mark its service's versions as stale."""
    observed = outcome in SHOWING or capture.outcome in SHOWING
    capture.outcome = outcome
    capture.reason = reason
    capture.due_at = due_at
    capture.payload_id = payload_id if payload_id is not None else capture.payload_id
    capture.document_id = document_id
    capture.text_id = text_id
    capture.cleaner = cleaner
    capture.page_words = page_words
    capture.recipe = recipe
    capture.seen_at = seen_at
    if capture not in session:
        session.merge(capture)
    if observed:
        with session.no_autoflush:  # or each capture is written alone
            session.execute(_STALE, {"service": capture.service_id})


def plan(capture: Capture, asked_by: str) -> None:
    """Mark a capture to be fetched; `asked_by` is the sampling, or what else requested it."""
    capture.outcome, capture.plan, capture.due_at = Outcome.PLANNED, asked_by, None


def note(capture: Capture, reason: str) -> None:
    """Keep why a capture is left as it is."""
    capture.reason = reason


def set_archive(session: Session, capture: Capture, archive: str) -> None:
    """Keep which archive a capture was played back by, whichever listed it first."""
    if capture.archive != archive:
        witnesses.note(session, capture.archive, [capture.id])
        capture.archive = archive


def supersede(session: Session, capture: Capture, document_id: int, cleaner: str, now: datetime) -> None:
    """Keep which document an earlier cleaner made of a capture."""
    values = {"capture_id": capture.id, "cleaner": cleaner, "document_id": document_id, "replaced_at": now}
    session.execute(insert_ignoring(session, Superseded, **values))


def set_cleaner(
    capture: Capture,
    cleaner: str,
    reason: str | None,
    page_words: int | None = None,
    recipe: str | None = None,
) -> None:
    """Keep that another cleaner or recipe made the same of a capture: nothing that history reads has changed."""
    capture.cleaner, capture.reason, capture.page_words, capture.recipe = cleaner, reason, page_words, recipe


def count_try(capture: Capture) -> None:
    """Count one try of a capture."""
    capture.tries += 1


def keep_playback(session: Session, playback: Playback) -> None:
    """Store how a capture's bytes were obtained, replacing the record of an earlier try."""
    session.execute(delete(Playback).where(Playback.capture_id == playback.capture_id))
    session.add(playback)


@dataclass(frozen=True, slots=True)
class Planned:
    """A planned span of a source with its outcome, for `set_intervals`."""

    start: datetime
    end: datetime
    outcome: Outcome
    reason: str | None = None
    capture_id: int | None = None


def set_intervals(session: Session, source: Source, plan: str, spans: Sequence[Planned]) -> None:
    """Store planned intervals with their outcomes, replacing earlier ones."""
    if not spans:
        return
    starts = [one.start for one in spans]
    of_plan = select(Interval).where(
        Interval.source_id == source.id, Interval.plan == plan, Interval.start.between(min(starts), max(starts))
    )
    known = {one.start: one for one in session.scalars(of_plan)}
    for one in spans:
        interval = known.get(one.start) or Interval(
            service_id=source.service_id, source_id=source.id, plan=plan, start=one.start
        )
        interval.end, interval.outcome, interval.reason, interval.capture_id = (
            one.end, one.outcome, one.reason, one.capture_id,
        )  # fmt: skip
        session.add(interval)


def counts(session: Session, service_id: int | None = None) -> dict[str, int]:
    """Count the captures of each outcome, of one service or of all."""
    found = tallies.totals(session, service_id)
    return {what: number for what, number in found.items() if what not in (tallies.VERSIONS, tallies.CHANGES)}


def _count(result: Any) -> int:
    assert isinstance(result, CursorResult)
    return max(result.rowcount, 0)
