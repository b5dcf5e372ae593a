"""The origin of each word of a text, carried from version to version along the operations of the diffs. Pure.

The rule: a word belongs to the version that brought it into its present, unbroken stay. Words that a diff says moved,
or that were split, merged or renumbered around, stay theirs. A word that was removed and returns belongs to the
version with which it returned; if its whole block then says word for word what a block said before, `first` keeps the
version that had brought the word the first time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from harvester.diffing import Block, BlockKind, Operation, OperationKind
from harvester.diffing.change import passages
from harvester.diffing.text.tokens import TOKEN, normalise
from harvester.errors import CorruptStore


@dataclass(frozen=True, slots=True)
class Origin:
    """The places (from 0) of the versions that brought a word: into its present stay, and the first time."""

    since: int
    first: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring words of one origin, as the reader sees them; `apart`: white space parts them from those before."""

    text: str
    origin: Origin
    apart: bool


@dataclass(slots=True)
class Lost:
    """Neighbouring words of one block that the version at place `removed` took out.

    `block` is the block's number, from 0, in the version before; `heading` is their section. `whole` is the
    block's text if that was all of it, and `back` then the place of the version in which it returned word for word, if
    it did.
    """

    removed: int
    block: int
    heading: str
    stretches: tuple[Stretch, ...]
    whole: str = ""
    back: int | None = None


