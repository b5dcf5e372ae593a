"""What is rendered, what answers the page's requests, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ToRender:
    """A capture to render: its bytes, and `address`, where the archive shows it (``.../20100401000000id_/http...``)."""

    address: str
    body: bytes
    content_type: str | None = None


@dataclass(frozen=True, slots=True)
class PartAnswer:
    """The answer to a request of a page: what the archive has at that address, and when it took it, if known."""

    body: bytes
    content_type: str | None = None
    status: int = 200
    captured_at: datetime | None = None


Answering = Callable[[str, str], PartAnswer | None]
"""Given the URL that a page asks for and a timestamp of 14 digits, returns what the archive has of it, or None.

Called from several threads. What it raises ends the rendering and is raised there.
"""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page after its scripts.

    `html` is the DOM written out, `url` and `timestamp` name the capture that it is of: another one where the page sent
    on. Addresses, each once, sorted since they come in no fixed order: `answered`, `missing` (the archive does not have
    them) and `blocked` (other hosts, pictures, media, fonts, and what came after the limit).
    """

    html: str
    url: str
    timestamp: str
    browser: str
    answered: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()

    @property
    def body(self) -> bytes:
        """The page in UTF-8, half a surrogate pair as U+FFFD."""
        return self.html.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()


@dataclass(frozen=True, slots=True)
class VisitLimits:
    """What one page may take, after which there is no page but a reason."""

    page_seconds: float = 90
    """On the page's own clock, until it rests."""
    seconds: float = 90
    """On the wall clock, without the time in which answers are awaited."""
    memory_bytes: int = 1 << 30
    """Of one process of the browser."""
    requests: int = 60
    """Different addresses that are answered; more are blocked."""
    pages: int = 10
    """Pages that one sends on to, after another."""
