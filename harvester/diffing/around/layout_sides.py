"""Sides of layouts in tables: a cell with the menu of the site and its news comes into the text as one block."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, pairwise
from urllib.parse import urlsplit

from harvester.diffing.around import widgets
from harvester.diffing.around.edges import is_bold
from harvester.diffing.around.labels.pages_of_sites import SITE_PAGES
from harvester.diffing.around.menus import announces_in_words, heads_a_part
from harvester.diffing.text.blocks import Block, BlockKind

_MENU = 3  # links in a row, each in a line, to pages of one site
_TITLES = 2  # of a box below it
_OF_SITES = 2  # of them, to pages such as each site has
_NAME_WORDS = 5  # of each
_TITLE_WORDS = 12  # of another line
_SENTENCE_ENDS = ".:;。：；"


def layout_sides(blocks: Sequence[Block], said: Sequence[str], first: int, last: int) -> set[int]:
    """Return the sides of layouts above all sentences or below them all; `first` and `last` are the first and the last
    block of sentences.
    """
    found = {
        place
        for place in chain(range(1, first), range(last + 1, len(blocks)))
        if is_layout_side(blocks[place]) and not _is_announced(blocks[place - 1], said[place - 1], place)
    }
    for place in chain(range(1, first), range(last + 1, len(blocks))):
        if place - 1 in found and is_box_of_titles(blocks[place]):
            found.add(place)
    return found


def is_of_a_side(block: Block) -> bool:
    """Return whether a block may be the side of a layout, or stand below it in its cell."""
    return is_layout_side(block) or is_box_of_titles(block)


def is_box_of_titles(block: Block) -> bool:
    """Return whether a block is what may stand below a menu in its cell: a name, and under it titles that are links to
    pages of one site, each in a line, with its day or without. None has a word of a policy.
    """
    links, visible = block.inline.links, block.inline.visible
    if len(links) < _TITLES or block.kind is not BlockKind.PARAGRAPH or visible.count("\n") < _TITLES:
        return False  # as most
    if len({urlsplit(link.value).netloc.removeprefix("www.") for link in links}) > 1:
        return False
    starts = sorted((link.start, link.end) for link in links)
    head = visible[: starts[0][0]].strip()
    between = "".join(visible[end:start] for (_, end), (start, _) in pairwise([*starts, (len(visible), 0)]))
    lines = visible.casefold().split("\n")
    return (
        bool(head)
        and head[-1] not in _SENTENCE_ENDS
        and head.count(" ") < _NAME_WORDS
        and not any(map(str.isalpha, between))
        and not any(line.count(" ") >= _TITLE_WORDS or _is_of_a_policy(line) for line in lines)
    )


def is_layout_side(block: Block) -> bool:
    """Return whether a block is in lines of its own a menu of the site, with names of rows and titles of other pages:
    no line is a sentence, or says something of a policy.
    """
    links, visible = block.inline.links, block.inline.visible
    if len(links) < _MENU or block.kind is not BlockKind.PARAGRAPH or visible.count("\n") < _MENU:
        return False  # as most
    if len({urlsplit(link.value).netloc.removeprefix("www.") for link in links}) > 1:
        return False
    ends = {link.start: link.end for link in links}
    longest: list[str] = []
    row: list[str] = []
    start = 0
    for line in visible.split("\n"):
        name = line.strip(" \t|>·•–-")
        begins = start + line.find(name)
        start += len(line) + 1
        said = name.casefold()
        if name and ends.get(begins) == begins + len(name) and said.count(" ") < _NAME_WORDS:
            row.append(said)
            longest = max(longest, row, key=len)
        elif name:
            row = []
            if said.count(" ") >= _TITLE_WORDS or name[-1] in _SENTENCE_ENDS or _is_of_a_policy(said):
                return False
    return len(longest) >= _MENU and len(SITE_PAGES.intersection(longest)) >= _OF_SITES


def _is_announced(above: Block, said: str, place: int) -> bool:
    is_head = above.kind is BlockKind.HEADING or is_bold(above)
    return announces_in_words(above) or (place > 1 and is_head and _is_of_a_policy(said))


def _is_of_a_policy(said: str) -> bool:
    return widgets.OF_A_POLICY.search(said) is not None or heads_a_part(said)
