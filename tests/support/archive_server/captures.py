"""An archive in memory, to which a test adds captures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from harvester.memento import digest_of
from harvester.replay.archives.replayable import REVISIT, ReplayCapture


class MemoryArchive:
    """Captures that a test made up; `ReplayServer.refresh` shows what was added while the server runs."""

    def __init__(self) -> None:
        self._captures: list[ReplayCapture] = []
        self._bodies: dict[str, bytes] = {}

    def add(
        self,
        url: str,
        timestamp: str,
        body: bytes = b"",
        *,
        status: int = 200,
        mimetype: str = "text/html",
        headers: Mapping[str, str] | None = None,
        location: str | None = None,
        revisit: bool = False,
        digest: str | None = None,
        length: int | None = 400,
    ) -> ReplayCapture:
        """Add one capture; a revisit shows its body all the same, and its row as revisits are shown."""
        sent = {"Content-Type": mimetype, **(headers or {})}
        if location is not None:
            sent["Location"] = location
        reference = str(len(self._captures))
        capture = ReplayCapture(
            url=url,
            timestamp=timestamp,
            status=None if revisit else status,
            mimetype=REVISIT if revisit else mimetype,
            digest=digest or digest_of(body),
            length=length,
            answered=status,
            headers=tuple(sent.items()),
            reference=reference,
        )
        self._bodies[reference] = body
        self._captures.append(capture)
        return capture

    def add_row(self, row: str) -> None:
        """Add a row as an index shows it, seven fields separated by spaces, with an empty body."""
        _, timestamp, original, mimetype, status, digest, length = row.split(" ")
        self.add(
            original,
            timestamp,
            status=200 if status == "-" else int(status),
            mimetype="text/html" if mimetype == REVISIT else mimetype,
            revisit=status == "-",
            digest=digest,
            length=None if length == "-" else int(length),
        )

    def captures(self) -> Iterable[ReplayCapture]:
        return tuple(self._captures)

    def body(self, capture: ReplayCapture) -> bytes:
        return self._bodies[capture.reference]
