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
from harvester.archive.index.cdx import MalformedRow, Row, load_json, row_of, too_long
from harvester.memento import with_ascii_host

_ROW = re.compile(r'.*"timestamp"')


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
    return [row for row in with_some_sense(rows, _ROW) if not _is_fuzzy(row)], None


def row_of_line(line: str) -> Row:
    """Return the row of one line; other servers' names of the columns are understood too."""
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


PYWB = DialectForm(parameters, page, says_nothing_found)
