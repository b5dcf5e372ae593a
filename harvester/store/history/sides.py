"""The texts and the pages at the sides of changes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from harvester.cleaner.document import is_pdf
from harvester.cleaner.page_text import page_words
from harvester.lru import LruCache
from harvester.store.content import documents, payloads
from harvester.store.history.differences import Difference, with_pages
from harvester.store.schema import Capture, Playback

Pair = tuple[int, int, int | None, int | None]
"""The numbers of an old text and of a new one, and of the pages they came from where these decide too."""
_AT_MOST = 4_000_000  # characters


class Sides:
    """What changes are made of, read once for the change before it and the one after; thread-safe."""

    def __init__(self) -> None:
        self._texts = LruCache[int, str](_AT_MOST, len, at_once=64)
        self._pages = LruCache[int, str](_AT_MOST, len, at_once=64)
        self._bodies = payloads.bodies()

    def text(self, session: Session, text_id: int) -> str:
        """Return a comparable text."""
        return self._texts.get(text_id, lambda: documents.text(session, text_id))

    def page(self, session: Session, payload_id: int) -> str:
        """Return all the words of a page (`_words`)."""
        return self._pages.get(payload_id, lambda: _words(session, payload_id, self._bodies))


def compared(session: Session, pair: Pair, compare: Callable[[str, str], Difference], sides: Sides) -> Difference:
    """Return the comparison of two texts, judged with the pages that they came from where these are given."""
    old, new = sides.text(session, pair[0]), sides.text(session, pair[1])
    made = compare(old, new)
    if pair[2] is None or pair[3] is None or made.kind == "cosmetic":
        return made
    pages = partial(sides.page, session, pair[2]), partial(sides.page, session, pair[3])
    return with_pages(made, old, new, *pages)


def _words(session: Session, payload_id: int, known: payloads.Bodies) -> str:
    """Return all the words of a stored page in a row; nothing for a PDF, whose document is all that it says."""
    content_type = (session.scalar(_HEADERS, {"payload_id": payload_id}) or {}).get("content-type")
    body = payloads.get(session, payload_id, known)
    return "" if is_pdf(body, content_type) else page_words(body, content_type)


# Made once: to build it takes longer than to run it.
_HEADERS = (
    select(Playback.headers)
    .join(Capture, Capture.id == Playback.capture_id)
    .where(Capture.payload_id == bindparam("payload_id"))
    .order_by(Capture.timestamp, Capture.id)
    .limit(1)
)
