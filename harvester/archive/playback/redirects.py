"""Addresses of captures, and where a redirect between them leads. Pure.

A capture's address is a timestamp and a URL; the archive writes it ``BASE/20200102030405id_/http://site/page``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote, urljoin, urlsplit

from harvester.archive.index.cdx import is_web_address
from harvester.memento import parse_timestamp, timestamp_of, with_ascii_host

#: As browsers (the Fetch standard's "HTTP-redirect fetch"). An archive may put one of its own between any two of a
#: site, to the instant at which it took the next page; no recorded chain has more than 4.
MAX_HOPS = 20

_TAIL = r"/(?:(\d{1,14})?(?:[a-z]{2}_)?/)?((?i:https?):/{1,2}[^/].*)"
# After a timestamp or a mode the scheme may be left out, or be escaped.
_TAIL_WITHOUT_SCHEME = r"/(?:(\d{1,14})(?:[a-z]{2}_)?|[a-z]{2}_)/((?i:https?%3a)?/{0,2}[^/:]+\.[^/:].*)"
# Of an address that is one escaped value, the slashes of its scheme are escaped too.
_WHOLLY_ESCAPED = re.compile(r"(?<=/)https?(?::|%3a)%2f%2f.*", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Address:
    """A requested capture: an instant in UTC and the URL that was captured."""

    timestamp: datetime
    url: str

    @property
    def key(self) -> tuple[datetime, str]:
        """What distinguishes two addresses when looking for a loop; a fragment is never sent."""
        return self.timestamp, self.url.partition("#")[0]


def playback_url(base: str, address: Address) -> str:
    """Return where the archive plays an address back as it was captured (``id_``)."""
    url = with_ascii_host(address.url.partition("#")[0])
    return f"{base.rstrip('/')}/{timestamp_of(address.timestamp)}id_/{url}"


def address_in(location: str, base: str, default: datetime) -> Address | None:
    """Return the address that a playback URL names; None when it is not one of the archive at `base`.

    Understood are ``https://host/web/TSid_/URL``, ``//host/web/...`` and ``/web/...``, each also without a timestamp,
    which then is `default`, or without the scheme of the URL.
    """
    home = urlsplit(base)
    location = _WHOLLY_ESCAPED.sub(lambda found: unquote(found[0]), location.strip())
    if location.startswith("//"):
        location = f"{home.scheme}:{location}"
    elif location.startswith("/"):
        location = f"{home.scheme}://{home.netloc}{location}"
    host = re.escape(re.sub(r":(?:80|443)$", "", home.netloc))
    prefix = rf"(?i:https?://{host}(?::80|:443)?){re.escape(home.path.rstrip('/'))}"
    match = re.fullmatch(prefix + _TAIL, location, re.DOTALL)
    if match is None:
        match = re.fullmatch(prefix + _TAIL_WITHOUT_SCHEME, location, re.DOTALL)
    if match is None:
        return None
    digits, url = match.groups()
    url = re.sub(r"^(https?)(?::|%3a)/*", r"\1://", url, flags=re.IGNORECASE)
    if not url.lower().startswith(("http://", "https://")):
        url = f"http://{url.lstrip('/')}"
    if not is_web_address(url):
        return None
    try:
        # Fewer than four digits are not a year; the archive takes them for its newest capture.
        return Address(parse_timestamp(_full(digits)) if digits and len(digits) >= 4 else default, url)
    except ValueError:
        return None


def location_text(location: str) -> str:
    """Return a Location header that was read as Latin-1: UTF-8 is undone, other bytes are escaped as they were sent."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return re.sub(r"[\x80-\xff]", lambda found: f"%{ord(found[0]):02X}", location)
    except UnicodeEncodeError:
        return location


def same_host(one: str, other: str) -> bool:
    """Return whether two addresses are on one host, at one port."""
    try:
        first, second = urlsplit(one), urlsplit(other)
    except ValueError:
        return False
    return first.scheme in ("http", "https") and first.netloc.lower() == second.netloc.lower()


def target_of(location: str, base: str, current: Address, *, historical: bool) -> Address | None:
    """Return where a redirect at `current` leads, inside the archive; None when nowhere.

    The location of a `historical` redirect outside the archive's playback (archives that do not rewrite headers) is
    the captured site's own and means that page at the same instant: it is asked of the archive, never of the site.
    """
    if not location.strip() or re.search(r"[\x00-\x1f\x7f]", location.strip()):
        return None
    if inside := address_in(location, base, current.timestamp):
        return inside
    if not historical:
        return None
    try:
        url = urljoin(current.url, location.strip())
    except ValueError:
        return None
    if not is_web_address(url) or urlsplit(url).netloc.lower() == urlsplit(base).netloc.lower():
        return None
    return Address(current.timestamp, url)


def _full(digits: str) -> str:
    """Fill up a short timestamp to the first instant of its span: ``2004`` is 2004-01-01."""
    return digits + "00000101000000"[len(digits) :]
