"""The parties that a whole text gives an address of."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from harvester.diffing.kinds.contact.addresses import Addresses
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
            # Only a block with the words of a name can be of its party.
            words = party.split(" ")
            may_be = [n for n, key in enumerate(self._keys) if all(map(key.__contains__, words))]
            self._known[party] = any(self._addresses.party(self._side.starts[n]) == party for n in may_be)
        return self._known[party]

    @cached_property
    def _keys(self) -> list[str]:
        return [block.key.lower() for block in self._blocks]

    @cached_property
    def _side(self) -> Side:
        return whole_side(self._blocks)

    @cached_property
    def _addresses(self) -> Addresses:
        return Addresses(self._side)
