"""Whether two texts may have one body, told by what only one of them says: most differ in a block that no rule takes
for what stands around a policy.
"""

from __future__ import annotations

from collections.abc import Sequence

from harvester.diffing.around.surroundings import blocks_of, headings_of, may_stand_around_at, said_in_body
from harvester.diffing.text.blocks import Block


def may_have_one_body(one: str, other: str) -> bool:
    """Return whether `without_surroundings` may be the same of two comparable texts that both have prose: each of them
    says all that is surely in the body of the other.
    """
    olds, news = blocks_of(one), blocks_of(other)
    return _may_say(news, olds) and _may_say(olds, news)


def _may_say(others: Sequence[Block], blocks: Sequence[Block]) -> bool:
    keys = {block.key for block in others}
    alone = [place for place, block in enumerate(blocks) if place and block.key not in keys]  # the first is the title
    if not alone:
        return True
    headings = headings_of(blocks)
    sure = {said_in_body(blocks[place]) for place in alone if not may_stand_around_at(blocks, place, headings)}
    return not sure or sure <= {said_in_body(block) for block in others}
