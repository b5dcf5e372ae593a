"""Diffs between versions that are not neighbours: no change of the store has them, so they are made and kept here."""

from __future__ import annotations

from fastapi import Request
from sqlalchemy.orm import Session

from harvester.diffing import Diff, compare, decode, encode
from harvester.lru import LruCache
from harvester.store.content import documents

LONGEST = 400_000
"""Characters of two texts together, about 65,000 words: to compare them takes a few seconds at most."""
_MOST_BYTES = 16 * 1024 * 1024


class TooLong(Exception):
    """Two texts take too long to compare while a reader waits."""

    def __str__(self) -> str:
        """Tell what to do."""
        return f"The two texts have more than {LONGEST:,} characters: compare them with `harvester diff`."


class ComparisonKeeper:
    """Compares texts, and keeps the diffs as the store would."""

    def __init__(self) -> None:
        self._kept = LruCache[tuple[int, int], bytes](_MOST_BYTES, len)

    def diff(self, session: Session, old_text_id: int, new_text_id: int) -> Diff:
        """Return the diff between two texts; raise `TooLong` if they are."""
        old, new = documents.text(session, old_text_id), documents.text(session, new_text_id)
        if len(old) + len(new) > LONGEST:
            raise TooLong
        return decode(self._kept.get((old_text_id, new_text_id), lambda: encode(compare(old, new))), old, new)


def comparisons_of(request: Request) -> ComparisonKeeper:
    """Return the comparisons that the application keeps."""
    keeper = request.app.state.comparisons
    assert isinstance(keeper, ComparisonKeeper)
    return keeper
