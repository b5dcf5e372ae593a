"""The parts of a page that a selection names, in place of the article: for pages that no rule of Readability serves.

Selected as Open Terms Archive does it: what is to be removed goes first, then each selector gives the elements that
it finds and each range what lies in it, in the order of the list. Scripts, styles, frames and templates hold no text.
"""

from __future__ import annotations

import turbohtml

from harvester.catalogue.selection import Part, Range, Selection
from harvester.cleaner.html.corrections import corrected
from harvester.cleaner.html.dom import Element, descendants, escape_attribute, escape_text
from harvester.cleaner.html.guard import tame
from harvester.cleaner.html.parse import parse
from harvester.cleaner.readability import Article
from harvester.cleaner.readability.prepare import DROPPED
from harvester.cleaner.readability.title import document_title
from harvester.cleaner.urls.links import make_links_absolute

_WITHOUT_TEXT = DROPPED | {"template", "iframe", "noframes"}


def extract_selected(html: str, address: str, selection: Selection) -> Article:
    """Take the selected parts out of a page that was loaded from `address`; no content if nothing of it is there."""
    page = turbohtml.parse(tame(corrected(html)), scripting=True, positions=False)
    whole = parse(html, _WITHOUT_TEXT)
    title = document_title({"title": _named(whole, "title")})
    bases = [one.attrs["href"] for one in _named(whole, "base") if "href" in one.attrs]
    for part in selection.remove:
        _remove(page, part)
    found = _found(page, selection)
    if not found:
        return Article(title, None)
    base = f'<base href="{escape_attribute(bases[0])}">' if bases else ""
    document = parse(f"<!DOCTYPE html><title>{escape_text(title)}</title>{base}<body>{''.join(found)}", _WITHOUT_TEXT)
    content = _named(document, "body")[0]
    make_links_absolute(content, document, address, has_base=bool(bases))
    return Article(title, content)


def _named(root: Element, tag: str) -> list[Element]:
    return [one for one in descendants(root) if one.is_html(tag)]


def _found(page: turbohtml.Document, selection: Selection) -> list[str]:
    """Return the selected parts as HTML; an element inside one that was taken is not taken again."""
    pieces: list[str] = []
    taken: set[turbohtml.Node] = set()
    for part in selection.select:
        if isinstance(part, Range):
            if (between := _range(page, part)) is not None:
                pieces.append(f"<div>{between.clone_contents().serialize()}</div>")
            continue
        for element in page.select(part):
            if element not in taken and not any(one in taken for one in element.ancestors):
                taken.add(element)
                pieces.append(f"<div>{element.serialize()}</div>")
    return pieces


def _remove(page: turbohtml.Document, part: Part) -> None:
    if isinstance(part, Range):
        if (between := _range(page, part)) is not None:
            between.delete_contents()
        return
    for element in page.select(part):
        element.decompose()


def _range(page: turbohtml.Document, part: Range) -> turbohtml.Range | None:
    """Return a range of a page, up to the first end after its start; None when an end of it is not there."""
    start = page.select_one(part.start_before or part.start_after or "")
    if start is None:
        return None
    for end in page.select(part.end_before or part.end_after or ""):
        found = turbohtml.Range(page)
        (found.set_start_before if part.start_before else found.set_start_after)(start)
        (found.set_end_before if part.end_before else found.set_end_after)(end)
        # An end before the start would have moved the start there.
        if not found.collapsed:
            return found
    return None
