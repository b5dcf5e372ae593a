"""The pages of a document that is combined of several, and what each of them contributes at an instant."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from harvester.store.ledger.ledger import OBSERVING
from harvester.store.outcome import Outcome
from harvester.store.schema import Capture, Source, TextRow


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
