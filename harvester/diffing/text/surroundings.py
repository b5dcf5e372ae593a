"""What stands around a policy in its own text: menus, counters, buttons, boxes, lists of other pages.

An extraction cannot always leave them out. They are the site's, and change with it, not with the policy. Only what a
block says decides, and only short blocks of set phrases, languages or links count (`labels`, `widgets`);
docs/history.md says of each rule why it is true of pages in general.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import groupby

from harvester.diffing.text import widgets
from harvester.diffing.text.blocks import Block, BlockKind, read_blocks
from harvester.diffing.text.cookie_notes import cookie_notes, may_be_note
from harvester.diffing.text.edges import (
    LONGEST,
    SHORT,
    counts,
    has_link,
    holds_only_links,
    is_link,
    is_menu,
    is_of_an_edge,
    leads_to_others,
    menus,
    offers_anywhere,
)
from harvester.diffing.text.inline import Inline
from harvester.diffing.text.labels import (
    BESIDE_LABELS,
    FILLERS,
    LABELS,
    LANGUAGES,
    NAMES_TOO,
    OTHER_PAGES,
    SITE_PAGES,
    leads_to_another_text,
)
from harvester.diffing.text.under_title import (
    is_announced,
    is_announcement,
    is_path,
    is_title_again,
    may_be_title_again,
)

_TOP = 4  # blocks under the title among which the path to the page can stand
_CONTENTS = 3  # headings in a row that make a table of contents
_NAME = 7  # words of a name with a place
_PROSE = 12  # words of a block that is no label, promotion or menu
_REMEMBERED = 4096  # blocks of a text

_PARTS = re.compile(r"\s*(?:[|›»>•·/▾▼]|\s[-–]\s|,\s|\t|\n)\s*")
_HAS_PARTS = re.compile(r"[|›»>•·/▾▼,\t\n–-]")
_MORE = re.compile(
    r"(?:more|latest|recent|popular|trending|other|top) (?:from|posts?|articles?|stories|news|comments|pages|topics)\b"
    r".{0,24}"
    r"|(?:weitere|neueste|beliebte) (?:artikel|beiträge|seiten)\b.{0,24}|(?:autres|derniers) articles\b.{0,24}"
)
_QUOTED = re.compile(r'".{20,}"')
_OF_SITES = LANGUAGES | FILLERS | BESIDE_LABELS | SITE_PAGES
_NUMBER_BESIDE = re.compile(r"\s*\(?\d{1,6}\)?$|^\(?\d{1,6}\)?\s+")


def surroundings(blocks: Sequence[Block]) -> frozenset[int]:
    """Return the places of the blocks that stand around the policy and are no part of it."""
    # The new text of a change is the old one of the next, and `read_blocks` gives its blocks again.
    return _remembered(_Same(blocks)) if isinstance(blocks, tuple) and len(blocks) <= _REMEMBERED else _found(blocks)


class _Same:
    """The blocks of a text, equal to themselves only: to compare them one by one would take longer than to look."""

    __slots__ = ("blocks",)

    def __init__(self, blocks: tuple[Block, ...]) -> None:
        self.blocks = blocks

    def __hash__(self) -> int:
        return id(self.blocks)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.blocks is self.blocks


@lru_cache(maxsize=16)
def _remembered(same: _Same) -> frozenset[int]:
    return _found(same.blocks)


def _found(blocks: Sequence[Block]) -> frozenset[int]:
    said = [_said(block) if len(block.key) <= SHORT else "" for block in blocks]
    found = cookie_notes(blocks, said)
    first, last = _prose(blocks, found)
    of_others = False  # within a list of other pages
    for place, block in enumerate(blocks):
        if not said[place] and block.kind is not BlockKind.HEADING:
            of_others = False
            continue  # as most
        of_others = of_others and block.kind is not BlockKind.HEADING
        stands_over_link = 0 < place < len(blocks) - 1 and not of_others and _is_over_link(block, blocks[place + 1])
        if stands_over_link and (said[place] in OTHER_PAGES or _MORE.fullmatch(said[place])):
            of_others = True
            found.add(place)
        elif block.kind is BlockKind.HEADING:
            is_below = place > last and counts(f"{block.label} {said[place]}".strip())  # it may be read as numbered
            is_label = said[place] in LABELS and not _is_listed(blocks, said, place)
            if place and (is_label or widgets.BOXES.fullmatch(said[place]) or is_below):
                found.add(place)
        elif said[place] and (
            (of_others and has_link(block))
            or (_is_label(block, said[place]) and not _is_listed(blocks, said, place))
            or (place <= _TOP and is_path(block))
            or (
                not first <= place <= last
                and is_of_an_edge(block, said[place])
                and not (said[place] in LANGUAGES and _is_listed(blocks, said, place))
            )
        ):
            found.add(place)
        else:
            of_others = False
    found |= _contents(blocks, said) | menus(blocks, said, first, last) | _praise(blocks, said)
    if is_title_again(blocks, said) or is_announced(blocks, said):
        found.add(1)
    return frozenset(_with_fillers(blocks, said, found))


def may_stand_around(block: Block, headings: Collection[str]) -> bool:
    """Return whether `surroundings` may name a block of a text with these headings (`headings_of`): most it may not."""
    key = block.key
    if len(key) > SHORT:
        if block.inline.links and is_menu(block):
            return True
    elif block.kind is BlockKind.HEADING:
        return True
    else:
        said = _said(block)
        if said in headings or _says_it_may(block, said) or (said and _is_label(block, said)):
            return True
        if said and is_of_an_edge(block, said):
            return True
        if is_path(block) or (
            block.inline.links and (has_link(block) or holds_only_links(block) or is_announcement(block, said))
        ):
            return True
        if may_be_title_again(block, said):
            return True
    return may_be_note(block)


def may_stand_around_at(blocks: Sequence[Block], place: int, headings: Collection[str]) -> bool:
    """Return whether `surroundings` may name the block at a place of a whole text, where most headings show it too."""
    block = blocks[place]
    if block.kind is not BlockKind.HEADING:
        return may_stand_around(block, headings)
    if place == 0:
        return False  # the title
    following = blocks[min(place + 1, len(blocks) - 1)]
    if following.inline.links and leads_to_others(following, _said(following)):
        return True
    if len(block.key) > SHORT:
        return False
    said = _said(block)
    return (
        (place == 1 and said in _said(blocks[0]))  # the title again
        or said in LABELS
        or widgets.BOXES.fullmatch(said) is not None
        or counts(f"{block.label} {said}".strip())
        or _says_it_may(block, said)
    )


def _says_it_may(block: Block, said: str) -> bool:
    """Return whether a short block is a part of a box, a language, a heading over links, or praise or who gave it."""
    return (
        said in FILLERS
        or said in LANGUAGES
        or said in OTHER_PAGES
        or block.key[0] in '"-–'
        or _MORE.fullmatch(said) is not None
    )


def headings_of(blocks: Sequence[Block]) -> frozenset[str]:
    """Return what the headings of a text say, which a table of contents repeats."""
    return frozenset(_said(block) for block in blocks if block.kind is BlockKind.HEADING)


def without_surroundings(text: str) -> str:
    """Return a comparable text without its title and without what stands around the policy."""
    text = text.removeprefix("#\n")  # a page without one
    blocks = read_blocks(text)
    around = surroundings(blocks)
    if blocks and blocks[0].kind is BlockKind.HEADING and blocks[0].level == 1:
        around |= {0}
    kept = [text[block.start : block.end].strip() for place, block in enumerate(blocks) if place not in around]
    return "\n\n".join(kept)


def _said(block: Block) -> str:
    return block.key.casefold().strip(" .:!?…›»>↑^▾▼")


def _prose(blocks: Sequence[Block], notes: set[int]) -> tuple[int, int]:
    """Return the places of the first and the last block of sentences; all blocks if there is none."""

    def is_prose(place: int) -> bool:
        block = blocks[place]
        return (
            place not in notes
            and block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)
            and len(block.key) > _PROSE
            and block.words >= _PROSE
            and not is_link(block)
        )

    places = range(len(blocks))
    first = next(filter(is_prose, places), None)
    return (0, len(blocks)) if first is None else (first, next(filter(is_prose, reversed(places))))


def _is_label(block: Block, said: str) -> bool:
    if said.count(" ") >= LONGEST and len(said.split()) > LONGEST:
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
    if leads_to_another_text(said, bool(inline.links)) or offers_anywhere(inline, said):
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
    split = _PARTS.split(shown) if _HAS_PARTS.search(shown) else [shown]
    if widgets.DIGIT.search(shown):
        split = [part if counts_only(part) else _NUMBER_BESIDE.sub("", part) for part in split]
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


def _is_listed(blocks: Sequence[Block], said: Sequence[str], place: int) -> bool:
    """Return whether a label that can be a name of something else stands in a list of such: right beside short lines of
    its form that are no labels, or behind a colon.
    """
    if said[place] not in NAMES_TOO:
        return False
    first = last = place
    while first > 1 and _is_alike(blocks[first - 1], blocks[place]):
        first -= 1
    while last + 1 < len(blocks) and _is_alike(blocks[last + 1], blocks[place]):
        last += 1
    if blocks[first - 1].key.endswith((":", "：")):
        return True
    row = said[first : last + 1]
    others = [one for one in row if not (one in _OF_SITES or one in LABELS or widgets.is_counter(one))]
    is_address = blocks[place].kind is BlockKind.PARAGRAPH and any(map(widgets.DIGIT.search, others))
    return bool(others) and not is_address


def _is_alike(block: Block, other: Block) -> bool:
    """Return whether a block is a few words in the form of another one."""
    same = block.kind is other.kind and block.level == other.level
    return same and block.words <= _NAME and block.key[-1:] not in ".!?。"


def _is_over_link(block: Block, below: Block) -> bool:
    """Return whether a block can be the heading over a link: it is no link of the same list."""
    return has_link(below) and not (block.kind is below.kind and has_link(block))


def _praise(blocks: Sequence[Block], said: Sequence[str]) -> set[int]:
    """Return what is in quotation marks with a name under it: somebody praises the company."""
    found = set()
    for place in range(1, len(blocks) - 1):
        if not said[place].startswith('"'):
            continue  # as most
        name = blocks[place + 1].key
        named = name.startswith(("–", "-")) and len(name.split()) <= _NAME
        if named and _QUOTED.fullmatch(said[place]) and not widgets.OF_A_POLICY.search(said[place]):
            found |= {place, place + 1}
    return found


def _with_fillers(blocks: Sequence[Block], said: Sequence[str], found: set[int]) -> set[int]:
    """Return the places with those of the parts of boxes that stand beside one of them, and of names of languages."""
    edge = sorted(found)
    while edge:
        place = edge.pop()
        for beside in (place - 1, place + 1):
            if not 0 < beside < len(blocks) or beside in found:
                continue
            block = blocks[beside]
            heads = block.kind is BlockKind.HEADING and beside < place
            listed = block.kind in (BlockKind.ITEM, BlockKind.ROW) and not is_link(block)
            if (said[beside] in FILLERS and (heads or block.kind is BlockKind.PARAGRAPH or is_link(block))) or (
                said[beside] in LANGUAGES and said[place] in LANGUAGES and not listed
            ):
                found.add(beside)
                edge.append(beside)
    return found


def _contents(blocks: Sequence[Block], said: Sequence[str]) -> set[int]:
    """Return the blocks of a table of contents: items in a row that each repeat a heading of the text."""
    headings = {words for block, words in zip(blocks, said, strict=True) if block.kind is BlockKind.HEADING}
    headings.discard("")
    listed = [
        place for place, block in enumerate(blocks) if block.kind is not BlockKind.HEADING and said[place] in headings
    ]
    contents: set[int] = set()
    for _, run in groupby(enumerate(listed), lambda numbered: numbered[1] - numbered[0]):
        places = [place for _, place in run]
        if len(places) >= _CONTENTS:
            contents.update(places)
    return contents
