"""Which capture an address that a page asks for names. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

_PLAYBACK = re.compile(r"(?P<before>.*?/)(?P<digits>\d{1,14})(?:[a-z]{2}_)?/(?P<target>.+)", re.DOTALL)
_SCHEME = re.compile(r"(https?)(?P<colon>:|%3a)/{1,2}(?=[^/])", re.IGNORECASE)
_AS_THEY_ARE = "!#$%&'()*+,/:;=?@[]~"


@dataclass(frozen=True, slots=True)
class PartName:
    """A capture that an address names: its URL, and a timestamp of 14 digits."""

    url: str
    timestamp: str


class Surroundings:
    """The archive around a page at `address`, from which relative addresses of the page lead on."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.origin = f"{parts.scheme}://{parts.netloc}".lower()
        found = _PLAYBACK.match(address)
        self._before = found["before"] if found else ""

    def holds(self, address: str) -> bool:
        """Return whether an address is one of this archive's host: all others are blocked."""
        parts = urlsplit(address)
        return f"{parts.scheme}://{parts.netloc}".lower() == self.origin

    def named(self, address: str) -> PartName | None:
        """Return the capture that an address of the archive names; None for an address of the archive's own."""
        address = address.partition("#")[0]
        found = _PLAYBACK.match(address)
        if found is None or not self._before or found["before"] != self._before:
            return None
        scheme = _SCHEME.match(found["target"])
        if scheme is None:
            return None
        rest = found["target"][scheme.end() :]
        if scheme["colon"] != ":":
            # The corpus quotes a page's whole address, so that what is relative to it has escapes of both kinds.
            path, mark, query = rest.partition("?")
            rest = quote(unquote(path), _AS_THEY_ARE) + mark + query
        digits = found["digits"]
        return PartName(f"{scheme[1].lower()}://{rest}", digits + "00000101000000"[len(digits) :])
