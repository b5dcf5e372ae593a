"""The folder that an export fills: claimed before anything is written, each file whole or not there.

When the export ends, it removes files of an earlier one that are not part of this one; files that no export
wrote are left as they are.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from harvester.errors import ConfigurationError, StoreError
from harvester.exporting.written import FileList
from harvester.files import replacing

MARKER = ".harvester-export.json"
UNFINISHED = ".unfinished"
"""The ending of a file's name while it is written."""
PATIENCE_SECONDS = 5.0
"""Seconds for which an export waits for another one in the same folder to end."""


@dataclass(frozen=True, slots=True)
class Destination:
    """A folder that is ours while an export fills it.

    `lock` is the descriptor that keeps other exports out; a program that writes here for us inherits it, so that the
    folder is free only when that program has ended too. `written` lists what exports wrote here.
    """

    folder: Path
    lock: int
    written: FileList

    @classmethod
    @contextmanager
    def claim(cls, folder: Path, kind: str, options: Mapping[str, Any], marker: str = MARKER) -> Iterator[Destination]:
        """Lock an empty or missing folder, or one that an equal export began; any other is refused untouched.

        `options` are what decides the content: an export with others would leave a mixture. When the body of the
        ``with`` ends well, what an earlier export wrote and this one did not want is removed. Raises
        `ConfigurationError` for a folder that cannot be had, and `StoreError` when another export is filling it or
        the disk refuses what is written in the body of the ``with``.
        """
        at = folder / marker
        try:
            if folder.exists() and not folder.is_dir():
                raise ConfigurationError(f"export: {folder} is a file; name a folder")
            folder.mkdir(parents=True, exist_ok=True)
            lock = os.open(folder, os.O_RDONLY)
        except OSError as error:
            raise ConfigurationError(f"export: {folder} cannot be created or opened: {error.strerror}") from error
        try:
            _hold(lock, folder)
            if not _is_marked(folder, at, {"export": kind, **options}):
                at.parent.mkdir(exist_ok=True)
                with replacing(at, _draft(at)) as draft:
                    draft.write_text(json.dumps({"export": kind, **options}, sort_keys=True) + "\n", encoding="utf-8")
            with closing(FileList(at.parent)) as written:
                claimed = cls(folder, lock, written)
                yield claimed
                claimed._remove_unwanted()
                written.finish()
        except OSError as error:
            reason = f"{error.strerror or error}: {error.filename}" if error.filename else error.strerror or error
            raise StoreError(
                f"export: {folder} cannot be written ({reason}); what was written is complete; free space or make it "
                "writable and run the same command again"
            ) from error
        finally:
            os.close(lock)

    def path(self, relative: str) -> Path:
        """Return the path of a file; raise an error when its name would leave the folder."""
        parts = relative.split("/")
        if any(part in ("", ".", "..") or any(one in part for one in "\\\x00\n") for part in parts):
            raise ConfigurationError(f"export: {relative!r} is not the name of a file inside {self.folder}")
        return self.folder.joinpath(*parts)

    def write(self, relative: str, content: bytes) -> None:
        """Write a whole file; skip one that already has exactly this content."""
        path = self.path(relative)
        if path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content:
            self.written.want(relative)
            return
        with self.writing(relative) as file:
            file.write(content)

    @contextmanager
    def writing(self, relative: str) -> Iterator[IO[bytes]]:
        """Yield a file to write in the body of the ``with``; it gets its name only at the end."""
        self.want(relative)
        path = self.path(relative)
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path, _draft(path)) as draft, draft.open("wb") as file:
            yield file

    def keeps(self, relative: str) -> bool:
        """Return whether a file exists; if so, keep it as part of this export."""
        if not self.path(relative).is_file():
            return False
        self.written.want(relative)
        return True

    def want(self, relative: str) -> None:
        """Record a file about to be written; raise `ConfigurationError` when another's file has its name."""
        path = self.path(relative)
        if self.written.complete and relative not in self.written.known and os.path.lexists(path):
            raise ConfigurationError(
                f"export: {path} was not written by an export, and this export needs the name; move it away "
                "or choose another folder"
            )
        self.written.want(relative)

    def _remove_unwanted(self) -> None:
        wanted = self.written.wanted
        for name in sorted(self.written.known if self.written.killed else self.written.known - wanted):
            path = self.path(name)
            # A user may have put a link to another place, a folder or a file where ours was.
            in_its_place = self.folder.resolve() / path.parent.relative_to(self.folder)
            if path.parent.is_dir() and path.parent.resolve() == in_its_place and not path.is_dir():
                _draft(path).unlink(missing_ok=True)
                if name not in wanted:
                    path.unlink(missing_ok=True)
            if name not in wanted:
                self._remove_empty_folders(path)

    def _remove_empty_folders(self, path: Path) -> None:
        """Remove the folders above a removed file, as far as they are empty."""
        for folder in path.relative_to(self.folder).parents:
            if folder == Path():
                return
            try:
                (self.folder / folder).rmdir()
            except FileNotFoundError:
                continue
            except OSError as error:
                if error.errno not in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR):
                    raise
                return


def _draft(path: Path) -> Path:
    return path.with_name(path.name + UNFINISHED)


def _hold(lock: int, folder: Path) -> None:
    """Take the lock, waiting briefly: the programs of a killed export may still be ending."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise StoreError(
                    f"export: another export is writing to {folder}; wait until it has ended or choose another folder"
                ) from None
            time.sleep(0.05)
        else:
            return


def _is_marked(folder: Path, at: Path, wanted: Mapping[str, Any]) -> bool:
    """Return whether an equal export began in a folder, as its marker says; False if the folder is empty."""
    if at.is_file():
        try:
            found = dict(json.loads(at.read_text(encoding="utf-8")))
        except (ValueError, TypeError) as error:
            raise ConfigurationError(f"export: {at} cannot be read ({error}); choose another folder") from error
        if found != wanted:
            raise ConfigurationError(
                f"export: {folder} was exported with other options ({_differences(found, wanted)}); "
                "choose another folder or delete it"
            )
        return True
    left_by_a_kill = {at.parent, _draft(at)}
    if any(one not in left_by_a_kill for one in folder.rglob("*")):
        raise ConfigurationError(
            f"export: {folder} is not empty and not an export of harvester; nothing was written; choose another folder"
        )
    return False


def _differences(found: Mapping[str, Any], wanted: Mapping[str, Any]) -> str:
    names = sorted(name for name in {*found, *wanted} if found.get(name) != wanted.get(name))
    return "; ".join(f"{name}: {_said(found.get(name))}, now {_said(wanted.get(name))}" for name in names)


def _said(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return {None: "none", False: "no", True: "yes"}.get(value, str(value))
