"""What numbers a block: ``3.``, ``(a)``, ``Section 4:``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from harvester.diffing.text.inline import Inline
from harvester.diffing.text.tokens import normalise

_LABEL = re.compile(
    r"""\s*(
        (?:(?i:section|article|clause|part|chapter|annex)\s+|§\s*)
            (?:\d{1,3}(?:\.\d{1,3})*|[IVXivx]{1,5}|[A-Z])(?:[.:)]|\s*[-–—])?
      | \d{1,3}(?:\.\d{1,3})*[.)]
      | \(\s?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})\s?\)
      | (?:[a-z]|[ivx]{1,5})\)
      | (?:[A-Z]|[IVX]{1,5})[.)](?=\s+[A-Z"“])
      | (?:\d{1,3}(?:\.\d{1,3})+|(?:[A-Z]|[IVX]{1,5})(?:\.\d{1,3})+(?:\.[a-z])?\.?|\d{1,3}\.[A-Z]\.?)
            (?=\s+[^\W\d_a-z])
    )\s+(?=\S)""",
    re.VERBOSE,
)
_WORDED = frozenset("sacpSACPſ")  # first letters of the words
_LONGEST_WORDLESS = 6  # characters of another label that begins with a letter, ``xviii)``
_HEADING_NUMBER = re.compile(r"\s*(\d{1,2})(?:\s+(?=[A-Z])|(?=[A-ZÀ-ÖØ-ÞА-Я][a-zß-öø-ÿа-я]))")


# What opens and closes the part under a heading, or links to it.
_DECORATION = re.compile(r"\s*[+−▸▾▼▲►▶›»¶#]\s+(?=\S)")


def label_taken_off(inline: Inline, is_heading: bool) -> tuple[str, Inline]:
    """Return the label that a text begins with, empty if there is none, and the rest of the text."""
    if is_heading and (sign := _DECORATION.match(inline.visible)):
        inline = inline.cut(sign.end())
    found = _LABEL.match(inline.visible) if _may_begin_with_label(inline.visible) else None
    if found is None and is_heading:
        found = _HEADING_NUMBER.match(inline.visible)
    return (normalise(found[1]), inline.cut(found.end())) if found else ("", inline)


def _may_begin_with_label(text: str) -> bool:
    """Return whether a text may begin with a label: most are seen much faster to begin with a word."""
    if not text[:1].isalpha() or text[0] in _WORDED:
        return True
    begin = text[:_LONGEST_WORDLESS]
    return "." in begin or ")" in begin


def is_alone(number: re.Match[str], lines: Sequence[str]) -> bool:
    """Return whether the number that a line begins with is all that some lines say: a paragraph, and no empty item,
    which is indented.
    """
    if number.end() < len(number.string) or number[1]:
        return False
    return len(list(islice(filter(str.strip, lines), 2))) == 1  # of thousands of lines the first two are enough
