"""Pages that only send on: a ``meta refresh`` or a script that sets the location, with next to no words of their own.

Links are no words of its own where a refresh sends every reader on: they are the menus of a site, which puts the notice
in its ordinary frame. A script may do so under a condition, and so does a refresh for those who run no scripts.

The rule of `http-equiv=refresh` is the HTML standard's (shared declarative refresh steps): a number of seconds, then
``;`` or ``,``, then the address, with or without ``url=``.
"""

from __future__ import annotations

import re
from urllib.parse import urldefrag, urljoin

from harvester.character_references import unescape
from harvester.cleaner.encoding.decode import decode

_READ = 50_000  # characters or bytes; a page that only sends on is short
_SOON = 15
"""Seconds within which a refresh is a redirect and not a page that renews itself."""
_MOST_WORDS = 40
_MOST_CHARACTERS = 600
"""Without the spaces: some languages write none between words."""
_META = re.compile(r"<meta\b([^>]*+)(?:>|\Z)", re.IGNORECASE)
_REFRESHES = re.compile(r"\bhttp-equiv\s*=\s*[\"']?refresh\b", re.IGNORECASE)
_CONTENT = re.compile(r"\bcontent\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
_REFRESH = re.compile(
    r"\s*+(\d{1,9}+)(?:\.\d*+)?\s*+[;,]\s*+(?:url\s*+=\s*+)?[\"']?\s*+([^\"'\s]+)", re.IGNORECASE | re.ASCII
)
_LOCATION = re.compile(
    r"(?:\b(?:window|document|self|top|parent)\.)?\blocation(?:\.href)?(?:\s*=\s*|\.(?:replace|assign)\(\s*)"
    r"[\"']([^\"'\s<>]+)[\"']"
)
_SCRIPT = re.compile(r"<script\b[^>]*+(?:>(.*?)(</script\s*>|\Z)|\Z)", re.IGNORECASE | re.DOTALL)
_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|title|noscript)\b.*?(?:</\1\s*>|\Z)|<[^<>]*>", re.IGNORECASE | re.DOTALL
)
_NOT_FOR_ALL = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|noscript|template)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL
)
_LINKS = re.compile(r"<(a|option|button)\b[^<>]*+>.{0,400}?</\1\s*>", re.IGNORECASE | re.DOTALL)


def sends_on(page: bytes | str, address: str, content_type: str | None = None) -> str | None:
    """Return where a page sends its reader at once, as an absolute http(s) address; None if it has words to read."""
    if len(page) > _READ:
        return None
    html = decode(page, content_type) if isinstance(page, bytes) else page
    targets = _targets(html)
    if targets and not _says_little(html):
        bare = _NOT_FOR_ALL.sub(" ", html)
        targets = _refreshes(bare) if _says_little(_LINKS.sub(" ", bare)) else []
    for target in targets:
        try:
            there = urldefrag(urljoin(address, unescape(target).strip())).url
        except ValueError:
            continue
        if there.startswith(("http://", "https://")) and there != urldefrag(address).url:
            return there
    return None


def _says_little(html: str) -> bool:
    words = _UNSEEN.sub(" ", html).split()
    return len(words) <= _MOST_WORDS and sum(map(len, words)) <= _MOST_CHARACTERS


def _targets(html: str) -> list[str]:
    found = _refreshes(html)
    for script in _SCRIPT.finditer(html) if "location" in html else ():
        # A script that does more than send on may do so under a condition.
        if script[2] and len(script[1]) < 500 and (location := _LOCATION.search(script[1])):
            found.append(location[1])
    return found


def _refreshes(html: str) -> list[str]:
    found = []
    for meta in _META.finditer(html):
        content = _CONTENT.search(meta[1]) if _REFRESHES.search(meta[1]) else None
        refresh = _REFRESH.match(unescape(next(filter(None, content.groups()), ""))) if content else None
        if refresh and int(refresh[1]) <= _SOON:
            found.append(refresh[2])
    return found
