"""A capture in an archive file, as its index keeps it: where it is, what it answers, whether its digests hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin

from harvester.archive.index.cdx import CaptureRow, is_web_address
from harvester.archive.local.answer import Content, Damaged, SiteAnswer, answer_of, check_block, content_of, sha1_of
from harvester.archive.local.archive_files import ArchiveFile
from harvester.archive.local.records import Record, record_at
from harvester.archive.playback.playback import DigestVerdict
from harvester.archive.playback.redirects import location_text
from harvester.dates import parse_iso
from harvester.errors import TooLarge
from harvester.memento import EMPTY_BODY_DIGEST, surt

REVISIT = "warc/revisit"
REDIRECTS = (301, 302, 303, 307, 308)
NOT_MODIFIED = 304
_HEAD_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class Row:
    """A capture in the files. `answered` is None for a revisit that has no HTTP head; `location` is absolute.

    `digest` is the listed one where the bytes have it, else their own. `original` is the row whose body a revisit
    shows, `refers_to` and `refers_to_id` are how its record names that.
    """

    file: ArchiveFile
    offset: int
    url: str
    moment: datetime
    kind: str
    answered: int | None
    headers: Mapping[str, str]
    digest: str
    listed: str
    verdict: DigestVerdict
    length: int
    location: str | None
    refers_to: tuple[str, datetime] | None = None
    original: Row | None = None
    record_id: str = ""
    refers_to_id: str = ""

    @property
    def has_body(self) -> bool:
        """Whether the files hold its body, or its redirect."""
        return self.kind != "revisit" or self.original is not None or self.location is not None

    @property
    def redirect(self) -> tuple[int, str] | None:
        """Its status and where it leads, if it is one: by its own HTTP head, or where that is missing or a 304, by that
        of its original.
        """
        said = self if self.answered not in (None, NOT_MODIFIED) else self.original
        if said is None or said.answered not in REDIRECTS or said.location is None:
            return None
        return said.answered or 0, said.location

    def listed_as(self) -> CaptureRow:
        """Return the capture as an index lists it."""
        revisit = self.kind == "revisit"
        return CaptureRow(
            urlkey=surt(self.url),
            timestamp=self.moment,
            original=self.url,
            mimetype=REVISIT if revisit else self.headers.get("content-type", "").partition(";")[0].strip() or "unk",
            status=None if revisit else self.answered,
            digest=self.digest,
            length=self.length,
            line="",
        )


def row_of(record: Record, limit: int) -> Row:
    """Return the row of a record, its digests checked; raise `Damaged`."""
    listed = sha1_of(record.headers.get("warc-payload-digest"))
    refers_to = _refers_to(record.headers)
    if record.length > limit + _HEAD_BYTES:
        # It is listed, so that the ledger says why it was not taken.
        answer, content = _answer(record, record.read(_HEAD_BYTES)), Content(b"", listed, "unknown")
    else:
        block = _block(record, limit)
        check_block(block, record.headers.get("warc-block-digest"))
        answer = _answer(record, block)
        if record.kind == "revisit":
            content = Content(b"", listed or EMPTY_BODY_DIGEST, "unknown")
        else:
            try:
                content = content_of(answer, record.headers.get("warc-payload-digest"), limit)
            except TooLarge:
                content = Content(b"", listed, "unknown")
    return Row(
        file=record.file,
        offset=record.offset,
        url=record.url,
        moment=record.moment,
        kind=record.kind,
        answered=answer.status,
        headers=answer.headers,
        digest=content.digest,
        listed=listed,
        verdict=content.verdict,
        length=record.length,
        location=_location(record.url, answer),
        refers_to=refers_to,
        record_id=record.headers.get("warc-record-id", "").strip(),
        refers_to_id=record.headers.get("warc-refers-to", "").strip(),
    )


def content_at(row: Row, limit: int) -> Content:
    """Return the content of a row's record, read again from its file; raises `Damaged` and `TooLarge`."""
    walk = record_at(row.file, row.offset)  # kept, for the file stays open as long as it
    one = next(walk, None)
    if not isinstance(one, Record):
        raise Damaged(one.reason if one is not None else "no record begins there")
    return content_of(_answer(one, _block(one, limit)), one.headers.get("warc-payload-digest"), limit)


def _block(record: Record, limit: int) -> bytes:
    """Return the whole block of a record; raise `Damaged` if it is cut off, `TooLarge` above the limit."""
    if record.length > limit + _HEAD_BYTES:
        raise TooLarge("the record has more bytes than the size limit (fetch.max_body_bytes)")
    parts: list[bytes] = []
    while part := record.read(record.length + 1):
        parts.append(part)
    block = b"".join(parts)
    if len(block) != record.length:
        raise Damaged(f"it is cut off: {len(block):,} of {record.length:,} bytes")
    return block


def _answer(record: Record, block: bytes) -> SiteAnswer:
    if record.kind == "resource":
        return SiteAnswer(200, {"content-type": record.headers.get("content-type", "")}, block)
    answer = answer_of(block)
    if answer.status is None and record.kind == "response":
        # HTTP/0.9, and ARC files of the time: nothing but a body.
        return SiteAnswer(200, {}, block)
    return answer


def _refers_to(headers: Mapping[str, str]) -> tuple[str, datetime] | None:
    url, date = headers.get("warc-refers-to-target-uri", ""), headers.get("warc-refers-to-date", "")
    try:
        return url.strip().strip("<>"), parse_iso(date.strip()).replace(microsecond=0)
    except ValueError:
        return None


def _location(url: str, answer: SiteAnswer) -> str | None:
    """Return where a redirect leads, absolute; None for any other answer, and for a target that is not on the web."""
    location = answer.headers.get("location", "").strip()
    if answer.status not in REDIRECTS or not location:
        return None
    try:
        target = urljoin(url, location_text(location))
    except ValueError:
        return None
    return target.partition("#")[0] if is_web_address(target) else None
