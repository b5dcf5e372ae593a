"""The tree that the cleaner works on: elements, texts and comments with parents, and what a browser reads from them.

The tree is our own because Readability renames, moves and removes nodes thousands of times a page, which the
C parser's Python objects are neither quick nor safe for. Nothing here recurses: pages nest as deep as they like.

`Element.tag` is the local name: lower case for HTML; for SVG and MathML (`foreign`: ``svg``, ``math``) as the parser
adjusted it (`foreignObject`). What a browser calls ``tagName == "P"`` is ``tag == "p" and not foreign`` here. In a page
that is read as XML even HTML's elements are `foreign` (``xhtml``), since their ``tagName`` is ``p`` there.
"""

from __future__ import annotations

from collections.abc import Iterator

# Elements that are written without an end tag (HTML standard, "serializes as void").
VOID = frozenset(
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
        "img",
        "input",
        "keygen",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
# Elements whose text is written as it is, without references (HTML standard, serialising fragments, scripting on).
RAW_TEXT = frozenset(["style", "script", "xmp", "iframe", "noembed", "noframes", "plaintext", "noscript"])


XHTML = "xhtml"
"""What is `foreign` in an element of HTML in a page that is read as XML."""

# See `harvester.cleaner.readability.measure`, which makes them.
Measure = tuple[int, int, int, bool, bool, int, int]
Census = tuple[int, int, int, int, int]


class Text:
    """A run of characters. Neighbouring texts are not merged, as in a live document."""

    __slots__ = ("data", "measure", "parent")

    def __init__(self, data: str, parent: Element | None = None) -> None:
        self.data = data
        self.parent = parent
        self.measure: Measure | None = None


class Comment:
    """A comment (also a processing instruction, which HTML reads as one)."""

    __slots__ = ("data", "parent")

    def __init__(self, data: str, parent: Element | None = None) -> None:
        self.data = data
        self.parent = parent


class Element:
    """An element with its attributes and children.

    `content` is the inert content of a ``<template>`` (``None`` for every other element): it is written by
    `inner_html` and is otherwise no part of the tree. The slots after it are the side notes that Readability keeps
    on nodes: see `measure` and `readability`.
    """

    __slots__ = (
        "attrs",
        "census",
        "children",
        "content",
        "data_table",
        "dead",
        "foreign",
        "has_block",
        "measure",
        "parent",
        "phrasing",
        "score",
        "tag",
    )

    def __init__(self, tag: str, attrs: dict[str, str] | None = None, parent: Element | None = None) -> None:
        self.tag = tag
        self.attrs: dict[str, str] = {} if attrs is None else attrs
        self.children: list[Node] = []
        self.parent = parent
        self.foreign = ""
        self.content: list[Node] | None = None
        self.score: float | None = None
        self.data_table = False
        self.dead = False
        self.measure: Measure | None = None
        self.census: Census | None = None
        self.phrasing = False
        self.has_block = False

    def append(self, child: Node) -> None:
        """Add `child` at the end. It must have been taken from its former parent's children already."""
        child.parent = self
        self.children.append(child)

    def is_html(self, tag: str) -> bool:
        """Return whether a browser would give this element's `tagName` as ``tag.upper()``."""
        return self.tag == tag and not self.foreign

    def is_of_html(self, name: str) -> bool:
        """Return whether this is HTML's element of that name, in a page of HTML or of XML."""
        return self.tag == name and self.foreign in ("", XHTML)

    @property
    def elements(self) -> list[Element]:
        """The children that are elements."""
        return [child for child in self.children if type(child) is Element]


Node = Element | Text | Comment


def descendants(root: Element) -> Iterator[Element]:
    """Yield the elements below `root` in document order, by the children lists as they are when each is reached."""
    stack = [iter(root.children)]
    while stack:
        for node in stack[-1]:
            if type(node) is Element:
                yield node
                stack.append(iter(node.children))
                break
        else:
            stack.pop()


def discard(root: Element) -> None:
    """Take apart what `root` holds, so that it is freed at once: a tree is cycles, which wait for the collector."""
    pending: list[Element] = [root]
    while pending:
        element = pending.pop()
        if element.children:
            pending += [child for child in element.children if type(child) is Element]
            element.children = []


def text_content(root: Element) -> str:
    """Return all text below `root`, joined: the DOM's ``textContent``."""
    pieces: list[str] = []
    stack: list[Node] = [root]
    while stack:
        node = stack.pop()
        if type(node) is Text:
            pieces.append(node.data)
        elif type(node) is Element:
            stack.extend(reversed(node.children))
    return "".join(pieces)


def inner_html(root: Element) -> str:
    """Return the children of `root` in the form of a browser's ``innerHTML``."""
    out: list[str] = []
    around: list[tuple[Iterator[Node], str, bool]] = []  # the elements that the one in hand is in
    nodes, end, raw = iter(contents(root)), "", _is_raw(root)
    while True:
        for node in nodes:
            if type(node) is Text:
                out.append(node.data if raw else escape_text(node.data))
            elif type(node) is Comment:
                out.append(f"<!--{node.data}-->")
            elif type(node) is Element:
                attributes = [f' {name}="{escape_attribute(value)}"' for name, value in node.attrs.items()]
                out.append(f"<{node.tag}{''.join(attributes)}>")
                if node.foreign or node.tag not in VOID:
                    around.append((nodes, end, raw))
                    nodes, end, raw = iter(contents(node)), f"</{node.tag}>", _is_raw(node)
                    break
        else:
            out.append(end)
            if not around:
                return "".join(out)
            nodes, end, raw = around.pop()


def _is_raw(element: Element) -> bool:
    return element.tag in RAW_TEXT and not element.foreign


def contents(element: Element) -> list[Node]:
    """Return the nodes that are written between the tags of `element`: a template's are its inert content."""
    return element.children if element.content is None else element.content


def escape_text(text: str) -> str:
    """Escape `text` for use between tags."""
    return text.replace("&", "&amp;").replace("\xa0", "&nbsp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_attribute(value: str) -> str:
    """Escape `value` for use between double quotes."""
    return value.replace("&", "&amp;").replace("\xa0", "&nbsp;").replace('"', "&quot;")
