"""The records of a WARC or ARC file, in order; after a broken one reading resumes at the next.

WARC is read by FastWARC, ARC by warcio. Neither finds its way behind a damaged record, so that is done here: a record
begins at a gzip member, or at a line ``WARC/1.x``. Memory is bounded: a record is read on demand.
"""

from __future__ import annotations

import os
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator as WarcIterator
from warcio.archiveiterator import ArchiveIterator as ArcIterator
from warcio.exceptions import ArchiveLoadFailed

from harvester.archive.local.archive_files import ArchiveFile, Broken
from harvester.dates import parse_iso

KINDS = frozenset({"response", "revisit", "resource"})
"""The kinds of records that show a page."""
_GZIP = b"\x1f\x8b\x08"
_CHUNK = 1 << 16
_LONGEST_HEAD = 1 << 18
_FIRST_LINE = re.compile(rb"WARC/[01]\.\d+\r?\n|(?:https?|filedesc)://\S+ \S+ \d{8,14} ")
_PLAIN_START = re.compile(rb"(?<=\n)WARC/[01]\.\d+\r?\n|(?<=\n)https?://\S+ [\d.:a-fA-F]+ \d{14} \S+ \d+\r?\n")
WHOLE = "compressed as a whole, not record by record: unpack it with gunzip and import the unpacked file"


@dataclass(frozen=True, slots=True)
class Record:
    """A record that shows a page: `kind` is ``response``, ``revisit`` or ``resource``.

    `headers` are the record's own, names in lower case; `length` is that of its block. `read` gives the next bytes of
    the block, as long as no later record was asked for.
    """

    file: ArchiveFile
    offset: int
    kind: str
    url: str
    moment: datetime
    headers: Mapping[str, str]
    length: int
    read: Callable[[int], bytes]


def records(file: ArchiveFile) -> Iterator[Record | Broken]:
    """Yield the records of a file that show a page, and what is broken in it, in order."""
    try:
        with file.open() as stream, file.open() as other:
            yield from _Walk(file, stream, other).records()
    except (OSError, zipfile.BadZipFile, zlib.error) as error:
        yield Broken(file.name, 0, f"cannot be read: {error}")


def record_at(file: ArchiveFile, offset: int) -> Iterator[Record | Broken]:
    """Yield the record that begins at an offset, and those after it until the first broken one."""
    with file.open() as stream, file.open() as other:
        walk = _Walk(file, stream, other)
        stream.seek(offset)
        yield from (one for _, one in walk.stretch() if one is not None)


