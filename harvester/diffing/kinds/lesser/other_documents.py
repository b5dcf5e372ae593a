"""Links to other documents of the site, one below the other: what those say is said in them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from urllib.parse import urlsplit

from harvester.diffing.change import Kind
from harvester.diffing.kinds.headings import is_kind_of_document
from harvester.diffing.kinds.lesser.place import Place
from harvester.diffing.kinds.reasons import Finding, arrow, quote
from harvester.diffing.text.blocks import Block
from harvester.diffing.text.tokens import words_of

_LONGEST = 120  # characters of a link to a document
_WORDS = 9
_ABOUT = re.compile(r"\b(?:privacy|cookies?|data protection)\b", re.IGNORECASE)
_OF_OTHERS = re.compile(
    r"\b(?:partners?'?|vendors?'?|advertisers?'?|third|recipients?|suppliers?|providers?)\b", re.IGNORECASE
)
_START = attrgetter("start")


def other_document(place: Place) -> Finding | None:
    """Judge a line that is a link to another document about privacy, among links to documents of one site."""
    for (side, start, end), text in zip(place.parts, (place.texts.old, place.texts.new), strict=True):
        if start == end:
            continue
        first = side.number_of(start)
        if len(side.blocks[first].inline.links) != 1:
            return None  # as most
        blocks = side.blocks[first : side.number_of(end - 1) + 1]
        if not all(_host_of(block) and not _is_of_others(block) and _stands_among(text, block) for block in blocks):
            return None
    old, new = place.old, place.new
    if old and new:
        return Finding(Kind.MINOR, f"a link to another document of the site: {arrow(old, new)}")
    side, start, end = place.only
    if start != side.block_at(start)[0] or end != side.block_at(end - 1)[1]:
        return None
    return Finding(Kind.MINOR, f"a link to another document of the site {place.came_or_went}: {quote(old or new)}")


def _stands_among(text: Sequence[Block], block: Block) -> bool:
    """Return whether the line above or below is such a link to the same site."""
    place = bisect_left(text, block.start, key=_START)
    beside = [text[other] for other in (place - 1, place + 1) if 0 <= other < len(text)]
    return any(_host_of(other) == _host_of(block) for other in beside)


def _is_of_others(block: Block) -> bool:
    return _OF_OTHERS.search(block.inline.visible) is not None


def _host_of(block: Block) -> str:
    """Return the host of the document about privacy to which a block is a link, and no more; nothing if it is none."""
    links = block.inline.links
    if len(block.key) > _LONGEST or len(links) != 1:
        return ""  # as most
    words = words_of(block.tokens)
    if len(words) > _WORDS or not any(map(is_kind_of_document, words)):
        return ""
    label = block.inline.visible[links[0].start : links[0].end]
    is_all = len(words_of(label.split())) >= len(words)
    return urlsplit(links[0].value).netloc if is_all and _ABOUT.search(label) else ""
