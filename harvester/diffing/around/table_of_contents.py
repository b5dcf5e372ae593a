"""A table of contents: entries in a row that each repeat a heading of the text, in its words or nearly so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

from harvester.diffing.around.edges import LONGEST
from harvester.diffing.text.blocks import Block, BlockKind
from harvester.diffing.text.tokens import COMMON_WORDS

_CONTENTS = 3  # headings in a row that make a table of contents
_UNDER_ITS_NAME = 2  # where it is called so
_NAMES_WORDS = (
    "table of contents|contents|in this policy|on this page|inhaltsverzeichnis|inhalt|sommaire|table des matières"
    "|índice|tabla de contenido|tabla de contenidos|indice|sumário|inhoudsopgave|inhoud|innehåll|innehållsförteckning"
    "|indhold|indholdsfortegnelse|innhold|innholdsfortegnelse|sisällys|sisällysluettelo|spis treści|obsah"
    "|tartalomjegyzék|cuprins|содержание|оглавление|зміст|съдържание|περιεχόμενα|içindekiler|目次|目录|目錄|목차"
    "|المحتويات|תוכן עניינים|सामग्री|สารบัญ|mục lục|daftar isi"
)
_NAMES = frozenset(_NAMES_WORDS.split("|"))
_NUMBER = re.compile(r"\d+[.)]?|(?:[ivxl]+|[a-z])[.)]")
"""A number that is not read as an item's, as a heading's is."""
_SAY_SOMETHING = frozenset("no not may shall will can do does which who other our your".split())  # noqa: SIM905
_UNTOLD = COMMON_WORDS - _SAY_SOMETHING


@lru_cache(maxsize=4096)  # successive versions have most of their headings in common
def gist(said: str) -> str:
    """Return the words of a heading or an entry of a table of contents, in no order, without those that tell nothing:
    an entry may be shorter than its heading (``Your rights``, ``What rights do you have?``).
    """
    if said.count(" ") >= LONGEST:
        return said
    words = said.split()
    if len(words) > 1 and _NUMBER.fullmatch(words[0]):
        words = words[1:]
    return " ".join(sorted(word for word in words if word not in _UNTOLD)) or said


def contents(blocks: Sequence[Block], said: Sequence[str]) -> set[int]:
    """Return the blocks of a table of contents: items in a row that each repeat a heading of the text."""
    headings = {gist(words) for block, words in zip(blocks, said, strict=True) if block.kind is BlockKind.HEADING}
    headings.discard("")
    listed = [
        place
        for place, block in enumerate(blocks)
        if said[place] and block.kind is not BlockKind.HEADING and gist(said[place]) in headings
    ]
    found: set[int] = set()
    for _, run in groupby(enumerate(listed), lambda numbered: numbered[1] - numbered[0]):
        places = [place for _, place in run]
        least = _UNDER_ITS_NAME if places[0] and said[places[0] - 1] in _NAMES else _CONTENTS
        if len(places) >= least:
            found.update(places)
    return found
