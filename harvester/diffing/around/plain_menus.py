"""Menus without links: names of pages or of languages in a row, or one below the other.

A page may show its menu as plain text, and an extraction may lose the links. Such a menu looks like a list of the
policy, so its names have to give it away: several are of pages that most sites have and that no policy lists (Home,
Careers, Site map), or of languages. A list of the policy is announced, by a colon or by whatever heads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from harvester.diffing.around import widgets
from harvester.diffing.around.edges import LONGEST, is_bold
from harvester.diffing.around.labels import BESIDE_LABELS, FILLERS, LABELS, LANGUAGES, leads_to_another_text
from harvester.diffing.around.labels.pages_of_sites import COLUMNS, PAGES, TELLING_PAGES
from harvester.diffing.around.menus import announces_in_words, heads_a_part, is_menu
from harvester.diffing.around.under_title import NAMES_UNDER_TITLE
from harvester.diffing.text.blocks import Block, BlockKind
from harvester.diffing.text.inline import Inline

_NAMES = 3  # that make a menu
_TELLING = 2  # of them, above all sentences or below them all
_TELLING_BETWEEN = 3  # of them, between sentences
_ALL_KNOWN = 5  # names: where all are known, one less has to tell
_WORDS = 4  # of a name
_LETTERS = 40  # of a name
_GLUED = 3  # telling names in a line that has nothing between them
_GLUED_WORDS = 40  # of such a line

PARTS = re.compile(r"\s*(?:[|›»>•·/▾▼]|\s[-–]\s|,\s|\t|\n)\s*")
"""What divides the names of a row."""
HAS_PARTS = re.compile(r"[|›»>•·/▾▼,\t\n–-]")
NUMBER_BESIDE = re.compile(r"\s*\(?\d{1,6}\)?$|^\(?\d{1,6}\)?\s+")
"""How many things of a name there are."""
_ENDS = (".", ";", ":", "。", "；", "：", ",", "，", "、")
_SENTENCE_ENDS = ".!?。！？"
_OF_A_FOOTER = re.compile(r"[\d©®™]")
_NAMES_OF_LANGUAGES = frozenset(name for name in LANGUAGES if len(name) > 2 or not name.isascii())
_TELLING_NAMES = TELLING_PAGES | _NAMES_OF_LANGUAGES
_KNOWN = _TELLING_NAMES | PAGES | LABELS | LANGUAGES | BESIDE_LABELS | FILLERS
_WORDS_OF_NAMES = frozenset(word for name in _KNOWN for word in name.split(" "))
_HEADS = _KNOWN | COLUMNS | NAMES_UNDER_TITLE


def plain_menus(blocks: Sequence[Block], said: Sequence[str], first: int, last: int) -> set[int]:
    """Return the blocks of menus without links; `first` and `last` are the first and the last block of sentences."""
    found: set[int] = set()
    for run in _runs(blocks, said):
        heads = {place for place in run if blocks[place].kind is BlockKind.HEADING}
        names = [said[place] for place in run if place not in heads]
        if is_menu_of_names(names, between=first < run[0] < last) and not is_announced(blocks, said, run[0]):
            found |= {place for place in run if place in heads or _is_name(said[place])}
    for place in range(1, len(blocks)):
        is_of_names = is_row(blocks[place], said[place], between=first < place < last)
        if is_of_names and not is_announced(blocks, said, place):
            found.add(place)
    return found


def _runs(blocks: Sequence[Block], said: Sequence[str]) -> Iterator[list[int]]:
    """Yield the places of names of one form below each other, with the headings of columns over and between them."""
    run: list[int] = []
    of_run: tuple[BlockKind, bool] | None = None
    for place in range(1, len(blocks) + 1):
        form = _form(blocks[place], said[place]) if place < len(blocks) and said[place] else None
        is_column = form is not None and form[0] is BlockKind.HEADING
        if form is None or not (is_column or of_run in (None, form)):
            while run and blocks[run[-1]].kind is BlockKind.HEADING:
                run.pop()  # of what is below
            if run:
                yield run
            run, of_run = [], None
        if form is not None:
            run.append(place)
            of_run = of_run if is_column else form


def _form(block: Block, said: str) -> tuple[BlockKind, bool] | None:
    """Return the form of an entry of a menu, or of the heading of a column; None if a block is neither."""
    return (block.kind, is_bold(block)) if _heads_a_column(block, said) or is_entry(block, said) else None


def may_be_of_plain_menu(block: Block, said: str, beside: Iterable[tuple[Block, str]]) -> bool:
    """Return whether a block may be of a menu without links, if these blocks are right beside it: a row, or what has a
    name beside it.
    """
    if is_row(block, said):
        return True
    may_be_one = _heads_a_column(block, said) or (is_entry(block, said) and _is_name(said))
    return may_be_one and any(_form(other, name) is not None for other, name in beside if name)


def is_entry(block: Block, said: str) -> bool:
    """Return whether a block is a few words in the form of an entry of a menu."""
    return (
        0 < len(said) <= _LETTERS
        and block.kind in (BlockKind.ITEM, BlockKind.PARAGRAPH)
        and said.count(" ") < _WORDS
        and not block.label
        and block.key[-1] not in _ENDS
        and (not block.inline.links or is_menu(block))
    )


def is_row(block: Block, said: str, *, between: bool = False) -> bool:
    """Return whether a block is a menu by itself: names divided by bars, dots or the like, or by spaces alone."""
    if not said or block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM) or block.label or block.key[-1] in _ENDS:
        return False
    return _is_row(said, block.inline, between)


@lru_cache(maxsize=8192)  # of two texts most blocks are the same, and of a history's
def _is_row(said: str, inline: Inline, between: bool) -> bool:
    visible = inline.visible.casefold()
    if not HAS_PARTS.search(visible):
        return _is_glued(said)
    names = [name for part in PARTS.split(visible) if (name := part.strip(" .:!?"))]
    return is_menu_of_names(names, between=between) and all(len(name) <= _LETTERS and _is_name(name) for name in names)


def is_menu_of_names(names: Sequence[str], *, between: bool) -> bool:
    """Return whether names in a row are a site's: enough of them tell so, and at least half of them are known."""
    if len(names) < _NAMES:
        return False
    listed = [name if name in _KNOWN else NUMBER_BESIDE.sub("", name) for name in names]
    if all(name in LANGUAGES for name in listed):
        return True
    others = sum(name not in _KNOWN and leads_to_another_text(name, linked=True) for name in listed)
    telling = others + sum(name in _TELLING_NAMES for name in listed)
    known = others + sum(name in _KNOWN for name in listed)
    if known == len(listed) >= _ALL_KNOWN:
        telling += 1
    return telling >= (_TELLING_BETWEEN if between else _TELLING) and 2 * known >= len(listed)


