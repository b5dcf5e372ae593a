"""Documents that others published, entered as captures with their provenance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from harvester.store.content import contents, payloads
from harvester.store.content.publication import Key, Published
from harvester.store.content.stored_form import Contents
from harvester.store.ledger.ledger import Outcome, insert_ignoring
from harvester.store.schema import Capture, Playback, Service, Source

_Place = tuple[int, datetime, str]
"""The identity of a capture that was imported: source, instant, digest."""


@dataclass(frozen=True, slots=True)
class ImportedCapture:
    """The stored form of a publication."""

    published: Published
    contents: Contents


def known(session: Session, published: Iterable[Published]) -> set[Key]:
    """Return those of some publications that the store has."""
    wanted = {one.key for one in published}
    rows = session.execute(
        select(Service.name, Source.url, Capture.timestamp, Capture.digest)
        .join(Source, Source.id == Capture.source_id)
        .join(Service, Service.id == Capture.service_id)
        .where(Capture.digest.in_({digest for *_, digest in wanted}), Capture.document_id.is_not(None))
    )
    return wanted & {(row.name, row.url, row.timestamp, row.digest) for row in rows}


def put(session: Session, entries: Sequence[ImportedCapture], now: datetime) -> int:
    """Store what is not known yet: service, source, bytes, text, provenance; return how many that were.

    The histories of their services are stale then.
    """
    new: dict[Key, ImportedCapture] = {}
    for one in entries:
        # Of two with one key the first is entered, which in a git history is the newest.
        new.setdefault(one.published.key, one)
    for key in known(session, [one.published for one in new.values()]):
        del new[key]
    if not new:
        return 0
    sources = _sources(session, new, now)
    texts = contents.put(session, [one.contents for one in new.values()])
    rows = {}
    for ((service, url, timestamp, digest), entry), (document_id, text_id) in zip(new.items(), texts, strict=True):
        source = sources[service, url]
        rows[source.id, timestamp, digest] = {
            **_row(session, source, digest, entry.published),
            "document_id": document_id,
            "text_id": text_id,
        }
    numbers = _captures(session, rows)
    session.execute(delete(Playback).where(Playback.capture_id.in_(numbers.values())))
    session.execute(
        insert(Playback),
        [_playback(numbers[sources[key[:2]].id, *key[2:]], entry.published, now) for key, entry in new.items()],
    )
    touched = {source.service_id for source in sources.values()}
    session.execute(update(Service).where(Service.id.in_(touched), Service.stale.is_(False)).values(stale=True))
    return len(new)


def stale(session: Session, names: Iterable[str]) -> list[int]:
    """Return those of the named services whose history is not up to date with their captures."""
    rows = session.execute(select(Service.id, Service.name).where(Service.stale))
    wanted = set(names)
    return [row.id for row in rows if row.name in wanted]


def _sources(session: Session, wanted: Iterable[Key], now: datetime) -> dict[tuple[str, str], Source]:
    """Return the source of each address, whatever its origin, or a new one."""
    addresses = sorted({(service, url) for service, url, *_ in wanted})
    names = {service for service, _ in addresses}
    services = {one.name: one for one in session.scalars(select(Service).where(Service.name.in_(names)))}
    for name in sorted(names - services.keys()):
        services[name] = Service(name=name, added_at=now, tags=[])
        session.add(services[name])
    session.flush()
    name_of = {one.id: one.name for one in services.values()}
    found = select(Source).where(Source.service_id.in_(name_of), Source.url.in_({url for _, url in addresses}))
    sources = {(name_of[one.service_id], one.url): one for one in session.scalars(found.order_by(Source.id.desc()))}
    for service, url in addresses:
        if (service, url) not in sources:
            sources[service, url] = Source(service_id=services[service].id, url=url, origin="imported")
            session.add(sources[service, url])
    session.flush()
    return sources


def _row(session: Session, source: Source, digest: str, one: Published) -> dict[str, Any]:
    """Return the capture of a publication, and store its bytes."""
    return {
        "service_id": source.service_id,
        "source_id": source.id,
        "archive": one.archive,
        "timestamp": one.timestamp,
        "original": one.url,
        "mimetype": one.content_type.partition(";")[0],
        "status": 200,
        "digest": digest,
        "outcome": Outcome.STORED,
        "tries": 0,
        "payload_id": payloads.put(session, one.body, source_id=source.id),
        "cleaner": one.cleaner,
    }


def _captures(session: Session, rows: dict[_Place, dict[str, Any]]) -> dict[_Place, int]:
    """Insert captures; one known only from an archive's index, not fetched, becomes the imported one."""
    session.execute(insert_ignoring(session, Capture), list(rows.values()))
    found = session.execute(
        select(Capture.id, Capture.source_id, Capture.timestamp, Capture.digest, Capture.document_id).where(
            Capture.source_id.in_({source for source, *_ in rows}), Capture.digest.in_({digest for *_, digest in rows})
        )
    )
    numbers: dict[_Place, int] = {}
    listed = []
    for one in found:
        place = one.source_id, one.timestamp, one.digest
        if place in rows:
            numbers[place] = one.id
            if one.document_id is None:
                told = ("archive", "outcome", "payload_id", "document_id", "text_id", "cleaner")
                values = {name: rows[place][name] for name in told}
                listed.append({"id": one.id, "reason": None, "due_at": None, **values})
    if listed:
        session.execute(update(Capture), listed)
    return numbers


def _playback(capture_id: int, one: Published, now: datetime) -> dict[str, Any]:
    return {
        "capture_id": capture_id,
        "fetched_at": now,
        "url": one.page_url,
        "status": 200,
        "headers": {"content-type": one.content_type, **one.origin},
        "chain": [],
        "verdict": "unknown",
    }


def imported_addresses(session: Session) -> list[tuple[str, str]]:
    """Return (service, address) of every source that came with an import, in the order they were entered."""
    wanted = select(Service.name, Source.url).join(Source, Source.service_id == Service.id)
    rows = session.execute(wanted.where(Source.origin == "imported").order_by(Source.id))
    return [(row.name, row.url) for row in rows]
