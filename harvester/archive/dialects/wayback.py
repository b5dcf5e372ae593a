"""The dialect of the Wayback Machine's index: lines or JSON, paged by resume keys."""

from __future__ import annotations

import re

from harvester.archive.dialects.form import (
    DialectForm,
    IndexQuery,
    NotAnIndexPage,
    Page,
    refuse_markup,
    span_of,
    with_some_sense,
)
from harvester.archive.index.cdx import FIELDS, parse_json_page, parse_text_page
from harvester.memento import with_ascii_host

#: A key and a number after it, or a list of columns: a row, be it a damaged one.
_ROW = re.compile(r"\S+ \d{6,}|\[")


def parameters(query: IndexQuery) -> dict[str, str]:
    """Return the parameters of a question. `limit` always goes with ``showResumeKey``.

    The key is sent as printed, that is, escaped, and escaped once more like any value, as the recorded requests do:
    the server unescapes twice.
    """
    asked = {
        "url": with_ascii_host(query.url),
        "matchType": "exact",
        "fl": ",".join(FIELDS),
        "limit": str(query.limit),
        "showResumeKey": "true",
    } | span_of(query)
    if query.resume_key is not None:
        asked["resumeKey"] = query.resume_key
    return asked


def page(body: str, query: IndexQuery) -> Page:
    """Return the rows of a page and the key of the next; raises `NotAnIndexPage`."""
    refuse_markup(body)
    try:
        rows, key = parse_json_page(body) if body.lstrip().startswith("[") else parse_text_page(body)
    except ValueError as error:
        raise NotAnIndexPage(str(error)) from error
    return with_some_sense(rows, _ROW), key


WAYBACK = DialectForm(parameters, page)
