"""The change between two texts: its operations on blocks, its measures and its kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import chain

from harvester.diffing.text.blocks import Block, read_blocks
from harvester.diffing.words import Hunk


class Kind(StrEnum):
    """The importance of a change.

    `minor`: only dates, numbers, addresses. `cosmetic`: the visible words are equal. `technical`: only the cleaner
    changed. `language`: another language for good. This package never gives the last two, its caller does.
    """

    SUBSTANTIVE = "substantive"
    MINOR = "minor"
    COSMETIC = "cosmetic"
    TECHNICAL = "technical"
    LANGUAGE = "language"


class OperationKind(StrEnum):
    """The operation on some blocks. `AWAY` marks where a moved block was; its `MOVE` is at its new place."""

    EQUAL = "equal"
    INSERT = "insert"
    DELETE = "delete"
    REPLACE = "replace"
    MOVE = "move"
    AWAY = "away"
    SPLIT = "split"
    MERGE = "merge"


@dataclass(frozen=True, slots=True)
class LinkChange:
    """The words `text` stayed and their link went from `old` to `new`; None where they were no link."""

    text: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Operation:
    """One step of a change, in reading order.

    `old` and `new` are ranges of block numbers ``(start, end)`` in the two texts; an EQUAL covers a run of pairs.
    `hunks` are the changed tokens within all of `old`'s and all of `new`'s blocks counted through (see `passages`).
    `labels` are
    ``(old, new)`` where only the numbering shifted. For INSERT and DELETE the other range is empty and says where.
    """

    kind: OperationKind
    old: tuple[int, int]
    new: tuple[int, int]
    hunks: tuple[Hunk, ...] = ()
    links: tuple[LinkChange, ...] = ()
    labels: tuple[str, str] | None = None

    @property
    def is_untouched(self) -> bool:
        """Whether a reader sees no difference here."""
        return self.kind is OperationKind.EQUAL and not self.links and self.labels is None


@dataclass(frozen=True, slots=True)
class Measures:
    """The measures of a change.

    Words are counted without punctuation and numbering; a moved block's words count as moved, not as added and
    removed. `share` is the part of both texts' visible characters that was touched, 0 to 1.
    `headings` are the sections touched.
    """

    words_added: int = 0
    words_removed: int = 0
    words_moved: int = 0
    share: float = 0.0
    headings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Diff:
    """One change: from text `old` to text `new`."""

    old: str = field(repr=False)
    new: str = field(repr=False)
    operations: tuple[Operation, ...]
    measures: Measures
    kind: Kind
    reasons: tuple[str, ...] = ()
    """The reasons for that kind, in short plain sentences, the gravest first."""

    @cached_property
    def old_blocks(self) -> tuple[Block, ...]:
        """The blocks of `old` that the operations number."""
        return read_blocks(self.old)

    @cached_property
    def new_blocks(self) -> tuple[Block, ...]:
        """The blocks of `new` that the operations number."""
        return self.old_blocks if self.new == self.old else read_blocks(self.new)


def passages(old: Sequence[Block], new: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """Return the blocks of an edit, as its hunks number their tokens.

    Only the first ones keep their labels apart: where blocks were split or merged a number stands among the words.
    Nor do they if the labels differ and yet both say the same: then it was the reading that differed.
    """
    if len(old) == len(new) == 1 and old[0].label == new[0].label:
        return [*old], [*new]  # as most
    inside = [block.with_label_inside() for block in old], [block.with_label_inside() for block in new]
    if old[0].label != new[0].label and tokens_of(inside[0]) == tokens_of(inside[1]):
        return inside
    return [old[0], *inside[0][1:]], [new[0], *inside[1][1:]]


def tokens_of(blocks: Sequence[Block]) -> list[str]:
    """Return the tokens of some blocks, counted through: what an operation's hunks number. Not to be altered."""
    if len(blocks) == 1:
        return blocks[0].tokens  # as most
    return list(chain.from_iterable([block.tokens for block in blocks]))
