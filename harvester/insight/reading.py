"""A version as a reader sees it: its document with its provenance, and the diff between any two."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from harvester.archive.playback.naming import Naming, is_of_git
from harvester.archive.playback.stored import naming_of_stored
from harvester.dates import iso
from harvester.diffing import Diff, Kind, compare, decode
from harvester.errors import CorruptStore
from harvester.memento import shown_address
from harvester.store.content import documents, renderings, selections
from harvester.store.history.combined_parts import pieces_at
from harvester.store.ledger import witnesses
from harvester.store.ledger.sources import COMBINED
from harvester.store.read import versions
from harvester.store.read.versions import VersionRow
from harvester.store.schema import Capture, Playback, Service, Source

if TYPE_CHECKING:
    from harvester.settings import Settings


@dataclass(frozen=True, slots=True)
class Shown:
    """A version's document, byte for byte, and where it comes from."""

    version: VersionRow
    title: str
    text: str
    provenance: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two versions and what lies between them."""

    old: VersionRow
    new: VersionRow
    old_label: str
    new_label: str
    diff: Diff
    standing: dict[str, list[str]]
    """The passages of a stored change that are in both pages (`versions.standing_of`)."""


def shown(session: Session, settings: Settings, service: str, ref: str) -> Shown:
    """Return the document of the version that `ref` names, as of the first capture that shows it."""
    return document_of(session, settings, service, versions.resolve(session, service, ref))


def document_of(session: Session, settings: Settings, service: str, version: VersionRow) -> Shown:
    """Return the document of a version, as of the first capture that shows it."""
    capture = session.get_one(Capture, version.capture_id)
    playback = session.get(Playback, capture.id)
    source = session.get_one(Source, capture.source_id)
    named = naming_of(settings, capture, playback, source)
    snapshot = named.snapshot_url
    assert capture.document_id is not None
    owner = session.get_one(Service, capture.service_id)
    text = documents.filled(
        session,
        capture.document_id,
        domain=owner.domain,
        timestamp=named.timestamp,
        snapshot_url=snapshot,
        type_=owner.type,
    )
    provenance = {
        "snapshot": snapshot,
        "archive": capture.archive,
        "witnesses": witnesses.of_text(
            session, capture.service_id, version.text_id, version.first_seen, version.last_seen
        ),
        "captured": iso(capture.timestamp),
        "digest": capture.digest,
        "digest_verdict": playback.verdict if playback else "unknown",
        "redirects": playback.chain if playback else [],
        "cleaner": capture.cleaner,
        "recipe": capture.recipe or "static",
        "browser": _browser(session, capture),
        "selection": _selection(session, capture),
        "parts": _parts(session, settings, capture) if capture.recipe == "combined" else [],
    }
    title = text.split("\n", 3)[2].removeprefix("# ")
    return Shown(version, title, text, provenance)


def _selection(session: Session, capture: Capture) -> dict[str, Any] | None:
    """Return the selectors by which a document was made, as the catalogue declared them then, if it was."""
    digest = (capture.cleaner or "").partition("+")[2]
    found = selections.get(session, digest) if capture.recipe == "selected" else None
    return None if found is None else found.as_dict()


def _parts(session: Session, settings: Settings, combined: Capture) -> list[dict[str, Any]]:
    """Return which capture of each page of a combined document it shows, in order; without one there is none yet."""
    found = []
    for piece in pieces_at(session, combined.service_id, combined.timestamp):
        part: dict[str, Any] = {"url": piece.page.url, "by_then": piece.by_then}
        if piece.sighting is not None:
            capture = session.get_one(Capture, piece.sighting.capture_id)
            source, playback = session.get_one(Source, capture.source_id), session.get(Playback, capture.id)
            part |= {
                "captured": iso(capture.timestamp),
                "snapshot": naming_of(settings, capture, playback, source).snapshot_url,
                "archive": capture.archive,
                "digest": capture.digest,
                "recipe": capture.recipe or "static",
            }
        found.append(part)
    return found


def _browser(session: Session, capture: Capture) -> str | None:
    """Return the version of the browser that rendered the page of a document, if one did."""
    if capture.recipe != "rendered" or capture.payload_id is None:
        return None
    found = renderings.of(session, capture.source_id, capture.archive, capture.payload_id, capture.timestamp)
    return None if found is None else found.browser


def snapshot_of(settings: Settings, capture: Capture, playback: Playback | None, source: Source) -> str:
    """Return the address of a capture for readers: the one its document was made with."""
    return naming_of(settings, capture, playback, source).snapshot_url


def snapshot_of_listed(settings: Settings, archive: str, timestamp: datetime, url: str) -> str:
    """Return the address at which an archive shows a capture in its own frame; empty if it is a git repository."""
    if is_of_git(archive):
        return ""
    return shown_address(naming_of_stored(settings, archive, timestamp, url).snapshot_url)


def naming_of(settings: Settings, capture: Capture, playback: Playback | None, source: Source) -> Naming:
    """Return how a reader identifies a capture; a combined one by the page that was captured then."""
    url = capture.original if source.origin == COMBINED else source.url
    if playback is None:
        return naming_of_stored(settings, capture.archive, capture.timestamp, url)
    return naming_of_stored(settings, capture.archive, capture.timestamp, url, playback.url, playback.chain)


def pair(session: Session, service: str, a: str | None = None, b: str | None = None) -> Pair:
    """Return the diff between two versions. `a` and `b` are references, each perhaps of another service (``name@ref``).

    If one follows the other it is the stored diff of the change, with the kind that readers of the log were shown.
    Without them: the last two versions. With `a` alone: from it to the latest.
    """
    old_service, old_ref = _named(service, "~1" if a is None else a)
    new_service, new_ref = _named(service, "latest" if b is None else b)
    if old_service == new_service:
        old, new = versions.resolve_all(session, old_service, [old_ref, new_ref])
    else:
        old, new = versions.resolve(session, old_service, old_ref), versions.resolve(session, new_service, new_ref)
    texts = documents.texts(session, {old.text_id, new.text_id})
    stored = None
    if old_service == new_service and new.number == old.number + 1 and new.change_id is not None:
        stored = versions.operations_of(session, [new.change_id])[new.change_id]
    diff = read_diff(stored, texts[old.text_id], texts[new.text_id])
    standing: dict[str, list[str]] = {}
    if stored is not None and new.change_id is not None and new.kind is not None:
        diff = replace(diff, kind=Kind(new.kind), reasons=tuple(new.reasons))
        standing = versions.standing_of(session, [new.change_id]).get(new.change_id, {})
    return Pair(old, new, _label(old_service, old), _label(new_service, new), diff, standing)


def read_diff(stored: bytes | None, old: str, new: str) -> Diff:
    """Return a stored diff; compare the texts if it is of others, or was stored in another form."""
    if stored is not None:
        try:
            return decode(stored, old, new)
        except CorruptStore:
            pass  # `verify` names it if it is damaged
    return compare(old, new)


def _named(service: str, ref: str) -> tuple[str, str]:
    """Return the service that a reference names, else the given one, and the rest of the reference."""
    name, at, rest = ref.rpartition("@")
    return (name, rest) if at else (service, ref)


def _label(service: str, version: VersionRow) -> str:
    return f"{service}@{iso(version.first_seen)}"
