"""How a date or the number of a version is written in many languages, and what can be none at a glance."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from harvester.diffing.kinds.dates.calendar_names import MONTH, MONTHS, WEEKDAYS
from harvester.diffing.kinds.spans import DIGIT, DIGITS, Spelled
from harvester.diffing.text.tokens import Remembered, tokens_of_normalised

_DAY = r"\d{1,2}\s?(?:st|nd|rd|th|er|ᵉʳ|ro|\.?\s?º|ª|°|\.|-?го|:?e|tego)?"
_FIRST = r"primero|primeiro|primo|premier|erste[nr]?|first(?=\s(?:day\s)?of\s)"
ERA = r"พ\s?\.\s?ศ\s?\.|ค\s?\.\s?ศ\s?\."  # of the years of Thailand, and of ours there
_JOINT = rf"(?:\s*(?:,|\.|/|\"|day\ of|de|del|of|d'|di|den|da|do|ב|{ERA})\s?)*\s*"
YEAR = r"(?:19|20|24|25|13|14)\d\d"  # of the calendars of Thailand and Persia too
_END = rf"(?:(?!\w)|(?={ERA}))"  # of a month
_PREFIX = r"(?:ב|ל)?"
_THAI_MONTHS = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค."
_LEVANTINE = r"كانون\s(?:الثاني|الأول)|تشرين\s(?:الأول|الثاني)"  # months of two words
_ANY_MONTH = "|".join((_LEVANTINE, MONTH, *(month.replace(".", r"\s?\.\s?") for month in _THAI_MONTHS.split())))
_NUMBERS_OF_QUARTERS = (
    "first second third fourth premier deuxième troisième quatrième primer segundo tercer cuarto primo secondo terzo"
    " quarto primeiro terceiro erstes zweites drittes viertes"
)
_QUARTERS = "quarter quartal trimestre kwartaal kwartał kwartale kvartal квартал кварталі"
_NTH = rf"(?:[1-4]\s?(?:\.?(?:st|nd|rd|th|er|e|ème|º|o|ro)|\.)?|{'|'.join(_NUMBERS_OF_QUARTERS.split())})"
DATE = re.compile(
    rf"""(?:(?<!\w)|(?=[\d\s元令平昭民西公서]))(?:  # what does not begin a word is seen there, once for all forms
        \b(?:{_DAY}|{_FIRST}){_JOINT}{_PREFIX}(?:{_ANY_MONTH}){_END}(?:{_JOINT}{YEAR}(?!\d))?
      | (?<!\w)(?:{_ANY_MONTH}){_END}\s?[.,]?\s*{_DAY}(?!\d)(?:\s*,?\s*{YEAR}(?!\d))?
      | (?<!\w)(?:{_ANY_MONTH}){_END}{_JOINT}{YEAR}(?!\d)
      | (?<!\w)(?:{_ANY_MONTH})\s?'\s?\d\d(?!\d) | (?<!\w)\d{{1,2}}-(?:{_ANY_MONTH})-(?:\d\d)?\d\d(?!\d)
      | (?<![\d.,/-])(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?![\d.,/-]\d|\d)
      | (?<![\d.,/-])\d{{1,4}}\s?[./-]\s?\d{{1,2}}\s?[./-]\s?\d{{2,4}}(?![\d])
      | (?<![\d.,/-])(?:(?:0?[1-9]|1[0-2])\s?[./-]\s?{YEAR}|{YEAR}\s?[./-]\s?(?:0?[1-9]|1[0-2]))(?![\d./-]\d|\d)
      | (?<![\d.,/-]){YEAR}\s?[./-]\s?\d{{1,2}}\s?[./-]\s?\d{{1,2}}(?!\d)
      | (?<![\d.,/-])\d{{1,2}}/\d{{1,2}}\s{YEAR}(?!\d)
      | (?:令和|平成|昭和|民國|民国|西暦|公元|서기)?\s?
        (?:\d{{1,4}}|元)\s?[年년]\s?\d{{1,2}}\s?[月월](?:\s?\d{{1,2}}\s?[日일])?
      | \b\d{{1,2}}\s+tháng\s+\d{{1,2}}(?:\s*,?\s*năm\s+{YEAR})?
      | \b{YEAR}\s?[.,]?\s?(?:{_ANY_MONTH}){_END}(?:\s*{_DAY})?
      | \b{YEAR}\s?(?:m\s?\.|e?ko)\s?(?:{_ANY_MONTH}){_END}\s*\d{{1,2}}(?:\s?d\b\s?\.?|an?\b)?
      | \b{YEAR}\s?\.\s?gada\s\d{{1,2}}\s?\.\s?(?:{_ANY_MONTH}){_END}
      | \bq[1-4]\s?[./-]?\s?{YEAR}(?!\d) | (?<![\d.,/-]){YEAR}\s?[./-]?\s?q[1-4](?!\w)
      | \b{_NTH}\s?(?:{"|".join(_QUARTERS.split())}){_JOINT}{YEAR}(?!\d))
    """,
    re.VERBOSE,
)
"""A date of a calendar, as policies in some twenty languages write it; of lower-case text, tokens joined by spaces."""

_VERSION_NUMBER = re.compile(
    r"\b(?:version|versión|versão|versione|versie|wersja|verze|версия|revision|rev|v)\s?\.?:?\s?\d+(?:[. ]\s?\d+)*"
)
ZONES = frozenset("am pm a.m p.m a.m. p.m. utc gmt cet cest est edt pst pdt uhr h".split())  # noqa: SIM905

_WORD = re.compile(r"\w+")
_NUMERIC = re.compile(r"\d ?[./-] ?\d|\b(?:19|20)\d{6}\b")
_OF_OTHER_SCRIPTS = re.compile("[^\u0000-\u024f]")
_BESIDE_FIGURES = frozenset("day de del of d di den da do st nd rd th er e tego m gada º ª".split())  # noqa: SIM905


Ranges = list[tuple[int, int]]

_WORDS_OF_DATES = (
    "of de del d di den da do st nd rd th er e tego m gada at um a à las klo kl thang tháng nam năm º ª day z"
    f" primero erste ersten erster {_NUMBERS_OF_QUARTERS} {_QUARTERS}"
)
_WORDS_OF_VERSIONS = "version versión versão versione versie wersja verze revision rev v"
_MONTHS_AND_VERSIONS = MONTHS | frozenset(f"tháng {_WORDS_OF_VERSIONS} {_QUARTERS}".split())
_OF_DATES = MONTHS | WEEKDAYS | ZONES | frozenset(f"{_WORDS_OF_DATES} {_WORDS_OF_VERSIONS}".split())
"""What a date or version may hold beside figures, of words in Latin letters."""


def may_be_of_a_date(tokens: Sequence[str]) -> bool:
    """Return whether all these tokens may be of a date or the number of a version; most hunks hold another word."""
    return not any(map(is_of_no_date, tokens))


def _is_of_no_date(token: str) -> bool:
    return token.isalpha() and not _OF_OTHER_SCRIPTS.search(token) and token.lower() not in _OF_DATES


is_of_no_date = Remembered(_is_of_no_date).__getitem__
"""Whether a token is a word in Latin letters that no date or version holds."""


def may_hold_date(text: str) -> bool:
    """Return whether `DATE` or `_VERSION_NUMBER` may match in tokens joined by spaces: what holds neither is seen much
    faster.

    Both hold a number with another one beside it, or with a month or such a word, and nothing but joints between.
    """
    if _NUMERIC.search(text) or _OF_OTHER_SCRIPTS.search(text):
        return True
    words = _WORD.findall(text.lower())
    last = ""  # the last word that is no joint, if it is a month, or a number
    for word in words:
        if word in _BESIDE_FIGURES:
            continue
        is_number = word.isdigit()
        if not (is_number or word.isalpha()) and word.rstrip("stndrh").isdigit():
            is_number = True  # 1st
        elif not (is_number or word.isalpha()) and DIGIT.search(word):
            return True
        is_month = word in _MONTHS_AND_VERSIONS
        if (is_number and last == "month") or (is_month and last == "number"):
            return True
        last = "number" if is_number else "month" if is_month else ""
    return False


@lru_cache(maxsize=1024)
def dates_in(key: str) -> tuple[Ranges, Ranges]:
    """Return the ranges of the tokens of a block that are dates, and those that are versions, each once: a token as
    long as a page may hold thousands.
    """
    tokens = tokens_of_normalised(key)
    if not may_hold_date(" ".join(tokens)):
        return [], []  # as most
    spelled = Spelled(tokens)
    dates, versions = spelled.find(DATE, DIGITS), spelled.find(_VERSION_NUMBER, DIGITS)
    return list(dict.fromkeys(dates)), list(dict.fromkeys(versions))
