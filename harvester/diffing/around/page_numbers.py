"""The numbers of pages in a text that was printed or is a PDF: lines that count on by one, with prose between them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from harvester.diffing.text.blocks import Block, BlockKind

_LEAST = 3  # numbers in a row
_FIRST = 3  # at most: a title and contents may have none
_PROSE = 12  # words of a block between two of them
_LONGEST = 24  # characters of a line with the number of a page
_NUMBER = re.compile(
    r"(?:[-–|] ?)?(?:(?:page|pages?|seite|página|pagina|strona|str\.?|sida|side|sivu|страница|стр\.?) ?)?(\d{1,3})"
    r"(?: ?(?:/|of|von|sur|de|di|van|z|av|из) ?\d{1,3})?(?: ?[-–|])?"
)


def page_numbers(blocks: Sequence[Block]) -> set[int]:
    """Return the blocks that are numbers of pages."""
    found: set[int] = set()
    run: list[int] = []
    last, after_prose = 0, False
    for place, block in enumerate(blocks):
        number = page_number(block)
        if number is None:
            after_prose = after_prose or block.words >= _PROSE
            continue
        if run and not (after_prose and number == last + 1):
            found.update(run if len(run) >= _LEAST else ())
            run = []
        if run or number <= _FIRST:
            run.append(place)
        last, after_prose = number, False
    return found.union(run if len(run) >= _LEAST else ())


def page_number(block: Block) -> int | None:
    """Return the number of a page that may be all of a block."""
    if len(block.key) > _LONGEST or block.kind is not BlockKind.PARAGRAPH or block.inline.links:
        return None
    match = _NUMBER.fullmatch(block.inline.folded.strip())
    return int(match[1]) if match else None
