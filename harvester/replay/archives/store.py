"""A harvester's own store as an archive to replay: one installation harvested by another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlalchemy.orm import Session

from harvester.errors import ConfigurationError
from harvester.exporting.mementos import mementos
from harvester.folders import sqlite_url
from harvester.memento import timestamp_of
from harvester.replay.archives.replayable import ReplayCapture
from harvester.store.content import payloads
from harvester.store.database import Database
from harvester.store.read.snapshots import service_names

DATABASE = "harvester.db"


class StoreArchive:
    """The captures whose bytes the store has, and those that the index lists as gone.

    Rows are the original index's, so that a harvest of them gives the same ledger. The index is read again at each
    `captures`; bodies on access.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, folder: Path) -> StoreArchive:
        """Open the store in a data folder; raise `ConfigurationError` when there is none."""
        file = folder / DATABASE
        if not file.is_file():
            raise ConfigurationError(
                f"{folder}: there is no {DATABASE} to replay; name a folder that `harvester backfill` filled"
            )
        return cls(Database.open(sqlite_url(file)))

    def captures(self) -> Iterable[ReplayCapture]:
        """Yield the captures of the store; see `Replayable`."""
        with self._database.reading() as session:
            rows = [row for number, _ in service_names(session) for row in _rows(session, number)]
        if not rows:
            raise ConfigurationError(
                f"{self._database.name}: nothing to replay: the store has no capture; harvest a service first"
            )
        return rows

    def body(self, capture: ReplayCapture) -> bytes:
        """Return a stored body; see `Replayable`."""
        if not capture.reference:
            return b""
        with self._database.reading() as session:
            return payloads.get(session, int(capture.reference))

    def close(self) -> None:
        """Close the database."""
        self._database.close()


def _rows(session: Session, service_id: int) -> Iterator[ReplayCapture]:
    for one in mementos(session, service_id, bodiless=True):
        yield ReplayCapture(
            url=one.url,
            timestamp=timestamp_of(one.moment),
            status=one.listed_status,
            mimetype=one.mimetype,
            digest=one.listed_digest or one.digest,
            length=one.length,
            answered=one.status,
            headers=one.headers,
            reference="" if one.payload_id is None else str(one.payload_id),
        )
