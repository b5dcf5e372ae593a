"""Documents put into a store, one at a time."""

from __future__ import annotations

from sqlalchemy.orm import Session

from harvester.cleaner import Document
from harvester.cleaner.quality import Quality
from harvester.store.content import contents


def put(session: Session, document: Document, quality: Quality) -> tuple[int, int]:
    """Keeps a document; gives (document id, text id)."""
    comparable = document.comparable
    made = contents.contents(document, comparable, contents.text_of(comparable, quality))
    return contents.put(session, [made])[0]
