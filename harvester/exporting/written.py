"""The list of files in a folder that exports wrote: each is listed before it exists, so that a later export can remove
it.
"""

from __future__ import annotations

import os
from pathlib import Path

LIST = ".harvester-files"
"""The files of the last export that finished, a name a line, sorted."""
WRITING = ".harvester-files-writing"
"""The names that an export has added since it began; it is there only until that export's end."""


class FileList:
    """The two lists of a folder, open for one export; `notes` is where they are kept.

    `known` are the files that exports wrote there, `wanted` those that belong to this one. `killed` says that the
    last export did not finish. `complete` is false where its last names may be lost (a power cut) or no list
    was kept: then a file that is not known may be an export's work nevertheless.
    """

    def __init__(self, notes: Path) -> None:
        self._notes = notes
        listed, writing = notes / LIST, notes / WRITING
        self.killed = writing.exists()
        self.complete = listed.exists() and not self.killed
        self.known = set(_names(listed)) | set(_names(writing))
        self.wanted: set[str] = set()
        _cut_to_whole_lines(writing)
        self._adding = writing.open("ab", buffering=0)

    def want(self, name: str) -> None:
        """Record a file of this export; call it before writing the file."""
        if name not in self.known:
            self._adding.write(os.fsencode(f"{name}\n"))
            self.known.add(name)
        self.wanted.add(name)

    def finish(self) -> None:
        """Make `wanted` the list, now that there is no other file."""
        whole = self._notes / f"{LIST}-sorting"
        whole.write_bytes(b"".join(os.fsencode(f"{name}\n") for name in sorted(self.wanted)))
        whole.replace(self._notes / LIST)
        (self._notes / WRITING).unlink()

    def close(self) -> None:
        """Close the list; added files stay recorded."""
        self._adding.close()


def _names(file: Path) -> list[str]:
    """Return the names in a list, without a last line cut off by a kill before its file was begun."""
    return [os.fsdecode(line) for line in file.read_bytes().split(b"\n")[:-1]] if file.exists() else []


def _cut_to_whole_lines(file: Path) -> None:
    if file.exists():
        os.truncate(file, file.read_bytes().rfind(b"\n") + 1)
