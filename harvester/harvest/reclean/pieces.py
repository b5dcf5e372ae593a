"""Every document made again from its payload by the present cleaner, without a request to any archive.

The work is cut into pieces: a service and a span of its payloads. A piece can be done twice, killed, or done by any
process; what it alters is labelled by history as `technical` or stays within the version it is in, and is never news.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Executable, func, or_, select
from sqlalchemy.orm import Session

from harvester.archive.playback.naming import Naming, naming_of_stored
from harvester.catalogue import ServiceEntry
from harvester.cleaner import CLEANER_VERSION
from harvester.clock import Clock
from harvester.diffing import compare
from harvester.errors import Stopped
from harvester.harvest.steps.capture_page import page_of
from harvester.harvest.steps.clean import COSTLY, Acceptance, Cleaned, NoText, acceptance_of, clean_apart
from harvester.settings import Settings
from harvester.store.content import contents, documents, payloads
from harvester.store.database import Database
from harvester.store.history import history
from harvester.store.ledger import digests, ledger
from harvester.store.ledger.imported import AS_PUBLISHED
from harvester.store.ledger.ledger import Outcome
from harvester.store.ledger.sources import HOME
from harvester.store.schema import Capture, Payload, Playback, Service, Source

PIECE_PAYLOADS = 100
"""Payloads of one piece: some seconds of work, so that what a killed worker leaves is soon done again."""
BATCH_GROUPS = 20
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Piece:
    """Payloads of one service by their numbers, both ends included."""

    service: str
    first: int
    last: int


@dataclass(slots=True)
class Recleaned:
    """The result of re-cleaning: captures processed, documents and texts that differ, and by how much.

    `share` is the sum over altered texts of the share of words that differ; `outcomes` counts captures by
    ``before -> after`` where the outcome itself changed.
    """

    captures: int = 0
    documents: int = 0
    texts: int = 0
    share: float = 0.0
    largest: float = 0.0
    outcomes: dict[str, int] = field(default_factory=dict)

    def add(self, other: Recleaned) -> None:
        """Add the figures of another piece."""
        self.captures += other.captures
        self.documents += other.documents
        self.texts += other.texts
        self.share += other.share
        self.largest = max(self.largest, other.largest)
        for step, number in other.outcomes.items():
            self.outcomes[step] = self.outcomes.get(step, 0) + number

    def count(self, step: str) -> None:
        """Count a capture whose outcome changed."""
        self.outcomes[step] = self.outcomes.get(step, 0) + 1

    def as_dict(self) -> dict[str, Any]:
        """Return the figures as a dictionary for JSON; `from_dict` reads it."""
        return {
            "captures": self.captures,
            "documents": self.documents,
            "texts": self.texts,
            "share": self.share,
            "largest": self.largest,
            "outcomes": dict(sorted(self.outcomes.items())),
        }


def pieces(database: Database, services: Sequence[str], *, force: bool) -> list[Piece]:
    """Return the work to be done for these services; with `force` also what the present cleaner made."""
    found = []
    with database.reading() as session:
        for name in services:
            statement = (
                select(Capture.payload_id)
                .join(Service, Service.id == Capture.service_id)
                .where(Service.name == name, _to_do(force))
                .distinct()
                .order_by(Capture.payload_id)
            )
            numbers = session.scalars(statement).all()
            for start in range(0, len(numbers), PIECE_PAYLOADS):
                batch = [number for number in numbers[start : start + PIECE_PAYLOADS] if number is not None]
                found.append(Piece(name, batch[0], batch[-1]))
    return found


def made_by_another_cleaner(database: Database, service: str) -> bool:
    """Return whether some document of a service was made by a cleaner, and not by the present one."""
    with database.reading() as session:
        other = (
            select(Capture.id)
            .join(Service, Service.id == Capture.service_id)
            .where(Service.name == service, Capture.payload_id.is_not(None))
            .where(Capture.cleaner.not_in((CLEANER_VERSION, *AS_PUBLISHED)))
        )
        return session.scalar(other.limit(1)) is not None


def reclean_piece(
    database: Database,
    settings: Settings,
    entry: ServiceEntry,
    piece: Piece,
    *,
    force: bool,
    clock: Clock,
    stop: threading.Event,
) -> Recleaned:
    """Re-clean one piece, committing as it goes; raise `Stopped` between two batches. The caller then calls
    `finish`.
    """
    done = Recleaned()
    acceptance = acceptance_of(entry, settings.accept)
    work = list(_groups(database, settings, piece, force))
    for start in range(0, len(work), BATCH_GROUPS):
        if stop.is_set():
            raise Stopped("stopped between two batches; run it again to resume")
        made = [(group, _made(database, group, acceptance)) for group in work[start : start + BATCH_GROUPS]]
        batch = Recleaned()
        with database.writing() as session:
            for group, result in made:
                _replace(session, group, result, clock(), batch)
        done.add(batch)
    return done


UNSUPPORTED = "it had the bytes of another capture, which its digest does not support; it is still to be fetched"


def withdraw_unsupported(database: Database, services: Sequence[str]) -> Recleaned:
    """Remove the text of each capture that has another's bytes without a digest to support that."""
    done = Recleaned()
    for name in services:
        with database.writing() as session:
            number = session.scalar(select(Service.id).where(Service.name == name))
            if number is None:
                continue
            for capture in [session.get_one(Capture, one) for one in digests.unsupported(session, number)]:
                done.count(f"{capture.outcome} -> {Outcome.PLANNED}")
                digests.withdraw(session, capture, Outcome.PLANNED, UNSUPPORTED)
    return done


