"""Readability's cleaning of the chosen article (``_prepArticle``): tables, forms, embeds, lists and what looks fishy.

Each pass goes backwards through what was there at its start, as the original does through live collections: what is
removed then never shifts what is still to come.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from harvester.cleaner.html.dom import Element, Node, descendants, text_content
from harvester.cleaner.readability.candidates import Flags, only_child
from harvester.cleaner.readability.ecma import WHITE, length
from harvester.cleaner.readability.hints import VIDEO, class_and_id, is_phrasing, sounds_like_sharing
from harvester.cleaner.readability.measure import census, forget, inner_length, link_density, measure
from harvester.cleaner.readability.prepare import is_skipped

_SHARE_THRESHOLD = 500  # characters (DEFAULT_CHAR_THRESHOLD): a longer element is not taken for a bar of buttons
_EMBEDS = ("object", "embed", "iframe")
# Attributes removed before anything looks at attributes (``PRESENTATIONAL_ATTRIBUTES``).
_PRESENTATIONAL = frozenset(
    [
        "align",
        "background",
        "bgcolor",
        "border",
        "cellpadding",
        "cellspacing",
        "frame",
        "hspace",
        "rules",
        "style",
        "valign",
        "vspace",
    ]
)
_DATA_TABLE_PARTS = ("col", "colgroup", "tfoot", "thead", "th")
_IMAGE_SET = re.compile(rf"\.(jpg|jpeg|png|webp)[{WHITE}]+[0-9]")
_IMAGE = re.compile(rf"[{WHITE}]*[^{WHITE}]+\.(jpg|jpeg|png|webp)[^{WHITE}]*[{WHITE}]*\Z")
_INTEGER = re.compile(rf"[{WHITE}]*([-+]?[0-9]+)")


class _Article:
    """The article with its elements by name, as they were when cleaning began."""

    def __init__(self, root: Element, flags: Flags) -> None:
        self.root = root
        self.flags = flags
        self.named: dict[str, list[Element]] = {}
        self.shared: list[Element] = []
        self.touched: dict[int, Element] = {}
        for element in descendants(root):
            self.named.setdefault(element.tag, []).append(element)
            if element.attrs and element.parent is not root and sounds_like_sharing(class_and_id(element)):
                self.shared.append(element)

    def those(self, tag: str) -> list[Element]:
        """Return the elements named `tag` that are still in the article, in document order."""
        return [element for element in self.named.get(tag, ()) if not element.dead]

    def remove(self, element: Element) -> None:
        parent = element.parent
        assert parent is not None
        forget(parent)
        element.parent = None
        self.touched[id(parent)] = parent
        element.dead = True
        everything = [element]
        for gone in everything:  # grows while it runs
            for child in gone.children:
                if type(child) is Element and not child.dead:
                    child.dead = True
                    everything.append(child)
            gone.children = []  # so that it is freed at once: see `discard`

    def settle(self) -> None:
        """Take what was removed out of the lists of children."""
        for parent in self.touched.values():
            parent.children = [child for child in parent.children if child.parent is parent]
        self.touched.clear()

    def remove_if(self, tag: str, is_unwanted: Callable[[Element], bool]) -> None:
        for element in reversed(self.those(tag)):
            if is_unwanted(element):
                self.remove(element)
        self.settle()

    def clean(self, tag: str) -> None:
        """Remove all elements named `tag`; an embed that shows a video of a known site stays."""
        if tag in self.named:
            self.remove_if(tag, lambda element: tag not in _EMBEDS or not shows_video(element))


def clean_article(root: Element, title: str, flags: Flags) -> None:
    """Clean the article `root` in place; `title` is Readability's title of the page."""
    article = _Article(root, flags)
    mark_data_tables(article.named)
    for figure in article.those("figure"):
        _give_lazy_image(figure)
    for tag in ("form", "fieldset"):
        _clean_conditionally(article, tag)
    for tag in ("object", "embed", "h1", "footer", "link", "aside"):
        article.clean(tag)
    for element in article.shared:
        if not element.dead and measure(element)[0] < _SHARE_THRESHOLD:
            article.remove(element)
    article.settle()
    _remove_title(article, title)
    for tag in ("iframe", "input", "textarea", "select", "button"):
        article.clean(tag)
    article.remove_if("h2", lambda heading: article.flags.weight(heading) < 0)
    for tag in ("table", "ul", "div"):
        _clean_conditionally(article, tag)
    article.remove_if("p", _is_empty_paragraph)
    _remove_breaks_before_paragraphs(article)
    _unwrap_single_cells(article)


def shows_video(element: Element) -> bool:
    """Return whether an attribute names a video site that Readability keeps."""
    return any(VIDEO.search(value) for name, value in element.attrs.items() if name not in _PRESENTATIONAL)


def mark_data_tables(named: dict[str, list[Element]]) -> None:
    """Note on each table whether it looks like data rather than layout (``_markDataTables``)."""
    tables = named.get("table")
    if not tables:
        return
    captions: dict[int, Element] = {}
    for caption in named.get("caption", ()):
        for table in _tables_above(caption, captions):
            captions[id(table)] = caption
    with_parts: dict[int, Element] = {}
    for part in (element for tag in _DATA_TABLE_PARTS for element in named.get(tag, ())):
        for table in _tables_above(part, with_parts):
            with_parts[id(table)] = part
    with_tables: dict[int, Element] = {}
    for inner in tables:
        for table in _tables_above(inner, with_tables):
            with_tables[id(table)] = inner
    for table in tables:
        first = captions.get(id(table))
        attrs = table.attrs
        if attrs.get("role") == "presentation" or attrs.get("datatable") == "0":
            table.data_table = False
        elif attrs.get("summary") or (first is not None and first.children) or id(table) in with_parts:
            table.data_table = True
        else:
            table.data_table = id(table) not in with_tables and _is_big(table)


