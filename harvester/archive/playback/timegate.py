"""Captures asked for at a TimeGate (RFC 7089), for archives whose raw form is not known. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import urljoin

from harvester.archive.playback.redirects import Address, same_host
from harvester.memento import with_ascii_host


@dataclass(frozen=True, slots=True)
class AskedAt:
    """Where an answer is asked for, and, at a TimeGate, of which instant."""

    url: str
    accept: datetime | None = None

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers of the request."""
        if self.accept is None:
            return {}
        return {"Accept-Datetime": format_datetime(self.accept.astimezone(UTC), usegmt=True)}


def gate_url(base: str, address: Address) -> str:
    """Return where a TimeGate is asked for a page."""
    return f"{base}{with_ascii_host(address.url.partition('#')[0])}"


def memento_of_gate(location: str, place: AskedAt) -> str | None:
    """Return the memento that a TimeGate sends on to; None for one on another host, which is not asked."""
    try:
        url = urljoin(place.url, location.strip())
    except ValueError:
        return None
    return url if same_host(url, place.url) else None
