"""What a rendered page asks for: from the store, or else from the archive, and then kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
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
TEXT_WINDOW = timedelta(days=90)
"""How far in time from a page the archive may have taken a text that it shows.

What was taken at another time is not its text, however near it is of all that there is. Scripts and styles are no text:
of these the nearest counts, as in every archive.
"""
_TEXTS = re.compile(r"\s*(?:text/(?:html|plain|markdown|xml)|application/(?:[\w.-]+\+)?(?:json|xml))\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice that a page embeds, as a page, if the archive has one of its time; `away`: the day of another."""

    page: bytes | None = None
    away: str = ""


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


class OfItsTime:
    """Answers a page without the texts of other times; `has_texts`: it asked for texts that the archive has."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering
        self.has_texts = False

    def __call__(self, url: str, timestamp: str) -> PartAnswer | None:
        """Return what the archive has; None if it has nothing, or a text of another time."""
        found = self._answering(url, timestamp)
        if found is None or not _TEXTS.match(found.content_type or "text/html"):
            return found
        self.has_texts = True
        return None if _is_away(found, timestamp) else found


def _is_away(found: PartAnswer, timestamp: str) -> bool:
    return found.captured_at is not None and abs(found.captured_at - parse_timestamp(timestamp)) > TEXT_WINDOW


def notice_of(page: CapturePage, answering: Answering) -> Notice:
    """Return the notice that a page embeds from a privacy service."""
    address = notice_address(page.body, page.content_type)
    if address is None:
        return Notice()
    away = ""
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
            if not _is_away(found, page.timestamp):
                return Notice(made)
            away = away or f"{found.captured_at:%Y-%m-%d}"
    return Notice(away=away)


def _answer(found: KeptPart) -> PartAnswer | None:
    if found.body is None:
        return None
    return PartAnswer(found.body, found.content_type, found.status or 200, found.captured_at)


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
    return KeptPart(played.body, played.headers.get("content-type"), played.status, played.timestamp)
