"""A change as paragraphs of tracked text: without what was added they are the old text, without what was removed the
new one.

Unlike `runs`, which reads well, this keeps every space and every end of a paragraph with the side that has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from harvester.diffing.change import Diff, OperationKind, passages
from harvester.diffing.render.runs import Mark, PlacedToken, Run, placed_tokens, starts_block, styled
from harvester.diffing.text.blocks import Block
from harvester.diffing.words import Hunk


@dataclass(frozen=True, slots=True)
class TrackedText:
    """Characters marked alike, with their styles (``strong``, ``em``, ``code``)."""

    mark: Mark
    text: str
    styles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text up to the end of a block; `mark` is the mark of that end: a split adds one, a merge removes one."""

    block: Block
    pieces: tuple[TrackedText, ...]
    mark: Mark


def tracked(diff: Diff) -> Iterator[Paragraph]:
    """Return the whole change in reading order; a moved passage is removed at its old place, added at its new one."""
    for operation in diff.operations:
        old, new = diff.old_blocks[slice(*operation.old)], diff.new_blocks[slice(*operation.new)]
        if operation.kind in (OperationKind.DELETE, OperationKind.AWAY):
            yield from (_whole(block, Mark.REMOVED) for block in old)
        elif operation.kind in (OperationKind.INSERT, OperationKind.MOVE):
            yield from (_whole(block, Mark.ADDED) for block in new)
        elif operation.kind is OperationKind.EQUAL:
            for before, after in zip(old, new, strict=True):
                alike = (before.key, before.label) == (after.key, after.label)
                yield from [_whole(after, Mark.SAME)] if alike else _edited([before], [after], ())
        else:
            yield from _edited(old, new, operation.hunks)


def _whole(block: Block, mark: Mark) -> Paragraph:
    visible = block.inline.visible
    run = Run(mark, block.inline, len(visible) - len(visible.lstrip()), len(visible.rstrip()), "")
    return Paragraph(block, (*_label(block, mark), *_pieces(run)), mark)


def _label(block: Block, mark: Mark) -> Iterator[TrackedText]:
    if block.label:
        yield TrackedText(mark, f"{block.label} ")


def _pieces(run: Run) -> Iterator[TrackedText]:
    return (TrackedText(run.mark, text, styles) for text, _, styles in styled(run))


@dataclass(slots=True)
class _Writer:
    """The paragraphs of an edit in the making."""

    done: list[Paragraph] = field(default_factory=list)
    pieces: list[TrackedText] = field(default_factory=list)
    run: Run | None = None

    def add(self, mark: Mark, token: PlacedToken, space: str) -> None:
        """Add a token with the white space before it: to the last run if it continues that, else as a new run."""
        if self.run is not None and self.run.mark is mark and self.run.inline is token.inline:
            self.run = Run(mark, token.inline, self.run.start, token.end, "")
            return
        self.space(mark, space)
        self.run = Run(mark, token.inline, token.start, token.end, "")

    def space(self, mark: Mark, space: str) -> None:
        """Add white space alone."""
        self._close()
        self.pieces += [TrackedText(mark, space)] if space else []

    def end(self, mark: Mark, block: Block) -> None:
        """End a paragraph."""
        self._close()
        self.done.append(Paragraph(block, tuple(self.pieces), mark))
        self.pieces = []

    def _close(self) -> None:
        self.pieces += _pieces(self.run) if self.run is not None else ()
        self.run = None


def _edited(old: Sequence[Block], new: Sequence[Block], hunks: Sequence[Hunk]) -> list[Paragraph]:
    old, new = passages(old, new)
    before, after = placed_tokens(old), placed_tokens(new)
    out = _Writer()
    if old[0].label == new[0].label:
        out.pieces += _label(new[0], Mark.SAME)
    else:
        out.pieces += (*_label(old[0], Mark.REMOVED), *_label(new[0], Mark.ADDED))
    i = j = 0
    for hunk in [*hunks, Hunk(len(before), len(before), len(after), len(after))]:
        for number in range(j, hunk.new_start):
            space = _between(out, (old, new), (before, after), (i + number - j, number))
            out.add(Mark.SAME, after[number], space)
        exchanged = hunk.old_start < hunk.old_end and hunk.new_start < hunk.new_end
        if exchanged:
            both = _between(out, (old, new), (before, after), (hunk.old_start, hunk.new_start))
            out.space(Mark.SAME, both)
        _one_sided(out, Mark.REMOVED, old, before, range(hunk.old_start, hunk.old_end), exchanged)
        _one_sided(out, Mark.ADDED, new, after, range(hunk.new_start, hunk.new_end), exchanged)
        i, j = hunk.old_end, hunk.new_end
    out.end(Mark.SAME, new[-1])
    return out.done


def _one_sided(
    out: _Writer, mark: Mark, blocks: Sequence[Block], tokens: list[PlacedToken], numbers: range, follows: bool
) -> None:
    """Add tokens that one side has; `follows` says that what stands before the first is there already."""
    for number in numbers:
        if follows and number == numbers.start:
            out.add(mark, tokens[number], "")
            continue
        if starts_block(tokens, number):
            out.end(mark, blocks[tokens[number - 1].block])
        out.add(mark, tokens[number], _space(tokens, number))


def _between(
    out: _Writer,
    blocks: tuple[Sequence[Block], Sequence[Block]],
    tokens: tuple[list[PlacedToken], list[PlacedToken]],
    numbers: tuple[int, int],
) -> str:
    """Add what stands before a token of each side where that differs or ends a paragraph; return the white space that
    both have.
    """
    went, came = map(starts_block, tokens, numbers)
    old_space, space = map(_space, tokens, numbers)
    if not (went or came) and old_space == space:
        return space
    if went and came:
        out.end(Mark.SAME, blocks[1][tokens[1][numbers[1]].block - 1])
        return ""
    if went:
        out.end(Mark.REMOVED, blocks[0][tokens[0][numbers[0]].block - 1])
    out.space(Mark.REMOVED, old_space)
    if came:
        out.end(Mark.ADDED, blocks[1][tokens[1][numbers[1]].block - 1])
    out.space(Mark.ADDED, space)
    return ""


def _space(tokens: Sequence[PlacedToken], number: int) -> str:
    """Return the white space before a token inside its block."""
    first = number == 0 or starts_block(tokens, number)
    return "" if first else tokens[number].space
