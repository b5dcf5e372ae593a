"""What `harvester replay` serves: captures and their bodies, from a plain folder or from WARC files.

A plain folder holds ``captures.jsonl``, one JSON object a line, and the bodies it names (docs/replay.md).
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from harvester.errors import ConfigurationError

REVISIT = "warc/revisit"
KEPT_BODIES = 256
"""Bodies from WARC files that stay in memory: unpacking one takes longer than sending it."""
_OF_THE_WIRE = {"content-encoding", "transfer-encoding", "content-length"}


def sha1_base32(body: bytes) -> str:
    """The digest of a body as CDX indexes write it: SHA-1, base 32, no prefix."""
    return base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode("ascii")


@dataclass(frozen=True, slots=True)
class ReplayCapture:
    """One row of the index. `status` is None where the index shows ``-`` (revisits); `reference` is its archive's own.

    `answered` is the HTTP status that playback answers with; `late` rows are hidden until the server is told otherwise.
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

    def header(self, name: str) -> str | None:
        """The first header of that name that the site sent, or None."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


class Replayable(Protocol):
    """Anything whose captures can be served. Both methods are called from several threads."""

    def captures(self) -> Iterable[ReplayCapture]:
        """Every row of the index, in any order; rows may repeat."""

    def body(self, capture: ReplayCapture) -> bytes:
        """The body of one of `captures`, without transfer or content encoding; that of a revisit is its original's."""


class FolderArchive:
    """A plain folder: ``captures.jsonl`` and the files that it names."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._captures = tuple(_folder_captures(folder))

    def captures(self) -> Iterable[ReplayCapture]:
        return self._captures

    def body(self, capture: ReplayCapture) -> bytes:
        return (self.folder / capture.reference).read_bytes() if capture.reference else b""


def _folder_captures(folder: Path) -> Iterator[ReplayCapture]:
    index = folder / "captures.jsonl"
    originals: dict[str, tuple[str, str, int]] = {}
    for number, line in enumerate(index.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            row: dict[str, Any] = json.loads(line)
            yield _folder_capture(folder, row, originals)
        except (ValueError, KeyError, TypeError, OSError) as error:
            raise ConfigurationError(f"{index}:{number}: not a capture: {error}") from error


def _folder_capture(folder: Path, row: dict[str, Any], originals: dict[str, tuple[str, str, int]]) -> ReplayCapture:
    url, timestamp = str(row["url"]), str(row["timestamp"])
    known = {"url", "timestamp", "status", "mimetype", "file", "revisit", "location", "headers", "digest", "late"}
    if unknown := set(row) - known:
        raise ValueError(f"unknown key {sorted(unknown)[0]!r}")
    if not (len(timestamp) == 14 and timestamp.isdigit()):
        raise ValueError(f"timestamp {timestamp!r} has not 14 digits")
    headers = {str(name): str(value) for name, value in row.get("headers", {}).items()}
    if "location" in row:
        headers["Location"] = str(row["location"])
    if "revisit" in row:
        digest = str(row["revisit"])
        if digest not in originals:
            raise ValueError(f"no line above has the digest {digest} that it revisits")
        reference, mimetype, answered = originals[digest]
        headers.setdefault("Content-Type", mimetype)
        late = bool(row.get("late", False))
        return ReplayCapture(
            url, timestamp, None, REVISIT, digest, 500, answered, tuple(headers.items()), reference, late
        )
    reference = str(row.get("file", ""))
    body = (folder / reference).read_bytes() if reference else b""
    digest = str(row.get("digest") or sha1_base32(body))
    status, mimetype = int(row.get("status", 200)), str(row.get("mimetype", "text/html"))
    headers.setdefault("Content-Type", mimetype)
    originals.setdefault(digest, (reference, mimetype, status))
    return ReplayCapture(
        url,
        timestamp,
        status,
        mimetype,
        digest,
        len(body) // 3 + 400,
        status,
        tuple(headers.items()),
        reference,
        bool(row.get("late", False)),
    )


class WarcArchive:
    """WARC files (``*.warc`` or ``*.warc.gz``), indexed once on opening; bodies are read from the files when asked for.

    A revisit record shows the body of the response record that has its payload digest.
    """

    def __init__(self, files: Sequence[Path]) -> None:
        self._read = lru_cache(maxsize=KEPT_BODIES)(_warc_body)
        found: list[ReplayCapture] = []
        for file in files:
            try:
                found.extend(_warc_captures(file))
            except (OSError, ValueError, AttributeError, ArchiveLoadFailed) as error:
                raise ConfigurationError(f"{file}: cannot be read as WARC: {error}") from error
        if not found:
            raise ConfigurationError(f"no capture to replay in {', '.join(map(str, files))}: are these WARC files?")
        originals = {capture.digest: capture.reference for capture in reversed(found) if capture.reference}
        self._captures = tuple(
            capture if capture.reference else replace(capture, reference=originals.get(capture.digest, ""))
            for capture in found
        )

    def captures(self) -> Iterable[ReplayCapture]:
        return self._captures

    def body(self, capture: ReplayCapture) -> bytes:
        return self._read(capture.reference) if capture.reference else b""


def _warc_body(reference: str) -> bytes:
    """The body of the record at ``OFFSET FILE``."""
    offset, _, file = reference.partition(" ")
    with Path(file).open("rb") as stream:
        stream.seek(int(offset))
        content: bytes = next(iter(ArchiveIterator(stream))).content_stream().read()
        return content


def _warc_captures(file: Path) -> Iterator[ReplayCapture]:
    """The response and revisit records of a file; a revisit has no reference yet."""
    with file.open("rb") as stream:
        records = ArchiveIterator(stream)
        for record in records:
            if record.rec_type not in ("response", "revisit") or record.http_headers is None:
                continue
            offset = records.get_record_offset()
            revisit = record.rec_type == "revisit"
            answered = int(record.http_headers.get_statuscode() or 200)
            content_type = record.http_headers.get_header("Content-Type") or "unk"
            digest = (record.rec_headers.get_header("WARC-Payload-Digest") or "").removeprefix("sha1:")
            digits = "".join(c for c in record.rec_headers.get_header("WARC-Date") if c.isdigit())
            yield ReplayCapture(
                url=record.rec_headers.get_header("WARC-Target-URI"),
                timestamp=digits[:14],
                status=None if revisit else answered,
                mimetype=REVISIT if revisit else content_type.split(";")[0].strip(),
                digest=digest or sha1_base32(record.content_stream().read()),
                length=int(record.rec_headers.get_header("Content-Length") or 0),
                answered=answered,
                headers=tuple(
                    (name, value) for name, value in record.http_headers.headers if name.lower() not in _OF_THE_WIRE
                ),
                reference="" if revisit else f"{offset} {file}",
            )


def open_replayable(path: Path) -> Replayable:
    """The archive at a path: a plain folder, a data folder (with ``harvester.db``), a folder of WARC files, or one."""
    if path.is_file():
        return WarcArchive([path])
    if (path / "captures.jsonl").is_file():
        return FolderArchive(path)
    if (path / "harvester.db").is_file():
        from harvester.replay.archives.store import StoreArchive

        return StoreArchive.open(path)
    if path.is_dir() and (files := sorted([*path.rglob("*.warc.gz"), *path.rglob("*.warc")])):
        return WarcArchive(files)
    raise ConfigurationError(
        f"{path}: nothing to replay: give a folder with captures.jsonl or harvester.db, or WARC files"
    )
