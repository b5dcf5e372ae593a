"""What is less by where it stands: around the policy, or in another order of the same list or row."""

from __future__ import annotations

from harvester.diffing.change import Kind
from harvester.diffing.kinds.lesser.place import Place
from harvester.diffing.kinds.reasons import Finding, arrow, quote
from harvester.diffing.text.blocks import Block, BlockKind


def around_policy(place: Place) -> Finding | None:
    """Judge blocks of the site, not of the policy, that hold all that came and went."""
    texts = place.whereabouts.texts
    side, start, _ = place.went if place.old else place.came
    if side.blocks[side.number_of(start)].start not in (texts.old_around if place.old else texts.new_around):
        return None  # as most
    if all(
        block.start in around
        for (side, start, end), around in zip(place.parts, (texts.old_around, texts.new_around), strict=True)
        if start < end
        for block in side.blocks[side.number_of(start) : side.number_of(end - 1) + 1]
    ):
        return Finding(Kind.COSMETIC, f"what stands around the policy: {arrow(place.old, place.new)}")
    return None


def reordered_items(place: Place) -> Finding | None:
    """Judge a place of which all items that it touches stand as often in the list of the other text."""
    touched: list[tuple[Block, int]] = []
    for number, (side, start, end) in enumerate(place.parts):
        if start < end:
            first, last = side.number_of(start), side.number_of(end - 1)
            if side.blocks[first].kind is not BlockKind.ITEM:
                return None  # as most
            touched += [(block, number) for block in side.blocks[first : last + 1]]
        elif side.blocks and not _is_of_whole_blocks(place):
            touched += [(side.block_of(start), number), (side.block_of(max(start - 1, 0)), number)]
    if not touched or not all(place.texts.may_stand_in_both(block, number) for block, number in touched):
        return None  # as most
    if all(block.start in place.texts.items_in_both[number] for block, number in touched):
        return reordered(place)
    return None


def reordered(place: Place) -> Finding:
    """Return the finding that the same stands in another order."""
    return Finding(Kind.MINOR, f"the same things in another order: {quote(place.old or place.new)}")


def _is_of_whole_blocks(place: Place) -> bool:
    """Return whether all that came or went is whole blocks."""
    side, start, end = place.only
    return start == side.block_at(start)[0] and end == side.block_at(end - 1)[1]
