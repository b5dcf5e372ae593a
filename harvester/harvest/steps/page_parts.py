"""What a rendered page asks for: from the store, or else from the archive, and then kept."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from harvester.archive.playback.stored import base_of
from harvester.cleaner.scripted.embedded import ADDRESSES_AT_MOST, next_address, notice_address, page_of_notice
from harvester.errors import CaptureRefused, SiteExcluded
from harvester.harvest.session import Archive, Harvest
from harvester.harvest.steps.capture_page import CapturePage
from harvester.memento import parse_timestamp
from harvester.rendering.rendered import Answering, PartAnswer
from harvester.store.content import renderings
from harvester.store.content.renderings import KeptPart

_NOTHING = KeptPart(None, None, None)


def archive_of(harvest: Harvest, name: str) -> Archive | None:
    """Return who answers for the captures of an archive: itself, or else one that shows them at the same address.

    None: it is down, or it is asked no more, so that nothing it has can be rendered.
    """
    base = base_of(harvest.settings, name)
    for one in sorted(harvest.clients, key=lambda one: one.archive.name != name):
        if one.archive.name not in harvest.down and (one.archive.name == name or one.archive.snapshots == base):
            return one
    return None


def parts_of(harvest: Harvest, name: str) -> Answering:
    """Return the function that answers a page of an archive: with the capture nearest in time, as the archive does.

    It raises what `Archive.fetch` raises for the archive as a whole, and for what failed this time only.
    """
    client = archive_of(harvest, name)
    assert client is not None

    def answer(url: str, timestamp: str) -> PartAnswer | None:
        with harvest.database.reading() as session:
            found = renderings.part(session, name, url, timestamp)
        if found is None:
            found = _asked(harvest, client, url, timestamp)
            with harvest.database.writing() as session:
                renderings.keep_part(session, name, url, timestamp, found, harvest.clock())
        return _answer(found)

    return answer


def stored_parts(session: Session, name: str) -> Answering:
    """Return the function that answers a page of an archive from the store alone."""

    def answer(url: str, timestamp: str) -> PartAnswer | None:
        found = renderings.part(session, name, url, timestamp)
        return None if found is None else _answer(found)

    return answer


def notice_of(page: CapturePage, answering: Answering) -> bytes | None:
    """Return the notice that a page embeds from a privacy service, as a page; None if there is none to be had."""
    address = notice_address(page.body, page.content_type)
    if address is None:
        return None
    left = ADDRESSES_AT_MOST
    waiting = [address.url, *address.others]
    while waiting and left:
        url, left = waiting.pop(0), left - 1
        found = answering(url, page.timestamp)
        if found is None or found.status >= 400:
            continue
        if (further := next_address(address.form, found.body, url)) is not None:
            waiting.insert(0, further)
        elif made := page_of_notice(page.body, page.content_type, found.body, found.content_type):
            return made
    return None


def _answer(found: KeptPart) -> PartAnswer | None:
    return None if found.body is None else PartAnswer(found.body, found.content_type, found.status or 200)


def _asked(harvest: Harvest, client: Archive, url: str, timestamp: str) -> KeptPart:
    try:
        moment, host = parse_timestamp(timestamp), urlsplit(url).hostname
    except ValueError:
        return _NOTHING
    if not host:
        return _NOTHING
    try:
        with harvest.downloading:
            played = client.fetch(url, moment, window=timedelta.max)
    except (CaptureRefused, SiteExcluded):
        return _NOTHING
    return KeptPart(played.body, played.headers.get("content-type"), played.status)
