"""A change as a reader sees it: its diff, the snapshots on both sides, and the changes before and after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from harvester.diffing import Diff, Kind
from harvester.insight.reading import read_diff, snapshot_of
from harvester.memento import shown_address
from harvester.store.content import documents
from harvester.store.read import captures, history, versions
from harvester.store.read.versions import ChangeRow, VersionRow

if TYPE_CHECKING:
    from harvester.settings import Settings


@dataclass(frozen=True, slots=True)
class Redline:
    """One change; `earlier` and `later` are the permanent times of the changes beside it."""

    change: ChangeRow
    old: VersionRow
    new: VersionRow
    old_snapshot: str
    new_snapshot: str
    earlier: datetime | None
    later: datetime | None


def redline(session: Session, settings: Settings, service: str, before: datetime) -> Redline:
    """Return the change of a service whose new text was first seen at `before`, without its diff (`diff_of`)."""
    number = versions.service_id(session, service)
    change = versions.change(session, service, before)
    new = history.version_at(session, number, before)
    first_seen, later = history.beside(session, number, before)
    assert first_seen is not None  # a change has a version before it
    old = history.version_at(session, number, first_seen)
    last_of_old = captures.showing(session, number, change.after, change.old_text_id) or old.capture_id
    is_first = old.change_id is None
    return Redline(
        change,
        old,
        new,
        snapshot(session, settings, last_of_old),
        snapshot(session, settings, new.capture_id),
        None if is_first else first_seen,
        later,
    )


def diff_of(session: Session, change: ChangeRow) -> Diff:
    """Return the stored diff of a change; computed again if an earlier harvester stored it in another form."""
    return diffs_of(session, [change])[change.id]


def diffs_of(session: Session, changes: Sequence[ChangeRow]) -> dict[int, Diff]:
    """Return the diffs of some changes (`diff_of`) by their numbers, read in two statements: with the kinds and the
    reasons of the history, which knows the pages and the languages too.
    """
    texts = documents.texts(session, {number for one in changes for number in (one.old_text_id, one.new_text_id)})
    stored = versions.operations_of(session, [one.id for one in changes])
    found = {one.id: read_diff(stored[one.id], texts[one.old_text_id], texts[one.new_text_id]) for one in changes}
    return {one.id: replace(found[one.id], kind=Kind(one.kind), reasons=tuple(one.reasons)) for one in changes}


def snapshot(session: Session, settings: Settings, capture_id: int) -> str:
    """Return the address of a capture for readers: the archived page itself, in the archive's own frame."""
    found = captures.provenance(session, capture_id)
    return shown_address(snapshot_of(settings, found.capture, found.playback, found.source))


def explanation(change: ChangeRow) -> str:
    """Return why a redline marks nothing, or nothing that matters; empty where it needs no word."""
    if change.kind == Kind.LANGUAGE:
        return (
            "The policy is in another language from here. It is compared with what was last seen in that language, "
            "or with the text before."
        )
    if change.kind == Kind.TECHNICAL and change.standing:
        return "The policy is the same: what is marked only left, or came into, the part of the page that is extracted."
    if change.kind == Kind.TECHNICAL:
        return "The captured page is the same: only the cleaner that read it changed."
    if change.kind == Kind.COSMETIC:
        return "No word differs, only how the text is laid out: line breaks, lists, emphasis, or where links lead."
    if not (change.words_added or change.words_removed or change.words_moved):
        return "No word differs: " + ("; ".join(map(str, change.reasons)) or "links lead elsewhere") + "."
    return ""
