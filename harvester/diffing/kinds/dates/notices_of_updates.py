"""Lines of dates, and notices of updates and earlier versions: they say of the document when it is of, and no more."""

from __future__ import annotations

import re
from collections.abc import Sequence

from harvester.diffing.kinds.dates.own_dates import is_of_a_term, year_behind_a_label
from harvester.diffing.kinds.dates.written_dates import DATE, is_of_no_date, may_hold_date
from harvester.diffing.kinds.headings import is_kind_of_document
from harvester.diffing.kinds.spans import DIGITS, Spelled, hold_digit
from harvester.diffing.kinds.vocabulary import (
    BESIDE_A_DATE,
    DOCUMENT,
    OF_NOTICES,
    OF_UPDATES,
    OF_VERSIONS,
    holds_a_term,
)
from harvester.diffing.text.tokens import is_word

_OF_PRIVACY = frozenset({"privacy", "cookie", "cookies"})
_NAMES = 3  # words of the company's name before that of its document
_SHORTEST_NOTICE, _LONGEST_NOTICE = 5, 40  # tokens
_UPDATED = re.compile(
    r"\b(?:policy|notice|statement)\b.* been (?:recently )?(?:updated|revised|changed|amended)\b|\bwe(?:'ve| have)"
    r" (?:recently )?(?:updated|revised|changed|amended)\b.*\b(?:policy|notice|statement)\b"
    r"|\bdatenschutz\w*\b.* (?:aktualisiert|überarbeitet|geändert)\b"
    r"|\b(?:avons|été) (?:récemment )?(?:mise?s? à jour|modifiée?s?)\b"
    r"|\b(?:hemos|sido) (?:recientemente )?(?:actualizad[oa]|modificad[oa])\b"
    r"|\b(?:abbiamo|stata) (?:recentemente )?(?:aggiornat[oa]|modificat[oa])\b"
    r"|\b(?:privacyverklaring|privacybeleid)\b.* (?:bijgewerkt|gewijzigd|aangepast)\b"
    r"|\batuali(?:zamos|zámos)\b|\bfoi (?:recentemente )?(?:atualizada|alterada)\b"
)
_TERMS_OF = re.compile(r"\bterms (?:of|and conditions of) (?:use|service)\b")
_USED = frozenset({"use", "service"})
"""Words that are of notices in the name of a document only."""
_SAYS_WHY = re.compile(r"(?:last )?(?:updated|revised|amended|modified|changed)(?: on)? $")
_WHY = frozenset({"to", "because"})
_SPEAKERS = frozenset("we us our ours you your yours i my".split())  # noqa: SIM905
_UPDATED_UNSPACED = re.compile(
    r"(?:当社の|本|この)?(?:プライバシー(?:ポリシー|に関する通知|通知)|個人情報保護方針)(?:を|が|は)(?:更新|改定|改訂|変更)(?:しました|されました)[。.]?"
    r"(?:(?:新しい|最新の|変更)(?:バージョン|版|内容)?(?:を|は)?(?:(?:表示|確認|ご覧になる)する?(?:に|場合)は[,、]?)?"
    r"こちら(?:を(?:クリックして(?:ください)?|ご覧ください)|から|です)?[。.]?)?"
)
"""A notice in Japanese, which parts no words."""
_LOOKS_WORDS = (
    "view see read find click available voir consulter consultez cliquez finden ansehen klicken ver consultar clic"
)
_LOOKS = frozenset(_LOOKS_WORDS.split())
_EARLIER_WORDS = (
    "previous prior earlier older archived précédente précédentes antérieure antérieures vorherige vorherigen frühere"
    " früheren anterior anteriores"
)
_EARLIER = frozenset(_EARLIER_WORDS.split())


