"""Character references of HTML (`&eacute;`, `&#233;`) in texts that strangers sent."""

from __future__ import annotations

import html
import re

_LONG = re.compile("&#([0-9]{100,})")  # Python reads no number of more than 4,300 digits
_BEYOND_UNICODE = 9  # digits


def unescape(text: str) -> str:
    """Return the text with the characters that its references name; one beyond Unicode is U+FFFD, as in a browser."""
    return html.unescape(_LONG.sub(_short, text))


def _short(reference: re.Match[str]) -> str:
    return f"&#{reference[1].lstrip('0')[:_BEYOND_UNICODE] or '0'}"
