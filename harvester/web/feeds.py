"""Atom feeds (RFC 4287) of changes: all, of a service, of a tag; each entry has the redline inside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from urllib.parse import urlsplit
from xml.etree import ElementTree

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from harvester._version import __version__
from harvester.dates import iso
from harvester.diffing import Kind
from harvester.errors import UnknownName
from harvester.insight.redline import diff_of
from harvester.insight.statements.statements import statements
from harvester.store.read import recent, services
from harvester.store.read.versions import ChangeRow
from harvester.web.addresses import ServiceName, change_path, service_path
from harvester.web.http.conditional import http_date
from harvester.web.site import TheSite, origin_of
from harvester.web.view import rendering

router = APIRouter()

ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"
_ENTRIES = 20
_STATEMENTS = 10  # of an entry
_LONGEST_REDLINE = 60_000
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@router.get("/feeds/changes.atom")
def all_changes(request: Request, site: TheSite) -> Response:
    """Return the feed of all services' changes."""
    with site.database.reading() as session:
        changes = recent.changes(session, limit=_ENTRIES)
        return _feed(request, session, changes, "Changes of privacy policies", "/")


@router.get("/feeds/tags/{tag}.atom")
def changes_of_tag(request: Request, site: TheSite, tag: Annotated[str, Path(max_length=100)]) -> Response:
    """Return the feed of the changes of the services with a tag."""
    with site.database.reading() as session:
        if not services.number(session, tag):
            raise UnknownName("no service has this tag")
        changes = recent.changes(session, tag=tag, limit=_ENTRIES)
        return _feed(request, session, changes, f"Changes of privacy policies: {tag}", "/")


@router.get("/services/{service}/changes.atom")
def changes_of_service(request: Request, site: TheSite, service: ServiceName) -> Response:
    """Return the feed of one service's changes."""
    with site.database.reading() as session:
        found = services.one(session, service)
        changes = recent.changes(session, service_id=found.id, limit=_ENTRIES)
        return _feed(request, session, changes, f"Changes of the privacy policy of {service}", service_path(service))


def _feed(request: Request, session: Session, changes: Sequence[ChangeRow], title: str, page: str) -> Response:
    """Return a feed of the newest changes by when they happened; a change found late has its place by that date."""
    origin = origin_of(request)
    updated = max((change.found_at for change in changes), default=None)
    feed = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    _add(feed, "id", _tag(origin, request.url.path))
    _add(feed, "title", title)
    _add(feed, "updated", _time(updated))
    _add(_add(feed, "author"), "name", "harvester")
    _add(feed, "generator", "harvester", version=__version__)
    _add(feed, "link", rel="self", type=MEDIA_TYPE, href=origin + request.url.path)
    _add(feed, "link", rel="alternate", type="text/html", href=origin + page)
    for change in changes:
        _entry(feed, session, change, origin)
    body = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    headers = {"Last-Modified": http_date(updated)} if updated else {}
    return Response(body, media_type=MEDIA_TYPE, headers=headers)


def _entry(feed: ElementTree.Element, session: Session, change: ChangeRow, origin: str) -> None:
    path = change_path(change.service, change.before)
    entry = _add(feed, "entry")
    _add(entry, "id", _tag(origin, path))
    _add(
        entry,
        "title",
        f"{change.service}: {change.kind} change, {change.words_added} words added, {change.words_removed} removed",
    )
    _add(entry, "updated", _time(change.found_at))
    _add(entry, "published", _time(change.before))
    _add(entry, "link", rel="alternate", type="text/html", href=origin + path)
    _add(entry, "category", term=change.kind)
    between = f"between {change.after:%Y-%m-%d} and {change.before:%Y-%m-%d}"
    where = f", in: {'; '.join(map(str, change.headings[:5]))}" if change.headings else ""
    _add(entry, "summary", f"The policy changed {between}{where}.")
    diff = diff_of(session, change)
    redline = str(rendering.redline(diff, side_by_side=False, only_changes=True))
    if change.kind == Kind.COSMETIC:
        redline = "<p>No word differs, only how the text is laid out.</p>"
    if len(redline) > _LONGEST_REDLINE:
        redline = f'<p>The redline is long: <a href="{origin}{path}">read it here</a>.</p>'
    _add(entry, "content", f"{rendering.statements(statements(diff)[:_STATEMENTS])}{redline}", type="html")


def _add(parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, name, {key: _legal(value) for key, value in attributes.items()})
    if text is not None:
        element.text = _legal(text)
    return element


def _legal(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", text)


def _tag(origin: str, path: str) -> str:
    """Return a permanent identifier (RFC 4151) that outlives a change from http to https."""
    return f"tag:{urlsplit(origin).hostname or 'localhost'},2026:{path}"


def _time(moment: datetime | None) -> str:
    return iso(moment) or "1970-01-01T00:00:00Z"
