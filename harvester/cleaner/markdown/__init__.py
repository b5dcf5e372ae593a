"""The DOM of an article to Markdown: step 3 of the reference (docs on fidelity), as html2text 2020.1.16 writes it.

html2text reads serialised HTML through `html.parser`. Here the tree is walked directly and the same events are told
to a `Page`: a start tag, an end tag, a run of text. Where the serialised form of a node would not be read back one to
one (raw text with markup in it, names with odd characters), the whole tree is told by way of markdown_reread.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from harvester.cleaner.html.dom import RAW_TEXT, VOID, Comment, Element, Node, Text, contents
from harvester.cleaner.html.dom import escape_text as as_html
from harvester.cleaner.markdown.page import Page
from harvester.cleaner.markdown.reread import NotReadable, reads_whole, reread
from harvester.cleaner.markdown.tags import READ_ATTRIBUTES, close_tag, open_tag

# html.parser takes all that is inside these as text, up to what it holds for their end tag.
_OPAQUE = {tag: re.compile(rf"</\s*{tag}\s*>", re.IGNORECASE) for tag in ("script", "style")}
_NOT_PARSED = RAW_TEXT | _OPAQUE.keys()

_PLAIN_TAG = re.compile(r"[a-z][a-z0-9:_.-]*")
_PLAIN_ATTRIBUTE = re.compile(r"[^\s/>=\"'<\x00]+")
_COMMENT_END = re.compile(r"--\s*>")


class _ReadsBackOtherwise(Exception):
    """The serialised form of the tree would not give the tree's own events."""


def to_markdown(root: Element) -> str:
    """Return the Markdown of `root`'s children, without its own tag.

    Byte for byte what html2text 2020.1.16 makes of `root.innerHTML` with ``body_width=0, unicode_snob=True,
    ignore_images=True``. On trees on which html2text raises, text that is markup inside raw text stays as it is.
    Time is linear in the size of the output.
    """
    try:
        return _walk(root, Page(), strict=True)
    except _ReadsBackOtherwise:
        pass  # so the other way:
    try:
        return reread(root, Page())
    except NotReadable:
        return _walk(root, Page(), strict=False)


def _walk(root: Element, page: Page, *, strict: bool) -> str:
    """Tell `page` the events of the tree; if `strict`, raise _ReadsBackOtherwise at the first doubtful node."""
    if strict and root.tag in _NOT_PARSED:
        raise _ReadsBackOtherwise
    known_tags: set[str] = set()
    known_attributes: set[str] = set()
    opened: list[tuple[str, Iterator[Node]]] = []  # around the element in hand: its tag, and what follows there
    tag, nodes = "", iter(contents(root))
    held = ""  # text so far: neighbouring text nodes are one run
    while True:
        for node in nodes:
            if type(node) is Text:
                held += node.data
                continue
            if held:
                page.run(held)
                held = ""
            if type(node) is Element:
                if strict:
                    if node.tag not in known_tags:
                        _check_tag(node)
                        known_tags.add(node.tag)
                    if not known_attributes.issuperset(node.attrs):
                        _check_attributes(node)
                        known_attributes.update(node.attrs)
                name = node.tag.lower() if node.foreign else node.tag
                open_tag(page, name, node.attrs)
                if name in _NOT_PARSED and (not node.foreign or name in _OPAQUE):
                    _tell_unparsed(node, name, page, strict=strict)
                    close_tag(page, name)
                elif node.foreign or name not in VOID:
                    opened.append((tag, nodes))
                    tag, nodes = name, iter(contents(node))
                    break
            elif strict and type(node) is Comment and _COMMENT_END.search(node.data):
                raise _ReadsBackOtherwise
        else:
            if held:
                page.run(held)
                held = ""
            if not opened:
                return page.finish()
            close_tag(page, tag)
            tag, nodes = opened.pop()


def _check_tag(element: Element) -> None:
    """Raise _ReadsBackOtherwise if html.parser might cut the tag up or read it differently."""
    if not _PLAIN_TAG.fullmatch(element.tag.lower() if element.foreign else element.tag):
        raise _ReadsBackOtherwise


def _check_attributes(element: Element) -> None:
    """Raise _ReadsBackOtherwise if html.parser might cut an attribute up or read it differently."""
    for name in element.attrs:
        lower = name.lower()
        if not _PLAIN_ATTRIBUTE.fullmatch(name) or (name != lower and lower in READ_ATTRIBUTES):
            raise _ReadsBackOtherwise


def _tell_unparsed(element: Element, name: str, page: Page, *, strict: bool) -> None:
    """Write the content of an element whose text is not parsed, or would be parsed except for how it is written."""
    data = "".join([node.data for node in element.children if type(node) is Text])
    if element.foreign:
        data = as_html(data)
    opaque = _OPAQUE.get(name)
    if strict:
        if not all(type(node) is Text for node in element.children) or (opaque and opaque.search(data)):
            raise _ReadsBackOtherwise
        if opaque is None and ("<" in data or "&" in data):
            if not reads_whole(data, page):
                raise _ReadsBackOtherwise
            return
    if data:
        page.text(data)
