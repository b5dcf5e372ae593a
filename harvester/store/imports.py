"""Documents that others published, entered as captures with their provenance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from harvester.cleaner.document import Document
from harvester.cleaner.quality import Quality
from harvester.store import documents, history, payloads
from harvester.store.ledger import Outcome, insert_ignoring, keep_playback
from harvester.store.schema import Capture, Playback, Service, Source


@dataclass(frozen=True, slots=True)
class Published:
    """A document as it was published elsewhere.

    `url` is its address then; `archive` says where it was imported from (``corpus``, ``ota:NAME``), `cleaner` who made
    the text; `body` is the page that came with it, else the published file itself, of `content_type`; `page_url` is
    where the publication can be looked up.
    """

    service: str
    url: str
    archive: str
    timestamp: datetime
    document: Document
    cleaner: str
    body: bytes
    content_type: str
    page_url: str
    origin: dict[str, Any]

    @property
    def digest(self) -> str:
        """As an archive's index would have it."""
        return payloads.archive_digest(self.body)


def is_known(session: Session, one: Published) -> bool:
    """Whether a document is in the store already."""
    found = session.scalar(
        select(Capture.id)
        .join(Source, Source.id == Capture.source_id)
        .join(Service, Service.id == Capture.service_id)
        .where(Service.name == one.service, Source.url == one.url)
        .where(Capture.timestamp == one.timestamp, Capture.digest == one.digest, Capture.document_id.is_not(None))
        .limit(1)
    )
    return found is not None


def put(session: Session, one: Published, quality: Quality, now: datetime) -> None:
    """Enters a document: service, source, bytes, text, provenance; its service's history is stale then."""
    source = _source(session, one, now)
    payload_id = payloads.put(session, one.body, source_id=source.id)
    document_id, text_id = documents.put(session, one.document, quality)
    digest = one.digest
    session.execute(
        insert_ignoring(
            session,
            Capture,
            service_id=source.service_id,
            source_id=source.id,
            archive=one.archive,
            timestamp=one.timestamp,
            original=one.url,
            mimetype=one.content_type.partition(";")[0],
            status=200,
            digest=digest,
            outcome=Outcome.LEFT_OUT,
            tries=0,
        )
    )
    capture = session.scalars(
        select(Capture).where(
            Capture.source_id == source.id, Capture.timestamp == one.timestamp, Capture.digest == digest
        )
    ).one()
    capture.archive, capture.outcome, capture.reason, capture.due_at = one.archive, Outcome.STORED, None, None
    capture.payload_id, capture.document_id, capture.text_id = payload_id, document_id, text_id
    capture.cleaner = one.cleaner
    keep_playback(
        session,
        Playback(
            capture_id=capture.id,
            fetched_at=now,
            url=one.page_url,
            status=200,
            headers={"content-type": one.content_type, **one.origin},
            chain=[],
            verdict="unknown",
        ),
    )
    session.execute(update(Service).where(Service.id == source.service_id).values(stale=True))


def stale(session: Session, names: Iterable[str]) -> list[int]:
    """The services, of those named, whose history is not up to their captures."""
    rows = session.execute(select(Service.id, Service.name).where(Service.stale))
    wanted = set(names)
    return [row.id for row in rows if row.name in wanted]


def refresh(session: Session, service_id: int, now: datetime) -> int:
    """Brings a service's history up to its captures; gives how many changes are new."""
    return len(history.refresh(session, service_id, now=now).added)


def _source(session: Session, one: Published, now: datetime) -> Source:
    """The source of that address, whoever entered it, or a new one."""
    service = session.scalar(select(Service).where(Service.name == one.service))
    if service is None:
        service = Service(name=one.service, added_at=now, tags=[])
        session.add(service)
        session.flush()
    source = session.scalar(
        select(Source).where(Source.service_id == service.id, Source.url == one.url).order_by(Source.id).limit(1)
    )
    if source is None:
        source = Source(service_id=service.id, url=one.url, origin="imported")
        session.add(source)
        session.flush()
    return source
