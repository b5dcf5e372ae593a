"""The two dialects of capture indexes: the Wayback Machine's and pywb's."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from harvester.archive.index.cdx import (
    FIELDS,
    CaptureRow,
    MalformedRow,
    Row,
    load_json,
    parse_json_page,
    parse_text_page,
    row_of,
    too_long,
)
from harvester.memento import timestamp_of, with_ascii_host
from harvester.settings import Dialect

Page = tuple[list[Row], str | None]

#: A key and a number after it, or a list of columns: a row, be it a damaged one.
_WAYBACK_ROW = re.compile(r"\S+ \d{6,}|\[")
_PYWB_ROW = re.compile(r'.*"timestamp"')


class NotAnIndexPage(ValueError):
    """An answer with status 200 that is not a page of an index: maintenance, an error text, a login page."""


@dataclass(frozen=True, slots=True)
class IndexQuery:
    """One question to an index: the captures of exactly one URL, both ends of the span included."""

    url: str
    start: datetime | None
    end: datetime | None
    limit: int
    resume_key: str | None = None


def _wayback_parameters(query: IndexQuery) -> dict[str, str]:
    """Return the parameters of the Wayback Machine. `limit` always goes with ``showResumeKey``. The key is sent as
    printed, that is, escaped, and escaped once more like any value, as the recorded requests do: the server unescapes
    twice.
    """
    parameters = {
        "url": with_ascii_host(query.url),
        "matchType": "exact",
        "fl": ",".join(FIELDS),
        "limit": str(query.limit),
        "showResumeKey": "true",
    } | _span(query)
    if query.resume_key is not None:
        parameters["resumeKey"] = query.resume_key
    return parameters


def _pywb_parameters(query: IndexQuery) -> dict[str, str]:
    """Return the parameters of pywb. It has no resume keys, and a `limit` would truncate silently: the page is
    whole.
    """
    return {
        "url": with_ascii_host(query.url),
        "matchType": "exact",
        "output": "json",
        # Else a span without captures is answered with those of addresses that only resemble this one.
        "allowFuzzy": "0",
    } | _span(query)


def _span(query: IndexQuery) -> dict[str, str]:
    """Return timestamps that always have 14 digits: a shorter ``to=2004`` would mean the end of that year."""
    span = {}
    if query.start is not None:
        span["from"] = timestamp_of(query.start)
    if query.end is not None:
        span["to"] = timestamp_of(query.end)
    return span


def _wayback_page(body: str) -> Page:
    _refuse_markup(body)
    try:
        rows, key = parse_json_page(body) if body.lstrip().startswith("[") else parse_text_page(body)
    except ValueError as error:
        raise NotAnIndexPage(str(error)) from error
    return _with_some_sense(rows, _WAYBACK_ROW), key


def _pywb_page(body: str) -> Page:
    _refuse_markup(body)
    rows = [_pywb_row(line) for line in body.split("\n") if line.strip()]
    return [row for row in _with_some_sense(rows, _PYWB_ROW) if not _is_fuzzy(row)], None


def _pywb_row(line: str) -> Row:
    line = line.removesuffix("\r")
    if long := too_long(line):
        return long
    try:
        fields = load_json(line)
    except ValueError as error:
        return MalformedRow(line, f"not JSON: {error}")
    if not isinstance(fields, dict) or not all(isinstance(value, str | int) for value in fields.values()):
        return MalformedRow(line, "not an object of texts")
    texts = {str(name): str(value) for name, value in fields.items()}
    for name, pywb_name in (("original", "url"), ("mimetype", "mime"), ("statuscode", "status")):
        texts.setdefault(name, texts.get(pywb_name, ""))
    return row_of(texts, line)


def _is_fuzzy(row: Row) -> bool:
    """Return whether pywb returned a capture of an address that only resembles the requested one."""
    try:
        fields = load_json(row.line)
    except ValueError:
        return False
    return isinstance(fields, dict) and str(fields.get("is_fuzzy", "0")).lower() not in ("", "0", "false")


def _refuse_markup(body: str) -> None:
    if body.lstrip("\ufeff \t\r\n").startswith("<"):
        raise NotAnIndexPage("it is HTML")


def _with_some_sense(rows: list[Row], resembling: re.Pattern[str]) -> list[Row]:
    """Return the rows of a page; raise an error if nothing on it resembles a row."""
    if rows and not any(isinstance(row, CaptureRow) or resembling.match(row.line) for row in rows):
        raise NotAnIndexPage(f"it says {rows[0].line[:80]!r}")
    return rows


def says_nothing_found(status: int, body: str) -> bool:
    """Return whether a 404 is pywb's empty list of captures: an object with a message or an error."""
    if status != 404:
        return False
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return False
    return isinstance(answer, dict) and bool({"message", "error"} & set(answer))


@dataclass(frozen=True, slots=True)
class DialectForm:
    """Functions to query an index and to parse its page (raises `NotAnIndexPage`)."""

    parameters: Callable[[IndexQuery], dict[str, str]]
    page: Callable[[str], Page]
    empty_is_404: bool


DIALECTS: dict[Dialect, DialectForm] = {
    "wayback": DialectForm(_wayback_parameters, _wayback_page, empty_is_404=False),
    "pywb": DialectForm(_pywb_parameters, _pywb_page, empty_is_404=True),
}
