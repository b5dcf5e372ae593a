"""Guard the parser against markup that would cost more than linear time.

A formatting element that is never closed is opened again in every later block, so n of them can make n² nodes (HTML
standard, "reconstruct the active formatting elements"). Beyond a number of open ones that no page of the corpus comes
near, tags that open one more are left out. Below it nothing is changed. Since each of those may still be opened again
in every block, a page of so many of both is refused.
"""

from __future__ import annotations

import re

from harvester.errors import CleaningError

_MOST_FORMATTING = 100  # formatting elements open at once
_MOST_REOPENED = 1_500_000  # formatting elements opened again: 400 bytes each
_LOOKED_AT = 500  # a page of fewer tags cannot cost much
_LOOKED_AT_CLOSELY = 15000  # in one of fewer, tags that end none cannot hide many that begin one

FORMATTING = "a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u"
_FORMATTING_TAG = re.compile(rf"<(/?)(?=[a-cefinstu])(?:{FORMATTING})(?=[\s/>])", re.IGNORECASE | re.ASCII)
NO_MARKUP = (
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<raw>script|style|textarea|title|xmp|iframe|noembed|noframes|noscript|plaintext)(?=[\s/>])"
    r".*?(?:</(?P=raw)(?=[\s/>])|\Z)"
)
_PART = re.compile(
    rf"{NO_MARKUP}|<(?P<end>/?)(?P<tag>{FORMATTING})(?=[\s/>])[^>]*(?:>|\Z)", re.IGNORECASE | re.DOTALL | re.ASCII
)


def tame(html: str) -> str:
    """Return `html` without the tags that would open too many formatting elements; nearly always `html` itself.

    Raises CleaningError ``too-costly``.
    """
    tags = html.count("<")
    if tags < _LOOKED_AT:
        return html
    if tags < _LOOKED_AT_CLOSELY:
        ends = _FORMATTING_TAG.findall(html)
        if len(ends) - 2 * ends.count("/") <= _MOST_FORMATTING:
            return html
    kept: list[str] = []
    at = 0
    active: dict[str, None] = {}  # open formatting elements by their whole tag: browsers reopen at most three alike
    seen = reopened = 0
    for match in _PART.finditer(html):
        reopened += html.count("<", seen, match.start()) * len(active)
        seen = match.end()
        if match["tag"] is None:
            continue
        name, tag = match["tag"].lower(), match[0]
        if match["end"] or name == "a":
            _close(active, name)
        if match["end"]:
            continue
        if len(active) >= _MOST_FORMATTING and tag not in active:
            kept.append(html[at : match.start()])
            at = match.end()
        else:
            active[tag] = None
    if reopened + html.count("<", seen) * len(active) > _MOST_REOPENED:
        raise CleaningError("too-costly", "formatting that is never closed would be opened again a million times")
    if not kept:
        return html
    kept.append(html[at:])
    return "".join(kept)


def _close(active: dict[str, None], name: str) -> None:
    for tag in reversed(active):
        if tag[1 : 1 + len(name)].lower() == name and not tag[1 + len(name) : 2 + len(name)].isalnum():
            del active[tag]
            return