def finish(database: Database, service: str, now: datetime) -> None:
    """Update the history of a re-cleaned service to its new texts; changes keep the date they were found at."""
    with database.reading() as session:
        number = session.scalar(select(Service.id).where(Service.name == service))
        if number is None or not (session.get_one(Service, number).stale or history.is_outdated(session, number)):
            return
    prepared = history.prepare(database, number)
    with database.writing() as session:
        history.refresh_keeping_dates(session, number, now=now, prepared=prepared)


@dataclass(frozen=True, slots=True)
class _Group:
    """Captures of one source and archive with the same bytes and, now, the same document: cleaned once for all."""

    captures: tuple[int, ...]
    payload_id: int
    document_id: int | None
    text_id: int | None
    service: str
    named: Naming
    status: int | None
    content_type: str | None


def _groups(database: Database, settings: Settings, piece: Piece, force: bool) -> Iterator[_Group]:
    with database.reading() as session:
        rows = session.execute(_captures(piece, force)).all()
    for _, found in groupby(rows, lambda row: (row.payload_id, row.source_id, row.archive, row.document_id or 0)):
        members = list(found)
        fetched = next((row for row in members if row.headers is not None), None)
        first = fetched or members[0]
        yield _Group(
            captures=tuple(row.id for row in members),
            payload_id=first.payload_id,
            document_id=first.document_id,
            text_id=first.text_id,
            service=piece.service,
            named=naming_of_stored(
                settings, first.archive, first.timestamp, first.source_url, first.played, first.chain or ()
            ),
            status=first.answered if fetched is not None else first.status,
            content_type=(first.headers or {}).get("content-type") if fetched is not None else None,
        )


def _captures(piece: Piece, force: bool) -> Executable:
    return (
        select(
            Capture.id,
            Capture.payload_id,
            Capture.source_id,
            Capture.archive,
            Capture.document_id,
            Capture.text_id,
            Capture.timestamp,
            Capture.status,
            Source.url.label("source_url"),
            Playback.url.label("played"),
            Playback.chain,
            Playback.status.label("answered"),
            Playback.headers,
        )
        .join(Service, Service.id == Capture.service_id)
        .join(Source, Source.id == Capture.source_id)
        .outerjoin(Playback, Playback.capture_id == Capture.id)
        .where(Service.name == piece.service, Capture.payload_id.between(piece.first, piece.last), _to_do(force))
        .order_by(
            Capture.payload_id,
            Capture.source_id,
            Capture.archive,
            func.coalesce(Capture.document_id, 0),
            Capture.timestamp,
            Capture.id,
        )
    )


