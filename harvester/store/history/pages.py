"""The page that a stored capture came from, as all its words."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from harvester.cleaner.document import is_pdf
from harvester.cleaner.page_text import PageText, page_text
from harvester.store.content import payloads
from harvester.store.schema import Capture, Playback


def page_of(session: Session, payload_id: int) -> PageText | None:
    """Return all the words of a stored page; None for a PDF, whose document is all that it says."""
    body = payloads.get(session, payload_id)
    headers = session.scalar(
        select(Playback.headers)
        .join(Capture, Capture.id == Playback.capture_id)
        .where(Capture.payload_id == payload_id)
        .order_by(Capture.timestamp, Capture.id)
        .limit(1)
    )
    content_type = (headers or {}).get("content-type")
    return None if is_pdf(body, content_type) else page_text(body, content_type)
