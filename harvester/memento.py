"""The names of web archives: digests, 14-digit timestamps, and the key under which an index files a URL (SURT)."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import UTC, datetime
from urllib.parse import quote, unquote, unquote_to_bytes, urlsplit

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
    """Tell whether two URLs are one page to an index, however they are spelled (see `surt`)."""
    return surt(one) == surt(other)


def ascii_url(url: str) -> str:
    """Return a URL as a header can hold it: what is not ASCII, and white space, percent-encoded."""
    return quote(url, safe="%/:=&?~#+!$,;'@()*[]|")


def shown_address(snapshot: str) -> str:
    """Return the address of a snapshot for readers: in the archive's own frame, its URL spelled as people write it.

    A document names its snapshot in the corpus's spelling (``20150509080314id_/http%3A//shop.example/privacy``), which
    archives understand and nobody cites. An address of another form, such as a file in a git repository, is unchanged.
    """
    parts = _SNAPSHOT.fullmatch(snapshot)
    if parts is None:
        return snapshot
    url = unquote(parts[2]) if parts[2].startswith(("http%3A", "https%3A")) else parts[2]
    return f"{parts[1]}/{ascii_url(url).replace('#', '%23')}"


_SNAPSHOT = re.compile(r"(.*?/[0-9]{14})id_/(.*)", re.DOTALL)


def without_user(url: str) -> str:
    """Return a URL without the user and the password before its host; no index files a page under them."""
    return _USER.sub(r"\1", url)


_USER = re.compile(r"^(https?://)[^/?#]*@", re.IGNORECASE)


def with_ascii_host(url: str) -> str:
    """Return a URL with its host as DNS has it: ``http://müller.example/`` is ``http://xn--mller-kva.example/``.

    The rest is left as it is. Archives file pages under that host, and not all of them know the other.
    """
    match = _HOST.match(url)
    if match is None or (match[2].isascii() and "%" not in match[2]):
        return url
    return f"{match[1]}{_ascii_host(match[2])}{url[match.end() :]}"


_HOST = re.compile(r"(https?://(?:[^/?#@]*@)?)([^/?#:@]+)", re.IGNORECASE)
_PRINTABLE = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in "#%")


def surt(url: str) -> str:
    """Return the key under which an index files a URL: ``com,example)/path?query``, lower case.

    ``http``/``https``, ``www``, ``www2`` and the default ports share one key, and so do a host in Unicode and in ASCII,
    and a character and its percent-escape; dots and double slashes in the path, a final slash, the fragment, an empty
    query and the order of the query are dropped (as the Internet Archive's and pywb's canonicalizers do).
    """
    text = ascii_url(url.strip())
    if not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*://", text):
        text = "http://" + text
    try:
        parts = urlsplit(text)
        host, port = _ascii_host(parts.hostname or ""), parts.port
    except ValueError:
        return text.lower()
    host = re.sub(r"^www\d*\.", "", host)
    key = ",".join(reversed(host.split(".")))
    if port and port not in (80, 443):
        key += f":{port}"
    key += ")" + _path_key(parts.path)
    if parts.query:
        key += "?" + "&".join(sorted(_least_escaped(parts.query).split("&")))
    return key


def _ascii_host(host: str) -> str:
    """Return a host in lower case and ASCII, each label for itself, as browsers do; what is no host is escaped.

    Labels that IDNA 2008 refuses are names all the same: signs such as hearts, and underscores beside umlauts.
    """
    host = unquote(host).rstrip(".").lower()
    if host.isascii():
        return host
    import idna  # it takes a while to import, and few hosts need it

    try:
        labels = idna.uts46_remap(host, std3_rules=False, transitional=False).split(".")
    except idna.IDNAError:
        return quote(host)
    return ".".join(one if one.isascii() else "xn--" + one.encode("punycode").decode("ascii") for one in labels)


def _path_key(path: str) -> str:
    kept: list[str] = []
    for segment in _least_escaped(path).split("/"):
        if segment == "..":
            del kept[-1:]
        elif segment not in ("", "."):
            kept.append(segment)
    return "/" + "/".join(kept)


def _least_escaped(text: str) -> str:
    """Return a part of a URL in lower case, without unnecessary escapes; both spellings give one result."""
    for _ in range(_MOST_ESCAPES):
        plain = unquote_to_bytes(text)
        if plain == text.encode("ascii", "replace"):
            break
        text = quote(plain, safe=_PRINTABLE + "%")
    return quote(plain, safe=_PRINTABLE).lower()


_MOST_ESCAPES = 5
"""Escapes within escapes that are undone."""
