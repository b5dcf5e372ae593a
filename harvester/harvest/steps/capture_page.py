"""The page of a capture: all that its document depends on, whether it was just fetched, is re-cleaned or verified."""

from __future__ import annotations

from dataclasses import dataclass, replace

from harvester.archive.playback.naming import Naming
from harvester.catalogue.selection import Selection
from harvester.cleaner import Document, clean
from harvester.cleaner.encoding.decode import is_xml
from harvester.cleaner.scripted.embedded import page_of_state


@dataclass(frozen=True, slots=True)
class CapturePage:
    """The bytes of a capture and all that its document depends on.

    `url` is the address that relative links are resolved against, `timestamp` the capture's, 14 digits; `status` is
    the page's own of that day.
    """

    body: bytes
    url: str
    timestamp: str
    domain: str
    content_type: str | None
    snapshot_url: str
    status: int | None
    dom: bytes | None = None
    """The page as a browser left it after its scripts, where one did."""
    notice: bytes | None = None
    """The notice that the page embeds from a privacy service, as a page, where the archive has it."""
    notice_away: str = ""
    """The day of the nearest one that the archive has, where that is too far from the page's."""
    scripts_ran: bool = False
    """Whether `body` is a page that no script alters any more."""
    selection: Selection | None = None
    """The parts of the page that are its document; None: its article."""


RENDERED = "rendered"
"""The recipe of a document that was made of a page after its scripts."""
DATA = "data"
"""The recipe of a document that was made of what a page holds or embeds as data, since it shows no text."""

SELECTED = "selected"
"""The recipe of a document that was made of the parts of a page that the catalogue's selectors name."""


def page_of(
    body: bytes,
    named: Naming,
    domain: str,
    content_type: str | None,
    status: int | None,
    selection: Selection | None = None,
) -> CapturePage:
    """Return the page of a capture; `named` is from `archive.playback.naming`, `domain` the service's name."""
    page = CapturePage(body, named.url, named.timestamp, domain, content_type or None, named.snapshot_url, status)
    return replace(page, selection=selection)


def after_scripts(page: CapturePage) -> CapturePage:
    """Return a page as the browser left it, which must have rendered it."""
    assert page.dom is not None
    content_type = "application/xhtml+xml" if is_xml(page.content_type) else "text/html; charset=utf-8"
    return replace(page, body=page.dom, content_type=content_type, scripts_ran=True)


def of_data(page: CapturePage) -> CapturePage | None:
    """Return the page that is in a page's data; None if there is no text in them."""
    found = page.notice or page_of_state(page.body, page.content_type)
    if found is None:
        return None
    return replace(page, body=found, content_type="text/html; charset=utf-8", scripts_ran=True)


def document_of(page: CapturePage) -> Document:
    """Return the document of a page; raises `CleaningError`. Pure."""
    return clean(
        page.body,
        url=page.url,
        timestamp=page.timestamp,
        domain=page.domain,
        content_type=page.content_type,
        snapshot_url=page.snapshot_url,
        scripts_ran=page.scripts_ran,
        selection=page.selection,
    )
