"""A parsed page -> its article, as Mozilla's Readability.js at commit d6fc38c (2019-10-21) takes it out.

The order of things here is that of its ``parse`` and ``_grabArticle``; the parts are in `prepare`, `title`,
`candidates` and `article`. When an article comes out shorter than 500 characters, the page is restored and tried
again with one more rule switched off; if all fail, the longest attempt is taken.
"""

from __future__ import annotations

import re

from harvester.cleaner.html import parse as parsing
from harvester.cleaner.html.dom import Element, discard, inner_html
from harvester.cleaner.html.xml import XmlPage
from harvester.cleaner.readability.article import clean_article
from harvester.cleaner.readability.candidates import Flags, choose, join_siblings, score, trim_page
from harvester.cleaner.readability.measure import inner_length, measure
from harvester.cleaner.readability.prepare import DROPPED, prepare
from harvester.cleaner.readability.title import document_title, readability_title
from harvester.cleaner.urls.links import make_links_absolute

_CHARACTER_THRESHOLD = 500  # DEFAULT_CHAR_THRESHOLD
_LIKELY_SHORT = 750  # characters outside links: a third is soon header and footer
_DOCTYPE = re.compile(r"(?>\s++|<!--(?>.*?-->))*+(<!doctype[^>]*>)", re.IGNORECASE | re.DOTALL)


class Article:
    """The extraction from a page: the document's title and the element that holds the article (None: no article)."""

    __slots__ = ("content", "title")

    def __init__(self, title: str, content: Element | None) -> None:
        self.title = title
        self.content = content


def extract(source: str | XmlPage, address: str) -> Article:
    """Take the article out of a page, HTML or XML, that a browser loaded from `address` (links become absolute)."""
    document = _tree(source, DROPPED)
    named = prepare(document)
    title = document_title(named)
    readable_title = readability_title(title, named)
    page = _page(document)
    if page is None:
        return Article(title, None)
    content = _grab(source, document, page, readable_title, "base" in named)
    if content is not None:
        make_links_absolute(content, document, address, has_base="base" in named)
    discard(document)
    return Article(title, content)


def _tree(source: str | XmlPage, drop: frozenset[str]) -> Element:
    return parsing.parse(source, drop) if isinstance(source, str) else source.parse(drop)


def _page(document: Element) -> Element | None:
    """Return ``document.body``: the first body or frameset of the html element."""
    for root in document.elements:
        for child in root.elements:
            if child.is_of_html("body") or child.is_of_html("frameset"):
                return child
    return None


def _grab(source: str | XmlPage, document: Element, page: Element, title: str, has_base: bool) -> Element | None:
    flags = Flags()
    attempts: list[tuple[int, Element]] = []
    restored = inner_html(page) if isinstance(source, str) and _is_likely_short(page) else None
    while True:
        flags.weighed = flags.cleaned = False
        began = (len(attempts) > 0, flags.byline_found, page.score is None)
        scored = trim_page(document, flags)
        core = choose(score(scored, flags), page, flags)
        content = join_siblings(core)
        clean_article(content, title, flags)
        size = inner_length(content)
        if size >= _CHARACTER_THRESHOLD:
            return content
        again = _switch_off(flags, began == (True, flags.byline_found, page.score is None))
        attempts.append((size, content))
        if again or has_base:  # after the last attempt only a base in the page still counts
            if isinstance(source, str):
                restored = _prepared_html(source) if restored is None else restored
                _set_inner_html(page, source, restored)
            else:
                _put_back(page, source)
        if not again:
            size, content = max(attempts, key=lambda attempt: attempt[0])
            for _, other in attempts:
                if other is not content:
                    discard(other)
            return content if size else None


def _is_likely_short(page: Element) -> bool:
    """Return whether more than one attempt is likely: then the page is kept beforehand, or else made again."""
    _, letters, words, _, _, _, linked = measure(page)
    return letters + words - linked < _LIKELY_SHORT


def _switch_off(flags: Flags, begins_alike: bool) -> bool:
    """Switch off one more rule for the next attempt; False when there is none to make.

    `begins_alike`: the next attempt begins with what the last began with. Then a rule that decided nothing in the last
    is switched off without an attempt, which would come out the same (of equal attempts the first is taken).
    """
    if flags.strip_unlikely:
        flags.strip_unlikely = False
        return True
    if flags.weight_classes:
        flags.weight_classes = False
        if flags.weighed or not begins_alike:
            return True
    if flags.clean_conditionally:
        flags.clean_conditionally = False
        return flags.cleaned or not begins_alike
    return False


def _prepared_html(html: str) -> str:
    """Return ``body.innerHTML`` as it was before the first attempt, made again only when needed."""
    document = parsing.parse(html, DROPPED)
    prepare(document)
    page = _page(document)
    inner = "" if page is None else inner_html(page)
    discard(document)
    return inner


def _set_inner_html(page: Element, source: str, inner: str) -> None:
    """Set ``page.innerHTML = inner``: parse it again, in the quirks mode of the page of `source`."""
    doctype = _DOCTYPE.match(source)
    opening = "<html><head></head><frameset>" if page.tag == "frameset" else "<html><head></head><body>"
    _replace_children(page, parsing.parse((doctype[1] if doctype else "") + opening + inner))


def _replace_children(page: Element, again: Element) -> None:
    """Put what the body of the document `again` holds in place of what `page` holds; the rest of it is discarded."""
    page.measure = page.census = None
    discard(page)
    if (body := _page(again)) is not None:
        for child in body.children:
            page.append(child)
        body.children = []
    discard(again)


def _put_back(page: Element, source: XmlPage) -> None:
    """Set ``page.innerHTML`` to what it was in a page of XML, which is read back as it was written."""
    document = source.parse(DROPPED)
    prepare(document)
    _replace_children(page, document)
