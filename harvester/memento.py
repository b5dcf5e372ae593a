"""How web archives name things: digests, 14-digit timestamps, and the key under which an index files a URL (SURT)."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import UTC, datetime
from urllib.parse import quote, unquote, urlsplit

EMPTY_BODY_DIGEST = "3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"
"""SHA-1 of no bytes at all. Redirects carry it, so it says nothing about a text."""


def digest_of(body: bytes) -> str:
    """Return the digest of a body as a capture index writes it: SHA-1 in base 32, without a prefix."""
    return base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode("ascii")


def has_body_digest(digest: str | None) -> bool:
    """Tell whether a digest identifies a body: equal ones then mean equal bodies, and no download is needed."""
    return bool(digest) and digest != EMPTY_BODY_DIGEST


def timestamp_of(moment: datetime) -> str:
    """Return the 14 digits (``YYYYMMDDhhmmss``, UTC) that an archive knows an instant by."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone; the archive counts in UTC")
    moment = moment.astimezone(UTC)
    return f"{moment.year:04}{moment:%m%d%H%M%S}"


def parse_timestamp(digits: str) -> datetime:
    """Return the instant of 14 digits; raises ValueError when they are none.

    Some rows have ``00`` inserted where month or day should be, which pushes the rest to the right and the seconds
    out: ``20000012170449`` is 2000-12-17 04:49 (recorded: ``bad_timestamp_cdx.txt``; the `wayback` client repairs
    it the same way).
    """
    if not re.fullmatch(r"[0-9]{14}", digits):
        raise ValueError(f"{digits[:40]!r} is not 14 digits")
    for start in (4, 6):
        if digits[start : start + 2] == "00":
            digits = digits[:start] + digits[start + 2 :] + "00"
    return parse_exact_timestamp(digits)


def parse_exact_timestamp(digits: str) -> datetime:
    """Return the instant of 14 digits that are written as they should be; raises ValueError for any others."""
    if not re.fullmatch(r"[0-9]{14}", digits):
        raise ValueError(f"{digits[:40]!r} is not 14 digits")
    parts = [int(digits[:4]), *(int(digits[i : i + 2]) for i in range(4, 14, 2))]
    year, month, day, hour, minute, second = parts
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


def same_page(one: str, other: str) -> bool:
    """Tell whether two URLs are one page to an index: scheme, ``www.``, default port, case and final slash aside."""
    return _page_key(one) == _page_key(other)


def _page_key(url: str) -> str:
    url = unquote(url.partition("#")[0]).lower()
    url = re.sub(r"^https?://(www\d*\.)?", "", url)
    return re.sub(r"^([^/?]*):(80|443)(?=[/?]|$)", r"\1", url).rstrip("/?")


def ascii_url(url: str) -> str:
    """Return a URL as a header can hold it: what is not ASCII, and white space, percent-encoded."""
    return quote(url, safe="%/:=&?~#+!$,;'@()*[]|")


def surt(url: str) -> str:
    """Return the key under which an index files a URL: ``com,example)/path?query``, lower case.

    ``http``/``https``, ``www``, ``www2`` and the default ports share one key; a final slash, the fragment and the order
    of the query are dropped.
    """
    text = ascii_url(url.strip())
    if not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*://", text):
        text = "http://" + text
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return text.lower()
    host = re.sub(r"^www\d*\.", "", host)
    key = ",".join(reversed(host.split(".")))
    if port and port not in (80, 443):
        key += f":{port}"
    path = parts.path if parts.path == "/" else parts.path.rstrip("/")
    key += ")" + (path or "/").lower()
    if parts.query:
        key += "?" + "&".join(sorted(parts.query.lower().split("&")))
    return key
