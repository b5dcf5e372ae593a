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
NOT_MODIFIED = 304
_OF_THE_WIRE = {"content-encoding", "transfer-encoding", "content-length"}


class WarcArchive:
    """WARC files (``*.warc`` or ``*.warc.gz``), indexed once on opening; bodies are read from the files on access.

    A revisit record shows the body of the response record that has its payload digest.
    """

    def __init__(self, files: Sequence[Path]) -> None:
        self._read = lru_cache(maxsize=KEPT_BODIES)(_warc_body)
        found: list[ReplayCapture] = []
        referred: list[tuple[str, str] | None] = []
        for file in files:
            try:
                for capture, refers_to in _warc_captures(file):
                    found.append(capture)
                    referred.append(refers_to)
            except (OSError, ValueError, AttributeError, ArchiveLoadFailed) as error:
                raise ConfigurationError(f"{file}: cannot be read as WARC: {error}") from error
        if not found:
            raise ConfigurationError(f"no capture to replay in {', '.join(map(str, files))}: are these WARC files?")
        originals = {capture.digest: capture for capture in reversed(found) if capture.reference}
        named = {(capture.url, capture.timestamp): capture for capture in found if capture.reference}
        self._captures = tuple(
            capture
            if capture.reference
            else _revisiting(capture, (named.get(refers_to) if refers_to else None) or originals.get(capture.digest))
            for capture, refers_to in zip(found, referred, strict=True)
        )

    def captures(self) -> Iterable[ReplayCapture]:
        return self._captures

    def body(self, capture: ReplayCapture) -> bytes:
        return self._read(capture.reference) if capture.reference else b""


def _warc_body(reference: str) -> bytes:
    """Return the body of the record at ``OFFSET FILE``."""
    offset, _, file = reference.partition(" ")
    with Path(file).open("rb") as stream:
        stream.seek(int(offset))
        content: bytes = next(iter(ArchiveIterator(stream))).content_stream().read()
        return content


def _revisiting(revisit: ReplayCapture, original: ReplayCapture | None) -> ReplayCapture:
    """Return a revisit with the body of its original, and its status and headers where it has none of its own."""
    if original is None:
        return replace(revisit, answered=200) if revisit.answered == NOT_MODIFIED else revisit
    if revisit.answered != NOT_MODIFIED:
        return replace(revisit, reference=original.reference)
    headers = original.headers
    return replace(revisit, reference=original.reference, answered=original.answered, headers=headers)


def _digits(date: str | None) -> str:
    return "".join(character for character in date or "" if character.isdigit())[:14]


def _warc_captures(file: Path) -> Iterator[tuple[ReplayCapture, tuple[str, str] | None]]:
    """Yield the response and revisit records of a file; a revisit has no reference yet, but what it refers to."""
    with file.open("rb") as stream:
        records = ArchiveIterator(stream)
        for record in records:
            revisit = record.rec_type == "revisit"
            if not revisit and (record.rec_type != "response" or record.http_headers is None):
                continue
            offset = records.offset
            # A revisit may leave out the HTTP headers, or have a 304 for them: they are those of its original.
            http = record.http_headers
            answered = int(http.get_statuscode() or 200) if http is not None else NOT_MODIFIED
            content_type = (http.get_header("Content-Type") if http is not None else None) or "unk"
            digest = (record.rec_headers.get_header("WARC-Payload-Digest") or "").removeprefix("sha1:")
            referred = record.rec_headers.get_header("WARC-Refers-To-Target-URI")
            refers_to = (referred, _digits(record.rec_headers.get_header("WARC-Refers-To-Date"))) if referred else None
            capture = ReplayCapture(
                url=record.rec_headers.get_header("WARC-Target-URI"),
                timestamp=_digits(record.rec_headers.get_header("WARC-Date")),
                status=None if revisit else answered,
                mimetype=REVISIT if revisit else content_type.split(";")[0].strip(),
                digest=digest or digest_of(record.content_stream().read()),
                length=int(record.rec_headers.get_header("Content-Length") or 0),
                answered=answered,
                headers=tuple(
                    (name, value)
                    for name, value in (http.headers if http is not None else ())
                    if name.lower() not in _OF_THE_WIRE
                ),
                reference="" if revisit else f"{offset} {file}",
            )
            yield capture, refers_to if revisit else None
