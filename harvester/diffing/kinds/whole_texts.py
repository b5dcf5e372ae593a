"""Both texts of a change as a whole: what a passage cannot show by itself, worked out when it is first asked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from harvester.diffing.around.where_needed import Around
from harvester.diffing.kinds.contact.parties import Parties
from harvester.diffing.kinds.same_words import slips
from harvester.diffing.kinds.same_words.enumerations import items_in_both
from harvester.diffing.text.blocks import Block, BlockKind


class WholeTexts:
    """What stands around the policy, who has an address, which words are known, and what governs each block."""

    def __init__(self, old: Sequence[Block], new: Sequence[Block]) -> None:
        self.old, self.new = old, new

    @cached_property
    def old_around(self) -> Around:
        return Around(self.old)

    @cached_property
    def new_around(self) -> Around:
        return Around(self.new)

    @cached_property
    def old_parties(self) -> Parties:
        return Parties(self.old)

    @cached_property
    def new_parties(self) -> Parties:
        return Parties(self.new)

    def knows(self, word: str) -> bool:
        """Return whether a word, in lower case, is one: both texts have it, or many English policies do."""
        return word in slips.common_words() or word in self._known

    @cached_property
    def _known(self) -> frozenset[str]:
        old, new = (set[str]().union(*(block.tokens for block in side)) for side in (self.old, self.new))
        return frozenset(map(str.casefold, old)).intersection(map(str.casefold, new))

    @cached_property
    def items_in_both(self) -> tuple[frozenset[int], frozenset[int]]:
        """Where the items of the old and the new text begin that stand as often in the same list of the other."""
        return items_in_both(self.old, self.new, (self.old_governing, self.new_governing))

    @cached_property
    def old_governing(self) -> list[tuple[str, str]]:
        return _governing(self.old)

    @cached_property
    def new_governing(self) -> list[tuple[str, str]]:
        return _governing(self.new)


def _governing(blocks: Sequence[Block]) -> list[tuple[str, str]]:
    """Return, for each block, the heading over it and the announcement of its list."""
    found = []
    heading = announced = ""
    for block in blocks:
        found.append((heading, announced))
        if block.kind is BlockKind.HEADING:
            heading, announced = block.inline.folded, ""
        if block.key.endswith((":", "：")):
            announced = block.inline.folded
    return found
