"""The parties that a whole text gives an address of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from harvester.diffing.kinds.contact.addresses import Addresses
from harvester.diffing.kinds.contact.marks import may_hold_marks
from harvester.diffing.kinds.contact.sentence_words import LONGEST
from harvester.diffing.kinds.passages import Side, whole_side
from harvester.diffing.text.blocks import Block


class Parties:
    """The parties that a text gives an address of, in a block of its own."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._known: dict[str, bool] = {}

    def __contains__(self, party: object) -> bool:
        party = str(party)
        if party not in self._known:
            # Only a block with the words of a name and with marks of an address can be of its party.
            may_be = min((self._with_word.get(word, []) for word in party.split(" ")), key=len)
            self._known[party] = any(self._addresses.party(self._side.starts[n]) == party for n in may_be)
        return self._known[party]

    @cached_property
    def _with_word(self) -> dict[str, list[int]]:
        """The numbers of the blocks that have a word, and may be an address by their length and their marks."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for number, block in enumerate(self._blocks):
            if block.key.count(" ") < LONGEST and may_hold_marks(block.key) and len(block.tokens) <= LONGEST:
                for word in set(map(str.lower, block.tokens)):
                    found[word].append(number)
        return found

    @cached_property
    def _side(self) -> Side:
        return whole_side(self._blocks)

    @cached_property
    def _addresses(self) -> Addresses:
        return Addresses(self._side)
