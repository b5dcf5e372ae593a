"""Captures with all that an export needs of them, a row at a time: bodies are read apart, by their ids."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from harvester.catalogue.document_types import usual_name
from harvester.store.ledger.ledger import OBSERVING
from harvester.store.ledger.sources import COMBINED
from harvester.store.read.versions import service_id
from harvester.store.schema import Capture, Payload, Playback, Service, Source

_ROWS_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A capture whose bytes are stored, or (`payload_id` None) known only from the index.

    `moment` is the true time of what was played back; it differs from `timestamp` when playback returned another
    capture.
    `size` and `payload_digest` (SHA-1, base32) are those of its bytes. `page_url`, `page_status`, `headers` and `chain`
    are of its playback, None and empty where it needed no download.
    """

    capture_id: int
    service: str
    domain: str
    type: str
    source_url: str
    archive: str
    timestamp: datetime
    moment: datetime
    original: str
    mimetype: str | None
    status: int | None
    digest: str
    length: int | None
    plan: str | None
    outcome: str
    reason: str | None
    cleaner: str | None
    recipe: str | None
    payload_id: int | None
    document_id: int | None
    text_id: int | None
    size: int | None
    payload_digest: str | None
    page_url: str | None
    page_status: int | None
    headers: dict[str, Any]
    chain: list[Any]

    @property
    def is_of_corpus(self) -> bool:
        """Whether its document is made as the corpus's are: of the article of one page."""
        return self.recipe not in ("selected", "combined")


_moment: ColumnElement[datetime] = func.coalesce(Capture.seen_at, Capture.timestamp, type_=Capture.timestamp.type)


def service_names(session: Session, only: Sequence[str] = (), types: Sequence[str] = ()) -> list[tuple[int, str]]:
    """Return number and name of all documents (with `types`: of these types), or of those named, by name.

    Raises `UnknownName` for an unknown one.
    """
    if only:
        return [(service_id(session, name), name) for name in sorted(set(map(usual_name, only)))]
    # Not ORDER BY: databases sort text by their own rules.
    wanted = select(Service.id, Service.name)
    rows = session.execute(wanted.where(Service.type.in_(types)) if types else wanted)
    return sorted(((row.id, row.name) for row in rows), key=lambda row: row[1])


def observed(session: Session, service_id: int) -> Iterator[Snapshot]:
    """Yield the captures of a service that show its policy, oldest first."""
    shown = _snapshots().where(Capture.service_id == service_id, Capture.outcome.in_(OBSERVING))
    return _in_order(session, shown)


def observed_by_all(session: Session, service_ids: Sequence[int], types: Sequence[str] = ()) -> Iterator[Snapshot]:
    """Yield the captures that show a policy, of several documents (none: of all), and of some types, oldest first."""
    shown = _snapshots().where(Capture.outcome.in_(OBSERVING))
    if service_ids:
        shown = shown.where(Capture.service_id.in_(service_ids))
    if types:
        shown = shown.where(Service.type.in_(types))
    return _in_order(session, shown)


def known(session: Session, service_id: int) -> Iterator[Snapshot]:
    """Yield every capture of a service, oldest first, whatever its outcome."""
    return _in_order(session, _snapshots().where(Capture.service_id == service_id))


def of_captures(session: Session, capture_ids: Sequence[int]) -> list[Snapshot]:
    """Return some captures by their numbers, oldest first."""
    return list(_in_order(session, _snapshots().where(Capture.id.in_(capture_ids))))


def last_observed(session: Session, service_id: int, until: datetime | None = None) -> Snapshot | None:
    """Return the last capture of a service that shows its policy, no later than `until`."""
    conditions = [Capture.service_id == service_id, Capture.outcome.in_(OBSERVING)]
    if until is not None:
        conditions.append(_moment.__le__(until))
    moment = session.scalar(select(func.max(_moment)).where(*conditions))
    if moment is None:
        return None
    return list(_in_order(session, _snapshots().where(*conditions, _moment.__eq__(moment))))[-1]


def first_playback(session: Session, payload_id: int) -> Playback | None:
    """Return how a payload was first obtained, since captures with equal bytes have no playback of their own."""
    return session.scalar(
        select(Playback)
        .join(Capture, Capture.id == Playback.capture_id)
        .where(Capture.payload_id == payload_id)
        .order_by(Capture.timestamp, Capture.id)
        .limit(1)
    )


def _snapshots() -> Any:
    return (
        select(
            Capture.id,
            Service.name,
            Service.domain,
            Service.type,
            case((Source.origin == COMBINED, Capture.original), else_=Source.url),
            Capture.archive,
            Capture.timestamp,
            _moment,
            Capture.original,
            Capture.mimetype,
            Capture.status,
            Capture.digest,
            Capture.length,
            Capture.plan,
            Capture.outcome,
            Capture.reason,
            Capture.cleaner,
            Capture.recipe,
            Capture.payload_id,
            Capture.document_id,
            Capture.text_id,
            Payload.size,
            Payload.digest,
            Playback.url,
            Playback.status,
            Playback.headers,
            Playback.chain,
        )
        .join(Service, Service.id == Capture.service_id)
        .join(Source, Source.id == Capture.source_id)
        .outerjoin(Payload, Payload.id == Capture.payload_id)
        .outerjoin(Playback, Playback.capture_id == Capture.id)
        .order_by(_moment)
    )


def _in_order(session: Session, statement: Any) -> Iterator[Snapshot]:
    """Yield the rows, oldest first; the order of rows of one instant depends on no database's collation or
    numbering.
    """
    rows = session.execute(statement.execution_options(yield_per=_ROWS_AT_ONCE))
    snapshots = (_snapshot(row) for row in rows)
    for _, same_instant in groupby(snapshots, key=lambda one: one.moment):
        yield from sorted(same_instant, key=lambda one: (one.service, one.original, one.digest, one.timestamp))


def _snapshot(row: Any) -> Snapshot:
    columns: list[Any] = list(row)
    columns[-2:] = columns[-2] or {}, columns[-1] or []
    return Snapshot(*columns)
