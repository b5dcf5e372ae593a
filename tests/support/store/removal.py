"""A source taken out of the store with all that only it showed; raw bodies stay, others are kept against them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from harvester.errors import UnknownName
from harvester.store.history.history import Refreshed, refresh
from harvester.store.ledger.ledger import Outcome
from harvester.store.schema import Capture, Interval, Malformed, Rendering, Search, Source


def remove_source(session: Session, source_id: int, *, now: datetime) -> Refreshed:
    """Deletes a source with its captures; the service's history becomes what the other sources show."""
    service_id = session.scalar(select(Source.service_id).where(Source.id == source_id))
    if service_id is None:
        raise UnknownName(f"there is no source with the number {source_id}")
    # First the history lets go of the captures, then they can go.
    session.execute(
        update(Capture).where(Capture.source_id == source_id).values(outcome=Outcome.LEFT_OUT, text_id=None)
    )
    refreshed = refresh(session, service_id, now=now)
    for table in (Interval, Search, Malformed, Rendering, Capture):
        session.execute(delete(table).where(table.source_id == source_id))
    session.execute(delete(Source).where(Source.id == source_id))
    return refreshed
