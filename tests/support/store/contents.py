"""Documents put into a store, one at a time."""

from __future__ import annotations

from sqlalchemy.orm import Session

from harvester.cleaner import Document
from harvester.cleaner.quality import Quality
from harvester.store.content import contents, stored_form


def put(session: Session, document: Document, quality: Quality) -> tuple[int, int]:
    """Keeps a document; gives (document id, text id)."""
    comparable = document.comparable
    made = stored_form.contents(document, comparable, stored_form.text_of(comparable, quality))
    return contents.put(session, [made])[0]
