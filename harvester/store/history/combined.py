"""A document of several pages: at each instant at which one of them was captured, what all of them then said, joined.

Captures of the pages (`part`) make no version. What they say together is kept as captures of a source of its own, of
origin `combined`, and history, readers and exports treat these as any others. They are a function of the captures of
the pages: a page says what its latest capture by then showed. A page of which there is none yet is taken from its
first one, so that it is no change that it came; until then the document is incomplete.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import case, delete, exists, insert, or_, select, update
from sqlalchemy.orm import Session

from harvester.cleaner.comparable import comparable_text
from harvester.cleaner.document import Document
from harvester.memento import digest_of
from harvester.store.content import contents, documents
from harvester.store.content.compression import sha256_of
from harvester.store.content.stored_form import content_of, text_of
from harvester.store.content.stored_form import contents as stored_form
from harvester.store.history.combined_parts import DocumentPart, PartThen, incomplete, pieces, read_pages
from harvester.store.ledger.ledger import OBSERVING
from harvester.store.ledger.sources import COMBINED
from harvester.store.outcome import Outcome
from harvester.store.schema import Capture, DocumentRow, Playback, Service, Source, TextRow

BETWEEN = "\n\n* * *\n\n"
"""Stands between the pages: a rule."""
_OWN_PREFIX = re.compile(r"\x00/(https?)(?:%3A|:)/{1,2}")


def is_combined(session: Session, service_id: int) -> bool:
    """Return whether a document is combined, or was until now."""
    concerned = or_(Source.part.is_not(None), Source.origin == COMBINED)
    return session.scalar(select(Source.id).where(Source.service_id == service_id, concerned).limit(1)) is not None


def join(session: Session, service_id: int) -> bool:
    """Bring the captures of a combined document up to those of its pages; history then reads them as any others.

    Return whether the document is combined, or was: then `sweep` has to follow.
    """
    if not is_combined(session, service_id):
        return False
    # One at a time, as `history.refresh`.
    session.execute(select(Service.id).where(Service.id == service_id).with_for_update(key_share=True))
    _settle_parts(session, service_id)
    pages, seen = read_pages(session, service_id)
    wanted: dict[datetime, dict[str, Any]] = {}
    known: dict[tuple[int, ...], tuple[int, int, str]] = {}
    for one in sorted(one for own in seen.values() for one in own):
        if one.moment in wanted:
            continue
        found = pieces(pages, seen, one.moment)
        key = _documents_of(found)
        if key not in known:
            known[key] = _joined(session, key)
        document_id, text_id, digest = known[key]
        wanted[one.moment] = {
            "archive": one.archive,
            "original": one.original,
            "digest": digest,
            "document_id": document_id,
            "text_id": text_id,
            "outcome": Outcome.STORED,
            "reason": incomplete(found),
        }
    _write(session, service_id, pages, wanted)
    return True


def sweep(session: Session, service_id: int) -> None:
    """Delete the combined captures that there are no more, once no version names them."""
    ours = select(Source.id).where(Source.service_id == service_id, Source.origin == COMBINED)
    session.execute(delete(Capture).where(Capture.source_id.in_(ours), Capture.outcome == Outcome.LEFT_OUT))
    empty = ~exists().where(Capture.source_id == Source.id)
    session.execute(delete(Source).where(Source.service_id == service_id, Source.origin == COMBINED, empty))


def problems(session: Session, service_id: int) -> list[str]:
    """Return what of the captures of a combined document is not what its pages give."""
    if not is_combined(session, service_id):
        return []
    pages, seen = read_pages(session, service_id)
    rows = session.execute(
        select(Capture.timestamp, Capture.reason, TextRow.sha256)
        .join(Source, Source.id == Capture.source_id)
        .outerjoin(TextRow, TextRow.id == Capture.text_id)
        .where(Source.service_id == service_id, Source.origin == COMBINED)
    )
    present = {row.timestamp: (row.sha256, row.reason) for row in rows}
    wanted = {}
    for moment in {one.moment for own in seen.values() for one in own}:
        found = pieces(pages, seen, moment)
        _, comparable = _together(session, _documents_of(found))
        wanted[moment] = sha256_of(comparable.encode("utf-8", "surrogatepass")), incomplete(found)
    return [
        f"the combined capture of {moment:%Y-%m-%d %H:%M:%S} is not what its pages give"
        for moment in sorted(present.keys() | wanted.keys())
        if present.get(moment) != wanted.get(moment)
    ]


def _documents_of(found: Iterable[PartThen]) -> tuple[int, ...]:
    return tuple(one.sighting.document_id for one in found if one.sighting is not None)


def _settle_parts(session: Session, service_id: int) -> None:
    parts = select(Source.id).where(Source.service_id == service_id, Source.part.is_not(None))
    of_service = update(Capture).where(Capture.service_id == service_id).execution_options(synchronize_session=False)
    session.execute(
        of_service.where(Capture.source_id.in_(parts), Capture.outcome.in_(OBSERVING)).values(outcome=Outcome.PART)
    )
    played = exists().where(Playback.capture_id == Capture.id)
    again = case((played, Outcome.STORED.value), else_=Outcome.UNCHANGED.value)
    session.execute(
        of_service.where(Capture.source_id.not_in(parts), Capture.outcome == Outcome.PART).values(outcome=again)
    )


def _together(session: Session, document_ids: Iterable[int]) -> tuple[Document, str]:
    """Return the document that some documents are together, and its comparable text."""
    titles, bodies = [], []
    for number in document_ids:
        title, _, body = documents.template(session, number).partition("\n\n")
        titles.append(title.removeprefix("# "))
        bodies.append(_OWN_PREFIX.sub(r"\1://", body).replace("\x00", "").strip())
    markdown = BETWEEN.join(bodies) + "\n"
    # Its own prefix occurs in no text: the links are those of the pages.
    return Document("", titles[0], markdown, "", "\x00"), comparable_text(titles[0], markdown)


def _joined(session: Session, document_ids: Sequence[int]) -> tuple[int, int, str]:
    """Return the number of the document that some documents are together, that of its text, and its digest."""
    document, comparable = _together(session, document_ids)
    encoded = comparable.encode("utf-8", "surrogatepass")
    is_there = (
        select(DocumentRow.id, TextRow.id)
        .join(TextRow, TextRow.sha256 == sha256_of(encoded))
        .where(DocumentRow.sha256 == sha256_of(content_of(document)))
    )
    if (row := session.execute(is_there).first()) is not None:
        return row[0], row[1], digest_of(encoded)
    from harvester.cleaner.quality import assess  # takes a while to import

    quality = assess(document.title, document.markdown, status=200)
    ((document_id, text_id),) = contents.put(session, [stored_form(document, comparable, text_of(comparable, quality))])
    return document_id, text_id, digest_of(encoded)


def _write(
    session: Session, service_id: int, pages: Sequence[DocumentPart], wanted: Mapping[datetime, Mapping[str, Any]]
) -> None:
    """Write the captures of the combined source that differ; one that there is no more keeps its row until `sweep`."""
    source = session.scalar(select(Source).where(Source.service_id == service_id, Source.origin == COMBINED))
    if source is None:
        if not wanted:
            return
        source = Source(service_id=service_id, url=min(pages, key=lambda one: one.part).url, origin=COMBINED)
        session.add(source)
        session.flush()
    present = {one.timestamp: one for one in session.scalars(select(Capture).where(Capture.source_id == source.id))}
    for moment, row in present.items():
        columns = wanted.get(moment) or {"outcome": Outcome.LEFT_OUT, "text_id": None, "document_id": None}
        altered = {name: value for name, value in columns.items() if getattr(row, name) != value}
        if altered:
            session.execute(update(Capture).where(Capture.id == row.id).values(**altered))
    fixed = {"service_id": service_id, "source_id": source.id, "tries": 0, "recipe": COMBINED}
    new = [{**fixed, "timestamp": moment, **columns} for moment, columns in wanted.items() if moment not in present]
    if new:
        session.execute(insert(Capture), new)
