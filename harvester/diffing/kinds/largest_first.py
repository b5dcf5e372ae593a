"""The altered places of a change, those of the most words first: of hundreds only the first few are ever judged."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from heapq import heapify, heappop, heappush

from harvester.diffing.change import Kind, Operation, OperationKind
from harvester.diffing.kinds import altered
from harvester.diffing.kinds.lesser.place import Whereabouts
from harvester.diffing.kinds.passages import Passage, altered_runs, passage_of, read_alike
from harvester.diffing.kinds.reasons import LINES_END_ELSEWHERE, Finding
from harvester.diffing.kinds.same_words.enumerations import MOST_OF_A_ROW, orders_otherwise
from harvester.diffing.kinds.same_words.line_ends import are_parted_at_ends
from harvester.diffing.kinds.same_words.typography import joined_at_dots
from harvester.diffing.kinds.whole_texts import WholeTexts
from harvester.diffing.text.blocks import Block
from harvester.diffing.words import Hunk

Where = tuple[int, int]
"""Where a place stands in reading order: the number of its passage, and its own number in that."""


def findings(
    texts: WholeTexts, operations: Sequence[Operation], said: Collection[str]
) -> Iterator[tuple[Where, Finding]]:
    """Yield the findings of the altered places, those of the most words first, equal ones in reading order; not of
    those that could add no more than one of the reasons that were `said`, which are of a substantive change.
    """
    runs = altered_runs(operations)
    # Until a passage is read it waits as if all its words were altered in one place, which none within it exceeds.
    sizes = [0] if len(runs) == 1 else [sum([_altered_tokens(texts.old, texts.new, op) for op in run]) for run in runs]
    waiting: list[tuple[int, int, _Altered | None]] = [(-size, number, None) for number, size in enumerate(sizes)]
    heapify(waiting)
    while waiting:
        _, number, passage = heappop(waiting)
        if passage is not None:
            at = passage.largest.pop()
            for finding in passage.findings(at, said):
                yield (number, at), finding
        else:
            found = passage_of(texts.old, texts.new, runs[number])
            others, blocks = found.old.blocks, found.new.blocks
            if len(others) != len(blocks) and read_alike(others, blocks) and are_parted_at_ends(others, blocks):
                yield (number, 0), Finding(Kind.COSMETIC, LINES_END_ELSEWHERE)
                continue
            passage = _Altered(found, texts)
        if passage.largest:
            heappush(waiting, (-_tokens(passage.hunks[passage.largest[-1]]), number, passage))


class _Altered:
    """A passage and its hunks; `largest` are the numbers of those that were not asked for, the largest last."""

    def __init__(self, passage: Passage, texts: WholeTexts) -> None:
        self.whereabouts = Whereabouts(passage, texts)
        self.hunks = joined_at_dots(passage.hunks(), passage.old.tokens, passage.new.tokens)
        self.largest = sorted(range(len(self.hunks) - 1, -1, -1), key=[*map(_tokens, self.hunks)].__getitem__)

    def findings(self, number: int, said: Collection[str]) -> Iterator[Finding]:
        """Yield the findings of a hunk."""
        return altered.findings(self.whereabouts.place(self.hunks[number]), self._is_of_a_row(number), said)

    def _is_of_a_row(self, number: int) -> bool:
        """Return whether all hunks of a hunk's block alter nothing but the order of words or names in a row."""
        first = last = number
        blocks = self._blocks_of(number)
        while first and number - first < MOST_OF_A_ROW and self._blocks_of(first - 1) == blocks:
            first -= 1
        while last + 1 < len(self.hunks) and last - first < MOST_OF_A_ROW and self._blocks_of(last + 1) == blocks:
            last += 1
        if last - first + 1 >= MOST_OF_A_ROW:
            return False
        return orders_otherwise(self.whereabouts.old, self.whereabouts.new, self.hunks[first : last + 1])

    def _blocks_of(self, number: int) -> tuple[int, int]:
        hunk = self.hunks[number]
        return self.whereabouts.old.number_of(hunk.old_start), self.whereabouts.new.number_of(hunk.new_start)


def _altered_tokens(old: Sequence[Block], new: Sequence[Block], operation: Operation) -> int:
    """Return how many tokens an operation took away and put in."""
    if operation.kind is OperationKind.INSERT:
        return sum([len(block.tokens) for block in new[slice(*operation.new)]])
    if operation.kind is OperationKind.DELETE:
        return sum([len(block.tokens) for block in old[slice(*operation.old)]])
    return sum(map(_tokens, operation.hunks))


def _tokens(hunk: Hunk) -> int:
    return hunk.old_end - hunk.old_start + hunk.new_end - hunk.new_start
