"""Policies that share text with a version, kept with the SimHashes of all texts, among which they are looked for."""

from __future__ import annotations

from time import monotonic

from fastapi import Request
from sqlalchemy.orm import Session

from harvester.insight.similar import Neighbours, similar
from harvester.lru import LruCache
from harvester.store.database import Database
from harvester.store.read.hashes import TextHashes
from harvester.store.read.versions import VersionRow
from harvester.web.references import reference_of
from harvester.web.view.refreshed import Refreshed

_MOST = 500
_SECONDS = 600
"""After so long they are looked for again: other services have new versions. SimHashes may be twice as old."""


class NeighbourKeeper:
    """Finds the policies that share text with a version."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept = LruCache[tuple[int, str, int], Neighbours](_MOST)
        self._hashes = Refreshed[None, TextHashes](1, _SECONDS, monotonic)

    def neighbours(self, session: Session, service: str, row: VersionRow) -> Neighbours:
        """Return the versions of other services that share text with a version, at most 20."""
        turn = int(monotonic() // _SECONDS)

        def find() -> Neighbours:
            return similar(session, service, reference_of(session, service, row), among=self.hashes())

        return self._kept.get((row.id, row.sha256, turn), find)

    def hashes(self) -> TextHashes:
        """Return the SimHashes of all texts."""

        def read() -> TextHashes:
            with self._database.reading() as session:
                return TextHashes(session)

        return self._hashes.get(None, read).value


def neighbours_of(request: Request) -> NeighbourKeeper:
    """Return the neighbours that the application keeps."""
    keeper = request.app.state.neighbours
    assert isinstance(keeper, NeighbourKeeper)
    return keeper
