"""The signs of scripts: the marks of letters, and the syllables of scripts without spaces."""

from __future__ import annotations

# What belongs to the letter before it: accents, vowel signs and tone marks of the scripts that policies are written in.
_INDIC = "".join(
    f"{chr(block + 1)}-{chr(block + 3)}{chr(block + 0x3C)}{chr(block + 0x3E)}-{chr(block + 0x4D)}"
    f"{chr(block + 0x55)}-{chr(block + 0x57)}{chr(block + 0x62)}{chr(block + 0x63)}"
    for block in range(0x0900, 0x0E00, 0x80)
)
MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    f"\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed{_INDIC}\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
"""Marks that belong to the letter before them; for a class of a pattern."""

# Scripts without spaces between words, read by syllables: no sign is cut from the consonant that it is read with
# (Thai and Lao vowels before and behind it, Khmer and Burmese consonants beneath and behind it).
SYLLABLE = (
    "[\u0e40-\u0e44]?[\u0e01-\u0e2e][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*[\u0e30\u0e32\u0e33\u0e45\u0e46]?"
    "|[\u0ec0-\u0ec4]?[\u0e81-\u0eae\u0edc-\u0edf][\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece]*[\u0eb0\u0eb2\u0eb3\u0ebd\u0ec6]?"
    "|[\u1000-\u102a\u103f\u1050-\u1055](?:\u1039[\u1000-\u1021]|[\u102b-\u1038\u103a-\u103e\u1056-\u1059])*"
    "(?:[\u1000-\u1021]\u103a[\u1037\u1038]*)?"
    "|[\u1780-\u17b3](?:\u17d2[\u1780-\u17b3]|[\u17b4-\u17d1\u17d3\u17dd])*"
    "|[\u0e50-\u0e59]+|[\u0ed0-\u0ed9]+|[\u1040-\u1049]+|[\u17e0-\u17e9]+"
)
"""Matches one syllable of a script without spaces, with all its signs; an alternative of a pattern."""
