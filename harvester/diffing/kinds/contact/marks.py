"""The marks of addresses in one block: streets, post codes, e-mail addresses, telephone numbers.

They are looked for in the blocks that a change touches, and in those beside them, once for each text of a block.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from harvester.diffing.kinds.contact.postal import ANCHOR_SIGN, BESIDE, STREET, may_hold
from harvester.diffing.kinds.spans import DIGIT, DIGITS, Sign, Spelled
from harvester.diffing.text.tokens import tokens_of_normalised

AT_WORDS = "at|ät|a|@|arobase|arroba|chiocciola|собака|bei|małpa|snabel-?a|apenstaartje|aapestaartje"
DOT_WORDS = r"dot|punkt|point|punto|ponto|точка|\."
"""The signs of an e-mail address in words, of a dozen languages."""
_AT = rf"(?:\[|\(|\{{) ?(?:{AT_WORDS}) ?(?:\]|\)|\}})"
_DOT = rf"(?:\[|\(|\{{) ?(?:{DOT_WORDS}) ?(?:\]|\)|\}})"
WRITTEN_OUT = ((re.compile(rf" ?{_AT} ?"), "@"), (re.compile(rf" ?{_DOT} ?"), "."))
"""What stands for the signs of an e-mail address that is written in words."""
_EMAIL = re.compile(
    rf"(?<!\S)(?:[\w.+-]+ {_AT} [\w-]+(?:(?: {_DOT} |\.)\w+)+|[^\s@]+@[^\s@]+\.[^\s@]+|\[ email protected \])(?!\S)"
)
_EMAIL_SIGN = Sign(re.compile(rf"@|\[ ?email|{_AT}"), tuple("@([{"))
_PHONE = re.compile(r"(?<![\w/.-])\+?\s?\(?\s?\+?\d[\d\s()./–-]{5,}\d(?![\w/-])")
PHONE_WORDS = re.compile(
    r"\b(?:tel|tél|telephone|telefoo?n\w*|téléphone|telefone|puhelin\w*|sími|ph|teléfono|telefono|phone|call(?:ing)?|fax|mobile?|handy|gsm|hotline|numéro|тел\w*)\b|电话|電話|客服|热线|熱線|お問い合わせ|コールセンター|전화|고객센터|문의|هاتف|טלפון|โทร"
)
_CALLED = re.compile(
    r"\b(?:(?:contact|reach|ring) us(?: directly)?(?: (?:at|on|under))?|nous (?:contacter|appeler|joindre)(?: au)?"
    r"|(?:contactez|appelez|joignez)[ -]nous(?: au)?|(?:rufen|erreichen) sie uns (?:an|unter)(?: unter)?"
    r"|(?:contáctenos|llámenos|llámanos)(?: (?:al|en el))?|(?:contattaci|chiamaci)(?: al(?: numero)?)?"
    r"|ligue(?:-nos)?(?: para(?: o)?)?|bel ons(?: op)?|ring oss(?: på)?|zadzwoń(?: pod(?: numer)?)?|звоните(?: по)?"
    r"|позвоните(?: по)?)(?: ?:)?\W*$|(?:फ़ोन|फोन|दूरभाष) ?:?\W*$"
)
"""What asks a reader to call, right before the number."""
_NORTH_AMERICAN = re.compile(r"(?:\+? ?1[ .-]?)? ?(?:\( ?\d{3} ?\)|\d{3}[ .-]) ?\d{3}[.-]\d{4}")
"""A telephone number that its form shows: no other number is grouped so."""

_IDENTIFIES = re.compile(
    r"\b(?:ids?|licen[cs]e|registered|registration|register|account|reference|ref|file|case|ssn|duns|certificate|permit"
    r"|docket|charity|tax|ein|\w*register\W{1,3}nr)\b[^\d]*$"
)
"""Words before the number by which a company, a person or a case is known."""
_COUNTS = re.compile(
    r"(?:business |calendar )?(?:days?|weeks?|months?|years?|hours?|minutes?|euros?|eur|usd|dollars?|pounds?|people"
    r"|persons|users|customers|times|records|tag(?:e|en)?|wochen?|monate?n?|jahre?n?|jours?|mois|an[s]|días?|meses|años?|giorni|mesi|anni"
    r"|dias?|anos?|dagen|maanden|jaren|dni|miesięcy|lat|h|hrs?|std|stunden?|heures?|horas?|or[ea]|uren|min|ct|cents?)|[€$£%]"
)
"""What stands behind a number that is an amount or a term."""
_YEARS = re.compile(r"(?:19|20)\d\d ?[-–] ?(?:19|20)\d\d")
_BRACKETED = re.compile(
    r"[\[({]\s*(?:at|ät|a\s*[\])}]|arobase|arroba|chiocciola|собака|bei|małpa|snabel|apenst|aapest|email)",
    re.IGNORECASE,
)
_LONG_NUMBER = re.compile(r"\d[\d\s()./–-]{5}")

SIGNS = (DIGITS, ANCHOR_SIGN, _EMAIL_SIGN)
"""What each mark holds one of."""

Ranges = tuple[tuple[int, int], ...]


class Marks(NamedTuple):
    """Ranges of the tokens of a block: `streets` are an address's, `codes` only beside another mark, `phones` only
    behind their sign or a word for them.
    """

    streets: Ranges = ()
    codes: Ranges = ()
    mails: Ranges = ()
    phones: Ranges = ()


_NONE = Marks()


def may_hold_marks(key: str) -> bool:
    """Return whether there may be marks in a block with this visible text: in most there are none."""
    return DIGITS.may_be_in(key) or "@" in key or ANCHOR_SIGN.may_be_in(key) or _BRACKETED.search(key) is not None


@lru_cache(maxsize=4096)
def marks_of(key: str) -> Marks:
    """Return the marks in a block with this visible text (`Block.key`)."""
    has_digits = DIGIT.search(key) is not None
    has_mails = "@" in key or _BRACKETED.search(key) is not None
    has_anchors = has_digits or ANCHOR_SIGN.pattern.search(key) is not None
    if not (has_anchors or has_mails):
        return _NONE  # as most
    tokens = tokens_of_normalised(key)
    text = " ".join(tokens)
    has_streets, has_codes = may_hold(text) if has_anchors else (False, False)
    streets: Ranges = ()
    codes: Ranges = ()
    if has_streets or has_codes:
        cased = Spelled(tokens, keep_case=True)
        streets = tuple(cased.find(STREET, DIGITS, ANCHOR_SIGN)) if has_streets else ()
        codes = tuple(cased.find(BESIDE, DIGITS, ANCHOR_SIGN)) if has_codes else ()
    has_phones = has_digits and _LONG_NUMBER.search(text) is not None
    mails: Ranges = ()
    phones: Ranges = ()
    if has_mails or has_phones:
        spelled = Spelled(tokens)
        mails = tuple(spelled.find(_EMAIL, _EMAIL_SIGN)) if has_mails else ()
        phones = tuple(spelled.find(_PHONE, DIGITS)) if has_phones else ()
    return Marks(streets, codes, mails, phones)


def counts_something(tokens: Sequence[str], place: int) -> bool:
    """Return whether a number stands before what it counts, or behind the sign of a currency: it is a term or a
    price.
    """
    behind, before = " ".join(tokens[place + 1 : place + 2]).lower(), " ".join(tokens[max(place - 1, 0) : place])
    return _COUNTS.fullmatch(behind) is not None or before in {"€", "$", "£"}


def is_telephone(tokens: Sequence[str], start: int, end: int) -> bool:
    """Return whether these tokens, digits with marks between, are shown to be a telephone number by a sign, by a word
    before them or by how they are grouped.
    """
    if counts_something(tokens, end - 1) or _YEARS.fullmatch(" ".join(tokens[start:end])):
        return False
    if tokens[start].startswith("+"):
        return True
    before = Spelled(tokens[max(start - 6, 0) : start]).text
    called = max((found.start() for found in PHONE_WORDS.finditer(before)), default=-1)
    if called >= 0 or _CALLED.search(before):
        named = _IDENTIFIES.search(before)
        return named is None or named.start() < called
    return _NORTH_AMERICAN.fullmatch(" ".join(tokens[start:end])) is not None and not _IDENTIFIES.search(
        Spelled(tokens[max(start - 4, 0) : start]).text
    )
