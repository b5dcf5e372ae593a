"""Atom feeds (RFC 4287) of changes: all, of a service, of a tag; each entry has the redline inside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated
from urllib.parse import quote, urlencode, urlsplit
from xml.etree import ElementTree

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from harvester._version import __version__
from harvester.catalogue.document_types import PRIVACY_POLICY, split_name
from harvester.dates import iso
from harvester.diffing import Kind
from harvester.errors import UnknownName
from harvester.store.ledger import watches
from harvester.store.read import recent, services
from harvester.store.read.versions import ChangeRow
from harvester.web.addresses import SERVICE, ServiceName, change_path, service_path, watch_path
from harvester.web.pages.watch import WatchName, looked_through
from harvester.web.site import Site, TheSite, origin_of
from harvester.web.view.entries import EntryText, entries_of

router = APIRouter(include_in_schema=False)

ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"
_ENTRIES = 20
_ENTRIES_OF_FILES = 200
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


Kinds = Annotated[list[Kind] | None, Query(description="Only these kinds; else all but cosmetic and technical.")]
MinWords = Annotated[int, Query(ge=0, le=1_000_000, description="Only changes that touch so many words.")]
After = Annotated[str, Query(pattern=r"^(|[0-9]{1,17}-[0-9]{1,18})$", description="A page's `next` has it.")]


@router.get("/feeds/changes.atom")
def all_changes(
    request: Request, site: TheSite, kind: Kinds = None, min_words: MinWords = 0, after: After = ""
) -> Response:
    """Return the feed of all services' changes."""
    with site.database.reading() as session:
        wanted = recent.ChangesWanted(kinds=kind or (), min_words=min_words)
        return _feed(request, site, session, wanted, after, "Changes of privacy policies", "/")


@router.get("/feeds/tags/{tag:path}.atom")
def changes_of_tag(
    request: Request,
    site: TheSite,
    tag: Annotated[str, Path(max_length=100)],
    kind: Kinds = None,
    min_words: MinWords = 0,
    after: After = "",
) -> Response:
    """Return the feed of the changes of the services with a tag."""
    with site.database.reading() as session:
        if not services.number(session, tag):
            raise UnknownName("no service has this tag")
        wanted = recent.ChangesWanted(tag=tag, kinds=kind or (), min_words=min_words)
        return _feed(request, site, session, wanted, after, f"Changes of privacy policies: {tag}", "/")


@router.get("/services/{service}/changes.atom")
def changes_of_service(
    request: Request,
    site: TheSite,
    service: Annotated[str, Path(pattern=f"^{SERVICE}$", max_length=253)],
    kind: Kinds = None,
    min_words: MinWords = 0,
    after: After = "",
) -> Response:
    """Return the feed of the changes of all documents of a service."""
    with site.database.reading() as session:
        documents = services.documents(session, service)
        if [one.type for one in documents] in ([], [PRIVACY_POLICY]):
            return _feed_of_document(request, site, session, service, kind, min_words, after)
        wanted = recent.ChangesWanted(service=service, kinds=kind or (), min_words=min_words)
        title = f"Changes of the documents of {service}"
        return _feed(request, site, session, wanted, after, title, service_path(documents[0].name))


@router.get("/services/{service:document}/changes.atom")
def changes_of_document(
    request: Request,
    site: TheSite,
    service: ServiceName,
    kind: Kinds = None,
    min_words: MinWords = 0,
    after: After = "",
) -> Response:
    """Return the feed of the changes of one document; of a privacy policy it is named in full."""
    with site.database.reading() as session:
        return _feed_of_document(request, site, session, service, kind, min_words, after)


def _feed_of_document(
    request: Request,
    site: Site,
    session: Session,
    name: str,
    kinds: Sequence[Kind] | None,
    min_words: int,
    after: str,
) -> Response:
    found = services.one(session, name)
    wanted = recent.ChangesWanted(found.id, kinds=kinds or (), min_words=min_words)
    title = f"Changes of the {found.type} of {found.service_name}"
    return _feed(request, site, session, wanted, after, title, service_path(found.name))


