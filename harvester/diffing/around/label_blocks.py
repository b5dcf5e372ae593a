"""Blocks that are labels of a page: buttons, rows of them, languages; and those that are items of a list instead."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from harvester.diffing.around import widgets
from harvester.diffing.around.edges import LONGEST, OF_THE_POLICY, is_bold, is_link, offers_anywhere
from harvester.diffing.around.labels import (
    ANSWERS,
    BESIDE_LABELS,
    FILLERS,
    LABELS,
    LANGUAGES,
    NAMES_TOO,
    leads_to_another_text,
)
from harvester.diffing.around.labels.pages_of_sites import SITE_PAGES
from harvester.diffing.around.menus import announces_in_words, heads_a_part, holds_only_links, outside_links
from harvester.diffing.around.plain_menus import HAS_PARTS, NUMBER_BESIDE, PARTS
from harvester.diffing.text.blocks import Block, BlockKind
from harvester.diffing.text.inline import Inline

_ANSWERS = 3  # to one question
_NAME = 7  # words of an item of a list
_COUNT = re.compile(r"[^\d:：]{2,30} ?[:：] ?\d{1,6}")  # or for how long
_OF_A_REGION = re.compile(r"([a-z]{2}) ?[(_-][a-z]{2}\)?")
_INTO_ACCOUNT = re.compile(r"/(?:(?:log|sign)[-_]?(?:in|on|up)|register|registration|join|auth)(?:\.\w{2,5})?/?$")
_BACK = "←⟵⬅❮"
_OF_SITES = LANGUAGES | FILLERS | BESIDE_LABELS | SITE_PAGES


def is_label(block: Block, said: str) -> bool:
    """Return whether a block holds nothing but labels; `said` are its words in lower case."""
    if block.kind in (BlockKind.ITEM, BlockKind.ROW) and not is_link(block):
        return False  # of what is collected, or with whom it is shared
    if said.count(" ") >= LONGEST and sum(word[0].isalnum() for word in said.split()) > LONGEST:
        return False
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
    if kind is not BlockKind.ITEM and _leads_back(inline, said):
        return True

    def counts_only(part: str) -> bool:
        return part != said and widgets.is_counter(part)

    has_digit = widgets.DIGIT.search(said) is not None
    is_of_site = (
        widgets.OF_THE_SERVER.fullmatch(said)
        or widgets.BOXES.fullmatch(said)
        or (has_digit and key[0] not in "'\"" and widgets.TICKERS.fullmatch(key))
    )
    if is_of_site and not widgets.OF_A_POLICY.search(said):
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
    return all(map(_is_language, parts)) and (len(parts) > 1 or kind is BlockKind.ITEM)


def answers(blocks: Sequence[Block], said: Sequence[str], found: Container[int]) -> set[int]:
    """Return the places of up to three answers right behind a question whether the page helped, one of those found."""
    places: set[int] = set()
    for place, block in enumerate(blocks):
        if block.key[-1:] not in "?？" or place not in found or not _asks_of_the_page(said[place]):
            continue  # as most
        given: set[str] = set()
        for behind in range(place + 1, min(place + 1 + _ANSWERS, len(blocks))):
            if said[behind] in given or not may_answer(blocks[behind], said[behind]):
                break
            given.add(said[behind])
            places.add(behind)
    return places


def may_answer(block: Block, said: str) -> bool:
    """Return whether a block is what a reader may answer."""
    return said in ANSWERS and block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)


def _asks_of_the_page(said: str) -> bool:
    return said in LABELS or widgets.ACTIONS.fullmatch(said) is not None or widgets.is_counter(said)


def _is_language(part: str) -> bool:
    """Return whether a part of a row names a language, also by its code and a country's: ``pt (br)``, ``pt-br``."""
    return part in LANGUAGES or ((code := _OF_A_REGION.fullmatch(part)) is not None and code[1] in LANGUAGES)


