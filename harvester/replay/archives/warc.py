"""WARC files to replay: their response and revisit records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from harvester.archive.local.answer import sha1_of
from harvester.errors import ConfigurationError
from harvester.memento import EMPTY_BODY_DIGEST, digest_of, has_body_digest, surt
from harvester.replay.archives.replayable import REVISIT, ReplayCapture

KEPT_BODIES = 256
"""Bodies from WARC files that stay in memory: unpacking one takes longer than sending it."""
NOT_MODIFIED = 304
_OF_THE_WIRE = {"content-encoding", "transfer-encoding", "content-length"}


@dataclass(frozen=True, slots=True)
class _Names:
    """What a record is called by others, its id, and what a revisit calls its original, the surest name first."""

    record_id: str
    others: tuple[tuple[str, ...], ...]

    def own(self, capture: ReplayCapture) -> tuple[tuple[str, ...], ...]:
        """Return the names by which a revisit may mean this record."""
        when, body = capture.timestamp, ("digest", capture.digest)
        return ("id", self.record_id), (capture.url, when, *body), body, (capture.url, when), (surt(capture.url), when)


class WarcArchive:
    """WARC files (``*.warc`` or ``*.warc.gz``), indexed once on opening; bodies are read from the files on access.

    A revisit record shows the body of the response record that it names, by address and date (however the address is
    spelled), by its payload digest or by its record's id.
    """

    def __init__(self, files: Sequence[Path]) -> None:
        self._read = lru_cache(maxsize=KEPT_BODIES)(_warc_body)
        found: list[ReplayCapture] = []
        names: list[_Names] = []
        for file in files:
            try:
                for capture, named in _warc_captures(file):
                    found.append(capture)
                    names.append(named)
            except (OSError, ValueError, AttributeError, ArchiveLoadFailed) as error:
                raise ConfigurationError(f"{file}: cannot be read as WARC: {error}") from error
        if not found:
            raise ConfigurationError(f"no capture to replay in {', '.join(map(str, files))}: are these WARC files?")
        originals = {
            key: capture
            for capture, named in zip(reversed(found), reversed(names), strict=True)
            if capture.reference
            for key in named.own(capture)
        }
        self._captures = tuple(
            capture
            if capture.reference
            else _revisiting(capture, next((originals[key] for key in named.others if key in originals), None))
            for capture, named in zip(found, names, strict=True)
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
    """Return a revisit with the body of its original, and its status and headers where it has none of its own.

    Without its original it is lost, unless its own status says all: a redirect, an error, a page of no bytes.
    """
    if original is None:
        answered = 200 if revisit.answered == NOT_MODIFIED else revisit.answered
        # One without headers may have been a redirect, which has no bytes either.
        is_empty = revisit.digest == EMPTY_BODY_DIGEST and revisit.answered != NOT_MODIFIED
        lost = 200 <= answered < 300 and not is_empty
        return replace(revisit, answered=answered, lost=lost, digest=revisit.digest or "-")
    revisit = replace(revisit, digest=revisit.digest or original.digest)
    if revisit.answered != NOT_MODIFIED:
        return replace(revisit, reference=original.reference)
    headers = original.headers
    return replace(revisit, reference=original.reference, answered=original.answered, headers=headers)


def _digits(date: str | None) -> str:
    return "".join(character for character in date or "" if character.isdigit())[:14]


def _warc_captures(file: Path) -> Iterator[tuple[ReplayCapture, _Names]]:
    """Yield the response, resource and revisit records of a file; a revisit has no reference yet, but names."""
    with file.open("rb") as stream:
        records = ArchiveIterator(stream)
        for record in records:
            revisit = record.rec_type == "revisit"
            url = record.rec_headers.get_header("WARC-Target-URI") or ""
            is_resource = record.rec_type == "resource" and url.startswith(("http://", "https://"))
            if not (revisit or is_resource or (record.rec_type == "response" and record.http_headers is not None)):
                continue
            offset = records.offset
            # A revisit may leave out the HTTP headers, or have a 304 for them: they are those of its original.
            http = record.http_headers
            answered = int(http.get_statuscode() or 200) if http is not None else 200 if is_resource else NOT_MODIFIED
            # Of a resource, which nobody sent, the record says what it is.
            head = http if http is not None or not is_resource else record.rec_headers
            content_type = (head.get_header("Content-Type") if head is not None else None) or "unk"
            sent = [("Content-Type", content_type)] if is_resource else []
            listed = record.rec_headers.get_header("WARC-Payload-Digest") or ""
            digest = sha1_of(listed) or listed.removeprefix("sha1:")
            capture = ReplayCapture(
                url=url,
                timestamp=_digits(record.rec_headers.get_header("WARC-Date")),
                status=None if revisit else answered,
                mimetype=REVISIT if revisit else content_type.split(";")[0].strip(),
                # That of a revisit, which has no body, would be the digest of nothing.
                digest=digest or ("" if revisit else digest_of(record.content_stream().read())),
                length=int(record.rec_headers.get_header("Content-Length") or 0),
                answered=answered,
                headers=tuple(
                    (name, value)
                    for name, value in (http.headers if http is not None else sent)
                    if name.lower() not in _OF_THE_WIRE
                ),
                reference="" if revisit else f"{offset} {file}",
            )
            yield capture, _names(record.rec_headers.get_header, digest)


def _names(header: Callable[[str], str | None], digest: str) -> _Names:
    """Return the names of a record; `header` gives a header of it."""
    others: list[tuple[str, ...]] = [("id", known)] if (known := header("WARC-Refers-To")) else []
    body: list[tuple[str, ...]] = [("digest", digest)] if has_body_digest(digest) else []
    if url := header("WARC-Refers-To-Target-URI"):
        url, when = url.strip("<>"), _digits(header("WARC-Refers-To-Date"))
        # In another spelling it may also be a redirect of the same second, so that its body is asked for first.
        others += [*((url, when, *one) for one in body), *body, (url, when), (surt(url), when)]
    return _Names(header("WARC-Record-ID") or "", (*others, *body))
