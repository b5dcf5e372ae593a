"""The service of an address: the registrable domain of its host, by the Public Suffix List.

The list is the one that the installed `publicsuffixlist` carries; nothing is downloaded.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from harvester.catalogue.archived_pages import page_inside

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

_LONGEST_HOST = 253  # RFC 1035
_LONGEST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Named:
    """A service by its registrable domain; `url` is the page that was named, None where only the domain was."""

    service: str
    url: str | None


def named_service(text: str) -> Named:
    """Return the service that a domain or the address of a page names; ValueError says why it names none.

    ``http://www.kettle.example/privacy.html`` names ``kettle.example``, as ``WWW.Kettle.example`` does. Of the address
    of a capture the page that it shows is taken.
    """
    text = text.strip()
    text = page_inside(text) or text
    address = text if re.match(r"[a-z][a-z0-9+.-]*://", text, re.IGNORECASE) else f"http://{text}"
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        raise ValueError(f"{_shown(text)} is not an address: {error}") from error
    if parts.scheme.lower() not in ("http", "https"):
        raise ValueError(f"{_shown(text)} is not an http:// or https:// address")
    if re.search(r"\s", text) or parts.username is not None or "\\" in text:
        raise ValueError(f"{_shown(text)} is not a domain or an address of a page")
    service = registrable(host)
    if service is None:
        raise ValueError(f"{_shown(text)} is not the domain of a site")
    whole = parts.path not in ("", "/") or parts.query
    return Named(service, address if whole else None)


def _shown(text: str) -> str:
    """Return a text for an error: without a password, and not all of a long one."""
    without = re.sub(r"//[^/@\s]*@", "//...@", text)
    return repr(without if len(without) <= _LONGEST_SHOWN else f"{without[:_LONGEST_SHOWN]}...")


def registrable(host: str) -> str | None:
    """Return the registrable domain of a host in lower case and ASCII; None for public suffixes, IPs and the like."""
    import idna

    host = host.rstrip(".").lower()
    try:
        ipaddress.ip_address(host)
    except ValueError:
        pass
    else:
        return None
    try:
        ascii_host = idna.encode(host, uts46=True).decode("ascii") if not host.isascii() else host
    except idna.IDNAError:
        return None
    if not re.fullmatch(r"[a-z0-9_]([a-z0-9._-]*[a-z0-9])?", ascii_host) or ".." in ascii_host:
        return None
    if len(ascii_host) > _LONGEST_HOST:
        return None
    found: str | None = _suffixes().privatesuffix(ascii_host)
    return found


@cache
def _suffixes() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()
