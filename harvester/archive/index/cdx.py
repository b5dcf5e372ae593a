"""Rows of a capture index (CDX), read strictly: a row is understood whole or set aside with the reason.

The forms and their oddities are those of recorded answers of the Wayback Machine (``tests/archive/index/test_cdx.py``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from harvester.memento import parse_timestamp

#: The requested columns, in order. ``urlkey`` stays among them: without it resume keys break.
FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")

#: Characters of a row: addresses of more than a tenth of it play back nowhere.
LONGEST_ROW = 100_000
_SHOWN = 1_000

#: What no database takes, and no address or type holds: controls, and halves of surrogate pairs.
_UNSTORABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_DIGEST = re.compile(r"[A-Z2-7]{32}")
_STATUS = re.compile(r"[1-9]\d\d")
_LENGTH = re.compile(r"\d{1,15}")
#: Addresses that crawlers took for links: ``http://mailto:...``, ``https://site/"data:image/...``.
_JUNK = re.compile(r'https?://(mailto:|[^/]*/(%22|"|%27|\')*(data|mailto|javascript):)', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CaptureRow:
    """One capture as the index lists it.

    `status` is None where the index has ``-`` (revisits), `length` (bytes in the archive's file) likewise, and
    `digest` is ``""`` where it has none. `line` is the row as it came.
    """

    urlkey: str
    timestamp: datetime
    original: str
    mimetype: str
    status: int | None
    digest: str
    length: int | None
    line: str


@dataclass(frozen=True, slots=True)
class MalformedRow:
    """A row that could not be understood, for the ledger: as it came, and why."""

    line: str
    reason: str


Row = CaptureRow | MalformedRow


def too_long(line: str) -> MalformedRow | None:
    """Return the row as malformed, shortened to its beginning, if it is longer than any valid row."""
    if len(line) <= LONGEST_ROW:
        return None
    return MalformedRow(line[:_SHOWN], f"{len(line):,} characters are more than {LONGEST_ROW:,}")


def parse_row(line: str) -> Row:
    """Parse one row of a text page: seven columns separated by single spaces; the rest is ignored."""
    if long := too_long(line):
        return long
    columns = line.split(" ")
    if len(columns) < len(FIELDS):
        return MalformedRow(line, f"{len(columns)} columns instead of {len(FIELDS)}")
    return row_of(dict(zip(FIELDS, columns, strict=False)), line)


def row_of(fields: Mapping[str, str], line: str) -> Row:
    """Make a row from its named columns; `line` is kept unchanged."""
    missing = [name for name in ("timestamp", "original") if not fields.get(name)]
    if missing:
        return MalformedRow(line, f"no {missing[0]}")
    try:
        timestamp = parse_timestamp(fields["timestamp"])
    except ValueError as error:
        return MalformedRow(line, f"timestamp: {error}")
    original = fields["original"]
    if _UNSTORABLE.search(original) or not is_web_address(original):
        return MalformedRow(line, "original: not the address of a page")
    status, length = fields.get("statuscode") or "-", fields.get("length") or "-"
    if status != "-" and not _STATUS.fullmatch(status):
        return MalformedRow(line, f"statuscode: {status[:40]!r}")
    if length != "-" and not _LENGTH.fullmatch(length):
        return MalformedRow(line, f"length: {length[:40]!r}")
    digest = fields.get("digest", "").removeprefix("sha1:")
    return CaptureRow(
        urlkey=_UNSTORABLE.sub("", fields.get("urlkey", "")),
        timestamp=timestamp,
        original=original,
        mimetype=_UNSTORABLE.sub("", fields.get("mimetype", "")) or "-",
        status=None if status == "-" else int(status),
        digest=digest if _DIGEST.fullmatch(digest) else "",
        length=None if length == "-" else int(length),
        line=line,
    )


def is_web_address(text: str) -> bool:
    """Return whether an `original` is the address of a page, not a mail address, inline data or garbage."""
    try:
        parts = urlsplit(text)
        return parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and not _JUNK.match(text)
    except ValueError:
        return False


def parse_text_page(body: str) -> tuple[list[Row], str | None]:
    """Return the rows of a text page and its resume key: the line after a blank one at its end."""
    lines = [line.removesuffix("\r") for line in body.removesuffix("\n").split("\n")]
    key = None
    if len(lines) >= 2 and not lines[-2] and lines[-1]:
        key = lines[-1]
        del lines[-2:]
    return [parse_row(line) for line in lines if line], key


def parse_json_page(body: str) -> tuple[list[Row], str | None]:
    """Return the rows of a JSON page (an array of arrays, the first naming the columns) and its resume key.

    Raises ValueError when the body is not such a page.
    """
    page = load_json(body)
    if not isinstance(page, list) or not all(isinstance(row, list) for row in page):
        raise ValueError("not an array of rows")
    key = None
    if len(page) >= 2 and page[-2] == [] and len(page[-1]) == 1:
        key = str(page[-1][0])
        del page[-2:]
    if not page:
        return [], key
    names = [str(name) for name in page[0]]
    if not {"timestamp", "original"} <= set(names):
        raise ValueError("its first row does not name the columns")
    return [_json_row(names, row) for row in page[1:] if row], key


def _json_row(names: Sequence[str], row: Sequence[object]) -> Row:
    line = json.dumps(row)
    if long := too_long(line):
        return long
    if len(row) < len(names):
        return MalformedRow(line, f"{len(row)} columns instead of {len(names)}")
    if not all(isinstance(value, str | int) for value in row):
        return MalformedRow(line, "a column is neither text nor number")
    return row_of({name: str(value) for name, value in zip(names, row, strict=False)}, line)


def load_json(text: str) -> object:
    """Parse untrusted JSON; every kind of error is a ValueError."""
    try:
        loaded: object = json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    return loaded


def without_repeats(rows: Iterable[Row], last_line: str | None = None) -> list[Row]:
    """Return the rows except those equal to the row just before; `last_line` is the last row of the previous page.

    The index repeats rows, within a page and across pages (1,826 of 7,662 recorded ones).
    """
    kept: list[Row] = []
    for row in rows:
        if row.line != last_line:
            kept.append(row)
        last_line = row.line
    return kept
