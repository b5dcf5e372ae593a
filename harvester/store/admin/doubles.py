"""Captures that are there twice, since earlier versions took two spellings of an address for two pages: made one again.

Of such captures the one stays that shows most; what only another one has (provenance, witnesses, documents) goes to it.
Sources of one page whose times overlap become one, as `sources.enter` would have made them; of others, a capture stays
with the source in whose time it lies.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from operator import attrgetter
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session, aliased

from harvester.memento import surt
from harvester.store.ledger import ledger, sources, witnesses
from harvester.store.schema import (
    Capture,
    Interval,
    Malformed,
    Payload,
    Playback,
    Rendering,
    Save,
    Search,
    Service,
    Source,
    Superseded,
    Version,
)
from harvester.store.spellings import copy_renderings, move

_UNKNOWN = "unknown"
_ORIGINS = (sources.CATALOGUE, sources.DISCOVERED, sources.IMPORTED)


@dataclass(frozen=True, slots=True)
class Twice:
    """Two sources of a service that are one page, and how many captures both have."""

    service: str
    source: Source
    other: Source
    captures: int

    def __str__(self) -> str:
        return (
            f"{self.other.url} and {self.source.url} (source {self.source.id}) are one page, and {self.captures} "
            f"captures are there twice; run `harvester reclean` ({self.service})"
        )


def twice(session: Session, service_id: int | None = None) -> Iterator[Twice]:
    """Yield each two sources, of a service or of all, that are one page and have captures in common."""
    for page in _pages(session, service_id):
        for source, other in combinations(page, 2):
            if number := _in_both(session, source, other):
                yield Twice(session.get_one(Service, source.service_id).name, source, other, number)


def merge(session: Session, service_id: int, addresses: Collection[str], now: datetime) -> int:
    """Make one of each capture of a service that is there twice; return how many rows that removed.

    Of the sources of a page the one stays that has one of the `addresses` of the catalogue, if any. The service's
    history is stale then, and what was made of a page under an address that it no longer has is to be cleaned again.
    """
    merged = 0
    for page in _pages(session, service_id):
        if any(_in_both(session, one, other) for one, other in combinations(page, 2)):
            page.sort(key=lambda one: (one.url not in addresses, _ORIGINS.index(one.origin), one.id))
            merged += _merge_page(session, page, now)
    if merged:
        session.execute(update(Service).where(Service.id == service_id).values(stale=True))
    return merged


def _pages(session: Session, service_id: int | None) -> list[list[Source]]:
    """Return the sources of each page that has several; a home page is read for its links, which is another thing."""
    wanted = select(Source).where(Source.origin != sources.HOME).order_by(Source.service_id, Source.id)
    found: defaultdict[tuple[int, str], list[Source]] = defaultdict(list)
    for one in session.scalars(wanted if service_id is None else wanted.where(Source.service_id == service_id)):
        found[one.service_id, surt(one.url)].append(one)
    return [page for page in found.values() if len(page) > 1]


def _in_both(session: Session, source: Source, other: Source) -> int:
    mine, theirs = aliased(Capture), aliased(Capture)
    same = (mine.timestamp == theirs.timestamp, mine.digest == theirs.digest)
    both = select(func.count(mine.id)).join(theirs, (theirs.source_id == other.id) & same[0] & same[1])
    return session.scalar(both.where(mine.source_id == source.id)) or 0


def _merge_page(session: Session, page: Sequence[Source], now: datetime) -> int:
    """Merge the captures of a page's sources, the first of which is preferred, and those of them that overlap."""
    staying: list[Source] = []
    into: dict[int, Source] = {}
    for one in page:
        same = next((each for each in staying if sources.overlap(one, each)), None)
        if same is None:
            staying.append(one)
        else:
            into[one.id] = same
            same.since, same.until = sources.joined(same, one)
    session.flush()
    captures: defaultdict[tuple[datetime, str], list[Capture]] = defaultdict(list)
    for capture in session.scalars(select(Capture).where(Capture.source_id.in_([one.id for one in page]))):
        captures[capture.timestamp, capture.digest].append(capture)
    gone: list[int] = []
    moved: list[tuple[Capture, Source]] = []
    for (moment, _), rows in captures.items():
        source = next(
            (one for one in staying if sources.is_within(one, moment)), into.get(rows[0].source_id, staying[0])
        )
        if len(rows) == 1 and rows[0].source_id not in into:
            continue
        kept = max(rows, key=lambda one: (*_shown(one), one.source_id == source.id, -one.id))
        for other in rows:
            if other is not kept:
                _absorb(session, kept, other, now)
                gone.append(other.id)
        if kept.source_id != source.id:
            moved.append((kept, source))
    for start in range(0, len(gone), 500):
        session.execute(delete(Capture).where(Capture.id.in_(gone[start : start + 500])))
    steps = {(kept.source_id, source.id) for kept, source in moved}
    for number, to in sorted(steps | {(number, source.id) for number, source in into.items()}):
        copy_renderings(session, number, to)
    for kept, source in moved:
        move(session, kept, source)
    for number, source in into.items():
        _remove(session, number, source.id)
    return len(gone)


