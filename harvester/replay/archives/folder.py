"""A plain folder to replay: ``captures.jsonl``, one JSON object a line, and the bodies it names (docs/replay.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from harvester.errors import ConfigurationError
from harvester.memento import digest_of
from harvester.replay.archives.replayable import REVISIT, ReplayCapture


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
    digest = str(row.get("digest") or digest_of(body))
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
