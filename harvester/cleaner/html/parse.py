"""HTML text -> tree, by turbohtml (HTML5 tree building with scripting on, as Chromium had it).

turbohtml only parses; its nodes are read once and copied into `dom` nodes. Like Blink it nests no deeper than 512
elements (html_construction_site.cc, kMaximumHTMLParserDOMTreeDepth): what is deeper becomes a sibling.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import turbohtml

from harvester.cleaner.html.corrections import corrected
from harvester.cleaner.html.dom import Comment, Element, Text, descendants
from harvester.cleaner.html.guard import tame
from harvester.cleaner.readability.measure import measure_carefully

_Text, _Element = turbohtml.Text, turbohtml.Element
_HTML, _SVG = turbohtml.Namespace.HTML, turbohtml.Namespace.SVG
# What the parser of 2019 allowed in a select; today's allows nearly everything, as Chromium 135.
_IN_SELECT = frozenset(("option", "optgroup", "script", "template"))
_CONTROL_REFERENCE = re.compile(r"&#(?:0*(?:28|29|30|31)|[xX]0*1[c-fC-F])(?![0-9a-fA-F])")


def parse(html: str, drop: frozenset[str] = frozenset()) -> Element:
    """Parse a whole page.

    Returns an element named ``#document`` whose children are the top-level nodes (doctype left out). Elements named
    in `drop` are left out with all they hold, as if removed after parsing.
    """
    parsed = turbohtml.parse(
        tame(corrected(html)), scripting=True, positions=False, allow_declarative_shadow_roots=False
    )
    document = Element("#document")
    templates = _copy(parsed, document, drop)
    while templates:
        node, element = templates.pop()
        holder = Element("template")
        for content in node.children:
            templates += _copy(content, holder, frozenset())
        element.content = holder.children
    if _needs_care(html):
        for text in _texts(document):
            text.measure = measure_carefully(text.data)
    return document


def _copy(parsed: turbohtml.Node, top: Element, drop: frozenset[str]) -> list[tuple[turbohtml.Element, Element]]:
    """Copy all that `parsed` holds to the end of `top`.

    Returns the templates met, whose inert content is still to be copied.
    """
    templates: list[tuple[turbohtml.Element, Element]] = []
    rest: Iterator[turbohtml.Node] = iter(parsed.children)
    parent, select = top, False
    stack: list[tuple[Iterator[turbohtml.Node], Element, bool]] = []
    while True:
        siblings = parent.children
        for node in rest:
            if type(node) is _Text or type(node) is turbohtml.CData:
                siblings.append(Text(node.data, parent))
            elif type(node) is _Element:
                tag = node.tag
                if tag in drop:
                    continue
                if select and tag not in _IN_SELECT:
                    stack.append((rest, parent, select))
                    rest = iter(node.children)
                    break
                attributes = node.attrs
                element = Element(tag, _written(node, attributes) if attributes else {}, parent)
                if (namespace := node.namespace) is not _HTML:
                    element.foreign = "svg" if namespace is _SVG else "math"
                siblings.append(element)
                if tag == "template" and not element.foreign:
                    templates.append((node, element))
                elif children := node.children:
                    stack.append((rest, parent, select))
                    rest, parent = iter(children), element
                    select = select or (tag == "select" and not element.foreign)
                    break
            elif type(node) is turbohtml.Comment:
                siblings.append(Comment(node.data, parent))
            elif type(node) is turbohtml.ProcessingInstruction:  # to the parsers of 2019 a comment
                siblings.append(Comment(f"?{node.target} {node.data}", parent))
        else:
            if not stack:
                return templates
            rest, parent, select = stack.pop()


def _written(node: turbohtml.Element, attributes: Mapping[str, str | list[str] | None]) -> dict[str, str]:
    """Return the attributes as they are written; turbohtml gives those that hold lists of words (class, rel) as
    lists.
    """
    # attr() searches all of them, so only those that are lists are requested by name.
    return {name: value if type(value) is str else node.attr(name) or "" for name, value in attributes.items()}


def _needs_care(html: str) -> bool:
    """Return whether the page may hold one of the four controls that Python splits at and ECMAScript does not."""
    controls = "\x1c" in html or "\x1d" in html or "\x1e" in html or "\x1f" in html
    return controls or _CONTROL_REFERENCE.search(html) is not None


def _texts(document: Element) -> list[Text]:
    return [node for element in descendants(document) for node in element.children if type(node) is Text]
