"""Characters and layout that look or read the same: each function returns the standard form."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from harvester.syllables import MARKS

# Unicode has them for old fonts and encodings; each stands for the letters that it looks like (its tables of
# compatibility). Not fractions and small raised figures, which stand beside others.
_FORMS_OF_LETTERS = (
    (0x0132, 0x0134), (0x013F, 0x0141), (0x017F, 0x0180), (0x01C4, 0x01CD), (0x01F1, 0x01F4), (0x2160, 0x2180),
    (0x2474, 0x249C), (0x2F00, 0x2FD6), (0xFB00, 0xFB07), (0xFB50, 0xFDFE), (0xFE71, 0xFEFD), (0xFF66, 0xFFA0),
    (0x3200, 0x321D), (0x3220, 0x3244), (0x337B, 0x3380), (0x1D400, 0x1D800),
)  # fmt: skip
_IN_LETTERS = {
    code: letters
    for first, end in _FORMS_OF_LETTERS
    for code in range(first, end)
    if (letters := unicodedata.normalize("NFKC", chr(code))) != chr(code) and " " not in letters
}
_IN_LETTERS |= {0x00B5: "\u03bc", 0x2044: "/", 0x0640: ""}
# A look at which of them may be there takes a fiftieth of the time of putting letters in their place.
_HAS_FORMS = re.compile(
    "[\u00b5\u0132\u0133\u013f\u0140\u017f\u01c4-\u01cc\u01f1-\u01f3\u0640\u2044\u2160-\u217f\u2474-\u249b"
    "\u2f00-\u2fd5\ufb00-\ufb06\ufb50-\ufdfd\ufe71-\ufefc\uff66-\uff9f\u3200-\u321c\u3220-\u3243\u337b-\u337f\U0001d400-\U0001d7ff]"
)
# Vowels of Thai and Lao that some type as two signs, the mark of the tone before, between or behind them.
_TYPED_AS_TWO = (
    (re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32"), "\\1\u0e33"),
    (re.compile("\u0ecd([\u0ec8-\u0ecb]?)\u0eb2"), "\\1\u0eb3"),
    (re.compile("\u0e40\u0e40"), "\u0e41"),
)
# A pattern that begins with a character or a set is leapt to; one that begins with an alternative, or with what stands
# before the match, is tried at every place of the text and takes up to ten times as long. To look for some characters
# one by one takes a fifth of the time that their set takes.

# The joiners are kept between letters, and behind the mark of one: Persian is written with them, and in Hindi, Sinhala
# and others they stand behind the sign that takes a consonant's vowel (Unicode 16, chapters 9.2, 12.1, 13.2).
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\U000e0000-\U000e01ef]"
    rf"(?:(?<![\u200c\u200d])|(?<![^\W\x00-\x7f].)(?<![{MARKS}].)|(?![^\W\x00-\x7f]))",
    re.DOTALL,
)
_APOSTROPHES = "’‘‚‛′ʼ"
_QUOTES = "“”„‟″〝〞"
_BESIDE_GUILLEMETS = (" ", "\u00a0", "\u202f", "")
_HYPHENS = "\u2010\u2011"
_LIKE_EN_DASHES = "‒−"
_RANGE = re.compile(r"(\d)\s?[–—]\s?(?=\d)")
_RANGE_ENDS = (re.compile(r"–\s?\d"), re.compile(r"—\s?\d"))
_GLUED = re.compile(r"—(?<=[^\W_].)(?=[^\W_])")
_TYPED = re.compile(r" -(?<=\S -)-{0,2}(?= \S)")
_ELLIPSIS = re.compile(r"\.(?:\.\.+| \. \.)")
_ELLIPSES = re.compile("……+")
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_RUN = re.compile(r"[ \t](?=[ \t])(?<=\S.)[ \t]+(?=\S)")
_RUN_OF_BLANKS = re.compile(r"  (?<=\S  ) *(?=\S)")
_LINE_SEPARATORS = "\x0b\x0c\u0085\u2028\u2029"
_BLANK_START = re.compile(r"\n (?=[^\W\d_]|[\"'(*_\[])(?!\* )")
_RULE = re.compile(r"[-:| ]+")
_BREAK = re.compile(r"  (?<=[^\s|]  ) *\n(?=[ \t]*(?:[^\s#>*+|`~-]|\*{1,2}[^\s*]))")
_BLANK_LINES = re.compile(r"\n\n\n+")
_WRAPPED = re.compile(r"\n(?<=\S\n)(?=[^\W\d_]|[\"'(])")
_OPENERS = frozenset("\"'(")
_NO_PARAGRAPH = re.compile(r"\s*#{1,6}\s|\s*(?:[-_*=]\s*)+$|.*\||.*  $")


def compose(text: str) -> str:
    """Return the text with each letter and its accents as one character where there is one (NFC)."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def plain_letters(text: str) -> str:
    """Return the text with letters for ligatures and other signs that stand for letters: fonts, old encodings and PDF
    writers choose them, authors do not.
    """
    if text.isascii():
        return text
    if _HAS_FORMS.search(text):
        text = compose(text.translate(_IN_LETTERS))
    for two, one in _TYPED_AS_TWO:
        text = two.sub(one, text)
    return text