class _Walk:
    """One walk through a file; `other` is a second handle of it, to look at a place without losing the first."""

    def __init__(self, file: ArchiveFile, stream: BinaryIO, other: BinaryIO) -> None:
        self.file, self.stream, self.other = file, stream, other
        self.size = other.seek(0, os.SEEK_END)
        name = (file.member or file.path.name).lower()
        self.gzipped = self._at(0, len(_GZIP)) == _GZIP or name.endswith(".gz")
        begin = self._unpacked(0, 100) if self.gzipped else self._at(0, 100)
        self.stretch = self._arc if re.match(rb"(filedesc|https?)://", begin) else self._warc

    def records(self) -> Iterator[Record | Broken]:
        """Yield every record and every broken place."""
        start = 0
        while start < self.size:
            last, second, reason = None, None, ""
            self.stream.seek(start)
            try:
                for offset, record in self.stretch():
                    if second is None and last is not None:
                        second = offset
                        if self.gzipped and self._at(offset, len(_GZIP)) != _GZIP:
                            yield Broken(self.file.name, start, WHOLE)
                            return
                    last = offset
                    if record is not None:
                        yield record
            except (OSError, EOFError, ValueError, ArchiveLoadFailed, zlib.error, zipfile.BadZipFile) as error:
                reason = " ".join(str(error).split()) or type(error).__name__
            if last is None:
                broken, resume = start, start + 1
                reason = reason or "no record begins here"
            else:
                end = self._end(last)
                if end is None or (not reason and not self._nothing_left(end)):
                    broken, resume = last, last + 1 if end is None else end
                    reason = reason or "its length is not the one that it states, or it is cut off"
                elif self._nothing_left(end):
                    return
                else:
                    # Where no record follows, the length of the last one may be what is wrong.
                    broken, resume = end, end + 1 if self.gzipped else last + 1
            yield Broken(self.file.name, broken, reason)
            start = self._next_start(resume)

    def _warc(self) -> Iterator[tuple[int, Record | Broken | None]]:
        for record in WarcIterator(self.stream, parse_http=False):
            offset = int(record.stream_pos)
            kind = record.headers.get("WARC-Type")
            if kind not in KINDS:
                yield offset, None
                continue
            headers = {name.lower(): value for name, value in record.headers}
            length = int(record.content_length)
            yield offset, self._record(offset, kind, headers, length, record.reader.read)

    def _arc(self) -> Iterator[tuple[int, Record | Broken | None]]:
        found = ArcIterator(self.stream, no_record_parse=True, arc2warc=True)
        for record in found:
            # Not get_record_offset(), which reads the record to its end.
            offset = int(found.offset)
            headers = {name.lower(): value for name, value in record.rec_headers.headers}
            if record.rec_type != "response":
                yield offset, None
                continue
            yield offset, self._record(offset, "response", headers, int(record.length), record.raw_stream.read)

    def _record(
        self, offset: int, kind: str, headers: dict[str, str], length: int, read: Callable[[int], bytes]
    ) -> Record | Broken | None:
        url = headers.get("warc-target-uri", "").strip().strip("<>")
        if not url.lower().startswith(("http://", "https://")):
            # Also what browsertrix adds for itself: urn:text:, urn:view:, urn:pageinfo:.
            return None
        try:
            moment = parse_iso(headers["warc-date"].strip()).replace(microsecond=0)
        except (KeyError, ValueError):
            return Broken(self.file.name, offset, f"its date is {headers.get('warc-date', 'missing')!r:.40}")
        return Record(self.file, offset, kind, url, moment.astimezone(UTC), headers, length, read)

    def _at(self, offset: int, count: int) -> bytes:
        self.other.seek(offset)
        return self.other.read(count)

    def _unpacked(self, offset: int, count: int) -> bytes:
        """Return the first bytes of the gzip member at an offset, as far as they can be read."""
        try:
            return zlib.decompressobj(wbits=31).decompress(self._at(offset, _CHUNK), count)
        except zlib.error:
            return b""

    def _end(self, offset: int) -> int | None:
        """Return where the record at an offset ends; None if it is damaged or cut off."""
        return self._end_of_member(offset) if self.gzipped else self._end_of_plain(offset)

    def _end_of_member(self, offset: int) -> int | None:
        inflater = zlib.decompressobj(wbits=31)
        self.other.seek(offset)
        try:
            while not inflater.eof:
                data = inflater.unconsumed_tail or self.other.read(_CHUNK)
                if not data:
                    return None
                inflater.decompress(data, 1 << 20)
        except zlib.error:
            return None
        return self.other.tell() - len(inflater.unused_data)

    def _end_of_plain(self, offset: int) -> int | None:
        head = self._at(offset, _LONGEST_HEAD)
        if head.startswith(b"WARC/"):
            blank = re.search(rb"\r?\n\r?\n", head)
            stated = re.search(rb"\ncontent-length:[ \t]*(\d+)[ \t]*\r?\n", head[: blank.end() if blank else 0], re.I)
        else:
            blank = stated = re.match(rb"[^\n]* (\d+)\r?\n", head)
        if blank is None or stated is None:
            return None
        end = offset + blank.end() + int(stated[1])
        return end if end <= self.size else None

    def _nothing_left(self, end: int) -> bool:
        """Return whether after an offset come only line ends, or the padding of a disk."""
        return self.size - end < _LONGEST_HEAD and not self._at(end, _LONGEST_HEAD).strip(b"\r\n\0 ")

    def _next_start(self, start: int) -> int:
        """Return where the first record from an offset on begins; the size of the file if there is none."""
        while start < self.size:
            chunk = self._at(max(start - 1, 0), _CHUNK * 16)
            shift = start - max(start - 1, 0)
            if self.gzipped:
                at = chunk.find(_GZIP, shift)
                while at >= 0:
                    place = start - shift + at
                    if _FIRST_LINE.match(self._unpacked(place, 4_096)):
                        return place
                    at = chunk.find(_GZIP, at + 1)
            elif found := _PLAIN_START.search(chunk):
                return start - shift + found.start()
            if start - shift + len(chunk) >= self.size:
                break
            start += len(chunk) - shift - 4_096
        return self.size
