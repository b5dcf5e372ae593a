"""What stands around a policy in its own text: menus, counters, buttons, boxes, lists of other pages.

An extraction cannot always leave them out. They are the site's, and change with it, not with the policy. Only short
blocks of set phrases, languages or links count; docs/kinds.md says of each rule why it is true of pages in general.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from functools import lru_cache

from harvester.diffing.around import widgets
from harvester.diffing.around.cookie_notes import cookie_notes, listed_above, may_be_listed, may_be_note
from harvester.diffing.around.edges import (
    LONGEST,
    SHORT,
    counts,
    has_link,
    is_link,
    is_of_an_edge,
    is_outage,
    is_short,
    may_praise,
    praise,
)
from harvester.diffing.around.label_blocks import Lists, answers, is_label, may_answer
from harvester.diffing.around.labels import FILLERS, LABELS, LANGUAGES, OTHER_PAGES, TITLES_OF_DIALOGS
from harvester.diffing.around.labels.pages_of_sites import SITE_PAGES
from harvester.diffing.around.layout_sides import is_of_a_side, layout_sides
from harvester.diffing.around.menus import holds_only_links, is_menu, is_row_of_pages, leads_to_others, menus
from harvester.diffing.around.page_numbers import page_number, page_numbers
from harvester.diffing.around.plain_menus import may_be_of_plain_menu, plain_menus
from harvester.diffing.around.table_of_contents import contents, gist
from harvester.diffing.around.under_title import (
    above_the_name,
    is_announced,
    is_announcement,
    is_path,
    is_step,
    listed_path,
    may_stand_above_the_name,
    names_page,
)
from harvester.diffing.kinds.lesser.copyright_line import says_only_whose_it_is, without_years
from harvester.diffing.links import page_of, spells_out, without_last_slashes
from harvester.diffing.text.blocks import Block, BlockKind, read_blocks
from harvester.diffing.text.cells import gaps
from harvester.diffing.text.spacing import closed_up

_TOP = 4  # blocks under the title among which the path to the page can stand
_PROSE = 12  # words of a block that is no label, promotion or menu
_REMEMBERED = 4096  # blocks of a text

_MORE = re.compile(
    r"(?:more|latest|recent|popular|trending|other|top) (?:from|posts?|articles?|stories|news|comments|pages|topics)\b"
    r".{0,24}"
    r"|(?:weitere|neueste|beliebte) (?:artikel|beiträge|seiten)\b.{0,24}|(?:autres|derniers) articles\b.{0,24}"
)
_FIGURES = re.compile(r"\d+")


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
    said = [_said(block) if is_short(block) else "" for block in blocks]
    lists = Lists(blocks, said)
    found = cookie_notes(blocks, said) | listed_above(blocks)
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
            labels_it = said[place] in LABELS and place not in lists
            if place and (labels_it or widgets.BOXES.fullmatch(said[place]) or is_below):
                found.add(place)
        elif said[place] and (
            (of_others and has_link(block))
            or (is_label(block, said[place]) and place not in lists)
            or (place <= _TOP and is_path(block))
            or (place < first and is_outage(block, said[place]))
            or (not first <= place <= last and is_of_an_edge(block, said[place]) and place not in lists)
        ):
            found.add(place)
        else:
            of_others = False
    found |= answers(blocks, said, found)
    found |= contents(blocks, said) | menus(blocks, said, first, last) | praise(blocks, said)
    found |= plain_menus(blocks, said, first, last) | page_numbers(blocks) | layout_sides(blocks, said, first, last)
    found.update(above_the_name(blocks, said, _TOP + 1), listed_path(blocks, said))
    top = range(1, min(_TOP + 2, len(blocks)))
    if again := {place for place in top if _is_title_again(blocks, place, said[place])}:
        found |= again
    elif is_announced(blocks, said):
        found.add(1)
    return frozenset(_with_fillers(blocks, said, found))


def may_stand_around_at(blocks: Sequence[Block], place: int, headings: Container[str]) -> bool:
    """Return whether `surroundings` may name the block at a place of a text with these headings (`headings_of`): most
    it may not.
    """
    block = blocks[place]
    short = is_short(block)
    said = _said(block) if short else ""
    if block.kind is BlockKind.HEADING:
        return place > 0 and _may_head(blocks, place, said)
    if short and (
        _says_it_may(said)
        or may_praise(blocks, place)
        or (said in SITE_PAGES and block.kind is BlockKind.ITEM)
        or (said and (is_label(block, said) or is_of_an_edge(block, said) or is_outage(block, said)))
        or is_path(block)
        or (place <= _TOP + 2 and _may_be_of_listed_path(blocks, place))
        or page_number(block) is not None
        or may_answer(block, said)
        or (0 < place <= _TOP and may_stand_above_the_name(block, said, _said(blocks[1])))
        or may_be_of_plain_menu(block, said, _short_beside(blocks, place))
        or (block.inline.links and (has_link(block) or holds_only_links(block) or is_announcement(block, said)))
        or _is_title_again(blocks, place, said)
        or gist(said) in headings
    ):
        return True
    is_of_cookies = may_be_note(block) or may_be_listed(blocks, place)
    return is_of_cookies or is_menu(block) or is_row_of_pages(block) or is_of_a_side(block)


def _may_be_of_listed_path(blocks: Sequence[Block], place: int) -> bool:
    """Return whether a block near the title may be a step of a path that is a list, or the name behind the last."""
    return is_step(blocks[place]) or (place > 1 and blocks[place].kind is BlockKind.ITEM and is_step(blocks[place - 1]))


def _may_head(blocks: Sequence[Block], place: int, said: str) -> bool:
    """Return whether a heading, which most texts show to be of the policy, may stand around it."""
    block, following = blocks[place], blocks[min(place + 1, len(blocks) - 1)]
    if following.inline.links and leads_to_others(following, _said(following)):
        return True
    return bool(said) and (
        _is_title_again(blocks, place, said)
        or said in LABELS
        or widgets.BOXES.fullmatch(said) is not None
        or may_be_of_plain_menu(block, said, _short_beside(blocks, place))
        or counts(f"{block.label} {said}".strip())
        or _says_it_may(said)
        or may_praise(blocks, place)
    )


def _is_title_again(blocks: Sequence[Block], place: int, said: str) -> bool:
    """Return whether a block below the title says the name of the page again: see `names_page`."""
    if not said or place > _TOP + 1:
        return False
    title = _said(blocks[0]) if is_short(blocks[0]) else ""
    above = [(block, _said(block) if is_short(block) else "") for block in blocks[1:place]]
    return names_page(blocks[place], said, title, above)


def _short_beside(blocks: Sequence[Block], place: int) -> Iterator[tuple[Block, str]]:
    """Yield the blocks before and behind a place, but for the title, that are as short as labels, with their words."""
    near = [blocks[beside] for beside in (place - 1, place + 1) if 0 < beside < len(blocks)]
    return ((block, _said(block)) for block in near if is_short(block))


def _says_it_may(said: str) -> bool:
    """Return whether a short block is a part of a box, a language or a heading over links."""
    return (
        said in FILLERS
        or said in LANGUAGES
        or said in OTHER_PAGES
        or said in TITLES_OF_DIALOGS
        or _MORE.fullmatch(said) is not None
    )


def headings_of(blocks: Sequence[Block]) -> frozenset[str]:
    """Return the gists of the headings of a text, which a table of contents repeats."""
    return frozenset(gist(_said(block)) for block in blocks if block.kind is BlockKind.HEADING)


def without_surroundings(text: str) -> str:
    """Return what a comparable text says and where its links lead: without its title, without what stands around the
    policy, and without markup (emphasis, levels of headings, signs of lists, titles of links) and years of copyright.

    Of a text that says nothing but whose the page is, all figures are left out.
    """
    blocks = blocks_of(text)
    around = surroundings(blocks)
    if blocks and blocks[0].kind is BlockKind.HEADING and blocks[0].level == 1:
        around |= {0}
    left = [block for place, block in enumerate(blocks) if place not in around]
    body = "\n\n".join(map(_as_read, left))
    is_footer = all(len(block.key) <= SHORT and says_only_whose_it_is(block) for block in left)
    return _FIGURES.sub("", body) if is_footer else body


def blocks_of(text: str) -> tuple[Block, ...]:
    """Return the blocks of a comparable text; a page without a title has its name below it like any other."""
    return read_blocks(f"# …{text[1:]}" if text.startswith("#\n") else text)


def said_in_body(block: Block) -> str:
    """Return what a block says as `without_surroundings` writes it: in one line, of the copyright without years."""
    said = closed_up(f"{block.label} {block.key}".strip())
    if len(block.key) <= SHORT and says_only_whose_it_is(block):
        said = without_years(said)
    return without_last_slashes(said) if "://" in said else said


def may_be_long(key: str) -> bool:
    """Return whether a block may be more than a heading or a label: many words, or many characters."""
    return len(key) > SHORT or key.count(" ") >= LONGEST


def _as_read(block: Block) -> str:
    is_plain = block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM) or not may_be_long(block.key)
    kind = "" if is_plain else block.kind
    visible = block.inline.visible
    links = [link for link in block.inline.links if not spells_out(visible[link.start : link.end], link.value)]
    targets = [page_of(link.value).replace("//www.", "//", 1) for link in links]
    return "\n".join((f"{kind}{gaps(block)}", said_in_body(block), *targets))


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
            and not is_row_of_pages(block)
            and not is_of_a_side(block)
        )

    places = range(len(blocks))
    first = next(filter(is_prose, places), None)
    return (0, len(blocks)) if first is None else (first, next(filter(is_prose, reversed(places))))


def _is_over_link(block: Block, below: Block) -> bool:
    """Return whether a block can be the heading over a link: it is no link of the same list."""
    return has_link(below) and not (block.kind is below.kind and has_link(block))


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
