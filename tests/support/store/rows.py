"""The few rows that many of the store's tests begin with."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from harvester.store.content.compression import sha256_of, squeezed
from harvester.store.ledger.ledger import Outcome, insert_ignoring
from harvester.store.schema import Capture, Service, Source, TextRow

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def a_service(session: Session, name: str = "example.com") -> Service:
    service = Service(name=name, added_at=NOW)
    session.add(service)
    session.flush()
    return service


def a_source(session: Session, service: Service | None = None, url: str = "http://example.com/privacy") -> Source:
    source = Source(service_id=(service or a_service(session)).id, url=url)
    session.add(source)
    session.flush()
    return source


def a_text(session: Session, comparable: str, language: str = "en", policy_likelihood: float = 1.0) -> int:
    """The id of the comparable text, kept as `store.documents` keeps it."""
    content = comparable.encode()
    digest = sha256_of(content)
    present = session.scalar(select(TextRow.id).where(TextRow.sha256 == digest))
    if present is not None:
        return present
    values = {
        "sha256": digest,
        "size": len(content),
        "words": len(comparable.split()),
        "language": language,
        "language_confidence": 1.0,
        "policy_likelihood": policy_likelihood,
        "reading_grade": 12.0,
        "page_kind": "policy",
        "simhash": 0,
        "data": squeezed(content),
    }
    session.execute(insert_ignoring(session, TextRow, **values))
    return session.scalars(select(TextRow.id).where(TextRow.sha256 == digest)).one()


def a_capture(
    session: Session,
    source: Source,
    timestamp: datetime,
    comparable: str | None,
    outcome: str = Outcome.STORED,
    payload_id: int | None = None,
) -> Capture:
    """A capture that shows `comparable`, or none."""
    capture = Capture(
        service_id=source.service_id,
        source_id=source.id,
        archive="test",
        timestamp=timestamp,
        original=source.url,
        digest=sha256_of((comparable or "").encode())[:32].upper(),
        outcome=outcome,
        text_id=None if comparable is None else a_text(session, comparable),
        payload_id=payload_id,
    )
    session.add(capture)
    session.flush()
    return capture
