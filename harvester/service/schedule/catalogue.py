"""The catalogue as it stands in its file now: edits are taken up without a restart."""

from __future__ import annotations

import logging
from pathlib import Path

from harvester.catalogue import ServiceEntry, load_catalogue
from harvester.errors import ConfigurationError

log = logging.getLogger(__name__)


class WatchedCatalogue:
    """The services of ``services.toml``, read again when the file changes. Raises as `load_catalogue` at first."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._seen = _stamp(file)
        self.entries: dict[str, ServiceEntry] = {entry.name: entry for entry in load_catalogue(file)}

    def reread(self) -> bool:
        """Looks at the file; whether the services differ now. A file that is not understood alters nothing."""
        stamp = _stamp(self._file)
        if stamp == self._seen:
            return False
        self._seen = stamp
        try:
            entries = {entry.name: entry for entry in load_catalogue(self._file)}
        except ConfigurationError as error:
            log.error("the edited catalogue is not used, the last good one is: %s", error)
            return False
        altered = entries != self.entries
        self.entries = entries
        return altered


def _stamp(file: Path) -> tuple[int, int, int] | None:
    """What differs after an edit, also one that put another file in this one's place."""
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
