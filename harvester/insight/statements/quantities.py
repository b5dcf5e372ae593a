"""Periods, ages, amounts of money and percentages in a text."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from harvester.insight.statements.model import StatementKind

KINDS = (StatementKind.PERIOD, StatementKind.AGE, StatementKind.AMOUNT, StatementKind.PERCENTAGE)
"""The kinds of quantities."""

_LISTED = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty twenty-one thirty forty forty-five fifty sixty ninety"
)
_WORDS = _LISTED.split()
_VALUES = [*range(1, 22), 30, 40, 45, 50, 60, 90]
_NUMBERS = dict(zip(_WORDS, _VALUES, strict=True))
_UNITS = {
    "hour": "hour hours heure heures stunde stunden hora horas ora ore uur uren",
    "day": "day days jour jours tag tage tagen día días giorno giorni dia dias dag dagen",
    "week": "week weeks semaine semaines woche wochen semana semanas settimana settimane weken",
    "month": "month months mois monat monate monaten mes meses mese mesi mês maand maanden",
    "year": "year years année années an ans jahr jahre jahren año años anno anni ano anos jaar jaren",
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words.split()}
_HOURS = {"hour": 1, "day": 24, "week": 168, "month": 720, "year": 8766}


def _either(words: Collection[str]) -> str:
    """Return a pattern of one of some words, the longest that fits, which reads no beginning twice: alternatives one by
    one take four times as long.
    """
    follow: dict[str, list[str]] = {}
    for word in words:
        if word:
            follow.setdefault(word[0], []).append(word[1:])
    inside = "|".join(re.escape(letter) + _either(rest) for letter, rest in follow.items())
    return f"(?:{inside})?" if "" in words and inside else f"(?:{inside})"


_NUMBER = rf"(?:\d{{1,3}}(?:[ ,]\d{{3}})+|\d+(?:[.,]\d+)?|(?i:{_either(_WORDS)}))"
_UNIT = "|".join(sorted(_UNIT_OF, key=len, reverse=True))
# "thirty (30) days", "30 business days", "12-month"
_PERIOD = re.compile(
    rf"(?<![\w.,$€£/-])(?P<number>{_NUMBER})(?:\s?\(\s?(?P<again>\d+)\s?\))?[\s-]+"
    rf"(?:(?i:calendar|business|working|consecutive|full)\s+)?(?P<unit>(?i:{_UNIT}))\b(?!['’]?\s+(?i:old|of age)\b)"
)
_AGE = re.compile(
    rf"""(?ix)
    \b(?:(?:under|below|over|above|attained|reached|turned)\s+(?:the\s+)?(?:age\s+of\s+)?|(?:the\s+)?age\s+(?:of\s+)?
        |aged\s+|(?:younger|older)\s+than\s+(?:the\s+age\s+of\s+)?|at\s+least\s+|minimum\s+age\s+(?:of|is)\s+)
      (?P<a>\d{{1,2}}|{_either(_WORDS)})\b(?!\s*(?:%|percent))
      (?P<years>\s+(?:\(\d+\)\s+)?years?\b(?:\s+(?:old|of\s+age))?)?(?!\s*-?(?:{_UNIT}|times|characters))
    | \b(?P<b>\d{{1,2}}|{_either(_WORDS)})[\s-]+years?[\s-]+(?:old|of\s+age)\b
    | \b(?:moins|plus|âgée?s?|menor(?:es)?|mayor(?:es)?|maior(?:es)?|inferior[ei]?|unter|mindestens|über
        |onder|ouder|jonger)\s+(?:de\s|que\s|d'au\smoins\s|ai?\s|dan\s|den?\s|di\s|als\s)?
      (?P<d>\d{{1,2}})\s+(?:ans|años|anni|anos|jahren?|jaar)\b
    | \b(?P<c>\d{{1,2}})\s+or\s+(?:older|over|above|younger|under)\b
    """
)
_AMOUNT = re.compile(
    r"(?P<currency>(?:US|CA|AU)?\$|€|£|\b(?:USD|EUR|GBP|CHF)\s?)\s?(?P<value>\d[\d,.]*\d|\d)(?:\s(?P<more>million|billion))?"
    r"|\b(?P<value2>\d[\d,.]*\d|\d)\s?(?P<currency2>€|£|USD|EUR|GBP|CHF|(?i:dollars|euros|pounds))"
)
_PERCENTAGE = re.compile(r"(?<![\w.,])(?P<value>\d+(?:[.,]\d+)?)\s?(?:%|(?i:per\s?cent|percent)\b)")

_HAS_PERCENT = re.compile(r"%|(?i:per\s?cent)")

_DIGIT = re.compile(r"\d")
_IN_WORDS = re.compile(rf"\b{_either(_WORDS)}\b")
_MONEY = ("$", "€", "£", "USD", "EUR", "GBP", "CHF")
_MONEY_IN_WORDS = re.compile(r"(?i)dollars|euros|pounds")

_YOUNGEST, _OLDEST = 5, 25
_BESIDE = 100  # characters around a number of years in which all that makes it an age stands
_AGE_CUES = re.compile(
    r"(?i)\b(?:age|aged|old|older|younger|child|children|minor|minors|kids|teen\w*|parent\w*|adult\w*)\b"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity at characters ``start:end``: `value` is equal where two say the same."""

    kind: StatementKind
    start: int
    end: int
    value: tuple[float, str]
    text: str


def has_number(text: str) -> bool:
    """Return whether a text has a digit or a number word: without one it has no quantity."""
    return _DIGIT.search(text) is not None or _IN_WORDS.search(text.lower()) is not None


def quantities(text: str, kinds: Collection[StatementKind] = KINDS) -> Iterator[Quantity]:
    """Yield the quantities of a text, of these kinds; a number of years that is an age is not also a period."""
    ages = list(_ages(text)) if StatementKind.AGE in kinds else None
    yield from ages or ()
    if StatementKind.PERIOD in kinds:
        yield from _periods(text, ages)
    if StatementKind.AMOUNT in kinds:
        yield from _amounts(text)
    if StatementKind.PERCENTAGE in kinds and _HAS_PERCENT.search(text):
        for found in _PERCENTAGE.finditer(text):
            value = (_number(found["value"]), "%")
            yield Quantity(StatementKind.PERCENTAGE, found.start(), found.end(), value, _clean(found[0]))


def _periods(text: str, ages: list[Quantity] | None) -> Iterator[Quantity]:
    for found in _PERIOD.finditer(text):
        unit = _UNIT_OF[found["unit"].lower()]
        near = ages
        if near is None:
            near = list(_ages(text, found.start() - _BESIDE, found.end() + _BESIDE)) if unit == "year" else []
        if any(age.start < found.end() and found.start() < age.end for age in near):
            continue
        number = _number(found["again"] or found["number"])
        if not number or (unit == "year" and 1900 <= number <= 2100):
            continue
        value = (round(number * _HOURS[unit], 2), "hours")
        yield Quantity(StatementKind.PERIOD, found.start(), found.end(), value, _clean(found[0]))


def _amounts(text: str) -> Iterator[Quantity]:
    if not (any(sign in text for sign in _MONEY) or _MONEY_IN_WORDS.search(text)):
        return
    for found in _AMOUNT.finditer(text):
        amount = _number(found["value"] or found["value2"])
        currency = (found["currency"] or found["currency2"]).strip().upper()
        value = (amount, f"{currency} {found['more'] or ''}".strip())
        yield Quantity(StatementKind.AMOUNT, found.start(), found.end(), value, _clean(found[0]))


def _ages(text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[Quantity]:
    for found in _AGE.finditer(text, max(start, 0), end):
        years = _number(found["a"] or found["b"] or found["c"] or found["d"])
        if not _YOUNGEST <= years <= _OLDEST:
            continue
        around = text[max(found.start() - 80, 0) : found.end() + 80]
        if found["d"] or _AGE_CUES.search(around):
            yield Quantity(StatementKind.AGE, found.start(), found.end(), (years, "years"), f"{years:g}")


def _number(text: str) -> float:
    word = _NUMBERS.get(text.lower())
    if word is not None:
        return float(word)
    plain = text.replace(" ", "")
    if re.fullmatch(r"\d{1,3}(?:[,.]\d{3})+", plain):
        plain = re.sub("[,.]", "", plain)
    plain = plain.replace(",", ".")
    return float(plain) if plain.count(".") <= 1 else float(re.sub(r"\.(?=.*\.)", "", plain))


def _clean(text: str) -> str:
    return " ".join(text.split())
