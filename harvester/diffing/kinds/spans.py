"""Find the tokens that a pattern matches: patterns are of text, changes are of tokens."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")


class Spelled:
    """Tokens joined by spaces, in lower case unless `keep_case`, and where in them patterns match."""

    def __init__(self, tokens: Sequence[str], *, keep_case: bool = False) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        pieces: list[str] = []
        length = 0
        for token in tokens:
            # Scripts without spaces are written without any here too.
            if pieces and not (_UNSPACED.match(token) and _UNSPACED.match(pieces[-1][-1])):
                pieces.append(" ")
                length += 1
            self.starts.append(length)
            pieces.append(token)
            length += len(token)
            self.ends.append(length)
        self.text = "".join(pieces)
        if not keep_case:
            lowered = self.text.lower()
            self.text = lowered if len(lowered) == len(self.text) else self.text.casefold()[: len(self.text)]

    def find(self, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
        """Return the ranges ``(start, end)`` of tokens that the matches of a pattern touch."""
        return [self.tokens(*match.span()) for match in pattern.finditer(self.text) if match.end() > match.start()]

    def tokens(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of tokens that these characters touch."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)

    def part(self, start: int, end: int) -> str:
        """Return the text of a range of tokens."""
        start, end = max(start, 0), min(end, len(self.starts))
        return self.text[self.starts[start] : self.ends[end - 1]] if start < end else ""
