"""The folder that an export fills: claimed before anything is written, each file whole or not there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from harvester.errors import ConfigurationError

MARKER = ".harvester-export.json"
UNFINISHED = ".unfinished"
"""What the name of a file ends with while it is written."""


@dataclass(frozen=True, slots=True)
class Destination:
    """A folder that is ours, with the name of what is exported into it."""

    folder: Path

    @classmethod
    def claim(cls, folder: Path, kind: str, options: Mapping[str, Any], marker: str = MARKER) -> Destination:
        """Takes an empty or missing folder, or one that an equal export began; any other is refused untouched.

        `options` are what decides the content: an export with others would leave a mixture.
        """
        wanted = {"export": kind, **options}
        at = folder / marker
        if folder.exists() and not folder.is_dir():
            raise ConfigurationError(f"export: {folder} is a file; name a folder")
        if at.is_file():
            try:
                found = json.loads(at.read_text(encoding="utf-8"))
            except ValueError as error:
                raise ConfigurationError(f"export: {at} cannot be read ({error}); choose another folder") from error
            if found != wanted:
                raise ConfigurationError(
                    f"export: {folder} holds an export made otherwise ({_told(found)}; now {_told(wanted)}); "
                    "choose another folder or delete it"
                )
        elif folder.exists() and any(folder.iterdir()):
            raise ConfigurationError(
                f"export: {folder} is not empty and holds no export of harvester; nothing was written there, "
                "choose another folder"
            )
        else:
            try:
                at.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise ConfigurationError(f"export: {folder} cannot be made: {error.strerror}") from error
            cls(folder).write(marker, (json.dumps(wanted, sort_keys=True) + "\n").encode())
        return cls(folder)

    def path(self, relative: str) -> Path:
        """Where a file goes; refused when its name would leave the folder."""
        parts = relative.split("/")
        if any(part in ("", ".", "..") or "\\" in part or "\x00" in part for part in parts):
            raise ConfigurationError(f"export: {relative!r} is no name of a file inside {self.folder}")
        return self.folder.joinpath(*parts)

    def write(self, relative: str, content: bytes) -> None:
        """Writes a file whole."""
        with self.writing(relative) as file:
            file.write(content)

    @contextmanager
    def writing(self, relative: str) -> Iterator[IO[bytes]]:
        """A file to be written for the body of the ``with``; it gets its name only at the end."""
        path = self.path(relative)
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(path.name + UNFINISHED)
        with unfinished.open("wb") as file:
            yield file
        unfinished.replace(path)

    def holds(self, relative: str, content: bytes) -> bool:
        """Whether a file is there with exactly this content."""
        path = self.path(relative)
        return path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content


def _told(options: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in sorted(options.items()))
