"""Headings: they name what the text under them says, unless they state something themselves."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from harvester.diffing.text.blocks import Block, BlockKind
from harvester.diffing.text.tokens import is_word, words_of

_HEADING_WORDS = 8  # a longer heading is a statement
_DENIES = frozenset({"not", "no", "never", "must", "shall", "only", "without", "unless", "don't"})
_STATES = _DENIES | {"do", "does", "may", "will", "can"}
_ASKS = frozenset({"how", "what", "when", "where", "why", "who", "which"})
_SPEAKERS = frozenset({"we", "you", "i", "they"})


def states_something(tokens: Sequence[str]) -> bool:
    """Return whether a heading is a statement, which may say what the text under it does not."""
    words = [word.lower() for word in islice(filter(is_word, tokens), _HEADING_WORDS + 1)]
    if not words or len(words) > _HEADING_WORDS or words[0] in _SPEAKERS or any(map(_has_digit, words)):
        return True
    states = _DENIES if words[0] in _ASKS else _STATES
    return not states.isdisjoint(words)


def _has_digit(word: str) -> bool:
    return not word.isalpha() and any(character.isdigit() for character in word)


def stands_as_heading(block: Block) -> bool:
    """Return whether a block is a heading, or stands as one: numbered, with capitals, no sentence."""
    if block.kind is BlockKind.HEADING:
        return True
    if not block.label:
        return False
    words = words_of(block.tokens)
    capitals = sum(not word[0].islower() for word in words)
    return len(words) >= 2 and 2 * capitals > len(words) and is_word(block.tokens[-1])
