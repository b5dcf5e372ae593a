"""What a dialect of a capture index says: how a question is put to it, and how its pages are read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from harvester.archive.index.cdx import CaptureRow, Row
from harvester.memento import timestamp_of

Page = tuple[list[Row], str | None]
"""The rows of a page, and the key of the next."""


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


def same_address(base: str, query: IndexQuery) -> str:
    """Return the address of an index that is asked by parameters alone."""
    return base


def never(status: int, body: str) -> bool:
    """Return that no status but 200 is an empty list of captures."""
    return False


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
    """Functions to query an index and to parse its page (raises `NotAnIndexPage`).

    `says_nothing_found` recognises an empty list that is not a 200, `narrows` says that a shorter span makes
    a question cheaper, `refuses_by_403` that a 403 asks to slow down, and `page_limit` bounds the bytes of one page.
    """

    parameters: Callable[[IndexQuery], dict[str, str]]
    page: Callable[[str, IndexQuery], Page]
    says_nothing_found: Callable[[int, str], bool] = never
    address: Callable[[str, IndexQuery], str] = same_address
    narrows: bool = True
    refuses_by_403: bool = False
    page_limit: int = 200_000_000


def span_of(query: IndexQuery) -> dict[str, str]:
    """Return timestamps that always have 14 digits: a shorter ``to=2004`` would mean the end of that year."""
    span = {}
    if query.start is not None:
        span["from"] = timestamp_of(query.start)
    if query.end is not None:
        span["to"] = timestamp_of(query.end)
    return span


def refuse_markup(body: str) -> None:
    """Raise `NotAnIndexPage` for HTML."""
    if body.lstrip("\ufeff \t\r\n").startswith("<"):
        raise NotAnIndexPage("it is HTML")


def with_some_sense(rows: list[Row], resembling: re.Pattern[str]) -> list[Row]:
    """Return the rows of a page; raise `NotAnIndexPage` if nothing on it resembles a row."""
    if rows and not any(isinstance(row, CaptureRow) or resembling.match(row.line) for row in rows):
        raise NotAnIndexPage(f"it says {rows[0].line[:80]!r}")
    return rows
