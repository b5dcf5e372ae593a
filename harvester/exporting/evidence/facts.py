"""What a package of evidence says of a change or a version, gathered from the store as plain data."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from harvester._version import __version__
from harvester.archive.playback.naming import Naming, is_of_git
from harvester.archive.playback.stored import naming_of_stored
from harvester.dates import iso
from harvester.errors import ConfigurationError
from harvester.memento import timestamp_of
from harvester.settings import Settings
from harvester.store.content import documents
from harvester.store.content.publication import AS_PUBLISHED
from harvester.store.ledger import witnesses
from harvester.store.read import captures, history, versions
from harvester.store.read.snapshots import Snapshot, first_playback, of_captures
from harvester.store.read.versions import ChangeRow, VersionRow
from harvester.store.schema import Capture, Payload, Playback

FORMAT = "harvester-evidence-2"


@dataclass(frozen=True, slots=True)
class BoundingCapture:
    """A capture that bounds a change: its row, its texts, and what the package says of it (`facts`).

    `original` is the capture whose download brought the bytes, where another one did.
    """

    snapshot: Snapshot
    original: Snapshot | None
    document: str
    text: str
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is proved: one version (`old` None), or the change from `old` to `new`."""

    old: BoundingCapture | None
    new: BoundingCapture
    facts: dict[str, Any]


def gather(session: Session, settings: Settings, service: str, ref: str, now: datetime) -> Evidence:
    """Return the evidence for the change that brought the version `ref`; for the first version, of it alone.

    Raises `UnknownName`, and `ConfigurationError` for a text that was imported without a page.
    """
    number = versions.service_id(session, service)
    version = versions.resolve(session, service, ref)
    change, old = None, None
    if version.change_id is not None:
        change = versions.change(session, service, version.first_seen)
        before, _ = history.beside(session, number, version.first_seen)
        assert before is not None
        before_it = history.version_at(session, number, before)
        last = captures.showing(session, number, change.after, change.old_text_id) or before_it.capture_id
        old = _side(session, settings, number, before_it, last)
    new = _side(session, settings, number, version, version.capture_id)
    facts = {
        "format": FORMAT,
        "created": iso(now.replace(microsecond=0)),
        "software": f"harvester/{__version__}",
        "service": service,
        "timestamp_authority": settings.evidence.timestamp_authority or None,
        "change": _change(session, number, change) if change else None,
        "old": old.facts if old else None,
        "new": new.facts,
    }
    return Evidence(old, new, facts)


def _change(session: Session, service_id: int, change: ChangeRow) -> dict[str, Any]:
    between = session.execute(
        select(Capture.outcome).where(
            Capture.service_id == service_id, Capture.timestamp > change.after, Capture.timestamp < change.before
        )
    )
    return {
        "after": iso(change.after),
        "not_later_than": iso(change.before),
        "kind": change.kind,
        "reasons": [str(one) for one in change.reasons],
        "words_added": change.words_added,
        "words_removed": change.words_removed,
        "words_moved": change.words_moved,
        "captures_between": dict(sorted(Counter(between.scalars()).items())),
    }


def _side(
    session: Session, settings: Settings, service_id: int, version: VersionRow, capture_id: int
) -> BoundingCapture:
    (snapshot,) = of_captures(session, [capture_id])
    if snapshot.cleaner in AS_PUBLISHED or is_of_git(snapshot.archive) or snapshot.payload_id is None:
        raise ConfigurationError(
            f"evidence: {snapshot.service} at {iso(snapshot.timestamp)} was imported from {snapshot.archive}; evidence "
            "needs captures of a web archive"
        )
    assert snapshot.document_id is not None
    assert snapshot.text_id is not None
    played = session.get(Playback, capture_id) or first_playback(session, snapshot.payload_id)
    original = None
    if played is not None and played.capture_id != capture_id:
        (original,) = of_captures(session, [played.capture_id])
    named = naming_of_stored(
        settings, snapshot.archive, snapshot.timestamp, snapshot.source_url, snapshot.page_url, snapshot.chain
    )
    document = documents.filled(
        session,
        snapshot.document_id,
        domain=snapshot.domain,
        type_=snapshot.type,
        timestamp=named.timestamp,
        snapshot_url=named.snapshot_url,
    )
    text = documents.text(session, snapshot.text_id)
    return BoundingCapture(
        snapshot,
        original,
        document,
        text,
        _facts(session, service_id, version, snapshot, played, named, document, text),
    )


def _facts(
    session: Session,
    service_id: int,
    version: VersionRow,
    snapshot: Snapshot,
    played: Playback | None,
    named: Naming,
    document: str,
    text: str,
) -> dict[str, Any]:
    assert snapshot.payload_id is not None
    payload = session.get_one(Payload, snapshot.payload_id)
    own = played is not None and played.capture_id == snapshot.capture_id
    return {
        "version": {
            "number": version.number,
            "first_seen": iso(version.first_seen),
            "last_seen": iso(version.last_seen),
            "captures": version.captures,
            "texts": version.texts,
            "witnesses": witnesses.of_text(session, service_id, version.text_id, version.first_seen, version.last_seen),
        },
        "witnesses": witnesses.of_captures(session, [snapshot.capture_id]).get(snapshot.capture_id, []),
        "index": {
            "archive": snapshot.archive,
            "timestamp": timestamp_of(snapshot.timestamp),
            "original": snapshot.original,
            "mimetype": snapshot.mimetype,
            "status": snapshot.status,
            "digest": snapshot.digest,
            "length": snapshot.length,
        },
        "captured": iso(snapshot.moment),
        "snapshot": named.snapshot_url,
        "downloaded": iso(played.fetched_at) if played is not None and own else None,
        "same_bytes_downloaded": iso(played.fetched_at) if played is not None and not own else None,
        "digest_verdict": played.verdict if played is not None and own else "unknown",
        "headers": dict(played.headers) if played is not None else {},
        "redirects": list(snapshot.chain),
        "payload": {"sha256": payload.sha256, "sha1": payload.digest, "bytes": payload.size},
        "cleaner": snapshot.cleaner,
        "cleaned_with": {
            "url": named.url,
            "timestamp": named.timestamp,
            "domain": snapshot.service,
            "content_type": (dict(played.headers) if played is not None else {}).get("content-type"),
            "snapshot_url": named.snapshot_url,
        },
        "document_sha256": _sha256(document),
        "text_sha256": _sha256(text),
    }


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
