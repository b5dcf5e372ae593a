"""Which texts of a history have one body: what is left of a text without its title and what stands around the policy.

Pure. What stands around a policy has to be looked for in the whole text, but most texts of a history differ in prose
that surely belongs to the policy. So only texts that have all such prose in common are read as a whole.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from harvester.lru import remember_short

_TABLE_RULE = re.compile(r"(?=[-: \t]*\|)[ \t|:]*-[-\s|:]*\n(?=.*\S)")
_RULE_BELOW = re.compile(r"\n[-:| \t\n]*\|[-:| \t\n]*$")
_EMPTY_ROW = re.compile(r"(?m)^[ \t]*\|[ \t|]*$")
_WORD = re.compile(r"\S*?[^\W_]\S*")


Prose = tuple[int, int | None]
"""Hashes of the longest passages that surely are in a body, and of all long ones; None where these are not sure."""


def first_of_each(
    texts: Sequence[str], prose_of: Callable[[str], Prose | None], body_of: Callable[[str], str]
) -> dict[str, str]:
    """Return for each text the first one with the same body; a text without a body is like no other.

    The texts are named as the caller likes. `prose_of` and `body_of` give `sure_prose` and the body of one.
    """
    found = {text: text for text in texts}
    prose = {text: prose_of(text) for text in texts} if len(texts) > 1 else {}
    for longest in _alike(texts, lambda text: (known := prose[text]) and known[0]):
        for group in _alike(longest, lambda text: (known := prose[text]) and known[1]):
            first: dict[str, str] = {}
            for text in group:
                if body := body_of(text):
                    found[text] = first.setdefault(body, text)
    return found


def _alike(texts: Sequence[str], told_by: Callable[[str], int | None]) -> Iterable[Sequence[str]]:
    """Return groups of several texts that something does not tell apart; all together if it does not know one."""
    groups: defaultdict[int | None, list[str]] = defaultdict(list)
    for text in texts if len(texts) > 1 else ():
        groups[told_by(text)].append(text)
    return [texts] if None in groups else [group for group in groups.values() if len(group) > 1]


def sure_prose(text: str) -> Prose | None:
    """Return hashes of the long passages that surely are in the body of a comparable text: equal for equal bodies.

    None where it cannot be told part by part, since in code a line has another meaning than alone. Hashes of two
    processes differ.
    """
    from harvester.diffing.text.blank_lines import has_code, parts  # takes a while that few commands need

    if has_code(text):
        return None
    longest: list[int] = []
    long: list[int] = []
    is_sure = True
    for part in parts(text):
        said = _sure(part)
        if said is None:
            return None
        longest += said[0]
        long += said[1] or ()
        is_sure = is_sure and said[1] is not None
    return hash(tuple(longest)), hash(tuple(long)) if is_sure else None


@remember_short
def _sure(part: str) -> tuple[tuple[int, ...], tuple[int, ...] | None] | None:
    """Return hashes of the blocks of prose between two blank lines that are longest, and of all long ones:
    `surroundings` names only others.

    None for lines after the rule of a table, whose head is in the part before, and for rules and rows without a word,
    which go with the block before them; no long ones beside headings of as many words, which a table of contents may
    repeat.
    """
    from harvester.diffing.around.edges import SHORT
    from harvester.diffing.around.surroundings import may_stand_around
    from harvester.diffing.text.blocks import BlockKind, read_blocks

    if _TABLE_RULE.match(part.lstrip()) or ("|" in part and _EMPTY_ROW.search(part)):
        return None
    longest: list[int] = []
    long: list[int] = []
    beside_heading = False
    for block in read_blocks(part):
        if not _is_long(block.key):
            continue
        is_longest = len(block.key) > SHORT
        if block.kind is BlockKind.HEADING:
            beside_heading = beside_heading or not is_longest
            continue
        raw = part[block.start : block.end].strip()
        if "|" in raw:
            if _RULE_BELOW.search(raw):
                return None
            continue
        if block.kind is BlockKind.ROW:  # in the body it stands alone
            alone = _sure(raw) or ((), ())
            longest += alone[0]
            long += alone[1] or ()
        elif (
            block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)
            and block.key[0].isalnum()  # others may be a quotation, or name who said it
            and not may_stand_around(block, ())
        ):
            long.append(hash(block.key))
            longest += long[-1:] if is_longest else ()
    return tuple(longest), None if beside_heading else tuple(long)


def _is_long(key: str) -> bool:
    from harvester.diffing.around.edges import LONGEST, SHORT

    return len(key) > SHORT or (key.count(" ") >= LONGEST and len(_WORD.findall(key)) > LONGEST)
