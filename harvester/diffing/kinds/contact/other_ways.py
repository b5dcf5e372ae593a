"""Another way by which a party is reached, beside one that stays: ``or call 1-888-555-0143``."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from harvester.diffing.kinds.contact.addresses import Addresses
from harvester.diffing.kinds.passages import Side
from harvester.diffing.kinds.spans import hold_digit
from harvester.diffing.kinds.vocabulary import RECEIVERS
from harvester.diffing.text.tokens import is_word

JOINING = frozenset("or and oder und ou et o y e of en lub oraz eller och".split())  # noqa: SIM905
"""Words between two ways."""
_WORDS = (
    "call ring phone telephone tel fax write post mail letter email e-mail message contact reach us at by via through"
    " to our the on using use under number toll free toll-free tollfree directly also send a an in writing address"
    " following this online web form page us line hotline regular postal"
)
_OF_WAYS = frozenset(_WORDS.split()) | JOINING
_FORMS = frozenset({"form", "page"})
"""What is filled in to write, behind a word such as "contact"."""
_BEFORE_FORMS = frozenset({"contact", "web", "online", "feedback", "support", "this", "following"})
_REACHED = frozenset("email e-mail mail phone telephone post call write writing contact".split())  # noqa: SIM905
_SENTENCE = 40  # tokens
_NEXT = 6  # tokens behind "or"
_LONGEST = 40


_GIVES = re.compile(
    r"\b(?:shar(?:e[sd]?|ing)|s[eo]l[ld]|sells|selling|disclos\w+|transfer\w*|pass(?:ed)?|third part\w+"
    r"|we (?:\w+ )?send|sent)\b"
)
"""Words of what is done with data, to others; of lower-case text."""


def is_another_way(side: Side, start: int, end: int, addresses: Addresses, knows: Callable[[str], bool]) -> bool:
    """Return whether tokens that came or went alone are another way to reach whoever a sentence says how to reach: a
    number, an address or a form, with nothing but words of ways and names that both texts have, and "or" beside it.
    """
    if end - start > _LONGEST:
        return False
    words = [at for at in range(start, end) if is_word(side.tokens[at])]
    if len(words) < 2:
        return False
    is_first, is_last = (side.tokens[words[at]].lower() in JOINING for at in (0, -1))
    if not (is_first or is_last):
        return False  # as most
    names_one = _names_a_form(side, words) or any(
        "@" in side.tokens[at] or (hold_digit(side.tokens[at : at + 1]) and addresses.is_detail(at, at + 1))
        for at in words
    )
    return (
        names_one
        and all(_is_of_a_way(side, at, addresses, knows) for at in words)
        and _is_reached(side, start, end, before=is_first)
    )


def _names_a_form(side: Side, words: list[int]) -> bool:
    said = [side.tokens[at].lower() for at in words]
    return any(one in _BEFORE_FORMS and other in _FORMS for one, other in pairwise(said)) and not hold_digit(said)


def _is_of_a_way(side: Side, at: int, addresses: Addresses, knows: Callable[[str], bool]) -> bool:
    token = side.tokens[at]
    if token.lower() in _OF_WAYS or "@" in token:
        return True
    return not token[0].islower() and (addresses.is_detail(at, at + 1) or knows(token.lower()))


def _is_reached(side: Side, start: int, end: int, *, before: bool) -> bool:
    """Return whether the sentence says before or behind it, how somebody is reached, and not before it who is given
    data.
    """
    first, last = side.block_at(start)
    first = max(first, start - _SENTENCE)
    said = side.part(first, start)
    if RECEIVERS.search(said) or _GIVES.search(said):
        return False
    beside = side.tokens[first:start] if before else side.tokens[end : min(last, end + _NEXT)]
    return any("@" in token or token.lower() in _REACHED for token in beside)
