"""Which texts of a history have one body: what is left of a text without its title and what stands around the policy.

Pure. What stands around a policy has to be looked for in the whole text, but most texts of a history differ in prose
that surely belongs to the policy, or in a line that does. So only texts of which all such is in another are read as a
whole.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import combinations

_NO_PROSE = hash(())
_OF_AN_ADDRESS = re.compile(r"[.@/](?<=\w[.@/])\w")
_BLOCK_BY_BLOCK = 16
"""Texts of one prose that are compared block by block with one another: more would cost the square of their number."""


def first_of_each(
    texts: Sequence[str],
    prose_of: Callable[[str], int],
    body_of: Callable[[str], str],
    may_be_alike: Callable[[str, str], bool],
) -> dict[str, str]:
    """Return for each text the first one with the same body; a text without a body is like no other.

    The texts are named as the caller likes. `prose_of` and `body_of` give `sure_prose` and the body of one,
    `may_be_alike` whether two with one prose may have one body.
    """
    found = {text: text for text in texts}
    alike: defaultdict[int, list[str]] = defaultdict(list)
    for text in texts if len(texts) > 1 else ():
        alike[prose_of(text)].append(text)
    for prose, group in alike.items():
        first: dict[str, str] = {}
        read = group
        if prose != _NO_PROSE and len(group) <= _BLOCK_BY_BLOCK:
            paired = {one for pair in combinations(group, 2) if may_be_alike(*pair) for one in pair}
            read = [text for text in group if text in paired]
        for text in read if len(read) > 1 else ():
            if body := body_of(text):
                found[text] = first.setdefault(body, text)
    return found


def sure_prose(text: str) -> int:
    """Return a hash of the passages that surely are in the body of a comparable text: equal for equal bodies.

    These are too long to be a label, a counter or a title, and hold no link, as a menu does, nor an address, which may
    be a link to itself in one of two texts. Hashes of two processes differ.
    """
    from harvester.diffing.around.cookie_notes import may_be_listed, may_be_note  # takes a while that few commands need
    from harvester.diffing.around.edges import SHORT
    from harvester.diffing.text.blocks import BlockKind, read_blocks
    from harvester.diffing.text.spacing import closed_up

    blocks = read_blocks(text)
    return hash(
        tuple(
            [
                closed_up(f"{block.label} {block.key}".strip())
                for place, block in enumerate(blocks)
                if len(block.key) > SHORT
                and block.key[0].isalnum()  # others may name who said what is above them
                and not block.inline.links
                and block.kind is not BlockKind.HEADING
                and len(closed_up(block.key)) > SHORT
                and not _OF_AN_ADDRESS.search(block.key)
                and not may_be_note(block)
                and not may_be_listed(blocks, place)
            ]
        )
    )
