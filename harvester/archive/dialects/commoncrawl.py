"""The dialect of Common Crawl: a list of crawls, an index for each of them, and records by their place in a file.

Pure; `archive.common_crawl` sends the requests.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from harvester.archive.dialects.form import DialectForm, NotAnIndexPage, says_nothing_found
from harvester.archive.dialects.pywb import page, parameters
from harvester.archive.index.cdx import CaptureRow, load_json
from harvester.dates import parse_iso
from harvester.errors import TooLarge, TransientFailure

_WEEK = re.compile(r"CC-MAIN-(\d{4})-(\d{2})")
_YEARS = re.compile(r"CC-MAIN-(\d{4})(?:-(\d{4}))?")
#: A crawl is named by the week in which it ends or begins; it lasts two to three weeks.
_AROUND = timedelta(days=28)
_ARC_LINE = re.compile(rb"(?P<url>https?://\S+) \S+ (?P<date>\d{14}) \S+ (?P<length>\d+)\r?\n")
_GZIP = b"\x1f\x8b"

#: The index of a crawl is a pywb; a crawl without captures answers 404 with a message.
COMMON_CRAWL = DialectForm(parameters, page, says_nothing_found, narrows=False, refuses_by_403=True)


@dataclass(frozen=True, slots=True)
class Crawl:
    """One crawl: its name, the address of its index, and the time in which its pages were taken."""

    name: str
    index: str
    first: datetime
    last: datetime

    def meets(self, start: datetime | None, end: datetime | None) -> bool:
        """Return whether the crawl may hold captures of a span."""
        return (start is None or self.last >= start) and (end is None or self.first <= end)


@dataclass(frozen=True, slots=True)
class RecordPlace:
    """Where a capture's record is: `truncated` says why the record holds the beginning of the page only."""

    file: str
    offset: int
    length: int
    truncated: str = ""


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A WARC or ARC record: its headers in lower case (none of an ARC record's), and its block."""

    url: str
    headers: Mapping[str, str]
    block: bytes


def crawls_of(text: str) -> list[Crawl]:
    """Return the crawls of a collection list, oldest first; raises `NotAnIndexPage` for anything else.

    An entry that cannot be read makes the whole list unreadable: a list that is cut short would lose years silently.
    """
    try:
        listed = load_json(text)
    except ValueError as error:
        raise NotAnIndexPage(f"the list of crawls is not JSON: {error}") from error
    if not isinstance(listed, list) or not listed:
        raise NotAnIndexPage("the list of crawls is empty")
    return sorted((_crawl(one) for one in listed), key=lambda crawl: (crawl.first, crawl.name))


def _crawl(entry: object) -> Crawl:
    if not isinstance(entry, dict) or not all(isinstance(entry.get(name), str) for name in ("id", "cdx-api")):
        raise NotAnIndexPage(f"the list of crawls has an entry without id or cdx-api: {str(entry)[:80]}")
    first, last = (_instant(entry.get(name)) for name in ("from", "to"))
    guessed = _span_of(entry["id"])
    return Crawl(entry["id"], entry["cdx-api"], first or guessed[0], last or guessed[1])


def _instant(text: object) -> datetime | None:
    try:
        return parse_iso(text) if isinstance(text, str) else None
    except (ValueError, OverflowError):
        return None


def _span_of(name: str) -> tuple[datetime, datetime]:
    """Return when a crawl was made, by its name: older lists say no more. One of an unknown name may be of any time."""
    if (week := _WEEK.fullmatch(name)) and 1 <= int(week[2]) <= 53:
        monday = datetime.strptime(f"{week[1]} {min(int(week[2]), 52)} 1", "%G %V %u").replace(tzinfo=UTC)
        return monday - _AROUND, monday + _AROUND
    if years := _YEARS.fullmatch(name):
        return datetime(int(years[1]), 1, 1, tzinfo=UTC), datetime(int(years[2] or years[1]) + 1, 1, 1, tzinfo=UTC)
    return datetime(2007, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)


def place_of(row: CaptureRow) -> RecordPlace | None:
    """Return where the record of a row is; None when the row does not say it."""
    fields = load_json(row.line)
    assert isinstance(fields, dict)
    file, offset, length = (str(fields.get(name, "")) for name in ("filename", "offset", "length"))
    if not re.fullmatch(r"[\w./-]+", file) or ".." in file or not (offset.isdigit() and length.isdigit()):
        return None
    return RecordPlace(file, int(offset), int(length), str(fields.get("truncated", "")))


def record_of(data: bytes, limit: int) -> StoredRecord:
    """Return the record in the bytes of its range.

    Raises `TransientFailure` for bytes that end before the record does, `TooLarge` above `limit` bytes.
    """
    if data.startswith(_GZIP):
        inflater = zlib.decompressobj(wbits=31)
        try:
            plain = inflater.decompress(data, limit + 65_536)
        except zlib.error as error:
            raise TransientFailure(f"the record is damaged ({error}); it will be retried") from error
        if inflater.unconsumed_tail:
            raise TooLarge(f"the record unpacks to more than the limit of {limit} bytes (fetch.max_body_bytes)")
        if not inflater.eof:
            raise TransientFailure("the record ends before its compression does; it will be retried")
        data = plain
    headers: dict[str, str] = {}
    if arc := _ARC_LINE.match(data):
        url, begin, length = arc["url"].decode("latin-1"), arc.end(), int(arc["length"])
    else:
        url, headers, begin, length = _warc_head(data)
    if len(data) < begin + length:
        raise TransientFailure("the record is cut off; it will be retried")
    return StoredRecord(url, headers, data[begin : begin + length])


def _warc_head(data: bytes) -> tuple[str, dict[str, str], int, int]:
    end = data.find(b"\r\n\r\n")
    if not data.startswith(b"WARC/") or end < 0:
        raise TransientFailure(f"no record begins there but {data[:20]!r}; it will be retried")
    headers = dict(_fields(data[:end].decode("utf-8", "replace").split("\r\n")[1:]))
    length = headers.get("content-length", "")
    if not length.isdigit():
        raise TransientFailure("the record does not say its length; it will be retried")
    return headers.get("warc-target-uri", "").strip("<>"), headers, end + 4, int(length)


def _fields(lines: Iterable[str]) -> Iterable[tuple[str, str]]:
    for line in lines:
        name, colon, value = line.partition(":")
        if colon:
            yield name.strip().lower(), value.strip()
