"""Keeps hostile markup from costing the parser more than linear time.

lexbor searches its stack of open elements at every tag, so 100,000 nested elements take it minutes; and an unclosed
formatting element is opened again in every later block, so n of them can make n² nodes. Beyond depths that no page of
the corpus comes near, tags that open one more level are left out. Below them nothing is changed.
"""

from __future__ import annotations

import re

# Blink nests 512 deep; what is deeper becomes siblings, so that nothing is lost by leaving out tags far below.
_DEEPEST = 2000
_MOST_FORMATTING = 100  # formatting elements open at once
_LOOKED_AT = 2000  # a page of fewer tags cannot cost much
_DEEP_LOOKED_AT = 15000

_FORMATTING = frozenset(
    ("a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u")
)
# A new one closes the one before, or is ignored.
_NOT_IN_ITSELF = frozenset(("a", "nobr", "button", "form", "select"))
# Void, or closed by the next of their kind: they do not nest by themselves.
_SHALLOW = frozenset(
    [
        "area",
        "base",
        "basefont",
        "bgsound",
        "br",
        "col",
        "embed",
        "frame",
        "hr",
        "image",
        "img",
        "input",
        "keygen",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "dd",
        "dt",
        "option",
        "tr",
        "td",
        "th",
        "tbody",
        "thead",
        "tfoot",
        "colgroup",
        "caption",
        "html",
        "head",
        "body",
    ]
)
_FORMATTING_TAG = re.compile(
    r"<(/?)(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/>])", re.IGNORECASE | re.ASCII
)
_PART = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<raw>script|style|textarea|title|xmp|iframe|noembed|noframes|noscript|plaintext)(?=[\s/>])"
    r".*?(?:</(?P=raw)(?=[\s/>])|\Z)"
    r"|<(?P<end>/?)(?P<tag>[a-z][^\s/>]*)[^>]*(?:>|\Z)",
    re.IGNORECASE | re.DOTALL | re.ASCII,
)

_LONG_TAG = 20_000  # characters; a tag as long may hold attributes enough to matter
_LONG_TAGS = re.compile(rf"<[a-z][^<>]{{{_LONG_TAG},}}", re.IGNORECASE | re.ASCII)
_MOST_ATTRIBUTES = 500  # of one tag; lexbor compares each with all before it
_ATTRIBUTE = re.compile(r"""[\s/]*[^\s/>=][^\s/>=]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"'][^\s>]*)?)?""")


def tame(html: str) -> str:
    """`html` without the tags that would nest deeper than any browser nests; nearly always `html` itself."""
    if len(html) > _LONG_TAG:
        html = _LONG_TAGS.sub(_fewer_attributes, html)
    tags = html.count("<")
    if tags < _LOOKED_AT:
        return html
    if tags < _DEEP_LOOKED_AT:
        ends = _FORMATTING_TAG.findall(html)
        if len(ends) - 2 * ends.count("/") <= _MOST_FORMATTING:
            return html
    return _tamed(html)


def _fewer_attributes(tag: re.Match[str]) -> str:
    text = tag[0]
    at = 0
    for _ in range(_MOST_ATTRIBUTES + 1):  # the name is read as one
        attribute = _ATTRIBUTE.match(text, at)
        if attribute is None:
            return text
        at = attribute.end()
    return text[:at]


def _tamed(html: str) -> str:
    kept: list[str] = []
    at = 0
    opened: list[tuple[str, bool]] = []  # name and whether the tag was left in
    counts: dict[str, int] = {}
    active: dict[str, None] = {}  # open formatting elements by their whole tag: browsers reopen at most three alike
    for match in _PART.finditer(html):
        name = match["tag"]
        if name is None:
            continue
        name = name.lower()
        if name in _SHALLOW:
            continue
        if match["end"]:
            if not counts.get(name):
                if name in _FORMATTING:
                    _close(active, name)
                continue
            leave = True
            while opened:
                last, leave = opened.pop()
                counts[last] -= 1
                if last == name:
                    break
        else:
            leave = len(opened) < _DEEPEST
            if name in _FORMATTING:
                tag = match[0]
                if name == "a":
                    _close(active, name)
                leave = leave and (len(active) < _MOST_FORMATTING or tag in active)
                active[tag] = None
            if name not in _NOT_IN_ITSELF:
                opened.append((name, leave))
                counts[name] = counts.get(name, 0) + 1
        if name in _FORMATTING and match["end"]:
            _close(active, name)
        if not leave:
            kept.append(html[at : match.start()])
            at = match.end()
    if not kept:
        return html
    kept.append(html[at:])
    return "".join(kept)


def _close(active: dict[str, None], name: str) -> None:
    for tag in reversed(active):
        if tag[1 : 1 + len(name)].lower() == name and not tag[1 + len(name) : 2 + len(name)].isalnum():
            del active[tag]
            return
