"""Play back the captures of a replayed archive, in the manner of the Wayback Machine and of pywb.

After recorded responses: ``Memento-Datetime`` marks a capture whatever its status; another capture stands in by a 302
with ``x-archive-redirect-reason``; a redirect of that day has its Location rewritten into the archive.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http import HTTPStatus
from urllib.parse import unquote, urljoin, urlsplit

from harvester.memento import ascii_url
from harvester.replay.archives.replayable import Replayable, ReplayCapture
from harvester.replay.index import Index

Headers = list[tuple[str, str]]
HTML = "text/html; charset=utf-8"
BLOCKED = (
    "org.archive.util.io.RuntimeIOException: "
    "org.archive.wayback.exception.AdministrativeAccessControlException: Blocked Site Error"
)
BLOCKED_BY_ROBOTS = (
    "org.archive.util.io.RuntimeIOException: "
    "org.archive.wayback.exception.RobotAccessControlException: Blocked By Robots"
)


@dataclass(slots=True)
class ReplayAnswer:
    """One HTTP answer before it is sent."""

    status: int
    body: bytes = b""
    headers: Headers = field(default_factory=list)

    @property
    def reason(self) -> str:
        """The phrase of the status line."""
        try:
            return HTTPStatus(self.status).phrase
        except ValueError:
            return "Unknown"


def page(status: int, title: str, text: str) -> ReplayAnswer:
    """Return a page of the archive itself, not a capture."""
    body = f"<!DOCTYPE html>\n<html><head><title>{title}</title></head><body><p>{text}</p></body></html>\n"
    return ReplayAnswer(status, body.encode(), [("Content-Type", HTML)])


def split_capture_path(path: str) -> tuple[str, str] | None:
    """Split ``20150509080314id_/http://…`` into 14 digits and URL; fill up shorter timestamps; None if it is
    neither.
    """
    match = re.fullmatch(r"(\d{1,14})(?:[a-z]{2}_)?/(.+)", path, re.DOTALL)
    if match is None:
        return None
    url = unquote(match[2]) if re.match(r"https?%3a", match[2], re.IGNORECASE) else match[2]
    url = re.sub(r"^(https?):/+", r"\1://", url)
    return match[1] + "20000101000000"[len(match[1]) :], url if "://" in url else "http://" + url


def instant(timestamp: str) -> datetime:
    """Return a 14-digit timestamp as an instant; impossible digits are clamped, as the Wayback Machine does."""
    year, month, day, hour, minute, second = (
        int(timestamp[a:b]) for a, b in ((0, 4), (4, 6), (6, 8), (8, 10), (10, 12), (12, 14))
    )
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return datetime(max(year, 1), min(max(month, 1), 12), 1, tzinfo=UTC)


def choose(captures: Sequence[ReplayCapture], url: str, timestamp: str) -> ReplayCapture | None:
    """Choose the capture that answers for a URL at an instant: the nearest in time, of the exact URL if there is one.

    A capture that only redirects to the wanted URL (``http`` to ``https``) is not an answer for it.
    """
    able = [capture for capture in captures if capture.url == url or target_of(capture) != url]
    able = [capture for capture in able if capture.timestamp == timestamp] or able
    wanted = instant(timestamp)
    return min(able, key=lambda c: (abs(instant(c.timestamp) - wanted), c.url != url, c.answered != 200), default=None)


def wayback(index: Index, archive: Replayable, base: str, path: str) -> ReplayAnswer:
    """Answer ``/web/PATH``; `base` is the archive's own address, ``http://127.0.0.1:8091``."""
    wanted = split_capture_path(path)
    if wanted is None:
        newest = index.of(re.sub(r"^[a-z]{2}_/", "", path))
        return stand_in(base, newest[-1]) if newest else not_archived()
    timestamp, url = wanted
    capture = choose(index.of(url), url, timestamp)
    if capture is None:
        return not_archived()
    if capture.timestamp != timestamp:
        return stand_in(base, capture)
    if capture.lost:
        return not_archived()
    headers: Headers = [("Content-Type", capture.header("Content-Type") or capture.mimetype)]
    if target := target_of(capture):
        headers.append(("Location", f"{base}/web/{capture.timestamp}id_/{ascii_url(target)}"))
    headers += [
        ("Memento-Datetime", format_datetime(instant(capture.timestamp), usegmt=True)),
        ("Link", _links(base, capture.url)),
        ("Cache-Control", "max-age=1800"),
        ("X-Archive-Src", "replay"),
    ]
    headers += [(f"X-Archive-Orig-{name}", value) for name, value in capture.headers if name.lower() != "content-type"]
    return ReplayAnswer(capture.answered, archive.body(capture), headers)


