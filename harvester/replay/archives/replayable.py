"""An archive to replay: rows of an index, and the bodies they name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

REVISIT = "warc/revisit"


@dataclass(frozen=True, slots=True)
class ReplayCapture:
    """One row of the index. `status` is None where the index shows ``-`` (revisits); `reference` is its archive's own.

    `answered` is the HTTP status that playback answers with; `late` rows are hidden unless the server is set to show
    them. Of a `lost` revisit nothing has the page that it repeats: it is listed and cannot be played.
    """

    url: str
    timestamp: str
    status: int | None
    mimetype: str
    digest: str
    length: int | None
    answered: int
    headers: tuple[tuple[str, str], ...]
    reference: str
    late: bool = False
    lost: bool = False

    def header(self, name: str) -> str | None:
        """Return the first header with that name that the site sent, or None."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


class Replayable(Protocol):
    """Anything whose captures can be served. Both methods are called from several threads."""

    def captures(self) -> Iterable[ReplayCapture]:
        """Return every row of the index, in any order; rows may repeat."""

    def body(self, capture: ReplayCapture) -> bytes:
        """Return the body of one of `captures`, without transfer or content encoding; a revisit has its original's."""