def _shown(capture: Capture) -> tuple[bool, bool, bool]:
    """Return how much a capture shows, to be compared: a policy, bytes, or at least what came of asking for it."""
    quiet = (*ledger.WAITING, ledger.Outcome.LEFT_OUT)
    return capture.outcome in ledger.OBSERVING, capture.payload_id is not None, capture.outcome not in quiet


def _absorb(session: Session, kept: Capture, gone: Capture, now: datetime) -> None:
    """Give a capture what only its double has."""
    archives = {gone.archive, *witnesses.of_captures(session, [gone.id]).get(gone.id, ())} - {kept.archive}
    for archive in sorted(archives):
        witnesses.note(session, archive, [kept.id])
    if kept.payload_id == gone.payload_id and session.get(Playback, kept.id) is None:
        session.execute(update(Playback).where(Playback.capture_id == gone.id).values(capture_id=kept.id))
    there = select(Superseded.cleaner).where(Superseded.capture_id == kept.id)
    others = update(Superseded).where(Superseded.capture_id == gone.id, Superseded.cleaner.not_in(there))
    session.execute(others.values(capture_id=kept.id).execution_options(synchronize_session=False))
    if gone.document_id not in (None, kept.document_id):
        ledger.supersede(session, kept, gone.document_id, gone.cleaner or _UNKNOWN, now)
    for table in (Version, Interval):
        session.execute(update(table).where(table.capture_id == gone.id).values(capture_id=kept.id))


def _remove(session: Session, number: int, to: int) -> None:
    """Remove a source; what was searched, saved and planned for it goes to another."""
    _move_unless_there(session, Interval, ("plan", "start"), number, to)
    _move_unless_there(session, Malformed, ("sha256",), number, to)
    for table in (Search, Save, Payload):
        session.execute(update(table).where(table.source_id == number).values(source_id=to))
    session.execute(delete(Rendering).where(Rendering.source_id == number))
    session.execute(delete(Source).where(Source.id == number))


def _move_unless_there(session: Session, table: Any, keys: Sequence[str], number: int, to: int) -> None:
    """Move the rows of a source; of two with the same keys the one stays that names a capture, else the other's."""
    key = attrgetter(*keys)
    there = {key(one): one for one in session.scalars(select(table).where(table.source_id == to))}
    for one in session.scalars(select(table).where(table.source_id == number)).all():
        same = there.get(key(one))
        if same is not None:
            names_one = getattr(one, "capture_id", None) is not None and same.capture_id is None
            session.delete(same if names_one else one)
            session.flush()
            if not names_one:
                continue
        one.source_id = to
    session.flush()
