"""The hints that Readability takes from class, id and style of an element, and the tag names it treats alike.

Patterns and lists are Readability.js's own constants (commit d6fc38c, ``REGEXPS`` and the lists beside it); case is
ignored for ASCII letters only, as ECMAScript does without the ``u`` flag.
"""

from __future__ import annotations

import re
from functools import lru_cache

from harvester.cleaner.html.css import display_of
from harvester.cleaner.html.dom import Comment, Element, Node, Text
from harvester.cleaner.readability.measure import measure_text

_FLAGS = re.IGNORECASE | re.ASCII

_UNLIKELY = re.compile(
    "-ad-|ai2html|banner|breadcrumbs|combx|comment|community|cover-wrap|disqus|extra|footer|gdpr|header|legends|menu"
    "|related|remark|replies|rss|shoutbox|sidebar|skyscraper|social|sponsor|supplemental|ad-break|agegate|pagination"
    "|pager|popup|yom-remote",
    _FLAGS,
)
_MAYBE = re.compile("and|article|body|column|content|main|shadow", _FLAGS)
_POSITIVE = re.compile("article|body|content|entry|hentry|h-entry|main|page|pagination|post|text|blog|story", _FLAGS)
_NEGATIVE = re.compile(
    r"hidden|^hid\Z| hid\Z| hid |^hid |banner|combx|comment|com-|contact|foot|footer|footnote|gdpr|masthead|media|meta"
    "|outbrain|promo|related|scroll|share|shoutbox|sidebar|skyscraper|sponsor|shopping|tags|tool|widget",
    _FLAGS,
)
_BYLINE = re.compile("byline|author|dateline|writtenby|p-author", _FLAGS)
_SHARE = re.compile(r"(\b|_)(share|sharedaddy)(\b|_)", _FLAGS)
VIDEO = re.compile(
    r"//(www\.)?((dailymotion|youtube|youtube-nocookie|player\.vimeo|v\.qq)\.com|(archive|upload\.wikimedia)\.org"
    r"|player\.twitch\.tv)",
    _FLAGS,
)

# A div that contains one of these anywhere is not a paragraph in disguise (``DIV_TO_P_ELEMS``).
BLOCKS = frozenset(["a", "blockquote", "dl", "div", "img", "ol", "p", "pre", "table", "ul", "select"])
# What may be in a paragraph (``PHRASING_ELEMS``); a, del and ins may if all they contain may.
_PHRASING = frozenset(
    [
        "abbr",
        "audio",
        "b",
        "bdo",
        "br",
        "button",
        "cite",
        "code",
        "data",
        "datalist",
        "dfn",
        "em",
        "embed",
        "i",
        "img",
        "input",
        "kbd",
        "label",
        "mark",
        "math",
        "meter",
        "noscript",
        "object",
        "output",
        "progress",
        "q",
        "ruby",
        "samp",
        "script",
        "select",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "textarea",
        "time",
        "var",
        "wbr",
    ]
)
_TRANSPARENT = frozenset(("a", "del", "ins"))

# Weight of a class or id that sounds like content or like trimmings (``_getClassWeight``).
_WEIGHT = 25


@lru_cache(maxsize=4096)
def is_unlikely(class_and_id: str) -> bool:
    """Return whether class and id suggest clutter and not content."""
    return _UNLIKELY.search(class_and_id) is not None and _MAYBE.search(class_and_id) is None


@lru_cache(maxsize=4096)
def sounds_like_byline(class_and_id: str) -> bool:
    """Return whether class and id suggest an author's line."""
    return _BYLINE.search(class_and_id) is not None


@lru_cache(maxsize=4096)
def sounds_like_sharing(class_and_id: str) -> bool:
    """Return whether class and id suggest buttons for sharing."""
    return _SHARE.search(class_and_id) is not None


@lru_cache(maxsize=4096)
def _weight(name: str) -> int:
    if not name:
        return 0
    return _WEIGHT * (_POSITIVE.search(name) is not None) - _WEIGHT * (_NEGATIVE.search(name) is not None)


def class_weight(element: Element) -> int:
    """Return -50..50 by what class and id suggest."""
    attrs = element.attrs
    if not attrs:
        return 0
    return _weight(class_name(element)) + _weight(attrs.get("id", ""))


def class_name(element: Element) -> str:
    """Return ``className``; an SVG element's is not a string in a browser and matches nothing."""
    return "" if element.foreign == "svg" else element.attrs.get("class", "")


def class_and_id(element: Element) -> str:
    """Return what Readability matches its patterns against."""
    get = element.attrs.get
    return f"{'' if element.foreign == 'svg' else get('class', '')} {get('id', '')}"


def is_probably_visible(element: Element) -> bool:
    """Judge visibility by inline style, ``hidden`` and ``aria-hidden``; style sheets are ignored.

    MathML elements of 2019 had no `style` (CSSOM's ElementCSSInlineStyle came to them with MathML Core).
    """
    attrs = element.attrs
    if "hidden" in attrs or attrs.get("aria-hidden") == "true":
        return False
    style = attrs.get("style")
    return style is None or element.foreign == "math" or display_of(style) != "none"


def is_phrasing(node: Node) -> bool:
    """Return whether `node` may be in a paragraph."""
    pending = [node]
    while pending:
        node = pending.pop()
        if type(node) is Comment:
            return False
        if type(node) is Element:
            if node.foreign:
                return False
            if node.tag in _TRANSPARENT:
                pending.extend(node.children)
            elif node.tag not in _PHRASING:
                return False
    return True


def is_white_space(node: Node) -> bool:
    """Return whether `node` is a text of only white space, or a ``br``."""
    if type(node) is Text:
        return not (node.measure or measure_text(node))[2]
    return type(node) is Element and node.tag == "br" and not node.foreign


def note_kinds(root: Element) -> None:
    """Set `phrasing` and `has_block` on `root` and every element below it."""
    elements = [root]
    for element in elements:  # grows while it runs: parents come before what they hold
        for child in element.children:
            if type(child) is Element:
                elements.append(child)
    for element in reversed(elements):
        tag = element.tag
        element.phrasing = tag in _PHRASING and not element.foreign
        if tag in _TRANSPARENT and not element.foreign:
            element.phrasing = all(
                child.phrasing if type(child) is Element else type(child) is Text for child in element.children
            )
        for child in element.children:
            if type(child) is Element and (child.has_block or (child.tag in BLOCKS and not child.foreign)):
                element.has_block = True
                break
        else:
            element.has_block = False
