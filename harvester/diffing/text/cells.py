"""The cells of a row of a table: in which columns it says something, and which hold nothing but a mark."""

from __future__ import annotations

from collections.abc import Sequence

from harvester.diffing.text.blocks import Block, BlockKind
from harvester.diffing.text.tokens import normalise

_BETWEEN = "\t"
_OF_NOTHING = frozenset("-–")


def columns(block: Block) -> tuple[int, ...]:
    """Return the numbers of the columns in which a row says something; nothing for what is no row."""
    if block.kind is not BlockKind.ROW:
        return ()
    return tuple([number for number, cell in enumerate(block.inline.visible.split(_BETWEEN)) if not _is_empty(cell)])


def said_in_cells(block: Block) -> list[str]:
    """Return what the cells of a row say that are not empty."""
    return [cell.strip() for cell in block.inline.visible.split(_BETWEEN) if not _is_empty(cell)]


def gaps(block: Block) -> str:
    """Return in which columns a row says something, where it has empty ones before them."""
    filled = columns(block)
    return "" if filled == tuple(range(len(filled))) else str(filled)


def marks(block: Block) -> frozenset[str]:
    """Return what is said by the cells of a row that hold one mark alone, other than a dash, which means nothing."""
    if block.kind is not BlockKind.ROW:
        return frozenset()
    cells = (cell.strip() for cell in block.inline.visible.split(_BETWEEN))
    return frozenset(normalise(cell) for cell in cells if len(cell) == 1 and not cell.isalnum()) - _OF_NOTHING


def heads(blocks: Sequence[Block]) -> list[int]:
    """Return, for each block, the number of the row with which its table begins; its own for what is in none."""
    found: list[int] = []
    for number, block in enumerate(blocks):
        is_within = block.kind is BlockKind.ROW and number > 0 and blocks[number - 1].kind is BlockKind.ROW
        found.append(found[-1] if is_within else number)
    return found


def _is_empty(cell: str) -> bool:
    """Return whether a cell holds nothing, or a dash that says so."""
    return not cell or cell.isspace() or cell.strip() in _OF_NOTHING
