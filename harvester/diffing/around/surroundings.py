"""What stands around a policy in its own text: menus, counters, buttons, boxes, lists of other pages.

An extraction cannot always leave them out. They are the site's, and change with it, not with the policy. Only what a
block says decides, and only short blocks of set phrases, languages or links count (`labels`, `widgets`);
docs/kinds.md says of each rule why it is true of pages in general.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from harvester.diffing.around import widgets
from harvester.diffing.around.cookie_notes import cookie_notes, may_be_note
from harvester.diffing.around.edges import (
    LONGEST,
    SHORT,
    counts,
    has_link,
    is_link,
    is_of_an_edge,
    is_outage,
)
from harvester.diffing.around.label_blocks import is_label, is_listed
from harvester.diffing.around.labels import (
    FILLERS,
    LABELS,
    LANGUAGES,
    OTHER_PAGES,
    TITLES_OF_DIALOGS,
)
from harvester.diffing.around.menus import holds_only_links, is_menu, leads_to_others, menus
from harvester.diffing.around.pages_of_sites import SITE_PAGES
from harvester.diffing.around.plain_menus import may_be_of_plain_menu, plain_menus
from harvester.diffing.around.table_of_contents import contents, gist
from harvester.diffing.around.under_title import (
    NAMES_UNDER_TITLE,
    is_announced,
    is_announcement,
    is_path,
    is_title_again,
    may_be_title_again,
)
from harvester.diffing.kinds.lesser.copyright_line import says_only_whose_it_is
from harvester.diffing.text.blocks import Block, BlockKind, read_blocks
from harvester.diffing.text.inline import spells_out

_TOP = 4  # blocks under the title among which the path to the page can stand
_NAME = 7  # words of a name with a place
_PROSE = 12  # words of a block that is no label, promotion or menu
_REMEMBERED = 4096  # blocks of a text

_MORE = re.compile(
    r"(?:more|latest|recent|popular|trending|other|top) (?:from|posts?|articles?|stories|news|comments|pages|topics)\b"
    r".{0,24}"
    r"|(?:weitere|neueste|beliebte) (?:artikel|beiträge|seiten)\b.{0,24}|(?:autres|derniers) articles\b.{0,24}"
)
_STROKE = re.compile(r"(://[^\s()]*)/(?=[\s)]|$)")
_FIGURES = re.compile(r"\d+")
_QUOTED = re.compile(r'".{20,}"')


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
            labels_it = said[place] in LABELS and not is_listed(blocks, said, place)
            if place and (labels_it or widgets.BOXES.fullmatch(said[place]) or is_below):
                found.add(place)
        elif said[place] and (
            (of_others and has_link(block))
            or (is_label(block, said[place]) and not is_listed(blocks, said, place))
            or (place <= _TOP and is_path(block))
            or (place < first and is_outage(block, said[place]))
            or (not first <= place <= last and is_of_an_edge(block, said[place]) and not is_listed(blocks, said, place))
        ):
            found.add(place)
        else:
            of_others = False
    found |= contents(blocks, said) | menus(blocks, said, first, last) | _praise(blocks, said)
    found |= plain_menus(blocks, said, first, last)
    below_path = 2 if len(blocks) > 1 and is_path(blocks[1]) else 1
    if is_title_again(blocks, said, below_path):
        found.add(below_path)
    elif is_announced(blocks, said):
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
        if gist(said) in headings or _says_it_may(block, said) or (said and is_label(block, said)):
            return True
        if said and (is_of_an_edge(block, said) or is_outage(block, said)):
            return True
        if (
            is_path(block)
            or may_be_of_plain_menu(block, said)
            or (block.inline.links and (has_link(block) or holds_only_links(block) or is_announcement(block, said)))
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
        (place <= 2 and (said in _said(blocks[0]) or said in NAMES_UNDER_TITLE))  # the title again
        or said in LABELS
        or widgets.BOXES.fullmatch(said) is not None
        or may_be_of_plain_menu(block, said)
        or counts(f"{block.label} {said}".strip())
        or _says_it_may(block, said)
    )


def _says_it_may(block: Block, said: str) -> bool:
    """Return whether a short block is a part of a box, a language, a heading over links, or praise or who gave it."""
    return (
        said in FILLERS
        or said in LANGUAGES
        or said in OTHER_PAGES
        or said in SITE_PAGES
        or said in TITLES_OF_DIALOGS
        or block.key[0] in '"-–'
        or _MORE.fullmatch(said) is not None
    )


def headings_of(blocks: Sequence[Block]) -> frozenset[str]:
    """Return the gists of the headings of a text, which a table of contents repeats."""
    return frozenset(gist(_said(block)) for block in blocks if block.kind is BlockKind.HEADING)


def without_surroundings(text: str) -> str:
    """Return what a comparable text says and where its links lead: without its title, without what stands around the
    policy, and without markup (emphasis, levels of headings, signs of lists, titles of links).

    Of a text that says nothing but whose the page is, the years are left out too.
    """
    if text.startswith("#\n"):  # a page without one, which has its name below it like any other
        text = f"# …{text[1:]}"
    blocks = read_blocks(text)
    around = surroundings(blocks)
    if blocks and blocks[0].kind is BlockKind.HEADING and blocks[0].level == 1:
        around |= {0}
    left = [block for place, block in enumerate(blocks) if place not in around]
    body = "\n\n".join(map(_as_read, left))
    is_footer = all(len(block.key) <= SHORT and says_only_whose_it_is(block) for block in left)
    return _FIGURES.sub("", body) if is_footer else body


def may_be_long(key: str) -> bool:
    """Return whether a block may be more than a heading or a label: many words, or many characters."""
    return len(key) > SHORT or key.count(" ") >= LONGEST


def _as_read(block: Block) -> str:
    is_plain = block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM) or not may_be_long(block.key)
    kind = "" if is_plain else block.kind
    visible = block.inline.visible
    links = [link for link in block.inline.links if not spells_out(visible[link.start : link.end], link.value)]
    targets = [_written_to(link.value).replace("//www.", "//", 1) for link in links]
    said = f"{block.label} {block.key}".strip()
    return "\n".join((kind, _STROKE.sub(r"\1", said) if "://" in said else said, *targets))


def _written_to(target: str) -> str:
    """Return the target of a link without what an e-mail to it begins with."""
    return target.partition("?")[0] if target.startswith("mailto:") else target


def _said(block: Block) -> str:
    return block.inline.folded.strip(" .:!?…›»>↑^▾▼")


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
