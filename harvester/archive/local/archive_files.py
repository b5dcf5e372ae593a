"""Archive files on disk: WARC, ARC and WACZ, alone or in folders."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from harvester.errors import ConfigurationError

ENDINGS = (".warc", ".warc.gz", ".arc", ".arc.gz", ".wacz")
_CHUNK = 1 << 20
_DESCRIPTION_LIMIT = 50_000_000
"""The most bytes of a ``datapackage.json`` that are read."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A part of a file that cannot be read, or does not hold what it says: where, and why."""

    file: str
    offset: int
    reason: str


@dataclass(frozen=True, slots=True)
class ArchiveFile:
    """A WARC or ARC file; `member` is its name within the WACZ file at `path`, None for a file of its own."""

    path: Path
    member: str | None = None

    @property
    def name(self) -> str:
        """The file as a person looks for it: ``crawl.wacz!archive/data.warc.gz``."""
        return str(self.path) if self.member is None else f"{self.path}!{self.member}"

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """Open it for reading and seeking. Raises OSError, or `zipfile.BadZipFile` for a damaged WACZ."""
        if self.member is None:
            with self.path.open("rb") as stream:
                yield stream
            return
        with zipfile.ZipFile(self.path) as wacz, wacz.open(self.member) as stream:
            yield cast("BinaryIO", stream)


def archive_files(paths: Iterable[Path]) -> Iterator[ArchiveFile | Broken]:
    """Yield the WARC and ARC files at some paths, those in WACZ files and in folders among them, in order.

    Raises `ConfigurationError` for a path that is not there, and for a folder without such files.
    """
    for path in paths:
        if not path.exists():
            raise ConfigurationError(f"import warc: {path} does not exist")
        inside = sorted(one for one in path.rglob("*") if one.name.lower().endswith(ENDINGS)) if path.is_dir() else []
        if path.is_dir() and not inside:
            raise ConfigurationError(f"import warc: no file in {path} ends in {', '.join(ENDINGS)}")
        for file in inside or [path]:
            try:
                if zipfile.is_zipfile(file):
                    yield from _of_wacz(file)
                else:
                    yield ArchiveFile(file)
            except (OSError, zipfile.BadZipFile, NotImplementedError) as error:  # the last: packed in an unknown way
                yield Broken(str(file), 0, f"cannot be read: {error}")


def _of_wacz(file: Path) -> Iterator[ArchiveFile | Broken]:
    """Yield the WARC files of a WACZ file; one whose digest differs from ``datapackage.json`` is also listed as
    broken.
    """
    with zipfile.ZipFile(file) as wacz:
        names = sorted(one for one in wacz.namelist() if one.startswith("archive/") and one.lower().endswith(ENDINGS))
        if not names:
            yield Broken(str(file), 0, "no WARC file in its folder archive/")
        announced = _digests(wacz)
        for name in names:
            expected = announced.get(name)
            if expected is not None and _sha256(wacz, name) != expected:
                yield Broken(
                    f"{file}!{name}", 0, "its SHA-256 is not the one in datapackage.json; its records are read"
                )
            yield ArchiveFile(file, name)


def _digests(wacz: zipfile.ZipFile) -> dict[str, str]:
    try:
        with wacz.open("datapackage.json") as stream:
            description = json.loads(stream.read(_DESCRIPTION_LIMIT))
        resources = description["resources"]
        return {str(one["path"]): str(one["hash"]).removeprefix("sha256:") for one in resources}
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError, zipfile.BadZipFile):
        return {}


def _sha256(wacz: zipfile.ZipFile, name: str) -> str | None:
    digest = hashlib.sha256()
    try:
        with wacz.open(name) as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
    except zipfile.BadZipFile:
        return None
    return digest.hexdigest()
