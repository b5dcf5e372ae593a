"""The page of a capture: all that its document depends on, whether it was just fetched, is re-cleaned or verified."""

from __future__ import annotations

from dataclasses import dataclass

from harvester.archive.playback.naming import Naming
from harvester.cleaner import Document, clean


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


def page_of(body: bytes, named: Naming, domain: str, content_type: str | None, status: int | None) -> CapturePage:
    """Return the page of a capture; `named` is from `archive.playback.naming`, `domain` the service's name."""
    return CapturePage(body, named.url, named.timestamp, domain, content_type or None, named.snapshot_url, status)


def document_of(page: CapturePage) -> Document:
    """Return the document of a page; raises `CleaningError`. Pure."""
    return clean(
        page.body,
        url=page.url,
        timestamp=page.timestamp,
        domain=page.domain,
        content_type=page.content_type,
        snapshot_url=page.snapshot_url,
    )
