"""A document of several pages: at each instant at which one of them was captured, what all of them then said, joined.

Captures of the pages (`part`) make no version. What they say together is kept as captures of a source of its own, of
origin `combined`, and history, readers and exports treat these as any others. They are a function of the captures of
the pages: a page says what its latest capture by then showed. A page of which there is none yet is taken from its
first one, so that it is no change that it came; until then the document is incomplete.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, delete, exists, func, insert, or_, select, update
from sqlalchemy.orm import Session

from harvester.cleaner.comparable import comparable_text
from harvester.cleaner.document import Document
from harvester.memento import digest_of
from harvester.store.content import contents, documents
from harvester.store.content.compression import sha256_of
from harvester.store.content.stored_form import content_of, text_of
from harvester.store.content.stored_form import contents as stored_form
from harvester.store.ledger.ledger import OBSERVING
from harvester.store.ledger.sources import COMBINED
from harvester.store.outcome import Outcome
from harvester.store.schema import Capture, DocumentRow, Playback, Service, Source, TextRow

BETWEEN = "\n\n* * *\n\n"
"""Stands between the pages: a rule."""
_OWN_PREFIX = re.compile(r"\x00/(https?)(?:%3A|:)/{1,2}")


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """One of the pages, for its span of time (both ends included); they are joined in the order of `part`."""

    source_id: int
    part: int
    url: str
    since: datetime | None
    until: datetime | None

    def holds(self, moment: datetime) -> bool:
        """Return whether it is a page of the document at an instant."""
        return (self.since is None or self.since <= moment) and (self.until is None or moment <= self.until)


@dataclass(frozen=True, slots=True, order=True)
class PartSighting:
    """A capture of a page; ordered by instant, those of one instant by what they show, and not by their numbers."""

    moment: datetime
    text: str
    archive: str
    original: str
    document_id: int
    capture_id: int


@dataclass(frozen=True, slots=True)
class PartThen:
    """What a page contributes at an instant: a capture, or None. `by_then`: it is not one of later."""

    page: DocumentPart
    sighting: PartSighting | None
    by_then: bool


def pieces(
    pages: Iterable[DocumentPart], seen: Mapping[int, Sequence[PartSighting]], moment: datetime
) -> list[PartThen]:
    """Return what the pages of an instant contribute, in their order; `seen` are the sightings by source, in order."""
    found = []
    for page in sorted(pages, key=lambda one: one.part):
        if page.holds(moment):
            own = seen.get(page.source_id, ())
            place = bisect_right(own, moment, key=lambda one: one.moment)
            # Of several captures of one instant the first in order counts, as for every document.
            while place > 1 and own[place - 2].moment == own[place - 1].moment:
                place -= 1
            found.append(PartThen(page, own[max(place - 1, 0)] if own else None, place > 0))
    return found


def incomplete(found: Iterable[PartThen]) -> str | None:
    """Return why a document is incomplete, for its reason; None if every page was captured by then."""
    missing = [one.page.url for one in found if not one.by_then]
    return f"incomplete: there is no capture yet of {', '.join(missing)}" if missing else None


def read_pages(session: Session, service_id: int) -> tuple[list[DocumentPart], dict[int, list[PartSighting]]]:
    """Return the pages of a combined document and their sightings; none of any other document."""
    rows = session.scalars(select(Source).where(Source.service_id == service_id, Source.part >= 0))
    pages = {row.id: DocumentPart(row.id, row.part or 0, row.url, row.since, row.until) for row in rows}
    seen: dict[int, list[PartSighting]] = {}
    if not pages:
        return [], seen
    moment = func.coalesce(Capture.seen_at, Capture.timestamp, type_=Capture.timestamp.type).label("moment")
    captures = session.execute(
        select(
            Capture.source_id,
            moment,
            TextRow.sha256,
            Capture.archive,
            Capture.original,
            Capture.document_id,
            Capture.id,
        )
        .join(TextRow, TextRow.id == Capture.text_id)
        .where(Capture.source_id.in_(pages), Capture.outcome.in_((*OBSERVING, Outcome.PART)))
    )
    for row in captures:
        if pages[row.source_id].holds(row.moment) and row.document_id is not None:
            one = PartSighting(row.moment, row.sha256, row.archive, row.original, row.document_id, row.id)
            seen.setdefault(row.source_id, []).append(one)
    for own in seen.values():
        own.sort()
    return list(pages.values()), seen


def pieces_at(session: Session, service_id: int, moment: datetime) -> list[PartThen]:
    """Return what each page of a combined document contributes at an instant; none of any other document."""
    return pieces(*read_pages(session, service_id), moment)


def changed_pages(session: Session, service_id: int, after: datetime, before: datetime) -> list[str]:
    """Return the addresses of the pages by which a combined document differs at two instants."""
    found = read_pages(session, service_id)
    old, new = (
        {one.page.url: one.sighting and one.sighting.text for one in pieces(*found, moment)}
        for moment in (after, before)
    )
    return [url for url in dict.fromkeys([*old, *new]) if old.get(url) != new.get(url)]


def is_combined(session: Session, service_id: int) -> bool:
    """Return whether a document is combined, or was until now."""
    concerned = or_(Source.part.is_not(None), Source.origin == COMBINED)
    return session.scalar(select(Source.id).where(Source.service_id == service_id, concerned).limit(1)) is not None


def join(session: Session, service_id: int) -> None:
    """Bring the captures of a combined document up to those of its pages; history then reads them as any others."""
    if not is_combined(session, service_id):
        return
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
        select(DocumentRow.id, DocumentRow.text_id)
        .join(TextRow, TextRow.id == DocumentRow.text_id)
        .where(DocumentRow.sha256 == sha256_of(content_of(document)), TextRow.sha256 == sha256_of(encoded))
    )
    if (row := session.execute(is_there).first()) is not None:
        return row.id, row.text_id, digest_of(encoded)
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