def _is_name(said: str) -> bool:
    """Return whether a name says nothing of a policy: what data, whose, for whom."""
    return NUMBER_BESIDE.sub("", said) in _KNOWN or not _says_something(said)


def _says_something(said: str) -> bool:
    return widgets.OF_A_POLICY.search(said) is not None or heads_a_part(said)


def _is_glued(said: str) -> bool:
    """Return whether a line is names of pages, or of languages, with nothing but a space between them."""
    words = said.split()
    if not _GLUED <= len(words) <= _GLUED_WORDS:
        return False
    if 3 * len(list(filter(_WORDS_OF_NAMES.__contains__, words))) < 2 * len(words):
        return False  # as most
    if all(word in LANGUAGES for word in words):
        return True
    telling = known = place = 0
    while place < len(words):
        for length in range(_WORDS, 0, -1):
            name = " ".join(words[place : place + length])
            if name in _KNOWN:
                telling += name in _TELLING_NAMES
                known += length
                place += length
                break
        else:
            if _says_something(words[place]):
                return False
            place += 1
    return telling >= _GLUED and 3 * known >= 2 * len(words)


def _heads_a_column(block: Block, said: str) -> bool:
    return block.kind is BlockKind.HEADING and said in COLUMNS


def is_announced(blocks: Sequence[Block], said: Sequence[str], place: int) -> bool:
    """Return whether something stands over a list that says what is listed: a heading but the page's title, a line that
    ends with a colon, one in bold or in another form that is no sentence.
    """
    above, block = blocks[place - 1], blocks[place]
    if said[place - 1] in _HEADS:
        return False
    if above.kind is BlockKind.HEADING:
        return place > 1
    if announces_in_words(above):
        return True
    is_sentence = above.key[-1] in _SENTENCE_ENDS or above.words > LONGEST
    if is_sentence or above.kind is not BlockKind.PARAGRAPH or _OF_A_FOOTER.search(above.key):
        return False
    return is_bold(above) > is_bold(block) or (block.kind is BlockKind.ITEM and bool(said[place - 1]))