def is_date_line(tokens: list[str]) -> bool:
    """Return whether these tokens are a date and words that say whose it is, such as ``Last updated: 1 May 2020``."""
    if len(tokens) > 20 or not hold_digit(tokens) or sum(map(is_of_no_date, tokens)) > 6:
        return False
    if not may_hold_date(" ".join(tokens)):
        return ":" in tokens and bool(year_behind_a_label(tokens))
    spelled = Spelled(tokens)
    dates = spelled.find(DATE, DIGITS)
    if len(dates) != 1 or holds_a_term(spelled.text) or is_of_a_term(tokens, dates[0], (0, len(tokens))):
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
    names = _names_before_the_document(tokens)
    others = [
        token.lower()
        for place, token in enumerate(tokens)
        if place not in inside and place not in names and is_word(token)
    ]
    if any(is_of_a_term(tokens, one, (0, len(tokens))) or tokens[one[0] - 1 : one[0]] == ["to"] for one in dates):
        return False
    if not (dates and OF_NOTICES.issuperset(others) and DOCUMENT.search(spelled.text)):
        return False
    return _USED.isdisjoint(others) or _TERMS_OF.search(spelled.text) is not None


def is_entry_of_updates(tokens: Sequence[str]) -> bool:
    """Return whether a text is one sentence that says when the document was updated and what for: "Updated on 7 June
    2017 to reflect changes to services used." What was altered is compared itself.
    """
    if not _SHORTEST_NOTICE <= len(tokens) <= _LONGEST_NOTICE or not hold_digit(tokens):
        return False
    if tokens[0].lower() not in OF_NOTICES or not may_hold_date(" ".join(tokens)):
        return False
    dates = Spelled(tokens).find(DATE, DIGITS)
    if len(dates) != 1:
        return False
    start, end = dates[0]
    before, why, behind = Spelled(tokens[:start]).text, tokens[end : end + 1], tokens[end + 1 :]
    is_one = not any(token in ".!?;" for token in tokens[:-1])
    return (
        is_one
        and _SAYS_WHY.fullmatch(f"{before.strip()} ") is not None
        and bool(behind)
        and _WHY.issuperset(token.lower() for token in why)
        and _SPEAKERS.isdisjoint(token.lower() for token in behind)
    )


def _names_before_the_document(tokens: Sequence[str]) -> frozenset[int]:
    """Return the places of a name of a few words before that of a document: ``The Acme Books Privacy Policy``; behind
    the word for an earlier one also where the document is named again.
    """
    kinds = [place for place, token in enumerate(tokens) if is_kind_of_document(token)]
    found: list[int] = []
    names: set[tuple[str, ...]] = set()
    for kind in kinds if tokens[0].lower() in _EARLIER else kinds[:1]:
        last = kind - 1 if kind and tokens[kind - 1].lower() in _OF_PRIVACY and tokens[kind - 1][0].isupper() else 0
        first = last
        while first and tokens[first - 1][0].isupper() and tokens[first - 1].lower() not in OF_NOTICES:
            first -= 1
        found += range(first, last)
        names |= {tuple(tokens[first:last])} - {()}
    return frozenset(found) if len(names) == 1 and max(map(len, names)) <= _NAMES else frozenset()


def is_notice_of_update(tokens: Sequence[str]) -> bool:
    """Return whether a text says nothing but that the document was updated, and where that is explained: "Our policy
    has been updated. Please read our summary of the changes."
    """
    if not _SHORTEST_NOTICE <= len(tokens) <= _LONGEST_NOTICE:
        return False
    if not all(token.lower() in OF_UPDATES for token in tokens if is_word(token)):
        is_unspaced = tokens[0].isalpha() and not tokens[0].isascii()
        return is_unspaced and _UPDATED_UNSPACED.fullmatch("".join(tokens)) is not None
    return _UPDATED.search(" ".join(tokens).lower()) is not None


def is_notice_of_versions(tokens: Sequence[str]) -> bool:
    """Return whether a text says nothing but where earlier versions of the document are: "To view the previous version,
    please click here."
    """
    if not _SHORTEST_NOTICE <= len(tokens) <= _LONGEST_NOTICE:
        return False
    if not all(token.lower() in OF_VERSIONS for token in tokens if is_word(token)):
        return False  # as most, at one of its first words
    words = [token.lower() for token in tokens]
    return not _EARLIER.isdisjoint(words) and not _LOOKS.isdisjoint(words)
