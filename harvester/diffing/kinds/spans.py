"""Find the tokens that a pattern matches: patterns are of text, changes are of tokens."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from harvester.diffing.text.tokens import Remembered

_UNSPACED = re.compile("(?!\\d)[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")

REACH = 160
"""Characters around a sign: more than any date, number or address has on one side of it."""


# The digits of scripts that have their own: dates are written with them in Arabic, Persian, Hindi, Thai and others.
_ASCII_DIGITS = {
    zero + digit: str(digit)
    for zero in (0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xED0, 0x1040, 0x17E0, 0xFF10)
    for digit in range(10)
}
_NATIVE_DIGIT = re.compile(f"[{''.join(map(chr, _ASCII_DIGITS))}]")


class Sign(NamedTuple):
    """What each match of a pattern holds, so that only the text around it need be searched (see `Spelled.find`).

    `pattern` finds it. ASCII text without any of the strings in `parts`, each of one token, has none: looking for
    these is much quicker.
    """

    pattern: re.Pattern[str]
    parts: tuple[str, ...]

    def may_be_in(self, text: str) -> bool:
        """Return whether the sign can be in a text."""
        for part in self.parts:
            if part[0] in text and part in text:  # one character is found much faster than several
                return True
        return not text.isascii() and self.pattern.search(text) is not None


DIGITS = Sign(re.compile(r"\d+"), tuple("0123456789"))
"""The sign of a date, a year, a telephone number."""


DIGIT = re.compile(r"\d")


def _holds_digit(token: str) -> bool:
    return DIGIT.search(token) is not None


_digits_held = Remembered(_holds_digit)


def hold_digit(tokens: Sequence[str]) -> bool:
    """Return whether one of these tokens holds a digit."""
    return any(map(_digits_held.__getitem__, tokens))


def _has_unspaced(text: str) -> bool:
    return not text.isascii() and _UNSPACED.search(text) is not None


def spelled_out(tokens: Sequence[str]) -> str:
    """Return tokens as text, with spaces between words but in scripts that have none."""
    spaced = " ".join(tokens)
    if not _has_unspaced(spaced):
        return spaced
    pieces: list[str] = []
    for token in tokens:
        if pieces and not (_UNSPACED.match(token) and _UNSPACED.match(pieces[-1][-1])):
            pieces.append(" ")
        pieces.append(token)
    return "".join(pieces)


def are_unspaced(tokens: Sequence[str]) -> bool:
    """Return whether most tokens are of a script without spaces, where a token is a part of a word."""
    if not _has_unspaced("".join(tokens)):
        return False
    return 2 * sum(_UNSPACED.match(token) is not None for token in tokens) > len(tokens)


def within(ranges: Sequence[tuple[int, int]], place: int) -> bool:
    """Return whether one of these ranges, in order and apart from each other, contains a place."""
    at = bisect_right(ranges, (place, sys.maxsize)) - 1
    return at >= 0 and place < ranges[at][1]


class Stretches:
    """Ranges, of which those that touch another one are found without going through them all."""

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        self._ranges = sorted(ranges)
        self._starts = [start for start, _ in self._ranges]
        self._ends = list(accumulate((end for _, end in self._ranges), max))  # of each, or of one before it

    def touching(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the ranges that have a place with ``start:end`` in common."""
        first, last = bisect_right(self._ends, start), bisect_left(self._starts, end)
        return [one for one in self._ranges[first:last] if one[1] > start]


class Spelled:
    """Tokens joined by spaces, in lower case unless `keep_case`, and where in them patterns match."""

    def __init__(self, tokens: Sequence[str], *, keep_case: bool = False) -> None:
        self._tokens = tokens
        self._places: dict[Sign, list[tuple[int, int]]] = {}
        text = " ".join(tokens)
        self._spaced = text.isascii() or not _UNSPACED.search(text)
        if not self._spaced:
            text = "".join(self._unspaced())
        if not text.isascii() and _NATIVE_DIGIT.search(text):
            text = text.translate(_ASCII_DIGITS)
        if not keep_case:
            lowered = text.lower()
            text = lowered if len(lowered) == len(text) else text.casefold()[: len(text)]
        self.text = text

    def _unspaced(self) -> list[str]:
        """Return the tokens and spaces of the text: scripts without spaces are written without any here too."""
        pieces: list[str] = []
        for token in self._tokens:
            if pieces and not (_UNSPACED.match(token) and _UNSPACED.match(pieces[-1][-1])):
                pieces.append(" ")
            pieces.append(token)
        return pieces

    @cached_property
    def _bounds(self) -> tuple[list[int], list[int]]:
        """Where in the text each token starts, and where it ends."""
        if self._spaced:
            ends = list(accumulate(map(len, self._tokens), lambda end, length: end + 1 + length))
            return [0, *(end + 1 for end in ends[:-1])] if ends else [], ends
        starts, ends, length = [], [], 0
        for piece in self._unspaced():
            if piece != " ":
                starts.append(length)
                ends.append(length + len(piece))
            length += len(piece)
        return starts, ends

    def find(self, pattern: re.Pattern[str], *signs: Sign) -> list[tuple[int, int]]:
        """Return the ranges ``(start, end)`` of tokens that the matches of a pattern touch.

        Each match must hold one of the `signs`, if any are given: then only the text around them is searched.
        """
        return [
            self.tokens(*match.span())
            for window in (self._windows(signs) if signs else [(0, len(self.text))])
            for match in pattern.finditer(self.text, *window)
            if match.end() > match.start()
        ]

    def _windows(self, signs: Sequence[Sign]) -> list[tuple[int, int]]:
        """Return the stretches of text around the signs, from space to space, apart from each other."""
        windows: list[tuple[int, int]] = []
        start, end = 0, -1
        for first, last in sorted(place for sign in signs for place in self._places_of(sign)):
            if last + REACH <= end:
                continue
            # Nothing is looked for twice, so that the search is linear where there are few spaces too.
            start_here = max(self.text.rfind(" ", max(end, 0), max(first - REACH, 0)), 0)
            if start_here > end:
                if end >= 0:
                    windows.append((start, end))
                start = start_here
            end = self.text.find(" ", last + REACH)
            end = len(self.text) if end < 0 else end
        if end >= 0:
            windows.append((start, end))
        return windows

    def _places_of(self, sign: Sign) -> list[tuple[int, int]]:
        if sign not in self._places:
            self._places[sign] = [match.span() for match in sign.pattern.finditer(self.text)]
        return self._places[sign]

    def tokens(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of tokens that these characters touch."""
        starts, ends = self._bounds
        return bisect_right(ends, start), bisect_left(starts, end)
