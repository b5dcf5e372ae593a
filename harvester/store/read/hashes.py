"""The SimHash of every version: small rows, from which texts are chosen that are worth comparing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from harvester.store.content.stored_form import unsigned
from harvester.store.schema import Service, TextRow, Version


@dataclass(frozen=True, slots=True)
class HashedVersion:
    """A version of a service with the SimHash (64 bits, unsigned) of its text."""

    service: str
    first_seen: datetime
    text_id: int
    simhash: int


def of_text(session: Session, text_id: int) -> int:
    """Return the SimHash of one text."""
    return unsigned(session.scalars(select(TextRow.simhash).where(TextRow.id == text_id)).one())


def of_earlier(session: Session, service_id: int, before: datetime) -> list[tuple[datetime, int, int]]:
    """Return (first seen, text, SimHash) of the versions of a service first seen before an instant, newest first."""
    rows = session.execute(
        select(Version.first_seen, Version.text_id, TextRow.simhash)
        .join(TextRow, TextRow.id == Version.text_id)
        .where(Version.service_id == service_id, Version.first_seen < before)
        .order_by(Version.first_seen.desc())
    )
    return [(first_seen, text_id, unsigned(simhash)) for first_seen, text_id, simhash in rows]


def of_others(session: Session, service_id: int) -> Iterator[HashedVersion]:
    """Yield the versions of all other services."""
    rows = session.execute(
        select(Service.name, Version.first_seen, Version.text_id, TextRow.simhash)
        .join(Service, Service.id == Version.service_id)
        .join(TextRow, TextRow.id == Version.text_id)
        .where(Version.service_id != service_id)
        .execution_options(yield_per=5_000)
    )
    for name, first_seen, text_id, simhash in rows:
        yield HashedVersion(name, first_seen, text_id, unsigned(simhash))
