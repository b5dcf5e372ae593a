"""Readability's first step on a page: chains of ``<br>`` become paragraphs, ``<font>`` becomes ``<span>``.

(Scripts, styles and noscripts are left out when the tree is built.)
"""

from __future__ import annotations

from harvester.cleaner.html.dom import Comment, Element, Node, Text, descendants
from harvester.cleaner.readability.ecma import is_blank
from harvester.cleaner.readability.hints import is_phrasing, is_white_space
from harvester.cleaner.readability.measure import measure_text

# Removed before anything else is looked at (``_removeScripts``, ``_prepDocument``).
DROPPED = frozenset(("script", "noscript", "style"))


def prepare(document: Element) -> dict[str, list[Element]]:
    """Prepare `document` in place; returns its elements by name, in document order."""
    named: dict[str, list[Element]] = {}
    for element in descendants(document):
        named.setdefault(element.tag, []).append(element)
    parents = {id(element.parent): element.parent for element in named.get("br", ()) if element.parent is not None}
    for parent in parents.values():
        _replace_breaks(parent)
    for font in named.pop("font", ()):
        font.tag, font.foreign = "span", ""
    return named


def _is_break(node: Node) -> bool:
    return type(node) is Element and node.tag == "br" and not node.foreign


def is_skipped(node: Node) -> bool:
    """Return whether the search for the next element (``_nextElement``) skips `node`."""
    if type(node) is Text:
        return not (node.measure or measure_text(node))[2]
    return type(node) is Comment and is_blank(node.data)


def _replace_breaks(parent: Element) -> None:
    """Replace, in `parent`, each chain of two or more ``br`` by a ``p`` that takes in the phrasing content after it.

    White space between the breaks does not end a chain and moves into the paragraph.
    """
    children = parent.children
    count = len(children)
    # What the search for the next element, started at an index, finds.
    found = [count] * (count + 1)
    for index in range(count - 1, -1, -1):
        found[index] = found[index + 1] if is_skipped(children[index]) else index

    def starts_chain(index: int) -> bool:
        following = found[index + 1]
        return following < count and _is_break(children[following])

    if not any(_is_break(child) and starts_chain(index) for index, child in enumerate(children)):
        return
    kept: list[Node] = []
    index = 0
    while index < count:
        child = children[index]
        if not (_is_break(child) and starts_chain(index)):
            kept.append(child)
            index += 1
            continue
        paragraph = Element("p", parent=parent)
        kept.append(paragraph)
        between: list[Node] = []
        index = _skip_chain(children, found, index + 1, between)
        # Only an empty comment between the breaks stops the paragraph here already.
        stop = next((i for i, node in enumerate(between) if type(node) is Comment), len(between))
        for node in between[:stop]:
            paragraph.append(node)
        kept.extend(between[stop:])
        while stop == len(between) and index < count:
            child = children[index]
            if (_is_break(child) and starts_chain(index)) or not is_phrasing(child):
                break
            paragraph.append(child)
            index += 1
        while paragraph.children and is_white_space(paragraph.children[-1]):
            paragraph.children.pop().parent = None
    parent.children = kept
    if parent.is_html("p"):
        parent.tag = "div"


def _skip_chain(children: list[Node], found: list[int], index: int, between: list[Node]) -> int:
    """Pass the breaks of a chain from `index`, adding what is between them to `between`; return where it ends."""
    count = len(children)
    while True:
        following = found[index]
        if following >= count or not _is_break(children[following]):
            return index
        between.extend(children[index:following])
        children[following].parent = None
        index = following + 1
