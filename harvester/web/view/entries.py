"""What entries of feeds say of changes, kept: feeds are asked for again and again, and a change does not alter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Request
from sqlalchemy.orm import Session

from harvester.diffing import Diff, Kind
from harvester.insight.redline import diffs_of, explanation
from harvester.insight.statements.statements import statements
from harvester.lru import LruCache
from harvester.store.read.versions import ChangeRow
from harvester.web.view import rendering

_MOST_CHARACTERS = 16 * 1024 * 1024
_STATEMENTS = 10
_LONGEST_REDLINE = 60_000


@dataclass(frozen=True, slots=True)
class EntryText:
    """The HTML of an entry: what the change did, in words, and its redline, None where that is long."""

    statements: str
    redline: str | None

    @property
    def size(self) -> int:
        """The number of its characters, and of what keeps it."""
        return len(self.statements) + len(self.redline or "") + 500


class EntryKeeper:
    """Keeps the texts of entries."""

    def __init__(self) -> None:
        self._kept = LruCache[tuple[object, ...], EntryText](_MOST_CHARACTERS, lambda one: one.size)

    def texts(self, session: Session, changes: Sequence[ChangeRow]) -> list[EntryText]:
        """Return what the entries of some changes say; those that are not kept are read in two statements."""
        keys = [_key(change) for change in changes]
        absent: dict[tuple[object, ...], ChangeRow] = {}
        for key, change in zip(keys, changes, strict=True):
            if self._kept.find(key) is None:
                absent.setdefault(key, change)
        diffs = diffs_of(session, list(absent.values())) if absent else {}

        def made(change: ChangeRow) -> EntryText:
            return _text(change, diffs.get(change.id) or diffs_of(session, [change])[change.id])

        return [
            self._kept.get(key, lambda: made(absent.get(key, change)))  # noqa: B023
            for key, change in zip(keys, changes, strict=True)
        ]


def entries_of(request: Request) -> EntryKeeper:
    """Return the entries that the application keeps."""
    keeper = request.app.state.entries
    assert isinstance(keeper, EntryKeeper)
    return keeper


def _key(change: ChangeRow) -> tuple[object, ...]:
    # Not its number: a text that comes and goes, or that two services have, makes the same change again.
    # A late capture, or a newer cleaner, makes another one of it.
    measures = (change.words_added, change.words_removed, change.words_moved, tuple(map(str, change.reasons)))
    return (change.old_text_id, change.new_text_id, change.kind, bool(change.standing), *measures)


def _text(change: ChangeRow, diff: Diff) -> EntryText:
    redline = str(rendering.redline(diff, side_by_side=False, only_changes=True))
    if why := explanation(change):
        redline = f"<p>{why}</p>{redline if change.kind != Kind.COSMETIC else ''}"
    said = str(rendering.statements(statements(diff)[:_STATEMENTS]))
    return EntryText(said, redline if len(redline) <= _LONGEST_REDLINE else None)
