"""The dialect of RFC 7089: TimeMaps in link format or JSON, in one page or in several.

A map is not believed: a memento of another address, or one whose name says nothing of its time, is set aside.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from harvester.archive.dialects.form import DialectForm, IndexQuery, NotAnIndexPage, Page
from harvester.archive.dialects.pywb import row_of_line
from harvester.archive.index.cdx import CaptureRow, MalformedRow, Row, load_json, parse_json_page, row_of, too_long
from harvester.dates import parse_iso
from harvester.memento import same_page, surt, timestamp_of, with_ascii_host

LARGEST_MAP = 50_000_000
"""Bytes of one page of a map: half a million mementos. The maps of policies have some thousands."""
_VALUE = r"(?:\"[^\"]*\"|[^\s\",;<]+)"
_LINK = re.compile(rf"<(?P<target>[^<>]*)>(?P<attributes>(?:\s{{0,9}};\s{{0,9}}[\w-]+(?:\s?=\s?{_VALUE})?)*)")
_ATTRIBUTE = re.compile(rf";\s*([\w-]+)\s?=\s?({_VALUE})")
_STARTS_LIKE_LINKS = re.compile(r"<[^<>\s]*>\s*;")
#: The name of a memento in most archives: an instant, perhaps a mode, and the address.
_MEMENTO = re.compile(r"/(\d{14})(?:[a-z]{2}_)?/((?:https?:|[^/:]+\.[^/:]).*)", re.IGNORECASE | re.DOTALL)


def address(base: str, query: IndexQuery) -> str:
    """Return the address of a map, or of its next page."""
    if query.resume_key is not None:
        return _waiting(query.resume_key)[0]
    return f"{base}{with_ascii_host(query.url)}"


def page(body: str, query: IndexQuery) -> Page:
    """Return the mementos on a page of a map within the span, oldest first, and the pages still to be read as a key.

    Raises `NotAnIndexPage` for what is no map.
    """
    text = body.lstrip("\ufeff \t\r\n")
    rows: list[Row] = []
    more: list[str] = []
    if not text:
        pass  # a map of nothing
    elif text.startswith("["):
        rows = _array(text)
    elif text.startswith("{"):
        rows, more = _objects(text)
    else:
        rows, more = _links(text)
    kept = [_checked(row, query) for row in rows]
    captures = sorted((row for row in kept if isinstance(row, CaptureRow)), key=lambda row: row.timestamp)
    within = [row for row in captures if _within(row.timestamp, query)]
    bad = [row for row in kept if isinstance(row, MalformedRow)]
    waiting = [*(_waiting(query.resume_key)[1:] if query.resume_key else ()), *more]
    return [*within, *bad], json.dumps(list(dict.fromkeys(waiting))) if waiting else None


def _waiting(key: str) -> list[str]:
    found: list[str] = json.loads(key)
    return found


def _within(moment: datetime, query: IndexQuery) -> bool:
    return (query.start is None or query.start <= moment) and (query.end is None or moment <= query.end)


def _checked(row: Row, query: IndexQuery) -> Row:
    if isinstance(row, CaptureRow) and not same_page(row.original, query.url):
        return MalformedRow(row.line[:1_000], "a memento of another address")
    return row


def _links(text: str) -> tuple[list[Row], list[str]]:
    """Return the mementos of a map in link format, and its further pages."""
    if not _STARTS_LIKE_LINKS.match(text):
        raise NotAnIndexPage(f"it says {text[:80]!r}")
    rows: list[Row] = []
    more: list[str] = []
    original, own = "", ""
    for link in _LINK.finditer(text):
        attributes = {name.lower(): value.strip('"') for name, value in _ATTRIBUTE.findall(link["attributes"])}
        relations = attributes.get("rel", "").lower().split()
        if "original" in relations:
            original = link["target"]
        elif "self" in relations:
            own = link["target"]
        elif "timemap" in relations:
            more.append(link["target"])
        elif "memento" in relations:
            rows.append(_memento(link["target"], attributes.get("datetime", ""), original, link[0]))
    return rows, _pages(more, own)


def _pages(addresses: Iterable[str], own: str) -> list[str]:
    """Return the further pages of a map: not itself, nor the same in another form."""
    found = [urljoin(own, one) for one in addresses] if own else list(addresses)
    others = [one for one in found if one != own]
    if own:
        others = [one for one in others if not _is_other_form(one, own)]
    return others


def _is_other_form(one: str, own: str) -> bool:
    """Return whether two addresses are one map in two forms: ``/timemap/json/...`` beside ``/timemap/link/...``."""
    form = re.compile(r"/(link|json|cdxj|html)(?=[/?])")
    return form.sub("/", one) == form.sub("/", own)


def _array(text: str) -> list[Row]:
    """Return the rows of a JSON map as the Wayback Machine makes it: an array of arrays."""
    try:
        return parse_json_page(text)[0]
    except ValueError as error:
        raise NotAnIndexPage(str(error)) from error


def _objects(text: str) -> tuple[list[Row], list[str]]:
    """Return the rows of a JSON map: one object (as aggregators make it), or one a line (as pywb does)."""
    try:
        whole = load_json(text)
    except ValueError:
        whole = None
    if isinstance(whole, dict) and not {"timestamp", "urlkey"} & set(whole):
        return _whole(whole)
    rows = [row_of_line(line) for line in text.split("\n") if line.strip()]
    if not any(isinstance(row, CaptureRow) for row in rows) and not re.match(r'[^\n]*"timestamp"', text):
        raise NotAnIndexPage(f"it says {text[:80]!r}")
    return rows, []


def _whole(whole: Mapping[str, object]) -> tuple[list[Row], list[str]]:
    mementos = whole.get("mementos")
    listed = mementos.get("list") if isinstance(mementos, dict) else None
    index = whole.get("timemap_index")
    if not isinstance(listed, list) and not isinstance(index, list):
        raise NotAnIndexPage("it is an object without mementos")
    original, own = str(whole.get("original_uri", "")), str(whole.get("self", ""))
    rows: list[Row] = []
    for one in listed if isinstance(listed, list) else ():
        if isinstance(one, dict) and isinstance(one.get("uri"), str):
            rows.append(_memento(one["uri"], str(one.get("datetime", "")), original, json.dumps(one)))
        else:
            rows.append(MalformedRow(json.dumps(one)[:1_000], "no memento"))
    listed_pages = index if isinstance(index, list) else []
    pages = [str(one["uri"]) for one in listed_pages if isinstance(one, dict) and "uri" in one]
    return rows, _pages(pages, own)


def _memento(target: str, when: str, original: str, line: str) -> Row:
    if long := too_long(line):
        return long
    named = _MEMENTO.search(target)
    # The digits in its name are how the archive finds it; a date beside them may be rounded.
    moment = timestamp_of(stated) if (stated := _instant(when)) else ""
    fields = {"timestamp": named[1] if named else moment, "original": named[2] if named else original}
    if "://" not in fields["original"]:
        fields["original"] = f"http://{fields['original']}" if fields["original"] else ""
    return row_of({**fields, "urlkey": surt(fields["original"])}, line)


def _instant(text: str) -> datetime | None:
    """Return the instant of an HTTP date or of an ISO date."""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        try:
            return parse_iso(text)
        except (ValueError, OverflowError):
            return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


MEMENTO = DialectForm(
    lambda query: {},
    page,
    says_nothing_found=lambda status, body: status == 404,
    address=address,
    narrows=False,
    page_limit=LARGEST_MAP,
)
