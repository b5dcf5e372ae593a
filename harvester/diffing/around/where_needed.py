"""The blocks of a text that stand around the policy, looked for only where one that a change touches may be of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from harvester.diffing.around.surroundings import headings_of, may_stand_around_at, surroundings
from harvester.diffing.text.blocks import Block
from harvester.diffing.text.kept_properties import kept_property

_START = attrgetter("start")


class _Headings:
    """The gists of the headings of a text, found when the first short block is asked for."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks

    def __contains__(self, gist: object) -> bool:
        return gist in self._found

    @kept_property
    def _found(self) -> frozenset[str]:
        return headings_of(self._blocks)


class Around:
    """Where the blocks of a text begin that stand around the policy; they are looked for when the first one may."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._known: dict[int, bool] = {}
        self._headings = _Headings(blocks)

    def __contains__(self, start: object) -> bool:
        assert isinstance(start, int)
        known = self._known.get(start)
        if known is None:
            place = bisect_left(self._blocks, start, key=_START)
            known = may_stand_around_at(self._blocks, place, self._headings) and place in self._places
            self._known[start] = known
        return known

    @kept_property
    def _places(self) -> frozenset[int]:
        return surroundings(self._blocks)
