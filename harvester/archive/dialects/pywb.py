"""The dialect of pywb's index, which many national archives run: one JSON object a line, one page."""

from __future__ import annotations

import re

from harvester.archive.dialects.form import (
    DialectForm,
    IndexQuery,
    Page,
    refuse_markup,
    says_nothing_found,
    span_of,
    with_some_sense,
)
from harvester.archive.index.cdx import FIELDS, CaptureRow, MalformedRow, Row, load_json, row_of, too_long
from harvester.memento import surt, with_ascii_host

_ROW = re.compile(r'.*"timestamp"')
_WANTED = frozenset({*FIELDS, "url", "mime", "status"})


def parameters(query: IndexQuery) -> dict[str, str]:
    """Return the parameters of a question. There are no resume keys, and a `limit` would truncate silently: the page
    is whole.
    """
    return {
        "url": with_ascii_host(query.url),
        "matchType": "exact",
        "output": "json",
        # Else a span without captures is answered with those of addresses that only resemble this one.
        "allowFuzzy": "0",
    } | span_of(query)


def page(body: str, query: IndexQuery) -> Page:
    """Return the rows of a page, without those of other addresses; raises `NotAnIndexPage`."""
    refuse_markup(body)
    rows = [row_of_line(line) for line in body.split("\n") if line.strip()]
    rows = [row for row in with_some_sense(rows, _ROW) if not _is_fuzzy(row)]
    return _of_one_page(rows, query.url), None


def _of_one_page(rows: list[Row], url: str) -> list[Row]:
    """Return the rows, those of other addresses set aside: older servers return them without a mark.

    Servers drop more from their keys than `surt` does (sessions): the keys under which the address itself stands count.
    """
    asked = surt(url)
    keys = {asked}
    for row in rows:
        if isinstance(row, CaptureRow) and row.urlkey and row.urlkey not in keys and surt(row.original) == asked:
            keys.add(row.urlkey)
    return [
        MalformedRow(row.line[:1_000], "a capture of another address")
        if isinstance(row, CaptureRow) and (row.urlkey or surt(row.original)) not in keys
        else row
        for row in rows
    ]


def row_of_line(line: str) -> Row:
    """Return the row of one line; other servers' names of the columns are understood too."""
    line = line.removesuffix("\r")
    if long := too_long(line):
        return long
    try:
        fields = load_json(line)
    except ValueError as error:
        return MalformedRow(line, f"not JSON: {error}")
    if not isinstance(fields, dict):
        return MalformedRow(line, "not an object of texts")
    # Indexers add columns of their own, of any kind; those that are needed are texts, or null where others have "-".
    wanted = {name: value for name, value in fields.items() if name in _WANTED and value is not None}
    if not all(isinstance(value, str | int) for value in wanted.values()):
        return MalformedRow(line, "not an object of texts")
    texts = {name: str(value) for name, value in wanted.items()}
    for name, pywb_name in (("original", "url"), ("mimetype", "mime"), ("statuscode", "status")):
        texts.setdefault(name, texts.get(pywb_name, ""))
    return row_of(texts, line)


def _is_fuzzy(row: Row) -> bool:
    """Return whether pywb returned a capture of an address that only resembles the requested one."""
    try:
        fields = load_json(row.line)
    except ValueError:
        return False
    return isinstance(fields, dict) and str(fields.get("is_fuzzy", "0")).lower() not in ("", "0", "false", "none")


PYWB = DialectForm(parameters, page, says_nothing_found)
