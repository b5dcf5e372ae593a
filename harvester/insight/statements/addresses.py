"""E-mail addresses and link targets of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,24}\b")
_HIDDEN = re.compile(r"\[email[\s\xa0]protected\]")
_CODED = re.compile(r"#[0-9a-f]{12,}$")  # an e-mail address in a link, encoded differently in each answer
_NO_SITE = re.compile(r"[\d.]+|localhost|(?:.*\.)?archive\.org|\[.*")
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$")


def emails(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the e-mail addresses of a text, with their character positions."""
    for found in _EMAIL.finditer(text):
        yield found[0], found.start(), found.end()


def hides_emails(text: str) -> bool:
    """Return whether a text has e-mail addresses that its site showed to browsers with scripts only."""
    return _HIDDEN.search(text) is not None


def site_of(target: str) -> str:
    """Return the host of a web address as `host_of`; empty where it says nothing about where the link leads.

    A link without a host leads, in an archived page, to the host of the archive.
    """
    host = host_of(target)
    return "" if _NO_SITE.fullmatch(host) else host


def host_of(target: str) -> str:
    """Return the host of a web address without ``www.``; empty where it has none, as in a mailto link."""
    try:
        parts = urlsplit(target.strip())
        host = (parts.hostname or "") if parts.scheme in ("http", "https", "") else ""
    except ValueError:  # a bracket, or an invalid port
        return ""
    return host.removeprefix("www.").rstrip(".")


def links_alike(one: str, other: str) -> bool:
    """Return whether two targets differ only in what leads to the same page: scheme, ``www``, slash, index file,
    escapes.

    So do links to e-mail addresses that are encoded differently in each answer.
    """
    return _plain(one) == _plain(other)


def _plain(target: str) -> str:
    plain = _CODED.sub("#", unquote(target.strip()))
    plain = re.sub(r"(?i)^https?://(?:www\.)?", "", plain)
    plain = re.sub(r"/(?=[?#])", "", plain)
    host, slash, rest = plain.partition("/")
    return f"{host.lower()}{_INDEX.sub('', slash + rest).rstrip('/')}"
