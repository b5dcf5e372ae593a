"""Pages that somebody kept as files, each with its address and time, written as a WARC file: so there is one way in."""

from __future__ import annotations

import csv
import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from harvester.archive.index.cdx import is_web_address
from harvester.archive.local.archive_files import Broken
from harvester.dates import iso, parse_day, parse_iso
from harvester.errors import NOT_UTF8, ConfigurationError
from harvester.memento import parse_exact_timestamp, with_ascii_host

TABLE = "pages.csv"
REQUIRED = ("url", "time", "file")
_HOST, _DIGITS = r"[^/]+\.[^/]+", r"\d{14}"
_LAYOUT = re.compile(
    rf"(?:(?P<before>{_DIGITS})/(?P<host>{_HOST})|(?P<first>{_HOST})/(?P<after>{_DIGITS}))(?P<path>/.+)"
)


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page in a file: its address, when it was so (UTC), the status and the type that it was sent with."""

    url: str
    moment: datetime
    file: Path
    status: int = 200
    content_type: str = ""


def kept_pages(path: Path) -> Iterator[KeptPage | Broken]:
    """Return the pages that a CSV file or a folder lists, and what is wrong with a row, by its line.

    A CSV file has the columns ``url``, ``time`` (ISO 8601, a day, or 14 digits) and ``file`` (relative to it), and may
    have ``status`` and ``content_type``. A folder has such a file, ``pages.csv``, or else the pages themselves as
    ``TIMESTAMP/HOST/PATH`` or ``HOST/TIMESTAMP/PATH``, with 14 digits. Raises `ConfigurationError` for anything else.
    """
    if not path.exists():
        raise ConfigurationError(f"import pages: {path} does not exist")
    if path.is_dir() and not (path / TABLE).is_file():
        return _laid_out(path)
    return _listed(path / TABLE if path.is_dir() else path)


def write_pages(pages: Iterator[KeptPage | Broken], stream: BinaryIO) -> Iterator[Broken]:
    """Write pages as a WARC file; give each that cannot be, and why."""
    writer = WARCWriter(stream, gzip=True)
    for page in pages:
        if isinstance(page, Broken):
            yield page
            continue
        try:
            body = page.file.read_bytes()
        except OSError as error:
            yield Broken(str(page.file), 0, f"cannot be read: {error.strerror}")
            continue
        type_ = page.content_type or mimetypes.guess_type(page.file.name)[0] or "text/html"
        head = StatusAndHeaders(f"{page.status} Kept", [("Content-Type", type_)], protocol="HTTP/1.1")
        date = {"WARC-Date": iso(page.moment)}
        writer.write_record(
            writer.create_warc_record(
                page.url, "response", payload=BytesIO(body), length=len(body), http_headers=head, warc_headers_dict=date
            )
        )


def _listed(table: Path) -> Iterator[KeptPage | Broken]:
    try:
        with table.open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(lines)
            names = set(rows.fieldnames or ())
            if missing := [name for name in REQUIRED if name not in names]:
                raise ConfigurationError(f"import pages: {table} has no column {missing[0]!r}")
            for row in rows:
                try:
                    yield _page(table.parent, row)
                except ValueError as error:
                    yield Broken(str(table), rows.line_num, f"line {rows.line_num}: {error}")
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"import pages: {table} {NOT_UTF8}") from error
    except (OSError, csv.Error) as error:
        raise ConfigurationError(f"import pages: {table} cannot be read as CSV: {error}") from error


def _page(folder: Path, row: dict[str, str | None]) -> KeptPage:
    url, time, file = ((row.get(name) or "").strip() for name in REQUIRED)
    status = (row.get("status") or "200").strip()
    if not is_web_address(url):
        raise ValueError(f"{url[:200]!r} is not an http:// or https:// address")
    if not re.fullmatch(r"[1-5]\d\d", status):
        raise ValueError(f"{status[:40]!r} is not an HTTP status")
    if not file:
        raise ValueError("it names no file")
    type_ = re.sub(r"[\x00-\x1f\x7f]", " ", (row.get("content_type") or "").strip())
    return KeptPage(with_ascii_host(url).replace(" ", "%20"), _moment(time), folder / file, int(status), type_)


def _moment(text: str) -> datetime:
    """Parse an instant, in ISO 8601 or 14 digits; a day is its first instant."""
    if re.fullmatch(r"\d{14}", text):
        return parse_exact_timestamp(text)
    try:
        return parse_iso(text).replace(microsecond=0)
    except ValueError:
        return parse_day(text).astimezone(UTC)


def _laid_out(folder: Path) -> Iterator[KeptPage | Broken]:
    found = False
    for file in sorted(one for one in folder.rglob("*") if one.is_file()):
        place = file.relative_to(folder).as_posix()
        if (match := _LAYOUT.fullmatch(place)) is None:
            continue
        found = True
        digits, host = match["before"] or match["after"], match["host"] or match["first"]
        path = re.sub(r"/index\.html?$", "/", match["path"])
        url = f"http://{host}{path}"
        try:
            yield _page(folder, {"url": url, "time": digits, "file": place})
        except ValueError as error:
            yield Broken(str(file), 0, str(error))
    if not found:
        raise ConfigurationError(
            f"import pages: {folder} has neither {TABLE} nor files such as 20150101120000/example.com/privacy.html"
        )
