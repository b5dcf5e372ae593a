"""Markup rewritten that turbohtml 1.15 reads otherwise than browsers of 2019 did; nearly all pages stay as they are.

Each rule was found by the fuzzer (tests/cleaner/fuzz); to a page without such markup all of them cost one search.
"""

from __future__ import annotations

import re

from harvester.cleaner.html.guard import FORMATTING, NO_MARKUP

_TOUCHED = re.compile(r"<(/?head|html|select|pre|listing)[\s/>]", re.IGNORECASE | re.ASCII)
"""Matches the tags that the rules below rewrite, or look for."""
_OF_THE_HEAD = frozenset(("/head", "head", "html"))

_HEAD_ENDS = re.compile(r"</head[\s/>]", re.IGNORECASE | re.ASCII)
_HEAD_AGAIN = re.compile(r"<(?:head|html)[\s/>]", re.IGNORECASE | re.ASCII)
# Possessive, and every character is taken by one of its parts: it cannot go back, so it is linear on any page.
_ATTRIBUTES = r"(?:[^>=]|=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|(?![\"'])))*+"
_HEAD_PART = re.compile(
    rf"{NO_MARKUP}|<(?P<tag>/head|html|head|body)(?=[\s/>]){_ATTRIBUTES}(?:>|\Z)", re.IGNORECASE | re.DOTALL | re.ASCII
)

_SELECT = re.compile(r"<select(?=[\s/>]).*?(?:</select|\Z)", re.IGNORECASE | re.DOTALL | re.ASCII)
_ODD_IN_SELECT = re.compile(rf"</?(?:{FORMATTING}|textarea|keygen)(?=[\s/>])", re.IGNORECASE | re.ASCII)
_TABLE_PARTS = ("caption", "table", "tbody", "tfoot", "thead", "tr", "td", "th")
_SELECT_ENDS = frozenset(("/select", "input", "keygen", "textarea", *_TABLE_PARTS))
_SELECT_PART = re.compile(
    rf"{NO_MARKUP}|<(?P<formatting>/?(?:{FORMATTING}))(?=[\s/>]){_ATTRIBUTES}(?:>|\Z)"
    rf"|<(?P<edge>{'|'.join(sorted(_SELECT_ENDS))}|select)(?=[\s/>]){_ATTRIBUTES}(?:>|\Z)"
    rf"|<[a-z/]{_ATTRIBUTES}(?:>|\Z)",
    re.IGNORECASE | re.DOTALL | re.ASCII,
)
_LINE_FEED_AFTER_PRE = re.compile(r"(<(?:pre|listing)(?:\s[^<>]*)?>)(?:\r\n|\r|\n)(?![\r\n])", re.IGNORECASE | re.ASCII)


def corrected(html: str) -> str:
    """Return `html` rewritten so that turbohtml reads it as a browser of 2019 would."""
    tags = [tag.lower() for tag in _TOUCHED.findall(html)]
    if "/head" not in tags[:-1] and _OF_THE_HEAD.issuperset(tags):
        return html  # as most
    return without_line_feed_after_pre(with_selects_of_2019(with_one_head(html)))


def with_one_head(html: str) -> str:
    """Return `html` without ``<head>`` and ``<html>`` after a ``</head>``: turbohtml 1.15 takes them for the body's
    beginning.

    Browsers ignore the one and take attributes from the other, which nothing here uses.
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


def with_selects_of_2019(html: str) -> str:
    """Return `html` with ``<select>`` as it was read until 2025: without formatting, and ended where a ``<textarea>``
    begins.

    turbohtml allows both in it, and formatting left open there then continues after it.
    """
    if not any(_ODD_IN_SELECT.search(select[0]) for select in _SELECT.finditer(html)):
        return html
    inside = False

    def kept(match: re.Match[str]) -> str:
        nonlocal inside
        if match["formatting"]:
            return "" if inside else match[0]
        edge = (match["edge"] or match["raw"] or "").lower()
        was_inside = inside
        if edge in _SELECT_ENDS:
            inside = False
        elif edge == "select":
            inside = not inside  # a second one ends the first, and begins none
        return "</select>" + match[0] if was_inside and edge in ("textarea", "keygen") else match[0]

    return _SELECT_PART.sub(kept, html)


def without_line_feed_after_pre(html: str) -> str:
    """Return `html` without the line feed right after ``<pre>`` that browsers drop: turbohtml reopens formatting for
    it.
    """
    return _LINE_FEED_AFTER_PRE.sub(r"\1", html)