def _is_sign(inline: Inline) -> bool:
    """Return whether a label stands beside links to the first page of a site, as beside the name at its top."""
    links = inline.links
    if not links or any(urlsplit(link.value).path.strip("/") for link in links):
        return False
    return outside_links(inline).strip().casefold() in LABELS


def _leads_back(inline: Inline, said: str) -> bool:
    """Return whether a block is a link to where its reader came from: an arrow to the left and the name of a page."""
    visible, links = inline.visible.strip(), inline.links
    return (
        len(links) == 1
        and visible[:1] in _BACK
        and not outside_links(inline).strip(_BACK + " ")
        and len(said.split()) <= _NAME
        and not widgets.OF_A_POLICY.search(said)
        and not OF_THE_POLICY.search(said)
    )


class _Row(NamedTuple):
    """Short lines of one form, one below the other."""

    is_announced: bool
    others: frozenset[int]
    """The places of those that are no labels."""
    with_digits: frozenset[int]


class Lists:
    """The rows of short lines in a text: each is looked through once for all the labels in it."""

    def __init__(self, blocks: Sequence[Block], said: Sequence[str]) -> None:
        self._blocks, self._said = blocks, said
        self._rows: dict[int, _Row] = {}

    def __contains__(self, place: object) -> bool:
        """Return whether the label at a place, which can be a name of something else, stands in a list of such: right
        beside short lines of its form that are no labels, announced in words, or under the heading of a part.
        """
        assert isinstance(place, int)
        block, said = self._blocks[place], self._said[place]
        counts = _COUNT.fullmatch(said) is not None
        shown = block.inline.visible.casefold()
        is_row = HAS_PARTS.search(shown) is not None and not NAMES_TOO.isdisjoint(PARTS.split(shown))
        if not (is_row or counts or said in NAMES_TOO):
            return False
        row = self._row_of(place)
        if row.is_announced or is_row:
            return row.is_announced
        if _leads_into_account(block.inline):
            return False
        is_address = not counts and block.kind is BlockKind.PARAGRAPH and _has_another(row.with_digits, place)
        return _has_another(row.others, place) and not is_address

    def _row_of(self, place: int) -> _Row:
        known = self._rows.get(place)
        if known is None:
            blocks, said = self._blocks, self._said
            first = last = place
            while first > 1 and _is_alike(blocks[first - 1], blocks[place]):
                first -= 1
            while last + 1 < len(blocks) and _is_alike(blocks[last + 1], blocks[place]):
                last += 1
            others = [one for one in range(first, last + 1) if _is_no_label(said[one])]
            with_digits = [one for one in others if widgets.DIGIT.search(said[one])]
            known = _Row(self._announces(first - 1), frozenset(others), frozenset(with_digits))
            self._rows[place] = known
            if place and _is_alike(blocks[place], blocks[place]):  # a sentence is beside the row, and no part of it
                self._rows.update(dict.fromkeys(range(first, last + 1), known))
        return known

    def _announces(self, place: int) -> bool:
        above = self._blocks[place]
        if announces_in_words(above):
            return True
        return place > 0 and (above.kind is BlockKind.HEADING or is_bold(above)) and heads_a_part(self._said[place])


def _leads_into_account(inline: Inline) -> bool:
    """Return whether a line is a link to the page by which one gets into an account, as its address says."""
    links = inline.links
    if len(links) != 1 or outside_links(inline).strip():
        return False
    return _INTO_ACCOUNT.search(urlsplit(links[0].value).path.casefold()) is not None


def _has_another(places: frozenset[int], place: int) -> bool:
    return len(places) > (place in places)


def _is_no_label(said: str) -> bool:
    return not (said in _OF_SITES or said in LABELS or widgets.is_counter(said))


def _is_alike(block: Block, other: Block) -> bool:
    """Return whether a block is a few words in the form of another one."""
    same = block.kind is other.kind and block.level == other.level and is_bold(block) == is_bold(other)
    return same and block.words <= _NAME and block.key[-1:] not in ".!?。:："
