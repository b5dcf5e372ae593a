"""One altered place, with what stands around it: what every form of a change is asked about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from harvester.diffing.kinds.contact.addresses import Addresses
from harvester.diffing.kinds.contact.sentence_words import is_of_no_address
from harvester.diffing.kinds.passages import Passage, Side
from harvester.diffing.kinds.vocabulary import RECIPIENTS
from harvester.diffing.kinds.whole_texts import WholeTexts
from harvester.diffing.text.blocks import Block, BlockKind
from harvester.diffing.text.kept_properties import kept_property
from harvester.diffing.words import Hunk

_NAMED_RIGHTS = re.compile(
    r"\bdo not (?:sell|share)(?: (?:or|and|/) ?(?:sell|share))?"
    r"(?= (?:my|link|opt|rights?|requests?|button|form|page)\b)"
)
"""Names of rights that hold words of who is given data; of lower-case text."""

_BEFORE = 400
"""Tokens in which the word before what was altered says who is given data: a longer block is of other things too."""

Part = tuple[Side, int, int]
"""A range of tokens of one side, ``side.tokens[start:end]``."""


class Whereabouts:
    """A passage and both whole texts; its addresses are looked for when they are first asked for."""

    def __init__(self, passage: Passage, texts: WholeTexts) -> None:
        self.old, self.new, self.texts = passage.old, passage.new, texts

    @kept_property
    def addresses(self) -> tuple[Addresses, Addresses]:
        """The addresses of the old and of the new side."""
        return Addresses(self.old), Addresses(self.new)

    def place(self, hunk: Hunk) -> Place:
        """Return the place of a hunk."""
        before, after = self.old, self.new
        i, j, m, n = hunk
        return Place(hunk, before.tokens[i:j], after.tokens[m:n], (before, i, j), (after, m, n), self)


class Place(NamedTuple):
    """One hunk of a passage: the tokens `old` became `new`; `went` and `came` are where they stand."""

    hunk: Hunk
    old: list[str]
    new: list[str]
    went: Part
    came: Part
    whereabouts: Whereabouts

    @property
    def is_replaced(self) -> bool:
        """Whether tokens went and others came."""
        return bool(self.old and self.new)

    @property
    def parts(self) -> tuple[Part, Part]:
        """What went and what came; either may be empty."""
        return self.went, self.came

    @property
    def only(self) -> Part:
        """Where words came or went alone, the side that has them; otherwise what went."""
        return self.went if self.old else self.came

    @property
    def other(self) -> Part:
        """Where nothing stands on the other side, if words came or went alone."""
        return self.came if self.old else self.went

    @property
    def texts(self) -> WholeTexts:
        """Both texts as a whole."""
        return self.whereabouts.texts

    @property
    def addresses(self) -> tuple[Addresses, Addresses]:
        """The addresses of the passage before and after."""
        return self.whereabouts.addresses

    @property
    def came_or_went(self) -> str:
        """What happened to words that came or went alone, as a reason says it."""
        return "removed" if self.old else "added"

    def blocks(self) -> tuple[Block, Block]:
        """Return the block in which the place begins, before and after."""
        return self.went[0].block_of(self.hunk.old_start), self.came[0].block_of(self.hunk.new_start)

    def is_within_blocks(self) -> bool:
        """Return whether what went is of one block, and what came too; of the title both or neither."""
        (before, i, j), (after, m, n) = self.parts
        if self.is_replaced and _is_title(before.block_of(i)) != _is_title(after.block_of(m)):
            return False
        return (i == j or j <= before.block_at(i)[1]) and (m == n or n <= after.block_at(m)[1])

    def is_whole_block(self) -> bool:
        """Return whether what went, or came alone, is one whole block."""
        side, start, end = self.only
        return side.block_at(start) == (start, end)

    def by_block(self) -> Iterator[Place]:
        """Yield what went of each block, and what came of each, as places of their own."""
        hunk = self.hunk
        for start, end in by_block(*self.went):
            yield self.whereabouts.place(Hunk(start, end, hunk.new_start, hunk.new_start))
        for start, end in by_block(*self.came):
            yield self.whereabouts.place(Hunk(hunk.old_start, hunk.old_start, start, end))

    def but_for_case(self) -> Place:
        """Return what is left without the words at its ends that differ by their capitals alone; itself if none do."""
        hunk = _but_for_case(self.hunk, self.old, self.new)
        return self if hunk == self.hunk else self.whereabouts.place(hunk)

    def is_of_no_address(self) -> bool:
        """Return whether what came or went is no part of an address; to find the addresses takes far longer."""
        return (
            is_of_no_address(*self.went)
            or is_of_no_address(*self.came)
            or all(
                start == end or addresses.are_none_near(start, end)
                for addresses, (_, start, end) in zip(self.addresses, self.parts, strict=True)
            )
        )

    def is_behind_recipients(self) -> bool:
        """Return whether a word of who is given data stands in the block before what was altered."""
        side, start, _ = self.only
        first = max(side.block_at(start)[0], start - _BEFORE)
        before = _NAMED_RIGHTS.sub("", side.part(first, start).lower())
        return RECIPIENTS.search(before) is not None


def _is_title(block: Block) -> bool:
    return not block.start and block.kind is BlockKind.HEADING


def by_block(side: Side, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the range of these tokens that is in each block."""
    while start < end:
        stop = min(side.block_at(start)[1], end)
        yield start, stop
        start = stop


def _but_for_case(hunk: Hunk, old: Sequence[str], new: Sequence[str]) -> Hunk:
    most = min(len(old), len(new))
    start = next((n for n in range(most) if old[n].lower() != new[n].lower()), most)
    left = range(1, most - start + 1)
    end = next((n - 1 for n in left if old[-n].lower() != new[-n].lower()), most - start)
    return Hunk(hunk.old_start + start, hunk.old_end - end, hunk.new_start + start, hunk.new_end - end)
