"""The place of a text that a search found: some words of it, with those that were looked for marked. Pure."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harvester.store.search_query import Phrase, spans

if TYPE_CHECKING:
    from regex import Pattern

_AROUND = 90
"""Characters shown on each side of what was found."""
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Snippet:
    """Some of a block's visible text on one line; `marks` are the characters ``(start, end)`` that were looked for."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()

    def marked(self, before: str, after: str) -> str:
        """The text with something put before and after each mark."""
        pieces = []
        at = 0
        for start, end in self.marks:
            pieces += [self.text[at:start], before, self.text[start:end], after]
            at = end
        return "".join([*pieces, self.text[at:]])


def of_phrases(passages: Sequence[str], phrases: Sequence[Phrase]) -> Snippet:
    """The first block with one of the phrases; the beginning of the text if there is none to be shown."""
    for passage in passages:
        if found := matches(passage, phrases):
            return _cut(passage, found)
    return _cut(passages[0] if passages else "", [])


def of_regex(passages: Sequence[str], pattern: Pattern[str], deadline: float) -> Snippet | None:
    """The first block that the pattern matches, or None; `TimeoutError` at `deadline` (`time.monotonic`)."""
    for passage in passages:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the time for the regular expression is over")
        found = pattern.search(passage, timeout=left)
        if found is not None:
            return _cut(passage, [found.span()])
    return None


def matches(passage: str, phrases: Sequence[Phrase]) -> list[tuple[int, int]]:
    """Where in a block the phrases stand, in order; of two that overlap the first."""
    found = sorted(span for phrase in phrases for span in _places(passage, phrase))
    apart: list[tuple[int, int]] = []
    for start, end in found:
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return apart


def _places(passage: str, phrase: Phrase) -> Iterator[tuple[int, int]]:
    words = list(spans(passage))
    wanted = list(phrase.words)
    for at in range(len(words) - len(wanted) + 1):
        there = [word for word, _, _ in words[at : at + len(wanted)]]
        if phrase.prefix:
            there[-1] = there[-1][: len(wanted[-1])]
        if there == wanted:
            yield words[at][1], words[at + len(wanted) - 1][2]


def _cut(passage: str, marks: Sequence[tuple[int, int]]) -> Snippet:
    """The neighbourhood of the first mark, cut between words, every white space one space."""
    passage = "".join(" " if character.isspace() else character for character in passage)
    first, last = marks[0] if marks else (0, 0)
    start, end = max(0, first - _AROUND), min(len(passage), max(min(last, first + _LONGEST), first) + _AROUND)
    if start:
        start = passage.find(" ", start, first) + 1 or start
    if end < len(passage):
        end = max(passage.rfind(" ", last, end), min(last, first + _LONGEST)) if last < end else end
    text = passage[start:end]
    before, after = "… " if start else "", " …" if end < len(passage) else ""
    shown = tuple(
        (a - start + len(before), min(b, end) - start + len(before)) for a, b in marks if a < end and start <= a < b
    )
    return Snippet(before + text + after, shown)
