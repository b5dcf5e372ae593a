"""The altered passages of a change: neighbouring operations read as one, with their surroundings."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from harvester.diffing.change import Operation, OperationKind, passages
from harvester.diffing.kinds.spans import REACH, Spelled, Stretches
from harvester.diffing.text.blocks import Block, BlockKind
from harvester.diffing.words import Hunk

_LONE_STARS = re.compile(r"(?<!\S)\*{2,}+(?!\S)")
_WHOLE = (OperationKind.INSERT, OperationKind.DELETE)


@dataclass
class Side:
    """One side of a passage: its tokens counted through, and where each block begins."""

    tokens: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    officers: dict[int, bool] = field(default_factory=dict)
    """Whether a block is of the data protection officer, by its start, as far as that was looked for."""
    texts: dict[int, bool] = field(default_factory=dict)
    """Whether a block can be no address by its length or its words, by its number, likewise."""
    ordinary: dict[int, bool] = field(default_factory=dict)
    """Whether a block is neither a heading, the name of the document nor a line of the copyright, likewise."""
    dates: dict[tuple[str, int], Stretches] = field(default_factory=dict)
    """The dates and years of a block, by what they are of and its number, likewise."""

    def part(self, start: int, end: int) -> str:
        """Return a range of tokens as lower-case text."""
        return Spelled(self.tokens[max(start, 0) : end]).text

    def before(self, start: int, end: int) -> str:
        """Return the last characters of the text of a range of tokens, of which one can be as long as a page."""
        return self.part(start, end)[-REACH:]

    def after(self, start: int, end: int) -> str:
        """Return the first characters of the text of a range of tokens."""
        return self.part(start, end)[:REACH]

    def number_of(self, token: int) -> int:
        """Return the number of the block that contains a token."""
        return bisect_right(self.starts, token, 1) - 1

    def block_at(self, token: int) -> tuple[int, int]:
        """Return the range of tokens of the block that contains a token; of the last one behind them all."""
        if not self.starts:
            return 0, len(self.tokens)
        place = bisect_right(self.starts, token, 1) - 1
        return self.starts[place], self.starts[place + 1] if place + 1 < len(self.starts) else len(self.tokens)

    def block_of(self, token: int) -> Block:
        """Return the block that contains a token."""
        return self.blocks[bisect_right(self.starts, token, 1) - 1]

    def blocks_within(self, start: int, end: int) -> list[Block]:
        """Return the blocks that begin and end within a range of tokens."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return [self.blocks[n] for n in range(first, last) if self.block_at(self.starts[n])[1] <= end]

    def add(self, blocks: Sequence[Block]) -> None:
        """Append these blocks."""
        tokens = self.tokens
        for block in blocks:
            self.starts.append(len(tokens))
            tokens += block.tokens
        self.blocks += blocks


def read_alike(old: Sequence[Block], new: Sequence[Block]) -> bool:
    """Return whether the same is written in the blocks of both but the page's title, but for case, kinds of dashes, and
    spaces and line ends between words.
    """
    pairs = enumerate(zip(old, new, strict=False))
    start = next((at for at, pair in pairs if not _are_equal(*pair)), min(len(old), len(new)))
    old, new = old[start:], new[start:]
    one, two = _written(old, 1), _written(new, 1)
    length = min(len(one), len(two))  # most differ here, and need not be read to their ends
    return one[:length] == two[:length] and _written(old) == _written(new)


def _are_equal(one: Block, other: Block) -> bool:
    return one.key == other.key and one.label == other.label and one.kind is other.kind and one.start == other.start


def without_lone_stars(key: str) -> str:
    """Return what a block says without marks of emphasis between two spaces, which were left over: the sign of a note
    stands at a word.
    """
    return _LONE_STARS.sub(" ", key) if "**" in key else key


def _written(blocks: Sequence[Block], most: int | None = None) -> str:
    """Return what is written in blocks, or in as many of them as `most`, but for the title."""
    texts = islice((block for block in blocks if block.start or block.kind is not BlockKind.HEADING), most)
    written = "".join([f"{block.label}{without_lone_stars(block.key)}" for block in texts])
    # A sigma at the end of a word is no other letter: where words end is what is left out.
    return written.replace(" ", "").replace("–", "-").lower().replace("ς", "σ")


@dataclass(slots=True)
class Passage:
    """Blocks between untouched ones, one of which is kept on each side for what it says about them."""

    old: Side
    new: Side
    steps: list[tuple[int, int, Sequence[Hunk]]]
    """Where each operation begins among the tokens of both sides, and its hunks, counted from there."""

    def hunks(self) -> Iterator[Hunk]:
        """Yield the hunks, as one those between which nothing was left."""
        last: Hunk | None = None
        for before, after, hunks in self.steps:
            for start, end, new_start, new_end in hunks:
                i, i_end, j, j_end = start + before, end + before, new_start + after, new_end + after
                if last is not None and (last.old_end, last.new_end) == (i, j):
                    i, j = last.old_start, last.new_start
                elif last is not None:
                    yield last
                last = Hunk(i, i_end, j, j_end)
        if last is not None:
            yield last


def altered_runs(operations: Sequence[Operation]) -> list[list[Operation]]:
    """Return the operations that alter words, those of a passage together, in reading order; what only moved is not
    among them.
    """
    runs: list[list[Operation]] = [[]]
    for operation in operations:
        if operation.hunks or operation.kind in _WHOLE:  # `AWAY` has neither
            runs[-1].append(operation)
        elif operation.is_untouched:
            runs.append([])
    return [run for run in runs if run]


def passage_of(old: Sequence[Block], new: Sequence[Block], run: Sequence[Operation]) -> Passage:
    """Return the passage that neighbouring operations alter."""
    found = Passage(Side(), Side(), [])
    before, after = min([op.old[0] for op in run]), min([op.new[0] for op in run])
    found.old.add(old[max(before - 1, 0) : before])
    found.new.add(new[max(after - 1, 0) : after])
    for operation in _merged(run):
        i, j = len(found.old.tokens), len(found.new.tokens)
        olds, news = old[slice(*operation.old)], new[slice(*operation.new)]
        if operation.hunks:
            olds, news = passages(olds, news)
        found.old.add(olds)
        found.new.add(news)
        whole = Hunk(0, len(found.old.tokens) - i, 0, len(found.new.tokens) - j)
        found.steps.append((i, j, operation.hunks or (whole,)))
    behind, beyond = max([op.old[1] for op in run]), max([op.new[1] for op in run])
    found.old.add(old[behind : behind + 1])
    found.new.add(new[beyond : beyond + 1])
    return found


def _merged(run: Sequence[Operation]) -> Iterator[Operation]:
    """Yield these operations, those of neighbouring blocks that came, or that went, as one."""
    first = last = run[0]
    for operation in [*run[1:], None]:
        if (
            operation is not None
            and operation.kind is last.kind
            and operation.kind in _WHOLE
            and (operation.old[0], operation.new[0]) == (last.old[1], last.new[1])
        ):
            last = operation
            continue
        is_one = last is first
        yield last if is_one else Operation(last.kind, (first.old[0], last.old[1]), (first.new[0], last.new[1]))
        if operation is not None:
            first = last = operation


def whole_side(blocks: Sequence[Block]) -> Side:
    """Return some blocks as a side, all their tokens counted through."""
    side = Side()
    side.add(blocks)
    return side
