"""A store as an earlier cleaner would have left it: every document had a footer that the present one leaves out."""

from __future__ import annotations

from sqlalchemy import select, update

from harvester.cleaner.document import Document
from harvester.cleaner.quality import assess
from harvester.clock import utc_now
from harvester.insight.reading import naming_of
from harvester.settings import Settings
from harvester.store.content import contents, documents
from harvester.store.content.compression import squeezed
from harvester.store.content.stored_form import Contents, text_of
from harvester.store.database import Database
from harvester.store.history import history
from harvester.store.schema import Capture, DocumentRow, Playback, Service, Source
from tests.support.store.contents import put

FOOTER = "\n\nPrinted by an earlier cleaner. "
EARLIER = "0"


def age(database: Database) -> int:
    """Replaces every document; gives how many captures have another one now."""
    aged = 0
    made: dict[int, tuple[int, int]] = {}
    with database.writing() as session:
        rows = session.execute(
            select(Capture, Service.name)
            .join(Service, Service.id == Capture.service_id)
            .where(Capture.document_id.is_not(None))
        ).all()
        for capture, domain in rows:
            assert capture.document_id is not None
            if capture.document_id not in made:
                source, playback = session.get_one(Source, capture.source_id), session.get(Playback, capture.id)
                address = naming_of(Settings(), capture, playback, source).snapshot_url
                digits = f"{capture.timestamp:%Y%m%d%H%M%S}"
                text = documents.filled(
                    session, capture.document_id, domain=domain, timestamp=digits, snapshot_url=address
                )
                header, title, markdown = text.split("\n\n", 2)
                earlier = Document(header, title.removeprefix("# "), markdown + FOOTER * 3, domain, address)
                made[capture.document_id] = put(session, earlier, assess(earlier.title, earlier.markdown))
            capture.document_id, capture.text_id = made[capture.document_id]
            aged += 1
        session.execute(update(Capture).where(Capture.payload_id.is_not(None)).values(cleaner=EARLIER))
        session.flush()
        for service in session.scalars(select(Service.id)):
            history.refresh(session, service, now=utc_now())
    return aged


def age_texts(database: Database) -> None:
    """Leaves the documents, and gives each the comparable text of an earlier cleaner, which knew fewer equivalences."""
    with database.writing() as session:
        for row in session.scalars(select(DocumentRow)).all():
            template = documents.template(session, row.id)
            earlier = documents.text(session, row.text_id).replace(". ", ".  ")
            title, _, markdown = earlier.partition("\n\n")
            text = text_of(earlier, assess(title, markdown))
            ((_, text_id),) = contents.put(session, [Contents(text, {"sha256": row.sha256})])
            row.text_id, row.data = text_id, squeezed(template.encode(), earlier.encode())
            session.execute(update(Capture).where(Capture.document_id == row.id).values(text_id=text_id))
        session.execute(update(Capture).where(Capture.payload_id.is_not(None)).values(cleaner=EARLIER))
        session.execute(update(Service).values(stale=True))
        session.flush()
        for service in session.scalars(select(Service.id)):
            history.refresh(session, service, now=utc_now())
