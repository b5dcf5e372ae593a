"""Another way by which a party is reached, beside one that stays: ``or call 1-888-555-0143``."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from harvester.diffing.kinds.contact.addresses import Addresses
from harvester.diffing.kinds.passages import Side
from harvester.diffing.kinds.spans import hold_digit
from harvester.diffing.kinds.vocabulary import DENIES, RECEIVERS
from harvester.diffing.text.tokens import is_word, tokenise

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
_BEFORE_A_MAIL = frozenset("at on by to via through under".split())  # noqa: SIM905
_TO_CONTACT = re.compile(
    r"^mailto:|[/_-]?(?:contact|kontakt|feedback)[\w-]*(?:/|\.\w{2,5})?(?:[?#].*)?$", re.IGNORECASE
)
"""Where a link leads by which to write."""
_LABEL = 8  # tokens
_INVITATION = 14
_INVITATION_WORDS = (
    "questions question comments contact us please write to at e-mail email mail any with for feel free here if you"
    " have get in touch kontakt fragen schreiben sie uns contacto contatti contato contactez nous"
)
_INVITES = frozenset(_INVITATION_WORDS.split())
"""Words of sentences that say no more than where to write."""
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
    tokens = side.tokens[start:end]
    is_first, is_last = (next(filter(is_word, ones), "").lower() in JOINING for ones in (tokens, reversed(tokens)))
    if not (is_first or is_last):
        return False  # as most
    words = [at for at in range(start, end) if is_word(side.tokens[at])]
    if len(words) < 2:
        return False
    names_one = _names_a_form(side, words) or any(
        "@" in side.tokens[at] or (hold_digit(side.tokens[at : at + 1]) and addresses.is_detail(at, at + 1))
        for at in words
    )
    return (
        names_one
        and all(_is_of_a_way(side, at, addresses, knows) for at in words)
        and _is_reached(side, start, end, before=is_first)
    )


def leads_to_mail(side: Side, start: int, end: int) -> bool:
    """Return whether a token is nothing but the word that leads to an e-mail address: ``at``, ``on``."""
    if end - start != 1 or side.tokens[start].lower() not in _BEFORE_A_MAIL:
        return False  # as most
    return end < side.block_at(start)[1] and "@" in side.tokens[end]


def say_otherwise(went: tuple[Side, int, int], came: tuple[Side, int, int]) -> bool:
    """Return whether the word before an e-mail address is another, or a link to the same page says to write in other
    words.
    """
    if leads_to_mail(*went) and leads_to_mail(*came):
        return True
    target = _where_to_write(*went)
    return target is not None and target == _where_to_write(*came)


def _where_to_write(side: Side, start: int, end: int) -> str | None:
    """Return the target of the link to write or to a page of contacts that says all words of some tokens, if there is
    one: ``contact us``.
    """
    inline = side.block_of(start).inline
    if not (inline.links and 0 < end - start <= _LABEL):
        return None  # as most
    words = set(filter(is_word, side.tokens[start:end]))
    if not words or not DENIES.isdisjoint(map(str.lower, words)):
        return None
    for link in inline.links:
        if _TO_CONTACT.search(link.value) and words <= set(tokenise(inline.visible[link.start : link.end])):
            return link.value
    return None


def invites_to_write(side: Side, start: int, end: int) -> bool:
    """Return whether tokens are a sentence that says no more than to write to the company, with its address or a link
    to its page of contacts: ``Questions? Contact us.``
    """
    if end - start > _INVITATION or not side.tokens[start][0].isupper():
        return False
    tokens = side.tokens[start:end]
    if not _INVITES.issuperset(token.lower() for token in tokens if is_word(token) and "@" not in token):
        return False  # as most
    if _is_said_of_others(side.part(side.block_at(start)[0], start)):
        return False
    inline = side.block_of(start).inline
    said = [inline.visible[link.start : link.end] for link in inline.links if _TO_CONTACT.search(link.value)]
    return any("@" in token for token in tokens) or any(set(tokenise(label)) <= set(tokens) for label in said)


def _names_a_form(side: Side, words: list[int]) -> bool:
    said = [side.tokens[at].lower() for at in words]
    return any(one in _BEFORE_FORMS and other in _FORMS for one, other in pairwise(said)) and not hold_digit(said)


def _is_said_of_others(text: str) -> bool:
    return RECEIVERS.search(text) is not None or _GIVES.search(text) is not None


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
    if _is_said_of_others(said):
        return False
    beside = side.tokens[first:start] if before else side.tokens[end : min(last, end + _NEXT)]
    return any("@" in token or token.lower() in _REACHED for token in beside)
