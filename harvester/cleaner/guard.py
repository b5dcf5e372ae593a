"""What the parser is spared: markup that would cost more than linear time, and a head that begins again.

A formatting element that is never closed is opened again in every later block, so n of them can make n² nodes (HTML
standard, "reconstruct the active formatting elements"). Beyond a number of open ones that no page of the corpus comes
near, tags that open one more are left out. Below it nothing is changed.
"""

from __future__ import annotations

import re

_MOST_FORMATTING = 100  # formatting elements open at once
_LOOKED_AT = 2000  # a page of fewer tags cannot cost much
_LOOKED_AT_CLOSELY = 15000  # in one of fewer, tags that end none cannot hide many that begin one

_NAMES = "a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u"
_FORMATTING_TAG = re.compile(rf"<(/?)(?:{_NAMES})(?=[\s/>])", re.IGNORECASE | re.ASCII)
_NO_MARKUP = (
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<raw>script|style|textarea|title|xmp|iframe|noembed|noframes|noscript|plaintext)(?=[\s/>])"
    r".*?(?:</(?P=raw)(?=[\s/>])|\Z)"
)
_PART = re.compile(
    rf"{_NO_MARKUP}|<(?P<end>/?)(?P<tag>{_NAMES})(?=[\s/>])[^>]*(?:>|\Z)", re.IGNORECASE | re.DOTALL | re.ASCII
)
_HEAD_ENDS = re.compile(r"</head[\s/>]", re.IGNORECASE | re.ASCII)
_HEAD_AGAIN = re.compile(r"<(?:head|html)[\s/>]", re.IGNORECASE | re.ASCII)
# Possessive, and every character is taken by one of its parts: it cannot go back, so it is linear on any page.
_ATTRIBUTES = r"(?:[^>=]|=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|(?![\"'])))*+"
_HEAD_PART = re.compile(
    rf"{_NO_MARKUP}|<(?P<tag>/head|html|head|body)(?=[\s/>]){_ATTRIBUTES}(?:>|\Z)", re.IGNORECASE | re.DOTALL | re.ASCII
)


def tame(html: str) -> str:
    """`html` without the tags that would open too many formatting elements; nearly always `html` itself."""
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
    for match in _PART.finditer(html):
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
    if not kept:
        return html
    kept.append(html[at:])
    return "".join(kept)


def with_one_head(html: str) -> str:
    """`html` without ``<head>`` and ``<html>`` after a ``</head>``: turbohtml 1.15 takes them for the body's beginning.

    Browsers ignore the one and take attributes from the other, which nothing here asks for.
    """
    end = _HEAD_ENDS.search(html)
    if end is None or not _HEAD_AGAIN.search(html, end.end()):
        return html
    ended = begun = False

    def kept(match: re.Match[str]) -> str:
        nonlocal ended, begun
        tag = (match["tag"] or "").lower()
        ended = ended or tag == "/head"
        begun = begun or tag == "body"
        return "" if ended and not begun and tag in ("head", "html") else match[0]

    return _HEAD_PART.sub(kept, html)


def _close(active: dict[str, None], name: str) -> None:
    for tag in reversed(active):
        if tag[1 : 1 + len(name)].lower() == name and not tag[1 + len(name) : 2 + len(name)].isalnum():
            del active[tag]
            return
