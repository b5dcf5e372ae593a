"""An operation as runs of text to be marked: what all word-showing formats share."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from harvester.diffing.change import Diff, Operation, OperationKind, passages
from harvester.diffing.render.stretches import stretches
from harvester.diffing.text.blocks import Block
from harvester.diffing.text.inline import Inline
from harvester.diffing.text.tokens import normalise, token_spans
from harvester.diffing.words import Hunk


class Mark(Enum):
    """The mark of a run."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


_START = attrgetter("start")


@dataclass(frozen=True, slots=True)
class Run:
    """Characters ``start:end`` of a block's visible text, all marked alike; `space` says whether one goes before."""

    mark: Mark
    inline: Inline
    start: int
    end: int
    space: str
    is_break: bool = False

    @property
    def text(self) -> str:
        """The visible characters."""
        return "¶" if self.is_break else self.inline.shown(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Line:
    """One block of a rendering: the block whose kind and label it shows, and its runs."""

    block: Block
    runs: tuple[Run, ...]

    @property
    def mark(self) -> Mark:
        """The mark of the whole line, with its label; SAME where only parts are marked."""
        marks = {run.mark for run in self.runs}
        return marks.pop() if len(marks) == 1 else Mark.SAME


class PlacedToken(NamedTuple):
    """A token of some blocks: the number of its block there, and its characters ``start:end``."""

    block: int
    inline: Inline
    start: int
    end: int
    space: str  # what stands before it: "", " ", "\n" (a line break inside the block) or a tab for each next cell


def merged_lines(diff: Diff, operation: Operation) -> list[Line]:
    """Return an operation in the redline's form, added and removed words in one flow, block by block of the new
    text.
    """
    old, new = diff.old_blocks[slice(*operation.old)], diff.new_blocks[slice(*operation.new)]
    if operation.kind in (OperationKind.DELETE, OperationKind.AWAY):
        return [Line(block, _whole(block, Mark.REMOVED)) for block in old]
    if operation.kind is OperationKind.INSERT:
        return [Line(block, _whole(block, Mark.ADDED)) for block in new]
    if not operation.hunks and len(old) == len(new):
        return [Line(block, _whole(block, Mark.SAME)) for block in new]
    return _flow(*passages(old, new), operation.hunks)


def old_lines(diff: Diff, operation: Operation) -> list[Line]:
    """Return the old blocks of an operation with their removed words marked."""
    blocks: Sequence[Block] = diff.old_blocks[slice(*operation.old)]
    if operation.kind in (OperationKind.DELETE, OperationKind.AWAY):
        return [Line(block, _whole(block, Mark.REMOVED)) for block in blocks]
    if operation.hunks:
        blocks, _ = passages(blocks, diff.new_blocks[slice(*operation.new)])
    return _one_side(blocks, [(h.old_start, h.old_end) for h in operation.hunks], Mark.REMOVED)


def new_lines(diff: Diff, operation: Operation) -> list[Line]:
    """Return the new blocks of an operation with their added words marked."""
    if operation.kind is OperationKind.AWAY:
        return []
    blocks: Sequence[Block] = diff.new_blocks[slice(*operation.new)]
    if operation.kind is OperationKind.INSERT:
        return [Line(block, _whole(block, Mark.ADDED)) for block in blocks]
    if operation.hunks:
        _, blocks = passages(diff.old_blocks[slice(*operation.old)], blocks)
    return _one_side(blocks, [(h.new_start, h.new_end) for h in operation.hunks], Mark.ADDED)


def styled(run: Run) -> Iterator[tuple[str, str | None, tuple[str, ...]]]:
    """Split the text of a run where a link or a style begins or ends: (text, link target, style names)."""
    if run.is_break or not (run.inline.links or run.inline.styles or "\t" in run.inline.visible):
        yield run.text, None, ()
        return
    of_block = stretches(run.inline)
    at, start = bisect_right(of_block, run.start, key=_START) - 1, run.start
    while start < run.end:
        _, link, styles = of_block[at]
        at += 1
        end = min(of_block[at].start, run.end) if at < len(of_block) else run.end
        yield run.inline.shown(start, end), link, styles
        start = end


def _whole(block: Block, mark: Mark) -> tuple[Run, ...]:
    visible = block.inline.visible
    start, end = len(visible) - len(visible.lstrip()), len(visible.rstrip())
    return (Run(mark, block.inline, start, end, ""),)


@lru_cache(maxsize=4096)
def _spans(visible: str) -> tuple[tuple[int, int, str], ...]:
    spans = []
    at = 0
    for start, end in token_spans(normalise(visible)):
        gap = visible[at:start]
        space = gap if gap in ("", " ") else "\t" * gap.count("\t") or ("\n" if "\n" in gap else " ")
        spans.append((start, end, space))
        at = end
    return tuple(spans)


def placed_tokens(blocks: Sequence[Block]) -> list[PlacedToken]:
    """Return the tokens of some blocks with their places, counted through as an operation's hunks number them."""
    return [
        PlacedToken(number, block.inline, *span)
        for number, block in enumerate(blocks)
        for span in _spans(block.inline.visible)
    ]


def _one_side(blocks: Sequence[Block], changed: Sequence[tuple[int, int]], mark: Mark) -> list[Line]:
    if not changed:
        return [Line(block, _whole(block, Mark.SAME)) for block in blocks]
    tokens = placed_tokens(blocks)
    flow: list[tuple[Mark, int, int]] = []
    at = 0
    for start, end in [*changed, (len(tokens), len(tokens))]:
        flow += ((Mark.SAME, at, start), (mark, start, end))
        at = end
    lines: list[list[Run]] = [[] for _ in blocks]
    for kind, start, end in flow:
        for run in _runs(tokens, kind, start, end):
            lines[run[0]].append(run[1])
    return [Line(block, tuple(runs)) for block, runs in zip(blocks, lines, strict=True)]


def _runs(tokens: list[PlacedToken], mark: Mark, start: int, end: int) -> Iterator[tuple[int, Run]]:
    """Return tokens ``start:end`` as one run for each block that they are in, with the block's number."""
    at = start
    while at < end:
        stop = at
        while stop < end and tokens[stop].block == tokens[at].block:
            stop += 1
        first, last = tokens[at], tokens[stop - 1]
        yield first.block, Run(mark, first.inline, first.start, last.end, first.space)
        at = stop


def _flow(old: Sequence[Block], new: Sequence[Block], hunks: Sequence[Hunk]) -> list[Line]:
    old_tokens, new_tokens = placed_tokens(old), placed_tokens(new)
    lines: list[list[Run]] = [[] for _ in new]
    here = 0
    i = j = 0
    for hunk in [*hunks, Hunk(len(old_tokens), len(old_tokens), len(new_tokens), len(new_tokens))]:
        while j < hunk.new_start:
            length = min(_of_block(new_tokens, j, hunk.new_start), _of_block(old_tokens, i, hunk.old_start))
            here = _place(lines, here, new_tokens, j, length, Mark.SAME, old_tokens, i)
            i, j = i + length, j + length
        while i < hunk.old_end:
            length = _of_block(old_tokens, i, hunk.old_end)
            _append(lines[here], _joined(old_tokens, i, length), Mark.REMOVED, starts_block(old_tokens, i))
            i += length
        while j < hunk.new_end:
            length = _of_block(new_tokens, j, hunk.new_end)
            here = _place(lines, here, new_tokens, j, length, Mark.ADDED)
            j += length
    return [Line(block, tuple(runs)) for block, runs in zip(new, lines, strict=True)]


def _of_block(tokens: list[PlacedToken], start: int, end: int) -> int:
    """Return how many of the tokens ``start:end`` are in the block of the first."""
    block = tokens[start].block
    return bisect_right(tokens, block, start, end, key=lambda token: token.block) - start


def _joined(tokens: list[PlacedToken], start: int, length: int) -> PlacedToken:
    """Return some tokens of one block as one, from the first to the last."""
    first = tokens[start]
    return PlacedToken(first.block, first.inline, first.start, tokens[start + length - 1].end, first.space)


def _place(
    lines: list[list[Run]],
    here: int,
    tokens: list[PlacedToken],
    number: int,
    length: int,
    mark: Mark,
    old_tokens: list[PlacedToken] | None = None,
    old_number: int = 0,
) -> int:
    """Put new tokens of one block on its line; the number of that line. Breaks that came or went are put in as runs."""
    token = _joined(tokens, number, length)
    went = old_tokens is not None and starts_block(old_tokens, old_number)
    came = starts_block(tokens, number)
    if came and not went:
        lines[here].append(Run(Mark.ADDED, token.inline, token.start, token.start, "", is_break=True))
    line = lines[token.block]
    if line and not token.space and line[-1].mark is Mark.REMOVED and old_tokens is not None:
        token = token._replace(space=old_tokens[old_number].space)
    _append(line, token, mark, went and not came)
    return token.block


def starts_block(tokens: Sequence[PlacedToken], number: int) -> bool:
    """Return whether the token is the first of a block behind another one."""
    return number > 0 and tokens[number].block != tokens[number - 1].block


def _append(line: list[Run], token: PlacedToken, mark: Mark, after_break: bool) -> None:
    """Add tokens, joined, to a line's last run if they continue that, else as a new run."""
    if after_break:
        line.append(Run(Mark.REMOVED, token.inline, token.start, token.start, "", is_break=True))
    last = line[-1] if line else None
    if last is not None and last.mark is mark and last.inline is token.inline and not last.is_break:
        line[-1] = Run(mark, last.inline, last.start, token.end, last.space)
        return
    space = token.space
    exchanged = last is not None and {last.mark, mark} == {Mark.ADDED, Mark.REMOVED}
    if last is not None and exchanged and space == last.space:
        space = " " if space else ""
    if last is not None and not space and (last.is_break or (exchanged and _word_meets_word(last, token))):
        space = " "
    line.append(Run(mark, token.inline, token.start, token.end, space if last is not None else ""))


def _word_meets_word(last: Run, token: PlacedToken) -> bool:
    return last.inline.visible[last.end - 1].isalnum() and token.inline.visible[token.start].isalnum()
