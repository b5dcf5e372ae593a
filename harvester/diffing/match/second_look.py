"""Where a redline that joins edits over small words marks more than a word diff, line by line, would: they are parted.

Two edits with "of the" between them read best as one, and that costs little where blocks are matched well. In a short
change it may be all that differs from a plain word diff.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, chain, islice

from rapidfuzz.distance import Indel

from harvester.diffing.change import Operation, OperationKind, passages, tokens_of
from harvester.diffing.links import link_changes
from harvester.diffing.text.blocks import Block
from harvester.diffing.text.tokens import tokens_in
from harvester.diffing.words import Hunk, hunks_and_crumbs, hunks_apart

_MANY = 5000  # words of blocks that changed: among so many, blocks matched well save more than small words cost
_JOINED = 14  # tokens of the shortest hunk that can have been two


def parted(old: Sequence[Block], new: Sequence[Block], operations: tuple[Operation, ...]) -> tuple[Operation, ...]:
    """Return the operations, their edits no longer joined over small words if fewer words are to be marked."""
    long = {place: step for place, step in enumerate(operations) if step.hunks and any(map(_may_be_joined, step.hunks))}
    if not long:
        return operations  # as most
    changed = [step for step in operations if step.kind is not OperationKind.EQUAL]
    words = sum([block.words for step in changed for block in (*old[slice(*step.old)], *new[slice(*step.new)])])
    if words > _MANY:
        return operations
    joined = {place for place, step in long.items() if _is_joined(old, new, step)}
    if not joined or not _marks_more(old, new, operations):
        return operations
    return tuple([_apart(old, new, step) if place in joined else step for place, step in enumerate(operations)])


def _may_be_joined(hunk: Hunk) -> bool:
    i, i_end, j, j_end = hunk
    return i < i_end and j < j_end and i_end - i + j_end - j >= _JOINED


def _is_joined(old: Sequence[Block], new: Sequence[Block], step: Operation) -> bool:
    """Return whether words are marked in this edit that a minimal word diff would keep."""
    before, after = passages(old[slice(*step.old)], new[slice(*step.new)])
    return hunks_and_crumbs(tokens_of(before), tokens_of(after))[1] > 0


def _apart(old: Sequence[Block], new: Sequence[Block], step: Operation) -> Operation:
    before, after = passages(old[slice(*step.old)], new[slice(*step.new)])
    hunks = hunks_apart(tokens_of(before), tokens_of(after))
    return replace(step, hunks=hunks, links=link_changes(before, after, hunks))


def _marks_more(old: Sequence[Block], new: Sequence[Block], operations: Sequence[Operation]) -> bool:
    """Return whether more words between spaces are marked than by a word diff of the lines between untouched ones."""
    ahead = 0
    for steps in _gaps(operations):
        olds = {i: _pieces(old[i]) for step in steps for i in range(*step.old) if step.kind is not OperationKind.MOVE}
        news = {j: _pieces(new[j]) for step in steps for j in range(*step.new) if step.kind is not OperationKind.AWAY}
        for step in steps:
            if step.kind in (OperationKind.DELETE, OperationKind.INSERT):
                ahead += sum([len(olds[i]) for i in range(*step.old)]) + sum([len(news[j]) for j in range(*step.new)])
            elif step.hunks:
                before, after = passages(old[slice(*step.old)], new[slice(*step.new)])
                ahead += _touched(before, [hunk[:2] for hunk in step.hunks])
                ahead += _touched(after, [hunk[2:] for hunk in step.hunks])
        ahead -= _line_by_line([*olds.values()], [*news.values()])
    return ahead > 0


def _gaps(operations: Sequence[Operation]) -> Iterator[list[Operation]]:
    """Yield what is between untouched blocks."""
    steps: list[Operation] = []
    for step in operations:
        if step.kind is not OperationKind.EQUAL:
            steps.append(step)
        elif steps:
            yield steps
            steps = []
    if steps:
        yield steps


def _pieces(block: Block) -> list[str]:
    return block.inline.normalised.split()


def _line_by_line(olds: list[list[str]], news: list[list[str]]) -> int:
    """Return how many words differ where the first block is compared with the first, the second with the second, and
    the last one with all that are left.
    """
    if not (olds and news):
        return sum(map(len, chain(olds, news)))
    last = min(len(olds), len(news)) - 1
    differ = sum(map(Indel.distance, islice(olds, last), news))
    return differ + Indel.distance([*chain(*olds[last:])], [*chain(*news[last:])])


def _touched(blocks: Sequence[Block], ranges: Sequence[tuple[int, int]]) -> int:
    """Return how many words between spaces hold a token of these ranges."""
    ends = list(accumulate(tokens_in(chain.from_iterable(map(_pieces, blocks)))))
    touched = 0
    behind = 0  # words up to the last one that was counted
    for start, end in ranges:
        if start < end:
            first, last = max(bisect_right(ends, start), behind), bisect_right(ends, end - 1) + 1
            touched += last - first
            behind = last
    return touched
