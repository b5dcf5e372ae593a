"""WARC files to replay: their response and revisit records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from harvester.errors import ConfigurationError
from harvester.memento import digest_of
from harvester.replay.archives.replayable import REVISIT, ReplayCapture

KEPT_BODIES = 256
"""Bodies from WARC files that stay in memory: unpacking one takes longer than sending it."""
_OF_THE_WIRE = {"content-encoding", "transfer-encoding", "content-length"}


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
                digest=digest or digest_of(record.content_stream().read()),
                length=int(record.rec_headers.get_header("Content-Length") or 0),
                answered=answered,
                headers=tuple(
                    (name, value) for name, value in record.http_headers.headers if name.lower() not in _OF_THE_WIRE
                ),
                reference="" if revisit else f"{offset} {file}",
            )
