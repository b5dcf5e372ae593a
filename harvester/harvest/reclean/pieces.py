"""Every document made again from its payload by the present cleaner, without a request to any archive.

The work is cut into pieces: a service and a span of its payloads. A piece can be done twice, killed, or done by any
process; what it alters is labelled by history as `technical` or stays within the version it is in, and is never news.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, literal, or_, select
from sqlalchemy.orm import Session

from harvester.catalogue.entries import ServiceEntry
from harvester.catalogue.selection import cleaner_label
from harvester.cleaner import CLEANER_VERSION
from harvester.clock import Clock
from harvester.errors import Stopped
from harvester.harvest.reclean.groups import groups, made_again, settle_groups
from harvester.harvest.reclean.recleaned import Recleaned
from harvester.harvest.steps.clean import acceptance_of
from harvester.harvest.steps.clean_page import COSTLY
from harvester.settings import Settings
from harvester.store.content import measures, payloads
from harvester.store.content.publication import AS_PUBLISHED
from harvester.store.database import Database
from harvester.store.history import combined, history
from harvester.store.ledger.ledger import Outcome
from harvester.store.ledger.sources import HOME
from harvester.store.schema import Capture, Service, Source

PIECE_PAYLOADS = 100
"""Payloads of one piece: some seconds of work, so that what a killed worker leaves is soon done again."""
BATCH_GROUPS = 20


@dataclass(frozen=True, slots=True)
class Piece:
    """Payloads of one service by their numbers, both ends included."""

    service: str
    first: int
    last: int


def pieces(database: Database, entries: Sequence[ServiceEntry], *, force: bool) -> list[Piece]:
    """Return the work to be done for these services; with `force` also what the present cleaner made."""
    found = []
    with database.reading() as session:
        for entry in entries:
            name = entry.name
            statement = (
                select(Capture.payload_id)
                .join(Service, Service.id == Capture.service_id)
                .where(Service.name == name, _to_do(force, _cleaner_now(session, entry)))
                .distinct()
                .order_by(Capture.payload_id)
            )
            numbers = session.scalars(statement).all()
            for start in range(0, len(numbers), PIECE_PAYLOADS):
                batch = [number for number in numbers[start : start + PIECE_PAYLOADS] if number is not None]
                found.append(Piece(name, batch[0], batch[-1]))
    return found


def left_out(database: Database, entries: Sequence[ServiceEntry]) -> list[str]:
    """Return the services with stored pages that are not among these: nothing says how they are to be cleaned."""
    with database.reading() as session:
        having = select(Capture.id).where(Capture.service_id == Service.id, Capture.payload_id.is_not(None)).exists()
        named = session.scalars(select(Service.name).where(having).order_by(Service.name))
        return sorted(set(named) - {one.name for one in entries})


def made_by_another_cleaner(database: Database, entry: ServiceEntry) -> bool:
    """Return whether some document of a service was made by a cleaner, and not by the present one with what the
    catalogue selects.
    """
    with database.reading() as session:
        other = (
            select(Capture.id)
            .join(Service, Service.id == Capture.service_id)
            .where(Service.name == entry.name, Capture.payload_id.is_not(None))
            .where(Capture.cleaner.not_in(AS_PUBLISHED), Capture.cleaner != _cleaner_now(session, entry))
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
    within = Capture.payload_id.between(piece.first, piece.last)
    with database.reading() as session:
        to_do = _to_do(force, _cleaner_now(session, entry))
    work = list(groups(database, settings, piece.service, within, to_do, selections=acceptance.selections))
    known = payloads.bodies()
    for start in range(0, len(work), BATCH_GROUPS):
        if stop.is_set():
            raise Stopped("stopped between two batches; run it again to resume")
        batch_of = work[start : start + BATCH_GROUPS]
        made = [(group, made_again(database, group, acceptance, known)) for group in batch_of]
        batch = Recleaned()
        with database.writing() as session:
            settle_groups(session, made, clock(), batch)
        done.add(batch)
    return done


def finish(database: Database, service: str, now: datetime) -> None:
    """Update the history of a re-cleaned service to its new texts; changes keep the date they were found at."""
    with database.reading() as session:
        number = session.scalar(select(Service.id).where(Service.name == service))
        if number is None:
            return
        joined = combined.is_combined(session, number)
    if joined:
        with database.writing() as session:
            measures.renew_combined(session, number)
    with database.reading() as session:
        if not (session.get_one(Service, number).stale or history.is_outdated(session, number)):
            return
    prepared = history.prepare(database, number)
    with database.writing() as session:
        history.refresh_keeping_dates(session, number, now=now, prepared=prepared)


_HOMES = select(Source.id).where(Source.origin == HOME)
"""Home pages are read for their link to the policy; whatever a cleaner makes of them, they are none."""


def _cleaner_now(session: Session, entry: ServiceEntry) -> ColumnElement[str]:
    """Return what would make the document of a capture of this service now: the cleaner, with what is selected then."""
    ours = (
        select(Source.id, Source.url).join(Service, Service.id == Source.service_id).where(Service.name == entry.name)
    )
    labels = [
        (
            (Capture.source_id == source.id) & (Capture.timestamp >= start) & (Capture.timestamp < end),
            cleaner_label(CLEANER_VERSION, selection),
        )
        for source in session.execute(ours.where(Service.name == entry.name))
        for start, end, selection in entry.selections.periods(source.url)
    ]
    return case(*labels, else_=CLEANER_VERSION) if labels else literal(CLEANER_VERSION)


def _to_do(force: bool, cleaner: ColumnElement[str]) -> ColumnElement[bool]:
    """Return captures with bytes that another cleaner read, or none. Those that answered an error that day have no
    policy.

    What was too costly to clean is tried again, and what others published measured again, by force only.
    """
    has_bytes = Capture.payload_id.is_not(None) & (Capture.outcome != Outcome.GONE) & Capture.source_id.not_in(_HOMES)
    is_ours = or_(Capture.cleaner.is_(None), Capture.cleaner.not_in(AS_PUBLISHED))
    if force:
        return has_bytes & or_(is_ours, Capture.document_id.is_not(None))
    has_bytes &= is_ours
    affordable = or_(Capture.reason.is_(None), Capture.reason.not_like(f"{COSTLY}%"))
    return has_bytes & affordable & or_(Capture.cleaner.is_(None), Capture.cleaner != cleaner)