@router.get("/feeds/watches/{name}.atom")
def hits_of_watch(request: Request, site: TheSite, name: WatchName, after: After = "") -> Response:
    """Return the feed of the changes that a watch fits."""
    watch, _ = looked_through(site, name)
    most = _ENTRIES if site.served else _ENTRIES_OF_FILES
    with site.database.reading() as session:
        rows = watches.hits(session, watch.rule, watch.scope, by_found=True, older_than=_behind(after), limit=most + 1)
        changes = [row for row, _ in rows]
        return _feed_of(request, site, session, changes, after, f"Changes found by the watch {name}", watch_path(name))


def _feed(
    request: Request, site: Site, session: Session, wanted: recent.ChangesWanted, after: str, title: str, page: str
) -> Response:
    """Return a page of the feed of some changes."""
    # A site of files has no answers to a query, and so one page.
    most = _ENTRIES if site.served else _ENTRIES_OF_FILES
    found = recent.found(session, wanted, older_than=_behind(after), limit=most + 1)
    return _feed_of(request, site, session, found, after, title, page)


def _feed_of(
    request: Request, site: Site, session: Session, found: Sequence[ChangeRow], after: str, title: str, page: str
) -> Response:
    """Return a page of a feed (RFC 5005, section 3), newest first by when this store found the changes.

    So a reader who polls meets each change, however far back it lies, however many came at once. It has no
    Last-Modified: a withdrawn change makes the feed differ without making it newer; the ETag shows it.
    """
    most = _ENTRIES if site.served else _ENTRIES_OF_FILES
    changes = found[:most]
    origin = origin_of(request)
    feed = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    asked = [(name, value) for name, value in request.query_params.multi_items() if name != "after"]
    # Another choice of changes is another feed.
    _add(feed, "id", _tag(origin, _address("", request, asked)))
    _add(feed, "title", title)
    _add(feed, "updated", _time(max((change.found_at for change in changes), default=None)))
    _add(_add(feed, "author"), "name", "harvester")
    _add(feed, "generator", "harvester", version=__version__)
    _add(feed, "link", rel="self", type=MEDIA_TYPE, href=_address(origin, request, asked, after))
    _add(feed, "link", rel="alternate", type="text/html", href=origin + page)
    _add(feed, "link", rel="first", type=MEDIA_TYPE, href=_address(origin, request, asked))
    if len(found) > most and site.served:
        onward = f"{(changes[-1].found_at - _EPOCH) // timedelta(microseconds=1)}-{changes[-1].id}"
        _add(feed, "link", rel="next", type=MEDIA_TYPE, href=_address(origin, request, asked, onward))
    for change, text in zip(changes, entries_of(request).texts(session, changes), strict=True):
        _entry(feed, change, text, origin)
    body = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return Response(body, media_type=f"{MEDIA_TYPE}; charset=utf-8")


def _address(origin: str, request: Request, asked: Sequence[tuple[str, str]], after: str = "") -> str:
    query = urlencode([*asked, ("after", after)] if after else asked)
    # The path of the scope is decoded, and `request.url` has it so.
    return origin + quote(request.scope["path"]) + (f"?{query}" if query else "")


def _behind(after: str) -> tuple[datetime, int] | None:
    """Return the instant, in microseconds of the epoch, and the number of the last change of the page before."""
    if not after:
        return None
    moment, _, number = after.partition("-")
    return _EPOCH + timedelta(microseconds=int(moment)), int(number)


def _entry(feed: ElementTree.Element, change: ChangeRow, text: EntryText, origin: str) -> None:
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
    type_ = split_name(change.service)[1]
    what = "policy" if type_ == PRIVACY_POLICY else type_
    between = f"between {change.after:%Y-%m-%d} and {change.before:%Y-%m-%d}"
    where = f", in: {'; '.join(map(str, change.headings[:5]))}" if change.headings else ""
    because = f" {'. '.join(map(str, change.reasons[:5]))}." if change.reasons else ""
    _add(entry, "summary", f"The {what} changed {between}{where}.{because}")
    redline = text.redline
    if redline is None:
        redline = f'<p>The redline is long: <a href="{origin}{path}">read it here</a>.</p>'
    _add(entry, "content", f"{text.statements}{redline}", type="html")


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
