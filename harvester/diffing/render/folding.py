"""Unchanged blocks far from any change, folded to their number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from harvester.diffing.change import Diff, Operation, OperationKind
from harvester.diffing.text.blocks import Block, BlockKind


def folded(diff: Diff, context: int | None) -> Iterator[Operation | int]:
    """Yield the operations, with runs of untouched blocks cut to `context` blocks beside each change.

    What is left out comes as its number of blocks, but for the last heading in it: a reader is told where he is.
    None folds nothing.
    """
    for number, operation in enumerate(diff.operations):
        if context is None or not operation.is_untouched:
            yield operation
            continue
        start, end = operation.new
        head = 0 if number == 0 else context
        tail = 0 if number == len(diff.operations) - 1 else context
        if end - start <= head + tail + 1:
            yield operation
            continue
        if head:
            yield _part(operation, start, start + head)
        heading = _last_heading(diff.new_blocks, start + head, end - tail) if tail else None
        cuts = [start + head, end - tail] if heading is None else [start + head, heading, heading + 1, end - tail]
        for at, (first, last) in enumerate(pairwise(cuts)):
            if last > first:
                yield _part(operation, first, last) if at == 1 else last - first
        if tail:
            yield _part(operation, end - tail, end)


def _part(operation: Operation, start: int, end: int) -> Operation:
    by = operation.old[0] - operation.new[0]
    return Operation(OperationKind.EQUAL, (start + by, end + by), (start, end))


def _last_heading(blocks: Sequence[Block], start: int, end: int) -> int | None:
    """Return the heading in ``start:end`` over block `end`."""
    if blocks[end].kind is BlockKind.HEADING:
        return None
    return next((n for n in range(end - 1, start - 1, -1) if blocks[n].kind is BlockKind.HEADING), None)


def unchanged(count: int) -> str:
    """Describe `count` folded blocks in words."""
    return f"{count} paragraph unchanged" if count == 1 else f"{count} paragraphs unchanged"
