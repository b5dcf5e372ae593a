"""Pages as a browser left them after their scripts, and what these asked the archive for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, delete, exists, func, or_, select, text
from sqlalchemy.orm import Session

from harvester.memento import timestamp_of
from harvester.store.content import payloads
from harvester.store.ledger.inserting import insert_ignoring
from harvester.store.schema import NEEDS_A_BROWSER, Capture, Part, Rendering


@dataclass(frozen=True, slots=True)
class KeptPart:
    """What an archive has at an address, and when it took it; `body` None: nothing."""

    body: bytes | None
    content_type: str | None
    status: int | None
    captured_at: datetime | None = None


# Made once: to build them takes longer than to run them.
_OF = select(Rendering).where(
    Rendering.source_id == bindparam("source_id"),
    Rendering.archive == bindparam("archive"),
    Rendering.payload_id == bindparam("payload_id"),
    or_(Rendering.taken_at.is_(None), Rendering.taken_at == bindparam("taken_at")),
)
_NEEDED = select(func.count()).select_from(Capture).where(text(NEEDS_A_BROWSER))
_WITH_A_PAGE = (
    select(func.count())
    .select_from(Capture)
    .where(and_(Capture.payload_id.is_not(None), or_(Capture.recipe.is_(None), Capture.recipe != "rendered")))
)


def of(session: Session, source_id: int, archive: str, payload_id: int, taken_at: datetime | None) -> Rendering | None:
    """Return what a browser made of a payload of a source for a capture of that time, or None if it never did."""
    key = {"source_id": source_id, "archive": archive, "payload_id": payload_id, "taken_at": taken_at}
    return session.scalar(_OF, key)


def dom_of(session: Session, source_id: int, archive: str, payload_id: int, taken_at: datetime) -> bytes | None:
    """Return a payload after its scripts, in UTF-8; None if no browser made one for a capture of that time."""
    return page_of(session, of(session, source_id, archive, payload_id, taken_at))


def are_of_one_capture(session: Session, source_id: int, archive: str, payload_id: int) -> bool:
    """Return whether each capture with these bytes has a rendering of its own."""
    one = select(Rendering.id).where(
        Rendering.source_id == source_id,
        Rendering.archive == archive,
        Rendering.payload_id == payload_id,
        Rendering.taken_at.is_not(None),
    )
    return session.scalar(one.limit(1)) is not None


def is_of(capture: Any) -> ColumnElement[bool]:
    """Return the condition that a rendering is of a capture."""
    return and_(
        Rendering.source_id == capture.source_id,
        Rendering.archive == capture.archive,
        Rendering.payload_id == capture.payload_id,
        or_(Rendering.taken_at.is_(None), Rendering.taken_at == capture.timestamp),
    )


def page_of(session: Session, rendering: Rendering | None) -> bytes | None:
    """Return the page that a rendering gave, in UTF-8; None if it gave none, or there is none."""
    return None if rendering is None or rendering.dom_id is None else payloads.get(session, rendering.dom_id)


def keep(session: Session, rendering: Rendering, dom: bytes | None) -> None:
    """Store a rendering with its page, in place of an earlier one, also of one that was for all captures."""
    if dom is not None:
        rendering.dom_id = payloads.put(session, dom, like=rendering.payload_id)
    at = rendering.taken_at
    of_one = () if at is None else (or_(Rendering.taken_at.is_(None), Rendering.taken_at == at),)
    session.execute(
        delete(Rendering).where(
            Rendering.source_id == rendering.source_id,
            Rendering.archive == rendering.archive,
            Rendering.payload_id == rendering.payload_id,
            *of_one,
        )
    )
    session.add(rendering)
    session.flush()


def part(session: Session, archive: str, url: str, timestamp: str) -> KeptPart | None:
    """Return what an archive was found to have at an address (`timestamp` has 14 digits); None if it was not asked."""
    row = session.get(Part, (archive, url, timestamp))
    if row is None:
        return None
    body = None if row.payload_id is None else payloads.get(session, row.payload_id)
    return KeptPart(body, row.content_type, row.status, row.captured_at)


def keep_part(session: Session, archive: str, url: str, timestamp: str, found: KeptPart, now: datetime) -> None:
    """Store what an archive has at an address; an earlier answer stays."""
    values = {
        "archive": archive,
        "url": url,
        "timestamp": timestamp,
        "payload_id": None if found.body is None else payloads.put(session, found.body),
        "content_type": found.content_type,
        "status": found.status,
        "fetched_at": now,
        "captured_at": found.captured_at,
    }
    session.execute(insert_ignoring(session, Part, **values))


def count_needed(session: Session, service_id: int | None = None, *, everything: bool = False) -> int:
    """Count the captures, of one service or of all, that need a browser and have not been rendered; with `everything`
    those with a page, whether they need one or not.
    """
    statement = _WITH_A_PAGE if everything else _NEEDED
    if service_id is not None:
        statement = statement.where(Capture.service_id == service_id)
    return session.scalar(statement) or 0


def lost(session: Session) -> Sequence[int]:
    """Return the captures whose document was made of a rendering that is not there."""
    there = exists().where(is_of(Capture), Rendering.dom_id.is_not(None))
    return session.scalars(select(Capture.id).where(Capture.recipe == "rendered", ~there).order_by(Capture.id)).all()


def with_anothers_notice(session: Session, service_id: int | None = None) -> list[int]:
    """Return the captures, of one service or of all, whose text is the notice that another capture with the same bytes
    asked for, at its own time: what stood there at theirs was never asked for.
    """
    of_data = select(
        Capture.id, Capture.timestamp, Capture.source_id, Capture.archive, Capture.payload_id, Capture.document_id
    ).where(Capture.recipe == "data", Capture.reason.is_(None))
    if service_id is not None:
        of_data = of_data.where(Capture.service_id == service_id)
    asked = {tuple(row) for row in session.execute(select(Part.archive, Part.timestamp).distinct())}
    rows = [
        (row, (row.archive, timestamp_of(row.timestamp)) in asked)
        for row in session.execute(of_data.order_by(Capture.id))
    ]
    notices = {tuple(row)[2:] for row, has_asked in rows if has_asked}
    return [row.id for row, has_asked in rows if not has_asked and tuple(row)[2:] in notices]
