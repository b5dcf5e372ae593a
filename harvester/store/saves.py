"""Captures that an archive was asked to take: each request, what it came to, and when the next may be made."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from harvester.store.schema import Capture, Save, Service, Source, Witness

SLACK = timedelta(minutes=1)
"""How far the instant at which the index lists a capture may be from the one in the archive's answer."""


class SaveState(StrEnum):
    """What a request for a capture has come to."""

    REQUESTED = "requested"
    SAVED = "saved"
    INDEXED = "indexed"
    RECENT = "recent"
    DUE_AGAIN = "due-again"
    GIVEN_UP = "given-up"


# Made once: to build them takes longer than to run them.
_LATEST = select(func.max(Save.id)).group_by(Save.source_id)
_STATES = select(Save.state).where(Save.id.in_(_LATEST))
_TROUBLES = (
    select(Service.name, Source.url, Save.state, Save.reason, Save.due_at)
    .join(Source, Source.id == Save.source_id)
    .join(Service, Service.id == Source.service_id)
    .where(Save.id.in_(_LATEST), Save.state.in_((SaveState.DUE_AGAIN, SaveState.GIVEN_UP)))
    .order_by(Service.name, Source.url)
)


def begin(session: Session, source_id: int, archive: str, now: datetime) -> Save:
    """Enter a request about to be sent."""
    last = latest(session, source_id)
    failed = last.tries if last is not None and last.state == SaveState.DUE_AGAIN else 0
    made = Save(source_id=source_id, archive=archive, asked_at=now, state=SaveState.REQUESTED, tries=failed + 1)
    session.add(made)
    session.flush()
    return made


def postpone(session: Session, source_id: int, archive: str, reason: str, now: datetime, due_at: datetime) -> None:
    """Note that nothing was sent, why, and when it may be."""
    last = latest(session, source_id)
    if last is None or last.state != SaveState.DUE_AGAIN:
        last = Save(source_id=source_id, archive=archive, asked_at=now, state=SaveState.DUE_AGAIN, tries=0)
        session.add(last)
    last.reason, last.due_at = reason, due_at


def settle(session: Session, save_id: int, state: SaveState, **values: Any) -> None:
    """Record what a request has come to."""
    session.execute(update(Save).where(Save.id == save_id).values(state=state, **values))


def latest(session: Session, source_id: int) -> Save | None:
    """Return the last request for a source."""
    return session.scalar(select(Save).where(Save.source_id == source_id).order_by(Save.id.desc()).limit(1))


def sent_since(session: Session, archive: str, moment: datetime) -> list[datetime]:
    """Return when requests were sent to an archive since an instant, the newest first."""
    sent = (Save.archive == archive, Save.asked_at >= moment, Save.tries > 0)
    return list(session.scalars(select(Save.asked_at).where(*sent).order_by(Save.asked_at.desc())))


def newest_capture(session: Session, source_id: int, archive: str) -> datetime | None:
    """Return the newest capture of a source that an archive lists and that shows no error."""
    vouched = select(Witness.capture_id).where(Witness.capture_id == Capture.id, Witness.archive == archive).exists()
    shown = or_(Capture.status.is_(None), Capture.status < 400)
    return session.scalar(
        select(func.max(Capture.timestamp)).where(
            Capture.source_id == source_id, shown, or_(Capture.archive == archive, vouched)
        )
    )


def note_indexed(session: Session) -> None:
    """Mark the captures taken that the ledger has by now."""
    awaited = session.execute(select(Save.id, Save.source_id, Save.captured_at).where(Save.state == SaveState.SAVED))
    for number, source_id, captured_at in awaited.all():
        assert captured_at is not None
        near = Capture.timestamp.between(captured_at - SLACK, captured_at + SLACK)
        listed = select(Capture.id).where(Capture.source_id == source_id, near)
        if session.scalar(listed.limit(1)) is not None:
            settle(session, number, SaveState.INDEXED)


def awaited_since(session: Session, service_id: int, after: datetime) -> datetime | None:
    """Return the instant of the oldest capture taken for a service after an instant that no index has shown yet."""
    return session.scalar(
        select(func.min(Save.captured_at))
        .join(Source, Source.id == Save.source_id)
        .where(Source.service_id == service_id, Save.state == SaveState.SAVED, Save.captured_at >= after)
    )


def states(session: Session) -> dict[str, int]:
    """Count the last request of each source by state."""
    found: Counter[str] = Counter(session.scalars(_STATES))
    return {str(state): found.get(state, 0) for state in SaveState}


def troubles(session: Session) -> list[dict[str, Any]]:
    """Return the addresses whose last request failed: by service, with state, reason and when it is repeated."""
    rows = session.execute(_TROUBLES)
    return [
        {"service": name, "url": url, "state": state, "reason": reason, "due_at": due_at}
        for name, url, state, reason, due_at in rows
    ]