@dataclass(slots=True)
class Lineage:
    """The blocks of the version at `place`, an origin for each of their words, and what was lost on the way."""

    place: int
    blocks: tuple[Block, ...]
    origins: list[tuple[Origin, ...]]
    lost: list[Lost] = field(default_factory=list)
    _known: dict[str, tuple[Origin, ...]] = field(default_factory=dict)
    _away: dict[str, Lost] = field(default_factory=dict)

    @classmethod
    def of(cls, blocks: tuple[Block, ...]) -> Lineage:
        """Start with the first version: it brought every word."""
        lineage = cls(0, blocks, [(Origin(0, 0),) * len(_words(block)) for block in blocks])
        lineage._remember(range(len(blocks)))
        return lineage

    def step(self, blocks: tuple[Block, ...], operations: Sequence[Operation]) -> None:
        """Move to the next version: `operations` lead from the present blocks to `blocks`.

        Raises CorruptStore, and stays where it was, if they do not account for every word of both.
        """
        lost_before = len(self.lost)
        self.place += 1
        try:
            new, touched = self._carried(blocks, operations)
        except (IndexError, ValueError) as error:
            self.place -= 1
            del self.lost[lost_before:]
            raise CorruptStore(f"a diff does not match its two texts ({error}); compare them again") from error
        self.blocks, self.origins = blocks, new
        self._recognise(touched)
        self._remember(touched)
        self._away.update((lost.whole, lost) for lost in self.lost[lost_before:] if lost.whole)

    def stretches(self, number: int) -> tuple[Stretch, ...]:
        """Return the words of block `number`, with its label, in runs of one origin."""
        return _stretches(self.blocks[number], self.origins[number], 0, len(self.origins[number]))

    def _carried(
        self, blocks: Sequence[Block], operations: Sequence[Operation]
    ) -> tuple[list[tuple[Origin, ...]], list[int]]:
        """Return the origins of the words of `blocks`, and which of the blocks changed."""
        old_blocks, old = self.blocks, self.origins
        brought = Origin(self.place, self.place)
        new: list[tuple[Origin, ...]] = [()] * len(blocks)
        touched: list[int] = []
        for operation in operations:
            if operation.kind is OperationKind.AWAY:
                continue
            if operation.kind is OperationKind.DELETE:
                for number in range(*operation.old):
                    self._lose(old_blocks, number, old[number], [(0, len(old[number]))])
            elif operation.kind is OperationKind.INSERT:
                for number in range(*operation.new):
                    new[number] = (brought,) * len(_words(blocks[number]))
                    touched.append(number)
            elif operation.is_untouched:
                for i, j in zip(range(*operation.old), range(*operation.new), strict=True):
                    new[j] = old[i]
                    if old_blocks[i].label != blocks[j].label:
                        self._edit(old_blocks, blocks, (i, i + 1), (j, j + 1), (), new, brought)
            else:
                self._edit(old_blocks, blocks, operation.old, operation.new, operation.hunks, new, brought)
                touched.extend(range(*operation.new))
        sizes = [len(_words(block)) for block in blocks]
        if sizes != [len(origins) for origins in new]:
            raise ValueError("some words of the new text have no origin")
        return new, touched

    def _edit(
        self,
        old_blocks: Sequence[Block],
        new_blocks: Sequence[Block],
        olds: tuple[int, int],
        news: tuple[int, int],
        hunks: Sequence[tuple[int, int, int, int]],
        new: list[tuple[Origin, ...]],
        brought: Origin,
    ) -> None:
        """Find the origins of the blocks of one edit; hunks number the words that `passages` counts through."""
        before, after = passages(old_blocks[slice(*olds)], new_blocks[slice(*news)])
        # A label that is kept apart is not part of the hunks: it keeps its age unless it changed.
        apart = len(_words(old_blocks[olds[0]])) - len(before[0].tokens)
        flat = [origin for number in range(*olds) for origin in self.origins[number]]
        flat, label = flat[apart:], flat[:apart]
        came: list[Origin] = []
        i = 0
        lost: list[tuple[int, int]] = []
        for old_start, old_end, new_start, new_end in hunks:
            came += flat[i:old_start]
            came += [brought] * (new_end - new_start)
            if old_end > old_start:
                lost.append((old_start + apart, old_end + apart))
            i = old_end
        came += flat[i:]
        if before[0].label != after[0].label or len(label) != _label_size(after[0]):
            label = [brought] * _label_size(after[0])
        came = label + came
        at = 0
        for number in range(*news):
            size = len(_words(new_blocks[number]))
            new[number] = tuple(came[at : at + size])
            at += size
        if at != len(came):
            raise ValueError("an edit omits some of its words")
        at = 0
        for number in range(*olds):
            size = len(self.origins[number])
            within = [(max(start - at, 0), min(end - at, size)) for start, end in lost]
            self._lose(old_blocks, number, self.origins[number], [(s, e) for s, e in within if s < e])
            at += size

    def _lose(
        self, blocks: Sequence[Block], number: int, origins: tuple[Origin, ...], spans: Sequence[tuple[int, int]]
    ) -> None:
        block = blocks[number]
        for start, end in spans:
            whole = block.key if end - start == len(origins) else ""
            gone = _stretches(block, origins, start, end)
            self.lost.append(Lost(self.place, number, _heading(blocks, number), gone, whole))

    def _recognise(self, touched: Sequence[int]) -> None:
        """Give blocks that repeat an earlier block word for word that block's first versions of their words."""
        for number in touched:
            block, origins = self.blocks[number], self.origins[number]
            known = self._known.get(block.key)
            if known is None:
                continue
            body = len(origins) - len(known)
            self.origins[number] = origins[:body] + tuple(
                Origin(self.place, past.first) if origin.since == self.place else origin
                for origin, past in zip(origins[body:], known, strict=True)
            )
            lost = self._away.get(block.key)
            if lost is not None and all(origin.since == self.place for origin in origins[body:]):
                lost.back = self.place
                del self._away[block.key]

    def _remember(self, numbers: Sequence[int]) -> None:
        for number in numbers:
            block, origins = self.blocks[number], self.origins[number]
            self._known.setdefault(block.key, origins[len(origins) - len(block.tokens) :])


def _words(block: Block) -> list[str]:
    return block.with_label_inside().tokens


def _label_size(block: Block) -> int:
    return len(_words(block)) - len(block.tokens)


def _heading(blocks: Sequence[Block], number: int) -> str:
    for block in reversed(blocks[: number + 1]):
        if block.kind is BlockKind.HEADING:
            return block.with_label_inside().key
    return ""


def _stretches(block: Block, origins: Sequence[Origin], start: int, end: int) -> tuple[Stretch, ...]:
    inline = block.with_label_inside().inline
    visible = inline.visible
    spans = [token.span() for token in TOKEN.finditer(normalise(visible))]
    found = []
    for origin, group in groupby(range(start, end), key=lambda at: origins[at]):
        places = list(group)
        first, last = spans[places[0]][0], spans[places[-1]][1]
        found.append(Stretch(inline.shown(first, last), origin, visible[first - 1 : first].isspace()))
    return tuple(found)
