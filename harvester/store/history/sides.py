"""The texts and the pages at the sides of changes."""

from __future__ import annotations

from typing import cast

from sqlalchemy import Table, bindparam, select
from sqlalchemy.orm import Session

from harvester.lru import LruCache
from harvester.store.content import documents, payloads
from harvester.store.history.differences import SourcePage, TwoSides
from harvester.store.schema import Capture, Playback

Pair = tuple[int, int, int | None, int | None]
"""The numbers of an old text and of a new one, and of the pages they came from where these decide too."""
_AT_MOST = 4_000_000  # characters, or bytes


class Sides:
    """What changes are made of, read once for the change before it and the one after; thread-safe."""

    def __init__(self) -> None:
        self._texts = LruCache[int, str](_AT_MOST, len, at_once=64)
        self._pages = LruCache[int, SourcePage](_AT_MOST, lambda page: len(page.body), at_once=64)
        self._bodies = payloads.bodies()

    def text(self, session: Session, text_id: int) -> str:
        """Return a comparable text."""
        return self._texts.get(text_id, lambda: documents.text(session, text_id))

    def page(self, session: Session, payload_id: int) -> SourcePage:
        """Return a page."""
        return self._pages.get(payload_id, lambda: _page(session, payload_id, self._bodies))


def both(session: Session, pair: Pair, sides: Sides) -> TwoSides:
    """Return the texts of a change, with the pages that they came from where these are given."""
    old, new = sides.text(session, pair[0]), sides.text(session, pair[1])
    if pair[2] is None or pair[3] is None:
        return old, new, None
    return old, new, (sides.page(session, pair[2]), sides.page(session, pair[3]))


def _page(session: Session, payload_id: int, known: payloads.Bodies) -> SourcePage:
    content_type = (session.scalar(_HEADERS, {"payload_id": payload_id}) or {}).get("content-type")
    return SourcePage(payloads.get(session, payload_id, known), content_type)


# Made once: to build it takes longer than to run it. Of columns of the tables, which take half as long as those of
# their classes.
_PLAYBACKS, _CAPTURES = cast(Table, Playback.__table__), cast(Table, Capture.__table__)
_HEADERS = (
    select(_PLAYBACKS.c.headers)
    .join(_CAPTURES, _CAPTURES.c.id == _PLAYBACKS.c.capture_id)
    .where(_CAPTURES.c.payload_id == bindparam("payload_id"))
    .order_by(_CAPTURES.c.timestamp, _CAPTURES.c.id)
    .limit(1)
)
