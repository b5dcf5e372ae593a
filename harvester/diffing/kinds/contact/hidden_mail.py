"""What a delivery network shows in place of an e-mail address, ``[email protected]``, and the letters glued to it: it
took them for none of the address.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from harvester.diffing.kinds.passages import Side
from harvester.diffing.text.tokens import normalise

_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")
_LONGEST = 24  # tokens of an e-mail address
HIDDEN = ["[", "email", "protected", "]"]
"""What a network shows, as tokens."""
_Part = tuple[Side, int, int]


def hides_mail(one: _Part, other: _Part) -> bool:
    """Return whether one side is an e-mail address, and the other what a network shows to robots in its place, with
    the letters that are glued to it.
    """
    for hidden, (shown, start, end) in ((one, other), (other, one)):
        written = shown.tokens[start:end] if end - start <= _LONGEST else []
        if _ADDRESS.fullmatch("".join(written)) and _is_hidden(*hidden):
            return True
    return False


def _is_hidden(side: Side, start: int, end: int) -> bool:
    tokens = side.tokens[start:end]
    at = tokens.index("[") if "[" in tokens else end
    return tokens[at : at + len(HIDDEN)] == HIDDEN and _is_glued(side, start, tokens)


def is_of_hidden_mail(side: Side, start: int, end: int) -> bool:
    """Return whether tokens are glued to what a network shows in place of an e-mail address: they are a part of it."""
    behind = side.tokens[end : end + len(HIDDEN)] == HIDDEN
    before = side.tokens[max(start - len(HIDDEN), 0) : start] == HIDDEN
    if not (behind or before) or start == end:
        return False
    tokens = side.tokens[start:end]
    return (behind and _is_glued(side, start, [*tokens, *HIDDEN])) or (
        before and _is_glued(side, start, [*HIDDEN, *tokens])
    )


def _is_glued(side: Side, start: int, tokens: Sequence[str]) -> bool:
    text = "".join(tokens).replace("[emailprotected]", "[email protected]")
    return text.casefold() in _folded(side.block_of(start).inline.visible)


@lru_cache(maxsize=64)
def _folded(visible: str) -> str:
    return normalise(visible).casefold()
