"""Headings, and notices of dates and updates: they name or announce what the text says, unless they state something
themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from harvester.diffing.kinds.dates import DATE, is_of_no_date, may_hold_date
from harvester.diffing.kinds.spans import DIGITS, Spelled, hold_digit
from harvester.diffing.kinds.vocabulary import BESIDE_A_DATE, DOCUMENT, OF_NOTICES, OF_UPDATES
from harvester.diffing.text.blocks import Block, BlockKind
from harvester.diffing.text.tokens import is_word, words_of

_HEADING_WORDS = 8  # a longer heading is a statement
_DENIES = frozenset({"not", "no", "never", "must", "shall", "only", "without", "unless", "don't"})
_STATES = _DENIES | {"do", "does", "may", "will", "can"}
_ASKS = frozenset({"how", "what", "when", "where", "why", "who", "which"})
_SPEAKERS = frozenset({"we", "you", "i", "they"})
_SHORTEST_NOTICE, _LONGEST_NOTICE = 5, 40  # tokens
_UPDATED = re.compile(
    r"\b(?:policy|notice|statement)\b.* been (?:recently )?(?:updated|revised|changed|amended)\b|\bwe(?:'ve| have)"
    r" (?:recently )?(?:updated|revised|changed|amended)\b.*\b(?:policy|notice|statement)\b"
)


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


def looks_like_heading(block: Block) -> bool:
    """Return whether a block is a heading, or a line in capitals that is emphasised or numbered."""
    if block.kind is BlockKind.HEADING:
        return True
    if block.kind is not BlockKind.PARAGRAPH or not block.key.isupper() or not is_word(block.tokens[-1]):
        return False
    is_strong = sum(style.end - style.start for style in block.inline.styles) >= len(block.inline.visible.strip())
    return block.words >= 2 and (is_strong or bool(block.label))


def is_date_line(tokens: list[str]) -> bool:
    """Return whether these tokens are a date and words that say whose it is, such as ``Last updated: 1 May 2020``."""
    if len(tokens) > 20 or not hold_digit(tokens) or sum(map(is_of_no_date, tokens)) > 6:
        return False
    if not may_hold_date(" ".join(tokens)):
        return False
    spelled = Spelled(tokens)
    dates = spelled.find(DATE, DIGITS)
    if len(dates) != 1:
        return False
    inside = range(*dates[0])
    others = [token for place, token in enumerate(tokens) if place not in inside and is_word(token)]
    return len(others) <= 6 and BESIDE_A_DATE.search(Spelled(others).text) is not None


def is_notice_of_dates(tokens: Sequence[str]) -> bool:
    """Return whether a text says nothing but when the document was published or takes effect, and where others are:
    "This policy was updated on 1 May 2024. View the previous version."
    """
    if not _SHORTEST_NOTICE <= len(tokens) <= _LONGEST_NOTICE or not hold_digit(tokens):
        return False
    if not may_hold_date(" ".join(tokens)):
        return False
    spelled = Spelled(tokens)
    dates = spelled.find(DATE, DIGITS)
    inside = {place for span in dates for place in range(*span)}
    others = [token.lower() for place, token in enumerate(tokens) if place not in inside and is_word(token)]
    return bool(dates) and OF_NOTICES.issuperset(others) and DOCUMENT.search(spelled.text) is not None


def is_notice_of_update(tokens: Sequence[str]) -> bool:
    """Return whether a text says nothing but that the document was updated, and where that is explained: "Our policy
    has been updated. Please read our summary of the changes."
    """
    if not _SHORTEST_NOTICE <= len(tokens) <= _LONGEST_NOTICE:
        return False
    if not all(token.lower() in OF_UPDATES for token in tokens if is_word(token)):
        return False  # as most, at one of its first words
    return _UPDATED.search(" ".join(tokens).lower()) is not None
