"""Sources, services and texts taken out of a store; raw bodies stay, others are kept against them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from harvester.clock import utc_now
from harvester.errors import UnknownName
from harvester.store.history.history import Refreshed, refresh
from harvester.store.ledger.ledger import Outcome
from harvester.store.schema import Base, Capture, Interval, Malformed, Rendering, Search, Service, Source


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


def remove_service(session: Session, name: str) -> None:
    """Deletes a service with all that is known of it."""
    number = session.scalars(select(Service.id).where(Service.name == name)).one()
    for source in session.scalars(select(Source.id).where(Source.service_id == number)).all():
        remove_source(session, source, now=utc_now())
    for table in reversed(Base.metadata.sorted_tables):
        if "service_id" in table.c:
            session.execute(delete(table).where(table.c.service_id == number))
    session.execute(delete(Service).where(Service.id == number))


def forget_text(one: Capture) -> None:
    """Makes a stored capture one without a policy; the history is refreshed by the caller."""
    one.outcome, one.text_id, one.document_id, one.payload_id = Outcome.NOT_A_POLICY, None, None, None
