"""Words in one of several forms that mean the same: numbers in words or digits, countries, clippings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from harvester.diffing.text.tokens import Remembered, is_word

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
_NUMBERS = {word: number for number, word in enumerate(_UNITS.split())}
_NUMBERS |= {
    word: 10 * number
    for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)  # noqa: SIM905
}
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
_COUNTRIES = {"US": "united states", "USA": "united states", "UK": "united kingdom", "EU": "european union"}
_WORDS = {
    "&": "and",
    "it's": "it is",
    "that's": "that is",
    "%": "percent",
    "info": "information",
    "repo": "repository",
    "repos": "repositories",
    "ad": "advertisement",
    "ads": "advertisements",
    "mins": "minutes",
    "secs": "seconds",
    "hrs": "hours",
    "photo": "photograph",
    "photos": "photographs",
    "№": "no",
    "™": "tm",
    "½": "1/2",
    "¼": "1/4",
    "¾": "3/4",
}
_PHRASES = (("per cent", "percent"), ("united states of america", "united states"))
_MARKS = frozenset("().")
_QUOTED = frozenset("()\"'")
_MOST = 8  # tokens
_ACCENTED = 5  # letters of a word that an accent more or less makes no other word
_INFLECTED = re.compile(r"[áàéèíìóòúù]s?$|é(?:e?s?|r)$|án$|[áâ]mos$")
"""The end of a word by which tenses and participles differ: ``autorizo`` and ``autorizó``."""
_NOUN = re.compile(r"(?:al|il|ers|ur|iv)ités?$|(?:it|iet|ert)à$|^(?:adem|detr|quiz|despu|atrav)[áàéèí]s$|[cst]ión$")
"""Of these the form without an accent is no other word."""
_CONJUNCTION = re.compile(r"(?:per|poi|fin|affin|ben|pur|sic|giac|cosic|anzi|dopodi)ch[éè]")
"""Of Italian, where many write either accent."""
_ACCENTS = frozenset("\u0300\u0301\u0302\u0303\u0327")
_NO_UMLAUT = re.compile("(?<![aou])\u0308")  # of "naïve"; "wurde" and "würde" are two words


def mean_the_same(old: Sequence[str], new: Sequence[str]) -> bool:
    """Return whether a few words are the same in another form: ``thirty (30)`` and ``30``, ``U.S.`` and ``United
    States``, ``info`` and ``information``.
    """
    if len(old) > _MOST or len(new) > _MOST:
        return False
    one = _in_one_form(old)
    return bool(one) and one == _in_one_form(new)


def _in_one_form(tokens: Sequence[str]) -> str:
    words: list[str] = []
    for word in map(_forms.__getitem__, tokens):
        if word and not (word.isdigit() and words and words[-1] == word):
            words.append(word)
    text = " ".join(words)
    for phrase, form in _PHRASES:
        text = text.replace(phrase, form)
    return text


def _form(token: str) -> str:
    """Return the form of a token that all its other ones are compared in; nothing for a mark."""
    if token in _MARKS:
        return ""
    bare = token if token[0].isdigit() else token.replace(".", "")  # of an amount a dot is no mark
    return _COUNTRIES.get(bare) or _WORDS.get(bare.lower()) or _number(bare.lower()) or token.lower()


_forms = Remembered(_form)


def _number(word: str) -> str:
    """Return a number in digits, or nothing for any other word."""
    if word.isdecimal():
        return word if word.isascii() else "".join([str(unicodedata.decimal(digit)) for digit in word])
    if _GROUPED.fullmatch(word):
        return word.replace(",", "")
    tens, _, units = word.partition("-")
    if tens not in _NUMBERS or (units and units not in _NUMBERS):
        return ""
    return str(_NUMBERS[tens] + (_NUMBERS[units] if units else 0))


def is_said_beside(tokens: Sequence[str], start: int, end: int) -> bool:
    """Return whether the tokens ``start:end`` say what stands beside them, one of both in brackets: ``thirty (30)``,
    ``Internet Protocol (IP)``.
    """
    if end - start > _MOST or "(" not in tokens[max(start - 1, 0) : end + 1]:
        return False  # as most
    inner = [token for token in tokens[start:end] if token not in _QUOTED]
    before = [token for token in tokens[max(start - _MOST, 0) : start] if token not in _QUOTED]
    behind = [token for token in tokens[end : end + 2] if token not in _QUOTED][:1]
    if not inner or not all(map(is_word, inner)):
        return False
    said = _in_one_form(inner)
    if said.isdigit():
        return said in (_in_one_form(before[-1:]), _in_one_form(behind))
    if len(inner) == 1:
        return _abbreviates(inner[0], before[-len(inner[0]) :])
    return any(_abbreviates(one, inner) for one in (*before[-1:], *behind))


def _abbreviates(token: str, words: Sequence[str]) -> bool:
    """Return whether a token is the first letters of words."""
    return len(token) > 1 and token.isupper() and token == "".join(word[0] for word in words).upper()


def without_accents(word: str) -> str:
    """Return a word in lower case without its accents, where without them it is no other word: neither a short one nor
    one with an umlaut, nor one whose tense the accent tells.
    """
    if word.endswith(("ى", "ة")):  # Arabic ends that many write with their dots or without
        return word[:-1] + ("ي" if word[-1] == "ى" else "ه")
    if _CONJUNCTION.fullmatch(word):
        return f"{word[:-1]}e"
    if word.isascii() or len(word) < _ACCENTED or (_INFLECTED.search(word) and not _NOUN.search(word)):
        return word
    bare = _NO_UMLAUT.sub("", unicodedata.normalize("NFD", word))
    bare = "".join(letter for letter in bare if letter not in _ACCENTS)
    return bare if bare.isascii() else word
