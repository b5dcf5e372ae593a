"""Answers of playback: a capture, and the marks that distinguish it from the archive's own pages. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal

from harvester.memento import digest_of, has_body_digest

DigestVerdict = Literal["match", "mismatch", "unknown"]

ORIGINAL_PREFIX = "x-archive-orig-"
#: Headers that the archive or its front end writes for itself; the rest of an answer without prefixed originals
#: (pywb plays headers back as they were) are the site's.
ARCHIVE_HEADERS = frozenset(
    {
        "access-control-allow-origin",
        "connection",
        "content-location",
        "content-security-policy",
        "keep-alive",
        "link",
        "memento-datetime",
        "permissions-policy",
        "referrer-policy",
        "server-timing",
        "transfer-encoding",
    }
)
#: Words of the excuse page (recorded), and of the errors behind it.
_EXCUSES = (b"has been excluded", b"excluded from the wayback machine", b"blocked site", b"blocked by robots")
_ACCESS_ERRORS = ("AdministrativeAccessControlException", "RobotAccessControlException", "Blocked Site Error")


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect on the way to a capture: what was asked, its status, and whether the site itself sent it then."""

    url: str
    timestamp: datetime
    status: int
    historical: bool


@dataclass(frozen=True, slots=True)
class PlayedCapture:
    """A capture as the archive has it.

    `timestamp` is the memento's true instant, not the asked one; `url` the page it is of; `status` what the site
    answered *then* (a 404 or 503 is history too). `body` has no content-encoding; `headers` are the site's, names in
    lower case. `bytes_on_wire` counts the body as it travelled.
    """

    url: str
    timestamp: datetime
    status: int
    headers: Mapping[str, str]
    body: bytes
    chain: tuple[Hop, ...]
    digest_verdict: DigestVerdict
    bytes_on_wire: int

    @property
    def content_type(self) -> str:
        """The Content-Type of the capture, ``""`` when it has none; often without a charset."""
        return self.headers.get("content-type", "")


def memento_datetime(headers: Mapping[str, str]) -> datetime | None:
    """Return the instant of the capture that an answer shows; None when the answer is the archive's own."""
    value = headers.get("memento-datetime")
    if value is None:
        return None
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def original_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the site's own headers of a capture, in lower case."""
    lowered = {name.lower(): value for name, value in headers.items()}
    originals = {
        name.removeprefix(ORIGINAL_PREFIX): value for name, value in lowered.items() if name.startswith(ORIGINAL_PREFIX)
    }
    if not originals:
        originals = {name: value for name, value in lowered.items() if name not in ARCHIVE_HEADERS}
    if "content-type" in lowered:
        originals["content-type"] = lowered["content-type"]
    return originals


def blocked_reason(status: int, headers: Mapping[str, str], text: bytes) -> str | None:
    """Return why the archive does not show a site, when an answer without memento says that it does not."""
    runtime_error = headers.get("x-archive-wayback-runtime-error", "")
    for where in (runtime_error, text[:4_000].decode("utf-8", "replace")):
        for mark in _ACCESS_ERRORS:
            if mark in where:
                return "robots.txt" if mark.startswith("Robot") else "blocked at the owner's wish"
    if status == 451:
        return "blocked for legal reasons (451)"
    if status == 200 and any(excuse in text.lower() for excuse in _EXCUSES):
        return "playback answers with an excuse page"
    return None


def digest_verdict(body: bytes, wire: bytes, listed: str | None, *, direct: bool) -> DigestVerdict:
    """Return whether a body is the one that the index lists; recorded, never a reason to reject it.

    The index may have counted the body before or after its content-encoding was undone. When redirects led to the
    body (not `direct`), a difference says nothing: the row's digest is of the redirect.
    """
    if listed is None or not (has_body_digest(listed) or not body):
        return "unknown"
    if listed in (digest_of(body), digest_of(wire)):
        return "match"
    return "mismatch" if direct else "unknown"
