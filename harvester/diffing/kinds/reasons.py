"""The reason that a place is evidence of: what altered, quoted as it is read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from harvester.diffing.change import Kind
from harvester.diffing.kinds.spans import are_unspaced, spelled_out

LINES_END_ELSEWHERE = "the same letters and marks: lines end elsewhere"
_SPACE_TOO_MANY = re.compile(
    r" (?:(?=[,.;:!?)\]}%»”])|(?<=[(\[{$€£«“] )|(?<=\w )(?=/ \w)|(?<=\w / )(?=\w)"
    "|(?<=[\u05d0-\u05ea] )(?=[\u05f3\u05f4])|(?<=[\u05f3\u05f4] )(?=[\u05d0-\u05ea]))"
)
"""Spaces that no text has there: at marks, beside the slash of "and/or", in abbreviations of Hebrew. Each form begins
with the space, which is found faster than what stands before it.
"""
_IN_QUOTES = re.compile(r'(?<!\S)" ([^"]+) "(?!\w)')
_MARKS = frozenset(',.;:!?()[]{}%$/"')
_QUOTED_UNSPACED = 36  # syllables or signs
_QUOTED = 12  # words of a passage that a reason quotes


class Finding(NamedTuple):
    """The evidence of one altered place."""

    kind: Kind
    reason: str


def quote(words: Sequence[str]) -> str:
    """Return the first words in quotation marks."""
    most = _QUOTED
    shown = " ".join(words[:most])
    if shown.isascii():
        if not _MARKS.isdisjoint(words[:most]):
            shown = _closed_up(shown)  # as `spelled`
    else:
        most = _QUOTED_UNSPACED if are_unspaced(words[:most]) else most
        shown = spelled(words[:most])
    return f'"{shown} …"' if len(words) > most else f'"{shown}"'


def arrow(old: Sequence[str], new: Sequence[str]) -> str:
    """Return what was there and what came in its place, in quotation marks."""
    return f"{quote(old) if old else 'none'} -> {quote(new) if new else 'none'}"


def spelled(tokens: Sequence[str]) -> str:
    """Return tokens as they are read, without the spaces that their text has not."""
    return _closed_up(spelled_out(tokens))


def _closed_up(spaced: str) -> str:
    return _IN_QUOTES.sub(r'"\1"', _SPACE_TOO_MANY.sub("", spaced))
