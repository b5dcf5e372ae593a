"""Lines of the copyright: whose the page is, and since when."""

from __future__ import annotations

from harvester.diffing.kinds.dates import COPYRIGHT, OF_A_RULE, SPEAKERS
from harvester.diffing.kinds.spans import DIGITS
from harvester.diffing.text.blocks import Block

_COPYRIGHT_LINE = 200  # characters
_COPYRIGHT_TOKENS = 20  # of a line that says nothing but whose the page is, and since when


def is_copyright(block: Block) -> bool:
    """Return whether a block is a line of the copyright."""
    if len(block.key) > 2 * _COPYRIGHT_LINE:
        return False  # as most: a space is beside another character
    return block.size <= _COPYRIGHT_LINE and COPYRIGHT.search(f"{block.label} {block.key}".lower()) is not None


def says_only_whose_it_is(block: Block) -> bool:
    """Return whether a block is a line such as ``© 2020 Kettle Ltd. All rights reserved.``"""
    said = f"{block.label} {block.key}".strip().lower()
    return (
        len(block.tokens) <= _COPYRIGHT_TOKENS
        and COPYRIGHT.match(said) is not None
        and DIGITS.may_be_in(said)
        and not OF_A_RULE.search(said)
        and SPEAKERS.isdisjoint(map(str.lower, block.tokens))
    )