_HOMES = select(Source.id).where(Source.origin == HOME)
"""Home pages are read for their link to the policy; whatever a cleaner makes of them, they are none."""


def _to_do(force: bool) -> ColumnElement[bool]:
    """Return captures with bytes that another cleaner read, or none. Those that answered an error that day have no
    policy.

    What was too costly to clean is tried again by force only.
    """
    has_bytes = Capture.payload_id.is_not(None) & (Capture.outcome != Outcome.GONE) & Capture.source_id.not_in(_HOMES)
    has_bytes &= or_(Capture.cleaner.is_(None), Capture.cleaner.not_in(AS_PUBLISHED))
    if force:
        return has_bytes
    affordable = or_(Capture.reason.is_(None), Capture.reason.not_like(f"{COSTLY}%"))
    return has_bytes & affordable & or_(Capture.cleaner.is_(None), Capture.cleaner != CLEANER_VERSION)


def _made(database: Database, group: _Group, acceptance: Acceptance) -> Cleaned | NoText:
    with database.reading() as session:
        body = payloads.get(session, group.payload_id)
        content_type = group.content_type
        if content_type is None:
            digest = session.scalars(select(Payload.digest).where(Payload.id == group.payload_id)).one()
            content_type = ledger.stored_body(session, digest).content_type
    page = page_of(body, group.named, group.service, content_type, group.status)
    return clean_apart(page, acceptance)


def _replace(session: Session, group: _Group, result: Cleaned | NoText, now: datetime, done: Recleaned) -> None:
    document_id = text_id = None
    if isinstance(result, Cleaned):
        ((document_id, text_id),) = contents.put(session, [result.contents])
    altered = document_id != group.document_id
    for number in group.captures:
        capture = session.get_one(Capture, number)
        if altered and group.document_id is not None:
            ledger.supersede(session, capture, group.document_id, capture.cleaner or UNKNOWN, now)
        before = capture.outcome
        _settle(session, capture, result, document_id, text_id)
        if capture.outcome != before:
            done.count(f"{before} -> {capture.outcome}")
    done.captures += len(group.captures)
    done.documents += altered
    if text_id != group.text_id and None not in (text_id, group.text_id):
        assert text_id is not None
        assert group.text_id is not None
        share = compare(documents.text(session, group.text_id), documents.text(session, text_id)).measures.share
        done.texts += 1
        done.share += share
        done.largest = max(done.largest, share)


def _settle(
    session: Session, capture: Capture, result: Cleaned | NoText, document_id: int | None, text_id: int | None
) -> None:
    """Write the new outcome; history is not marked stale when nothing that it reads has changed."""
    outcome = result.outcome
    if outcome is Outcome.STORED and capture.outcome in ledger.OBSERVING:
        outcome = Outcome(capture.outcome)
    elif outcome is Outcome.STORED and session.get(Playback, capture.id) is None:
        outcome = Outcome.UNCHANGED
    page_words = result.page_words if isinstance(result, Cleaned) else None
    if (capture.outcome, capture.text_id, capture.document_id) == (outcome, text_id, document_id):
        ledger.set_cleaner(session, capture, CLEANER_VERSION, result.reason, page_words)
        return
    ledger.settle(
        session,
        capture,
        outcome,
        result.reason,
        document_id=document_id,
        text_id=text_id,
        cleaner=CLEANER_VERSION,
        page_words=page_words,
        seen_at=capture.seen_at,
    )