def _links(base: str, url: str) -> str:
    timemap = f'<{base}/web/timemap/link/{url}>; rel="timemap"; type="application/link-format"'
    return f'<{url}>; rel="original", {timemap}, <{base}/web/{url}>; rel="timegate"'


def stand_in(base: str, capture: ReplayCapture) -> ReplayAnswer:
    """Return the 302 by which the Wayback Machine offers another capture than the requested one."""
    return ReplayAnswer(
        302,
        b"",
        [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Location", f"{base}/web/{capture.timestamp}id_/{ascii_url(capture.url)}"),
            ("X-Archive-Redirect-Reason", f"found capture at {capture.timestamp}"),
        ],
    )


def pywb(index: Index, archive: Replayable, base: str, path: str) -> ReplayAnswer:
    """Answer ``/pywb/PATH`` with the nearest capture, its own headers and status, no redirect to it."""
    wanted = split_capture_path(path)
    if wanted is None:
        newest = index.of(re.sub(r"^[a-z]{2}_/", "", path))
        capture = newest[-1] if newest else None
    else:
        capture = choose(index.of(wanted[1]), wanted[1], wanted[0])
    if capture is None or capture.lost:
        return page(404, "URL Not Found", "The url could not be found in this collection.")
    there = f"{base}/pywb/{capture.timestamp}id_/{ascii_url(capture.url)}"
    headers = [
        *capture.headers,
        ("Memento-Datetime", format_datetime(instant(capture.timestamp), usegmt=True)),
        ("Link", f'<{capture.url}>; rel="original", <{base}/pywb/{capture.url}>; rel="timegate"'),
        ("Content-Location", there),
    ]
    return ReplayAnswer(capture.answered, archive.body(capture), headers)


def not_archived() -> ReplayAnswer:
    """Return the 404 of the Wayback Machine for a URL without captures, or a capture that it cannot play."""
    return page(404, "Wayback Machine", "The Wayback Machine has not archived that URL.")


def excluded() -> ReplayAnswer:
    """Return the Wayback Machine's answer for a blocked site: a 200 with an excuse, without Memento-Datetime."""
    return page(200, "Wayback Machine", "Sorry. This URL has been excluded from the Wayback Machine.")


def excluded_index(*, robots: bool = False, as_row: bool = False) -> ReplayAnswer:
    """Return the index's answer for a blocked site: a 403 with the error in a header, or (`as_row`) a 200 with it as a
    row.
    """
    error = BLOCKED_BY_ROBOTS if robots else BLOCKED
    headers = [("Content-Type", "text/plain;charset=UTF-8")]
    if not as_row:
        headers.append(("X-Archive-Wayback-Runtime-Error", error))
    return ReplayAnswer(200 if as_row else 403, error.encode() + b"\n", headers)


def target_of(capture: ReplayCapture) -> str | None:
    """Return the absolute target of a captured redirect; None for any other capture."""
    if capture.answered not in (301, 302, 303, 307, 308) or (location := capture.header("Location")) is None:
        return None
    try:
        target = urljoin(capture.url, location)
        return target if urlsplit(target).scheme in ("http", "https") else None
    except ValueError:
        return None
