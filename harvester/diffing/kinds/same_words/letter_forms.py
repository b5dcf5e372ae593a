"""Letters of the same words in another form: capitals, letters that two keyboards write, vowels that readers add."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_US = {"us", "US"}
_DOTTED = "i\u0307"  # what a capital I with its dot becomes
_ACUTE = re.compile("(?<=[\u0370-\u03ff])\u0301")  # of Greek, which capitals do not have
_ACCENTS = re.compile("[\u0300-\u0302\u0327]|(?<=[eiEI])\u0308")
_WORDS = 2  # of a line whose capitals show that it was set without accents
_KEYS = str.maketrans("يىكşţŞŢ", "ییکșțȘȚ")
"""Persian written by an Arabic keyboard, and Romanian by one that has the letters of Turkish."""
_VOWELS = re.compile("[\u064b-\u0652\u0670\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]")
"""Vowels and other points of Arabic and Hebrew, which most texts leave to the reader."""


def is_only_case(old: Sequence[str], new: Sequence[str]) -> bool:
    """Return whether the tokens differ by their capitals alone: SS is the capital of ``ß``, capitals of Greek have no
    accents, and whole lines of French ones often have none.
    """
    if len(old) != len(new):
        return False
    if [token.lower() for token in old] == [token.lower() for token in new]:
        return True
    one, other = " ".join(old), " ".join(new)
    if one.isascii() and other.isascii():
        return False
    if one.lower().replace(_DOTTED, "i") == other.lower().replace(_DOTTED, "i"):
        return True
    if one.isupper() == other.isupper():
        return False
    capitals, letters = (one, other) if one.isupper() else (other, one)
    if _in_capitals(capitals) == _in_capitals(letters):
        return True
    bare = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", letters.upper())))
    return capitals.isascii() and capitals.count(" ") + 1 >= _WORDS and bare == capitals


def _in_capitals(text: str) -> str:
    """Return a text in capitals, of the Turkish ones the dots left out."""
    decomposed = unicodedata.normalize("NFD", text.upper().replace("\u0130", "I"))
    return unicodedata.normalize("NFC", _ACUTE.sub("", decomposed))


def names_a_country(old: Sequence[str], new: Sequence[str]) -> bool:
    """Return whether a word is a pronoun in small letters, and a country in capitals."""
    return {*old, *new} == _US


def are_same_letters(old: Sequence[str], new: Sequence[str]) -> bool:
    """Return whether the words are the same with letters of another keyboard, or with vowels that one side alone
    writes.
    """
    one, other = " ".join(old), " ".join(new)
    if one.isascii() or other.isascii():
        return False  # as most
    one, other = one.translate(_KEYS), other.translate(_KEYS)
    bare = _VOWELS.sub("", one), _VOWELS.sub("", other)
    return bare[0] == bare[1] and (bare[0] in (one, other) or one == other)
