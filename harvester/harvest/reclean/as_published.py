"""What was published elsewhere made again: the document stays as it is, its text is made of it and measured."""

from __future__ import annotations

from sqlalchemy.orm import Session

from harvester.archive.playback.naming import Naming
from harvester.cleaner.document import Document, header_of
from harvester.harvest.steps.clean_page import Cleaned
from harvester.store.content import documents
from harvester.store.content.stored_form import BLANK, contents, snapshot_prefix, text_of
from harvester.store.outcome import Outcome


def published_again(session: Session, service: str, document_id: int, named: Naming, form: str) -> Cleaned:
    """Return what a stored document that others published, in this form, gives now."""
    from harvester.cleaner.quality import assess  # takes a while to import

    address = named.snapshot_url
    title, markdown = documents.title_and_markdown(session, document_id)
    markdown = markdown.replace(BLANK, snapshot_prefix(address))
    document = Document(header_of(service, named.timestamp, address), title, markdown, service, address)
    comparable = document.comparable
    text = text_of(comparable, assess(title, markdown, status=200))
    return Cleaned(contents(document, comparable, text), Outcome.STORED, None, cleaner=form)
