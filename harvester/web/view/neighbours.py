"""Policies that share text with a version, kept: to find them reads a small row of every version."""

from __future__ import annotations

from time import monotonic

from fastapi import Request
from sqlalchemy.orm import Session

from harvester.insight.similar import Neighbours, similar
from harvester.lru import LruCache
from harvester.store.read.versions import VersionRow
from harvester.web.references import reference_of

_MOST = 500
_SECONDS = 600
"""After so long they are looked for again: other services have new versions."""


class NeighbourKeeper:
    """Finds the policies that share text with a version."""

    def __init__(self) -> None:
        self._kept = LruCache[tuple[int, str, int], Neighbours](_MOST)

    def neighbours(self, session: Session, service: str, row: VersionRow) -> Neighbours:
        """Return the versions of other services that share text with a version, at most 20."""
        key = row.id, row.sha256, int(monotonic() // _SECONDS)
        return self._kept.get(key, lambda: similar(session, service, reference_of(session, service, row)))


def neighbours_of(request: Request) -> NeighbourKeeper:
    """Return the neighbours that the application keeps."""
    keeper = request.app.state.neighbours
    assert isinstance(keeper, NeighbourKeeper)
    return keeper
