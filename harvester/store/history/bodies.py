"""Which texts of a history have one body: what is left of a text without its title and what stands around the policy.

Pure. What stands around a policy has to be looked for in the whole text, but most texts of a history differ in prose
that surely belongs to the policy. So only texts that have all such prose in common are read as a whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from harvester.lru import remember_short

_TABLE_RULE = re.compile(r"(?=[-: \t]*\|)[ \t|:]*-[-\s|:]*\n(?=.*\S)")
_WORD = re.compile(r"\S*?[^\W_]\S*")


def first_of_each(
    texts: Sequence[str], prose_of: Callable[[str], int | None], body_of: Callable[[str], str]
) -> dict[str, str]:
    """Return for each text the first one with the same body; a text without a body is like no other.

    The texts are named as the caller likes. `prose_of` and `body_of` give `sure_prose` and the body of one.
    """
    prose = {text: prose_of(text) for text in texts} if len(texts) > 1 else {}
    shared = Counter(prose.values())
    first: dict[str, str] = {}
    found = {}
    for text in texts:
        is_alone = None not in shared and shared[prose.get(text)] <= 1
        body = "" if is_alone else body_of(text)
        found[text] = first.setdefault(body, text) if body else text
    return found


def sure_prose(text: str) -> int | None:
    """Return a hash of the long passages that surely are in the body of a comparable text: equal for equal bodies.

    None where it cannot be told part by part, since in code a line has another meaning than alone. Hashes of two
    processes differ.
    """
    from harvester.diffing.text.blank_lines import has_code, parts  # takes a while that few commands need

    if has_code(text):
        return None
    found: list[int] = []
    for part in parts(text):
        said = _sure(part)
        if said is None:
            return None
        found += said
    return hash(tuple(found))


@remember_short
def _sure(part: str) -> tuple[int, ...] | None:
    """Return hashes of the long blocks of prose between two blank lines (`surroundings` names only others).

    None for lines after the rule of a table, whose head is in the part before, and for headings as long as prose, which
    a table of contents may repeat.
    """
    from harvester.diffing.text.blocks import BlockKind, read_blocks
    from harvester.diffing.text.surroundings import may_stand_around

    if _TABLE_RULE.match(part.lstrip()):
        return None
    found: list[int] = []
    for block in read_blocks(part):
        if not _is_long(block.key):
            continue
        if block.kind is BlockKind.HEADING:
            return None
        raw = part[block.start : block.end].strip()
        if "|" in raw:
            continue
        if block.kind is BlockKind.ROW:
            found += _sure(raw) or ()  # in the body it stands alone
        elif (
            block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)
            and block.key[0].isalnum()  # others may be a quotation, or name who said it
            and not may_stand_around(block, ())
        ):
            found.append(hash(block.key))
    return tuple(found)


def _is_long(key: str) -> bool:
    from harvester.diffing.text.edges import LONGEST, SHORT

    return len(key) > SHORT or (key.count(" ") >= LONGEST and len(_WORD.findall(key)) > LONGEST)
