"""Readability's search for the article: trim the page, score what is left, choose the top candidate, join siblings.

Follows ``_grabArticle`` of Readability.js d6fc38c step by step. What the original does by walking siblings is done
here by going through lists of children, so that a page of 200,000 siblings costs no more a node than one of 20.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from harvester.cleaner.html.dom import Element, Node, Text, discard, text_content
from harvester.cleaner.readability.ecma import length, normalize, trim
from harvester.cleaner.readability.hints import (
    class_and_id,
    class_name,
    class_weight,
    is_probably_visible,
    is_unlikely,
    is_white_space,
    note_kinds,
    sounds_like_byline,
)
from harvester.cleaner.readability.measure import forget, inner_length, link_density, measure, measure_text

# ``DEFAULT_TAGS_TO_SCORE``.
_SCORED = frozenset(["section", "h2", "h3", "h4", "h5", "h6", "p", "td", "pre"])
# Removed when they hold nothing.
_EMPTIED = frozenset(["div", "section", "header", "h1", "h2", "h3", "h4", "h5", "h6"])
# Start values of ``_initializeNode``.
_START_SCORES = (
    {"div": 5}
    | dict.fromkeys(("pre", "td", "blockquote"), 3)
    | dict.fromkeys(("address", "ol", "ul", "dl", "dd", "dt", "li", "form"), -3)
    | dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "th"), -5)
)
# Siblings of the top candidate that keep their name in the article (``ALTER_TO_DIV_EXCEPTIONS``).
_KEPT_AS_SIBLINGS = frozenset(("div", "article", "section", "p"))
CREATED = "DIV"
"""The name of a div that Readability makes in a page of XML, where no search for ``div`` finds it."""
_TOP_CANDIDATES = 5  # DEFAULT_N_TOP_CANDIDATES
_MINIMUM_TOP_CANDIDATES = 3
_SHORTEST_SCORED = 25  # characters; a shorter paragraph does not count
_TABLE_REACH = 3  # how far up a table protects an unlikely candidate (default of ``_hasAncestorTag``)
_SENTENCE_END = re.compile(r"\.( |\Z)")


@dataclass(slots=True)
class Flags:
    """The rules switched off one by one when the article is too short; the byline is found only once a page.

    `weighed` and `cleaned`: whether, in the attempt at hand, a class or id weighed anything, and anything was removed
    conditionally.
    """

    strip_unlikely: bool = True
    weight_classes: bool = True
    clean_conditionally: bool = True
    byline_found: bool = False
    weighed: bool = False
    cleaned: bool = False

    def weight(self, element: Element) -> int:
        """Return how class and id of `element` sound, -50..50; 0 when that rule is off."""
        if not (self.weight_classes and element.attrs):
            return 0
        weight = class_weight(element)
        self.weighed = self.weighed or weight != 0
        return weight


def trim_page(document: Element, flags: Flags) -> list[Element]:
    """Remove what is hidden, unlikely or empty, and turn divs that are paragraphs into ``p``.

    Returns the elements to score, in document order.
    """
    note_kinds(document)
    scored: list[Element] = []
    around: list[tuple[Element, enumerate[Node], bool]] = []  # the elements that the one in hand is in
    parent, nodes, removed = document, enumerate(document.children), False
    while True:
        for place, node in nodes:
            if type(node) is not Element:
                continue
            if _is_trimmings(node, flags):
                node.parent = None
                removed = True
                forget(parent)
                discard(node)  # at once, in a third of the time that the collector takes for it
                continue
            if node.tag in _SCORED and not node.foreign:
                scored.append(node)
            elif node.tag == "div" and not node.foreign:
                wrapped = _wrap_phrasing(node)
                paragraph = _only_child(node, "p")
                if paragraph is not None and link_density(node) < 0.25:
                    paragraph.parent = parent
                    parent.children[place] = paragraph
                    forget(parent)
                    node = paragraph
                    scored.append(node)
                elif not wrapped and not node.has_block:
                    node.tag = "p"
                    scored.append(node)
            if node.children:
                around.append((parent, nodes, removed))
                parent, nodes, removed = node, enumerate(node.children), False
                break
        else:
            if removed:
                parent.children = [child for child in parent.children if child.parent is parent]
            if not around:
                return scored
            parent, nodes, removed = around.pop()


def _is_trimmings(node: Element, flags: Flags) -> bool:
    attrs = node.attrs
    if attrs:
        if not is_probably_visible(node):
            return True
        names = class_and_id(node)
        if not flags.byline_found and _is_byline(node, names):
            flags.byline_found = True
            return True
        if (
            flags.strip_unlikely
            and is_unlikely(names)
            and (node.foreign or (node.tag != "body" and node.tag != "a"))
            and not _has_table_above(node)
        ):
            return True
    return node.tag in _EMPTIED and not node.foreign and _is_without_content(node)


def _is_byline(node: Element, names: str) -> bool:
    attrs = node.attrs
    if not (attrs.get("rel") == "author" or "author" in attrs.get("itemprop", "") or sounds_like_byline(names)):
        return False
    # A byline is non-empty and shorter than 100 characters.
    return 0 < measure(node)[1] < 100 and length(trim(text_content(node))) < 100


def _has_table_above(node: Element) -> bool:
    parent = node.parent
    for _ in range(_TABLE_REACH + 1):
        if parent is None:
            return False
        if parent.tag == "table" and not parent.foreign:
            return True
        parent = parent.parent
    return False


def _is_without_content(node: Element) -> bool:
    """Return whether it has no text, and nothing but ``br`` and ``hr`` (``_isElementWithoutContent``)."""
    if (node.measure or measure(node))[2]:
        return False
    elements = node.elements
    if not elements:
        return True
    # The original counts br and hr at any depth against the children; both are void, so beyond the first level only
    # the count can differ.
    rules = 0
    pending = [node]
    while pending:
        for child in pending.pop().children:
            if type(child) is Element:
                rules += child.tag in ("br", "hr")
                pending.append(child)
    return rules == len(elements)


def _wrap_phrasing(div: Element) -> bool:
    """Put runs of phrasing content in `div` into paragraphs; returns whether there were any."""
    kept: list[Node] = []
    paragraphs: list[Element] = []
    paragraph: Element | None = None
    trimmed = False
    for child in div.children:
        if child.phrasing if type(child) is Element else type(child) is Text:
            if paragraph is not None:
                paragraph.append(child)
            elif is_white_space(child):
                kept.append(child)
            else:
                paragraph = Element("p", parent=div)
                paragraph.append(child)
                kept.append(paragraph)
                paragraphs.append(paragraph)
        else:
            if paragraph is not None:
                while paragraph.children and is_white_space(paragraph.children[-1]):
                    paragraph.children.pop().parent = None
                    trimmed = True
                paragraph = None
            kept.append(child)
    if not paragraphs:
        return False
    div.children = kept
    if trimmed:
        forget(div)
    for paragraph in paragraphs:  # otherwise the measure of `div` stays true if they have theirs
        measure(paragraph)
    return True


def _only_child(element: Element, tag: str) -> Element | None:
    """Return the only element in `element`, if it is a `tag` and no text beside it ends in a non-white character.

    The end alone is what the original's ``/\\S$/`` looks at.
    """
    found: Element | None = None
    for child in element.children:
        if type(child) is Element:
            if found is not None or child.tag != tag or child.foreign:
                return None
            found = child
        elif type(child) is Text and measure_text(child)[4]:
            return None
    return found


only_child = _only_child


def score(elements: list[Element], flags: Flags) -> list[Element]:
    """Score the parents of `elements` by how much like prose these read; returns the best, best first.

    A paragraph is worth 1, 1 for each piece between commas, and 1 for each 100 characters up to 3; its parent gets
    all, its grandparent half, its great-grandparent a sixth. Candidates lose what share of their text is links.
    """
    candidates: list[Element] = []
    for element in elements:
        parent = element.parent
        if parent is None or parent.tag == "#document":
            continue
        size = inner_length(element)
        if size < _SHORTEST_SCORED:
            continue
        worth = 1 + measure(element)[5] + 1 + min(size // 100, 3)
        for divider in (1, 2, 6):
            if parent is None or parent.parent is None or parent.parent.tag == "#document":
                break
            if parent.score is None:
                initialize(parent, flags)
                candidates.append(parent)
            assert parent.score is not None
            parent.score += worth / divider
            parent = parent.parent
    top: list[Element] = []
    for candidate in candidates:
        assert candidate.score is not None
        candidate.score *= 1 - link_density(candidate)
        for place in range(_TOP_CANDIDATES):
            if place >= len(top) or candidate.score > (top[place].score or 0.0):
                top.insert(place, candidate)
                del top[_TOP_CANDIDATES:]
                break
    return top


def initialize(element: Element, flags: Flags) -> None:
    """Give `element` its start score."""
    start = 0 if element.foreign else _START_SCORES.get(element.tag, 0)
    element.score = float(start + flags.weight(element))


def choose(top: list[Element], page: Element, flags: Flags) -> Element:
    """Choose the element that becomes the article's core: the best candidate, or one above it that holds more of the
    best.

    Without a candidate, all of `page` is moved into a new div, which is then the core.
    """
    if not top or top[0].is_html("body"):
        core = Element(CREATED) if page.foreign else Element("div")
        for child in page.children:
            core.append(child)
        page.children = []
        page.append(core)
        forget(page)
        initialize(core, flags)
        return core
    core = _common_ancestor(top)
    if core.score is None:
        initialize(core, flags)
    core = _better_above(core)
    parent = core.parent
    while parent is not None and not parent.is_html("body") and len(parent.elements) == 1:
        core, parent = parent, parent.parent
    if core.score is None:
        initialize(core, flags)
    return core


def _ratio(a: float, b: float) -> float:
    """Divide ``a / b`` as ECMAScript does."""
    if b:
        return a / b
    return math.nan if a == 0 else math.copysign(math.inf, a)


def _common_ancestor(top: list[Element]) -> Element:
    """Return the closest element above the best candidate that holds at least three others nearly as good, or the
    best.
    """
    best = top[0]
    chains = [_ancestor_ids(other) for other in top[1:] if _ratio(other.score or 0.0, best.score or 0.0) >= 0.75]
    if len(chains) < _MINIMUM_TOP_CANDIDATES:
        return best
    parent = best.parent
    while parent is not None and not parent.is_html("body"):
        if sum(id(parent) in chain for chain in chains) >= _MINIMUM_TOP_CANDIDATES:
            return parent
        parent = parent.parent
    return best


def _ancestor_ids(element: Element) -> set[int]:
    found = set()
    parent = element.parent
    while parent is not None:
        found.add(id(parent))
        parent = parent.parent
    return found


def _better_above(core: Element) -> Element:
    """Return an element above `core` with a higher score, if scores do not first fall below a third of its own."""
    assert core.score is not None
    last = core.score
    threshold = last / 3
    parent = core.parent
    while parent is not None and not parent.is_html("body"):
        if parent.score is not None:
            if parent.score < threshold:
                break
            if parent.score > last:
                return parent
            last = parent.score
        parent = parent.parent
    return core


def join_siblings(core: Element) -> Element:
    """Return a new div with `core` and those of its siblings that look like part of the article, taken out of the
    page.
    """
    assert core.score is not None
    assert core.parent is not None
    article = Element("div")
    threshold = max(10, core.score * 0.2)
    core_class = core.attrs.get("class", "")
    parent = core.parent
    for sibling in parent.elements:
        if sibling is not core and not _belongs(sibling, core.score, core_class, threshold):
            continue
        if (sibling.foreign or sibling.tag not in _KEPT_AS_SIBLINGS) and sibling.tag != CREATED:
            sibling.tag, sibling.foreign = "div", ""
        article.append(sibling)
    forget(parent)
    parent.children = [child for child in parent.children if child.parent is parent]
    return article


def _belongs(sibling: Element, core_score: float, core_class: str, threshold: float) -> bool:
    bonus = core_score * 0.2 if core_class and class_name(sibling) == core_class else 0
    if sibling.score is not None and sibling.score + bonus >= threshold:
        return True
    if not sibling.is_html("p"):
        return False
    size, density = inner_length(sibling), link_density(sibling)
    if size > 80:
        return density < 0.25
    return 0 < size < 80 and density == 0 and _SENTENCE_END.search(normalize(trim(text_content(sibling)))) is not None
