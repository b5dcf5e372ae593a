"""Strings as ECMAScript sees them: its white space, its trim, its lengths in UTF-16 units.

Python differs: `str.split` also splits at U+001C..001F and U+0085 and not at U+FEFF, `len` counts code points.
Source: ECMA-262, WhiteSpace and LineTerminator.
"""

from __future__ import annotations

import re

WHITE = "\t\n\v\f\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
# For `str.strip`, which takes single characters.
_WHITE_CHARACTERS = WHITE.replace("\u2000-\u200a", "".join(map(chr, range(0x2000, 0x200B))))
WHITE_RUN = re.compile(f"[{WHITE}]+")
_TWO_OR_MORE = re.compile(f"[{WHITE}]{{2,}}")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


def trim(text: str) -> str:
    """Strip white space as ``String.prototype.trim``."""
    return text.strip(_WHITE_CHARACTERS)


def is_blank(text: str) -> bool:
    r"""Return whether ``/^\s*$/`` matches."""
    return not text.strip(_WHITE_CHARACTERS)


def normalize(text: str) -> str:
    """Replace runs of two or more white-space characters by one space; a single one is kept."""
    return _TWO_OR_MORE.sub(" ", text)


def length(text: str) -> int:
    """Return ``String.length``: the number of UTF-16 code units."""
    return len(text) if text.isascii() else len(text) + len(_ASTRAL.findall(text))


def word_count(text: str) -> int:
    r"""Return ``text.split(/\s+/).length``: empty strings at the ends count."""
    return len(WHITE_RUN.split(text))