def _tables_above(element: Element, known: dict[int, Element]) -> list[Element]:
    """Return the tables above `element` up to the first known one: those above that one are known as well."""
    found = []
    parent = element.parent
    while parent is not None:
        if parent.tag == "table":
            if id(parent) in known:
                break
            found.append(parent)
        parent = parent.parent
    return found


def _is_big(table: Element) -> bool:
    """Return whether a table has at least ten rows, more than four columns, or more than ten cells."""
    rows = [element for element in descendants(table) if element.tag == "tr"]
    row_count = sum(_span(row, "rowspan") for row in rows)
    column_count = max(0, *map(_columns, rows)) if rows else 0
    return row_count >= 10 or column_count > 4 or row_count * column_count > 10


def _columns(row: Element) -> int:
    return sum(_span(cell, "colspan") for cell in descendants(row) if cell.tag == "td")


def _span(cell: Element, name: str) -> int:
    """Return ``parseInt(attribute, 10) || 1``."""
    match = _INTEGER.match(cell.attrs.get(name, ""))
    return (int(match[1]) if match and len(match[1]) < 300 else 0) or 1


def _give_lazy_image(figure: Element) -> None:
    """Give a picture to a figure with a picture's address in some attribute and none yet (it counts as an image
    below).
    """
    if figure.foreign:
        return
    for name, value in figure.attrs.items():
        if name in ("src", "srcset") or name in _PRESENTATIONAL:
            continue
        if _IMAGE_SET.search(value) or _IMAGE.match(value):
            if not any(element.tag in ("img", "picture") for element in descendants(figure)):
                figure.append(Element("img"))
                forget(figure)
            return


def _clean_conditionally(article: _Article, tag: str) -> None:
    flags = article.flags

    def is_unwanted(element: Element) -> bool:
        is_fishy = _is_fishy(element, tag, flags.weight(element))
        flags.cleaned = flags.cleaned or is_fishy
        return is_fishy

    if flags.clean_conditionally and tag in article.named:
        article.remove_if(tag, is_unwanted)


def _is_fishy(node: Element, tag: str, weight: int) -> bool:
    """Judge as ``_cleanConditionally``, by commas, counts of elements, links, and how class and id sound."""
    if tag == "table" and node.data_table:
        return False
    if _has_above(node, "table", None):
        return False
    if weight < 0:
        return True
    if measure(node)[5] >= 10:
        return False
    p, img, li, entries, embeds = census(node)
    li -= 100
    if embeds and any(shows_video(element) for element in descendants(node) if element.tag in _EMBEDS):
        return False
    is_list = tag == "ul"
    density, size = link_density(node), inner_length(node)
    return (
        (img > 1 and p / img < 0.5 and not _has_above(node, "figure", 3))
        or (not is_list and li > p)
        or entries > p // 3
        or (not is_list and size < 25 and (img == 0 or img > 2) and not _has_above(node, "figure", 3))
        or (not is_list and weight < 25 and density > 0.2)
        or (weight >= 25 and density > 0.5)
        or (embeds == 1 and size < 75)
        or embeds > 1
    )


def _has_above(node: Element, tag: str, reach: int | None) -> bool:
    """Return whether an ancestor (of the first `reach` + 1, or of all) is a `tag`; of tables only data tables count."""
    parent = node.parent
    depth = 0
    while parent is not None and (reach is None or depth <= reach):
        if parent.tag == tag and not parent.foreign and (tag != "table" or parent.data_table):
            return True
        parent = parent.parent
        depth += 1
    return False


def _remove_title(article: _Article, title: str) -> None:
    """Remove a single h2 that repeats the title: it is a heading of the page, not of a part."""
    headings = article.those("h2")
    if len(headings) != 1 or not title:
        return
    text = text_content(headings[0])
    rate = (length(text) - length(title)) / length(title)
    if abs(rate) < 0.5 and (title in text if rate > 0 else text in title):
        article.clean("h2")


def _is_empty_paragraph(paragraph: Element) -> bool:
    if measure(paragraph)[2]:
        return False
    _, img, _, _, embeds = census(paragraph)
    return img + embeds == 0


def _remove_breaks_before_paragraphs(article: _Article) -> None:
    parents = {id(element.parent): element.parent for element in article.those("br") if element.parent is not None}
    for parent in parents.values():
        following: Node | None = None
        kept: list[Node] = []
        for child in reversed(parent.children):
            if _is_html(child, "br") and following is not None and _is_html(following, "p"):
                child.parent = None
            else:
                kept.append(child)
            if not is_skipped(child):
                following = child
        kept.reverse()
        parent.children = kept


def _is_html(node: Node, tag: str) -> bool:
    return type(node) is Element and node.is_html(tag)


def _unwrap_single_cells(article: _Article) -> None:
    """Turn a table of one cell into a paragraph or a div."""
    for table in article.those("table"):
        row = only_child(only_child(table, "tbody") or table, "tr")
        cell = only_child(row, "td") if row is not None else None
        parent = table.parent
        if cell is None or parent is None:
            continue
        cell.tag = "p" if all(map(is_phrasing, cell.children)) else "div"
        cell.parent = parent
        parent.children[parent.children.index(table)] = cell
