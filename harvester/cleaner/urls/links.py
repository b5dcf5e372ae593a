"""The links of an article made absolute, as a browser reads them."""

from __future__ import annotations

from harvester.cleaner.budget import Budget
from harvester.cleaner.html.dom import Element, Text, descendants, text_content
from harvester.cleaner.urls.resolve import Url, absolute, parse_url


def make_links_absolute(content: Element, document: Element, address: str, *, has_base: bool) -> None:
    """Make the links below `content` absolute in place; `document`, loaded from `address`, may have a ``<base>``."""
    if links := _links(content):
        document_url = parse_url(address)
        base = _base_url(document_url, document) if has_base else document_url
        _make_absolute(links, document_url, base)


def _links(content: Element) -> list[Element]:
    """Return the links below `content`, after those to ``javascript:`` were reduced to their text."""
    links: list[Element] = []
    pending = [content]
    while pending:
        element = pending.pop()
        for place, child in enumerate(element.children):
            if type(child) is not Element:
                continue
            href = child.attrs.get("href") if child.tag == "a" else None
            if href and href.startswith("javascript:"):
                element.children[place] = Text(text_content(child), element)
                continue
            if href:
                links.append(child)
            pending.append(child)
    return links


def _make_absolute(links: list[Element], document_url: Url | None, base: Url | None) -> None:
    same = base is not None and document_url is not None and base.href == document_url.href
    known: dict[str, str] = {}
    budget = Budget()
    for link in links:
        href = link.attrs["href"]
        if same and href[0] == "#":
            continue
        if href not in known:
            known[href] = absolute(href, base) or href
            budget.spend(len(known[href]))
        link.attrs["href"] = known[href]


def _base_url(document_url: Url | None, document: Element) -> Url | None:
    """Return the final ``document.baseURI``: bases in the body may be gone by then, or back."""
    for element in descendants(document):
        if element.tag == "base" and not element.foreign and "href" in element.attrs:
            url = parse_url(element.attrs["href"], document_url)
            return document_url if url is None or url.scheme in ("data", "javascript") else url
    return document_url
