"""The stem that the inflected forms of a word share, by the language of its text. Pure.

English follows the first step of Porter's algorithm (M. F. Porter, An algorithm for suffix stripping, 1980). It takes
off what inflects a word (-s, -ed, -ing) and leaves what derives another from it: ``sharing`` is of ``share``, and
``personal`` not of ``person``. The nine other languages that are recognised best have the stemmers of Snowball. A word
in any other language is its own stem.

Forms that these rules would part (``legítimo`` and ``legítimos`` in Spanish, ``child`` and ``children``) are brought
together before (`store.search.irregular`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from threading import Lock
from typing import Protocol, cast

from harvester.store.search.irregular import ENDINGS, FORMS, INVARIABLE


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...


_SNOWBALL = {
    "da": "danish",
    "de": "german",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "pl": "polish",
    "pt": "portuguese",
    "sv": "swedish",
}
LANGUAGES = ("en", *_SNOWBALL)
"""The ISO 639-1 codes of the languages with inflections."""

_VOWEL = re.compile(r"[aeiouy]")
_MEASURE = re.compile(r"[aeiouy]+[^aeiouy]+")
_SHORT = re.compile(r"[^aeiou][aeiouy][^aeiouwxy]$")
_SHORTEST = re.compile(r"[aeiou][^aeiouy]")
_DOUBLED = re.compile(r"([^aeiouylsz])\1$")


# A stemmer of Snowball keeps the word it works on: two threads would spoil each other's.
_one_at_a_time = Lock()


@lru_cache(maxsize=1 << 17)
def stem(word: str, language: str) -> str:
    """Return the stem of a word in lower case; words with one stem are taken for forms of one word."""
    if language == "en":
        return _english(word)
    if language in _SNOWBALL and word.isalpha():
        word = FORMS.get(language, {}).get(word, word)
        for ending, instead in ENDINGS.get(language, ()):
            word = ending.sub(instead, word)
        with _one_at_a_time:
            return _stemmer(language).stemWord(word)
    return word


@lru_cache
def _stemmer(language: str) -> _Stemmer:
    # A store of English texts needs none.
    from Stemmer import Stemmer

    return cast("_Stemmer", Stemmer(_SNOWBALL[language], 0))  # 0: it keeps no stems, since `stem` does


def _english(word: str) -> str:
    word = FORMS["en"].get(word, word)
    if word in INVARIABLE or not (word.isascii() and word.isalpha()):
        return word
    return _without_final_e(_without_tense(_singular(word)))


def _singular(word: str) -> str:
    if len(word) < 3 or word[-1] != "s" or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y" if len(word) > 4 else word[:-1]
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1]


def _without_tense(word: str) -> str:
    if word.endswith("ied"):
        return f"{word[:-3]}y" if len(word) > 4 else word[:-1]
    if word.endswith("eed"):
        return word[:-1] if _MEASURE.search(word[:-3]) else word
    for ending in ("ed", "ing"):
        base = word.removesuffix(ending)
        if base != word and len(base) > 1 and _VOWEL.search(base):
            return _restored(base)
    return word


def _restored(base: str) -> str:
    """Return the verb whose ending was removed: ``shar`` is ``share``, ``ag`` ``age``, ``opt`` ``opt``, ``stopp``
    ``stop`` and ``add`` ``add``.
    """
    if base.endswith(("at", "bl", "iz")) or _SHORTEST.fullmatch(base):
        return f"{base}e"
    if len(base) > 3 and _DOUBLED.search(base):
        return base[:-1]
    if len(_MEASURE.findall(base)) == 1 and _SHORT.search(base):
        return f"{base}e"
    return base


def _without_final_e(word: str) -> str:
    if word.endswith("ie") and len(word) > 4:
        return f"{word[:-2]}y"
    measure = len(_MEASURE.findall(word[:-1]))
    if word.endswith("e") and len(word) > 3 and (measure > 1 or (measure == 1 and not _SHORT.search(word[:-1]))):
        return word[:-1]
    return word[:-1] if word.endswith("ll") and measure > 1 else word