def drop_invisible(text: str) -> str:
    """Return the text without characters that no reader sees."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def one_quote(text: str) -> str:
    """Return the text with straight quotation marks and apostrophes."""
    if text.isascii():
        return text
    text = _all_as(_all_as(text, _APOSTROPHES, "'"), _QUOTES, '"')
    for blank in _BESIDE_GUILLEMETS:
        text = text.replace(f"«{blank}", '"').replace(f"{blank}»", '"')
    return text


def one_dash(text: str) -> str:
    """Return the text with one hyphen, and one dash with spaces around it."""
    if not text.isascii():
        text = _all_as(_all_as(text, _HYPHENS, "-"), _LIKE_EN_DASHES, "–")
        if any(ends.search(text) for ends in _RANGE_ENDS):
            text = _RANGE.sub(r"\1-", text)
        text = _GLUED.sub(" – ", text.replace("―", "—")).replace("—", "–")
    return _TYPED.sub(" –", text)


def one_ellipsis(text: str) -> str:
    """Return the text with the ellipsis as one character, also one of six dots, as in Chinese."""
    text = _ELLIPSIS.sub("…", text)
    return _ELLIPSES.sub("…", text) if "……" in text else text


def one_space(text: str) -> str:
    """Return the text with single plain spaces within lines, none before them, and none at their ends but those of a
    line break.
    """
    if not text.isascii():
        text = _all_as(_all_as(text, _SPACES, " "), _LINE_SEPARATORS, "\n")
    if "  " in text or "\t" in text:
        text = _BREAK.sub("\\\\\n", (_RUN if "\t" in text else _RUN_OF_BLANKS).sub(" ", text))
    text = _BLANK_START.sub("\n", f"\n{text}")[1:]
    if " \n" in text or "\t" in text or text.endswith(" "):
        text = "\n".join([line.rstrip(" \t") for line in text.split("\n")])
    text = text.replace("\\\n", "  \n")
    if "|" in text:
        text = "\n".join([_cells(line) if "|" in line else line for line in text.split("\n")])
    return _BLANK_LINES.sub("\n\n", text) if "\n\n\n" in text else text


def _all_as(text: str, signs: str, standard: str) -> str:
    for sign in signs:
        text = text.replace(sign, standard)
    return text


def _cells(line: str) -> str:
    """Return a row of a table with one blank on both sides of the bars between its cells."""
    if "\\|" in line or _RULE.fullmatch(line):
        return line
    return " | ".join([cell.strip(" ") for cell in line.split("|")]).strip(" ")


def unwrap(text: str) -> str:
    """Return the text with each paragraph on one line: where lines end is the width of a page, not of a thought."""
    if not _WRAPPED.search(text):
        return text
    lines = text.split("\n")
    pieces = lines[:1]
    for before, line in pairwise(lines):
        goes_on = line[:1].isalpha() or line[:1] in _OPENERS
        joins = goes_on and before.strip() and "|" not in line and not _NO_PARAGRAPH.match(before)
        pieces += (" " if joins else "\n", line)
    return "".join(pieces)
