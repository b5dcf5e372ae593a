"""Links of Markdown by reference that a page shows as text: ``[our terms][terms-of-use]`` and where that leads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from harvester.diffing.kinds.passages import Side
from harvester.diffing.text.blocks import Block

# A label of more words might say something; so might the address of another site.
_REFERENCE = re.compile(r"\[[^\[\]]++\]\[([^\[\]\s]++)\]")
_DEFINITION = re.compile(r"\[([^\[\]\s]++)\]: ?(?:/|#)\S*+")


class References(NamedTuple):
    """The labels of a text's references, and those of the lines that say where one leads."""

    made: frozenset[str]
    defined: frozenset[str]


def references(blocks: Sequence[Block]) -> References:
    """Return the references in a text."""
    made = {label for block in blocks for label in _labels(block.inline.visible)}
    return References(frozenset(made), frozenset(filter(None, map(_defined, blocks))))


def may_be_of_a_reference(tokens: Sequence[str]) -> bool:
    """Return whether tokens begin as those of a reference do; most do not."""
    return tokens[0] in ("[", "]")


def is_of_a_reference(side: Side, start: int, end: int, known: References) -> bool:
    """Return whether tokens are marks and label of a reference, or the line that says where it leads, in a text that
    has both.
    """
    block = side.block_of(start)
    if side.block_at(start) == (start, end):
        return _defined(block) in known.made
    said = "".join(side.tokens[start:end])
    referred = _referred(block.inline.visible, known.defined)
    return bool(referred) if said == "[" else said[2:-1] in referred and said == f"][{said[2:-1]}]"


@lru_cache(maxsize=64)
def _referred(visible: str, defined: frozenset[str]) -> frozenset[str]:
    """Return the labels of the references in a block that lead somewhere."""
    return defined.intersection(_labels(visible))


def _defined(block: Block) -> str:
    """Return the label of the reference of which a block says where it leads; nothing if it is none."""
    found = _DEFINITION.fullmatch(block.inline.visible.strip())
    return found[1] if found else ""


def _labels(visible: str) -> list[str]:
    """Return the labels of the references in a visible text."""
    return _REFERENCE.findall(visible) if "][" in visible else []
