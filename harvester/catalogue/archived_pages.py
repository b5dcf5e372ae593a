"""The page that an address in a web archive is about, as people copy such addresses from a browser."""

from __future__ import annotations

import re
from urllib.parse import unquote

_CAPTURE = re.compile(r"https?://[^/]+/(?:[^?#]*/)?(?:[0-9]{4,14}[*]?|[*])(?:[a-z]{2}_)?/(https?://.+)", re.IGNORECASE)
"""The address of a capture in an archive's playback, and the captured page's inside it."""

_BARE = re.compile(r"https?://[^/]+/(?:web|wayback)/[0-9]{14}(?:[a-z]{2}_)?/([^/?#]+\.[^/?#]+/.*)", re.IGNORECASE)
"""The same of the page without its scheme, in archives that are laid out as the Wayback Machine."""

_WAYBACK = re.compile(r"https?://web\.archive\.org(?::[0-9]+)?(?=[/?#]|$)", re.IGNORECASE)
_IN_WAYBACK = re.compile(
    r"/(?:web|save)/(?:(?:[0-9]{1,14}[*]?|[*])(?:[a-z]{2}_)?/)?(?:(https?):/{1,2})?([^/?#:]+\.[^/?#]+.*)", re.IGNORECASE
)
"""What stands behind that, where one part or another is left out."""

_ESCAPED = re.compile(r"(?<=/)https?%3a.*", re.IGNORECASE)
"""The page's address as documents of the corpus spell it, as one escaped value."""


def page_inside(url: str) -> str | None:
    """Return the address of the page that an address in an archive is about; None for any other address.

    Raises ValueError for an address in the Wayback Machine that names no page.
    """
    url = _ESCAPED.sub(lambda found: unquote(found[0]), url)
    if (capture := _CAPTURE.match(url)) is not None:
        return capture[1]
    if (archive := _WAYBACK.match(url)) is not None:
        if (page := _IN_WAYBACK.fullmatch(url, archive.end())) is None:
            raise ValueError(f"{url} is an address of the archive and names no page of a site")
        return f"{(page[1] or 'http').lower()}://{page[2]}"
    bare = _BARE.fullmatch(url)
    return f"http://{bare[1]}" if bare else None
