"""HTML text -> tree, by lexbor (HTML5 tree building with scripting on, as Chromium had it).

lexbor only parses; its nodes are read once, copied into `dom` nodes, and never changed.
"""

from __future__ import annotations

import re
from typing import cast

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from harvester.cleaner.dom import Comment, Element, Node, Text, descendants
from harvester.cleaner.guard import tame
from harvester.cleaner.measure import measure_carefully

# Blink nests no deeper: html_construction_site.cc, kMaximumHTMLParserDOMTreeDepth. What is deeper becomes a sibling.
MAX_DEPTH = 512
# What the parser of 2019 let stand in a select; today's lets nearly everything, in lexbor as in Chromium 135.
_IN_SELECT = frozenset(("option", "optgroup", "script", "template"))
# Elements below which SVG and MathML names are HTML again (HTML standard, integration points).
_SVG_HTML = frozenset(("foreignObject", "desc", "title"))
_MATH_HTML = frozenset(("mi", "mo", "mn", "ms", "mtext"))
_CONTROL_REFERENCE = re.compile(r"&#(?:0*(?:28|29|30|31)|[xX]0*1[c-fC-F])(?![0-9a-fA-F])")


def parse(html: str, drop: frozenset[str] = frozenset()) -> Element:
    """Parse a whole page.

    Returns an element named ``#document`` whose children are the top-level nodes (doctype left out). Elements named
    in `drop` are left out with all they hold, as if removed after parsing.
    """
    parser = LexborHTMLParser(tame(html), scripting=True, options=LexborDocumentOptions.WO_EVENTS.value)
    document = Element("#document")
    root = parser.root
    if root is None or root.parent is None:
        return document
    templates = _copy(root.parent.child, document, drop)
    while templates:
        node, element = templates.pop()
        fragments = node.template_fragments()
        holder = Element("template")
        if fragments:
            templates += _copy(fragments[0].child, holder, frozenset())
        element.content = holder.children
    if _needs_care(html):
        for text in _texts(document):
            text.measure = measure_carefully(text.data)
    return document


def _copy(first: LexborNode | None, top: Element, drop: frozenset[str]) -> list[tuple[LexborNode, Element]]:
    """Copy `first` and all its later siblings, with all they hold, to the end of `top`.

    Returns the templates met, whose inert content is still to be copied.
    """
    node = first
    parent = top
    children: list[Node] = top.children
    foreign = select = False
    stack: list[tuple[LexborNode, Element, bool, bool]] = []
    templates: list[tuple[LexborNode, Element]] = []
    while node is not None:
        tag = node.tag
        if tag == "-text":
            children.append(Text(node.text_content or "", parent))
        elif tag is None or tag == "-comment":
            children.append(Comment(_comment_data(node), parent))
        elif select and tag not in _IN_SELECT:
            child = node.child
            if child is not None:
                stack.append((node, parent, foreign, select))
                node = child
                continue
        elif tag not in drop and tag != "-doctype":
            attributes = node.attributes
            element = Element(tag, _attributes(attributes) if attributes else {}, parent)
            if foreign or tag == "svg" or tag == "math":
                element.foreign = tag == "svg" or tag == "math" or not _is_html_again(parent)
            children.append(element)
            if tag == "template" and not element.foreign:
                templates.append((node, element))
            child = node.child
            if child is not None:
                stack.append((node, parent, foreign, select))
                foreign = foreign or element.foreign
                select = select or (tag == "select" and not foreign)
                if len(stack) <= MAX_DEPTH:
                    parent, children = element, element.children
                node = child
                continue
        following = node.next
        while following is None and stack:
            node, parent, foreign, select = stack.pop()
            children = parent.children
            following = node.next
        node = following
    return templates


def _attributes(attributes: dict[str, str | None]) -> dict[str, str]:
    if None in attributes.values():  # lexbor's for a name without a value
        return {name: value or "" for name, value in attributes.items()}
    return cast("dict[str, str]", attributes)


def _is_html_again(parent: Element) -> bool:
    """Whether a child of `parent`, somewhere below an SVG or MathML element, is an HTML element."""
    if not parent.foreign or parent.tag in _SVG_HTML or parent.tag in _MATH_HTML:
        return True
    encoding = parent.attrs.get("encoding", "").lower()
    return parent.tag == "annotation-xml" and encoding in ("text/html", "application/xhtml+xml")


def _comment_data(node: LexborNode) -> str:
    if node.tag is None:  # lexbor's processing instruction
        return (node.html or "<>")[1:-1]
    data = node.comment_content or ""
    # lexbor strips the data; a mark at its start that would end the comment early was not at its start.
    return " " + data if data[:1] in ("-", ">") else data


def _needs_care(html: str) -> bool:
    """Whether the page may hold one of the four controls that Python splits at and ECMAScript does not."""
    return any(control in html for control in "\x1c\x1d\x1e\x1f") or _CONTROL_REFERENCE.search(html) is not None


def _texts(document: Element) -> list[Text]:
    return [node for element in descendants(document) for node in element.children if type(node) is Text]
