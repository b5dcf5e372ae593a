"""The path of pages to this one in a block of its own: a layout may have it in one cell with the text below it."""

from __future__ import annotations

import re

_LINK = r"\[[^\[\]\n]{1,60}\]\([^()\s]*\)"
_ARROW = r"[ \u00a0]{0,2}[>›»→/\"][ \u00a0]{1,2}"  # the comparable text has " for »
_NAME = r"[^\[\]|>›»→/\".!?:,;\d\n]{1,60}"
_PATH = re.compile(
    rf"(\n(?:\|[ \u00a0]*)?{_LINK}(?:{_ARROW}(?:{_LINK}|{_NAME})){{1,5}})  \n(?=[^\W_]|[_\"'(]|\*{{1,2}}\S)"
)


def part(text: str) -> str:
    """Return the text with a blank line behind each path, a link and names behind arrows, that ends its line."""
    return _PATH.sub(r"\1\n\n", text)
