"""The words a reader of a document's Markdown sees, and how hard they are to read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from harvester.lru import remember_short

# A link keeps its text and loses its target; targets hold slugs and numbers, not prose.
_TARGET = re.compile(r"\]\((?:<[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+\"[^\"\n]*\")?\)")
# Three patterns, since each begins with a literal that the regular expression engine can leap to.
_ADDRESSES = tuple(re.compile(start + r"[^\s<>)\]]+") for start in (r"https?://", r"www\.", r"mailto:"))
_MARKS = str.maketrans(dict.fromkeys("[]*_`#>|\\", " "))
# Chinese and Japanese write no spaces: each of their signs counts as a word.
_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_BLANKS = str.maketrans({code: " " for code in range(128) if not chr(code).isalnum() and chr(code) != "'"})
_ALIKE = bytes(ord("x" if code < 128 and chr(code).isalnum() else " ") for code in range(256))
_WORD_ASCII = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_IDEOGRAPH = re.compile(f"[{_IDEOGRAPHS}]")
_WORD = re.compile(r"\w+(?:['’][^\W\d]+)?")
_WORD_OR_SIGN = re.compile(rf"[{_IDEOGRAPHS}]|[^\W{_IDEOGRAPHS}]+(?:['’][^\W\d{_IDEOGRAPHS}]+)?")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)*_\]]*[^\S\n]+(?=[^a-z\s])")
_HAS_LETTER = re.compile(r"[^\W\d_]")
_VOWELS = re.compile(r"[aeiouy]+")


def plain(markdown: str) -> str:
    """Return the text without link targets and bare addresses; line ends and other marks stay."""
    text = without_targets(markdown)
    for address in _ADDRESSES:
        text = address.sub(" ", text)
    return text


def without_targets(markdown: str) -> str:
    """Return the text without link targets; an address that a reader sees stays."""
    return _TARGET.sub("] ", markdown)


def unmarked(text: str) -> str:
    """Return a text without Markdown's marks, which separate words that a reader sees side by side."""
    return text.translate(_MARKS)


def words(text: str) -> list[str]:
    """Return the words of a plain text in lower case: runs of letters and digits, with an inner apostrophe."""
    return " ".join(map(_said, filter(None, text.lower().split("\n")))).split()


@remember_short  # the lines of a text mostly stand in its next version too
def _said(line: str) -> str:
    return " ".join(_words_of_line(line))


def number_of_words(text: str) -> int:
    """Return how many words a plain text has; the lines of a page mostly stand in the next capture of it too."""
    lines = text.split("\n")
    # Most lines are of ASCII: the beginnings of their words are counted, which is quicker than to make the words.
    easy = "\n".join([line for line in lines if line.isascii() and "'" not in line])
    others = [line for line in lines if not line.isascii() or "'" in line]
    return f" {easy}".encode().translate(_ALIKE).count(b" x") + sum(map(_number_of_line, others))


@remember_short
def _number_of_line(line: str) -> int:
    return len(_words_of_line(line.lower()))


def _words_of_line(line: str) -> list[str]:
    """Return the words of a line in lower case: most lines are of ASCII, whose words are found quickest."""
    if line.isascii():
        line = line.translate(_BLANKS)
        return _WORD_ASCII.findall(line) if "'" in line else line.split()
    line = line.replace("_", " ")  # emphasis, and a letter to regular expressions
    return (_WORD_OR_SIGN if _IDEOGRAPH.search(line) else _WORD).findall(line)


def reading_grade(text: str, counts: Mapping[str, int]) -> float | None:
    """Return the Flesch-Kincaid grade level of an English plain text: US school years needed to follow it.

    `counts` says how often each of its words stands in it.
    0.39 words a sentence + 11.8 syllables a word - 15.59 (Kincaid et al. 1975, Derivation of New Readability
    Formulas for Navy Enlisted Personnel). A line that ends without a full stop (heading, list item) is a sentence;
    a full stop before a small letter ends none. Numbers are left out. None without any word.
    """
    total = syllables = 0
    for word, count in counts.items():
        if not word[0].isdigit():
            total += count
            syllables += count * _syllables(word)
    if total == 0:
        return None
    lines = sum(1 for line in text.split("\n") if _HAS_LETTER.search(line))
    sentences = max(1, lines + len(_SENTENCE_END.findall(text)))
    return round(0.39 * total / sentences + 11.8 * syllables / total - 15.59, 2)


@lru_cache(maxsize=50_000)
def _syllables(word: str) -> int:
    """Count groups of vowels, less a silent final e or ed, at least one: an estimate."""
    groups = len(_VOWELS.findall(word))
    silent = (
        (word.endswith("e") and not word.endswith(("le", "ee", "ye", "oe", "ie", "ue")))
        or (word.endswith("ed") and not word.endswith(("ted", "ded", "eed", "ied")))
        or (
            word.endswith("es") and not word.endswith(("ses", "zes", "ces", "ges", "xes", "shes", "ches", "ies", "les"))
        )
    )
    return max(1, groups - silent)
