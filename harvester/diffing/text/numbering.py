"""What numbers a block: ``3.``, ``(a)``, ``Section 4:``."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
      | \d{1,3}(?:\.\d{1,3})+(?=\s+[^\W\d_a-z])
    )\s+(?=\S)""",
    re.VERBOSE,
)
_HEADING_NUMBER = re.compile(r"\s*(\d{1,2})\s+(?=[A-Z])")


# What opens and closes the part under a heading, or links to it.
_DECORATION = re.compile(r"\s*[+−▸▾▼▲►▶›»¶#]\s+(?=\S)")


def label_taken_off(inline: Inline, is_heading: bool) -> tuple[str, Inline]:
    """Return the label that a text begins with, empty if there is none, and the rest of the text."""
    if is_heading and (sign := _DECORATION.match(inline.visible)):
        inline = inline.cut(sign.end())
    found = _LABEL.match(inline.visible)
    if found is None and is_heading:
        found = _HEADING_NUMBER.match(inline.visible)
    return (normalise(found[1]), inline.cut(found.end())) if found else ("", inline)


def is_alone(number: re.Match[str], lines: Sequence[str]) -> bool:
    """Return whether the number that a line begins with is all that some lines say: a paragraph, and no empty item,
    which is indented.
    """
    said = "".join(lines).strip()
    return number.end() == len(number.string) and not number[1] and said == number[2]
