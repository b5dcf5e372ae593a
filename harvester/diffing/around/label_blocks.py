"""Blocks that are labels of a page: buttons, rows of them, languages; and those that are items of a list instead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from harvester.diffing.around import widgets
from harvester.diffing.around.edges import LONGEST, is_bold, is_link, offers_anywhere
from harvester.diffing.around.labels import (
    BESIDE_LABELS,
    FILLERS,
    LABELS,
    LANGUAGES,
    NAMES_TOO,
    leads_to_another_text,
)
from harvester.diffing.around.menus import announces_in_words, heads_a_part, holds_only_links, outside_links
from harvester.diffing.around.pages_of_sites import SITE_PAGES
from harvester.diffing.around.plain_menus import HAS_PARTS, NUMBER_BESIDE, PARTS
from harvester.diffing.text.blocks import Block, BlockKind
from harvester.diffing.text.inline import Inline

_NAME = 7  # words of an item of a list
_COUNT = re.compile(r"[^\d:：]{2,30} ?[:：] ?\d{1,6}")  # or for how long
_OF_SITES = LANGUAGES | FILLERS | BESIDE_LABELS | SITE_PAGES


def is_label(block: Block, said: str) -> bool:
    """Return whether a block holds nothing but labels; `said` are its words in lower case."""
    if said.count(" ") >= LONGEST and sum(word[0].isalnum() for word in said.split()) > LONGEST:
        return False
    if block.kind in (BlockKind.ITEM, BlockKind.ROW) and not is_link(block):
        return False  # of what is collected, or with whom it is shared
    if block.kind is BlockKind.ROW and not holds_only_links(block):
        return False  # a cell says something of what the link names
    # Of two texts most blocks are the same, and of a history's.
    return _label(block.kind, block.key, said, block.inline)


@lru_cache(maxsize=8192)
def _label(kind: BlockKind, key: str, said: str, inline: Inline) -> bool:
    if said in LABELS or widgets.is_counter(said) or widgets.ACTIONS.fullmatch(said):
        return True
    if leads_to_another_text(said, bool(inline.links)) or offers_anywhere(inline, said) or _is_sign(inline):
        return True

    def counts_only(part: str) -> bool:
        return part != said and widgets.is_counter(part)

    if not widgets.OF_A_POLICY.search(said) and (
        widgets.OF_THE_SERVER.fullmatch(said)
        or widgets.BOXES.fullmatch(said)
        or (key[0] not in "'\"" and widgets.TICKERS.fullmatch(key))
    ):
        return True
    visible, links = inline.visible.casefold(), inline.links
    if len(links) > 1 and sum(link.end - link.start for link in links) >= len(visible) - len(links):
        shown = "|".join(visible[link.start : link.end] for link in links)  # side by side, with nothing between
    else:
        shown = visible
    split = PARTS.split(shown) if HAS_PARTS.search(shown) else [shown]
    if widgets.DIGIT.search(shown):
        split = [part if counts_only(part) else NUMBER_BESIDE.sub("", part) for part in split]
    parts = [part for piece in split if (part := piece.strip(" .:!?"))]
    if not parts:
        return False
    sure = [part in LABELS or counts_only(part) for part in parts]
    linked = {visible[link.start : link.end].strip() for link in links}
    if any(sure) and all(one or part in BESIDE_LABELS or part in linked for one, part in zip(sure, parts, strict=True)):
        return True
    if len(parts) > 1 and ":" in parts[0] and parts[0].split(":")[-1].strip() in LANGUAGES:
        return all(part in LANGUAGES for part in parts[1:])  # "Language: English | Deutsch"
    return all(part in LANGUAGES for part in parts) and (len(parts) > 1 or kind is BlockKind.ITEM)


def _is_sign(inline: Inline) -> bool:
    """Return whether a label stands beside links to the first page of a site, as beside the name at its top."""
    links = inline.links
    if not links or any(urlsplit(link.value).path.strip("/") for link in links):
        return False
    return outside_links(inline).strip().casefold() in LABELS


def is_listed(blocks: Sequence[Block], said: Sequence[str], place: int) -> bool:
    """Return whether a label that can be a name of something else stands in a list of such: right beside short lines of
    its form that are no labels, announced in words, or under the heading of a part.
    """
    counts = _COUNT.fullmatch(said[place]) is not None
    shown = blocks[place].inline.visible.casefold()
    is_row = HAS_PARTS.search(shown) is not None and not NAMES_TOO.isdisjoint(PARTS.split(shown))
    if not (is_row or counts or said[place] in NAMES_TOO):
        return False
    first = last = place
    while first > 1 and _is_alike(blocks[first - 1], blocks[place]):
        first -= 1
    while last + 1 < len(blocks) and _is_alike(blocks[last + 1], blocks[place]):
        last += 1
    above = blocks[first - 1]
    if announces_in_words(above):
        return True
    if first > 1 and (above.kind is BlockKind.HEADING or is_bold(above)) and heads_a_part(said[first - 1]):
        return True
    if is_row:
        return False
    row = [*said[first:place], *said[place + 1 : last + 1]]
    others = [one for one in row if not (one in _OF_SITES or one in LABELS or widgets.is_counter(one))]
    is_address = not counts and blocks[place].kind is BlockKind.PARAGRAPH and any(map(widgets.DIGIT.search, others))
    return bool(others) and not is_address


def _is_alike(block: Block, other: Block) -> bool:
    """Return whether a block is a few words in the form of another one."""
    same = block.kind is other.kind and block.level == other.level and is_bold(block) == is_bold(other)
    return same and block.words <= _NAME and block.key[-1:] not in ".!?。:："
