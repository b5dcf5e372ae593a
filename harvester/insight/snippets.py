"""The place of a text that a search found: its sentence, with the words that were looked for marked. Pure."""

from __future__ import annotations

import re
import time
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from harvester.store.search.inflection import stem
from harvester.store.search.query import LONGEST_WORD, Phrase, spans, words

if TYPE_CHECKING:
    from regex import Pattern

_LONGEST_SENTENCE = 320
"""Characters of a sentence that is shown whole."""
_AROUND = 120
"""Characters shown on each side of what was found, where its sentence is longer."""
_LONGEST = 400
"""Characters shown of what was found: a regular expression can match a whole policy."""
_WORDS_OF_A_HEADING = 12
_A_DAY = 86_400.0
"""Seconds; the regex library takes a much longer time for one that is over."""

# A stop, and after it what can begin a sentence; not one of "e.g. Google", "Inc. We", "U. S. law".
_SENTENCE_END = re.compile(
    r"(?<!\be\.g)(?<!\bi\.e)(?<!\b[A-Z])(?<!\bInc)(?<!\bLtd)(?<!\bNo)(?<!\bArt)(?<!\bSec)"
    r"""[.!?…]["”’»)\]]*+\s++(?=["“‘«(\[]*[^\W_a-z])|[。！？][”’」』）]*+"""
)
# Not of "7." before a heading, and not of a heading that asks.
_END_OF_A_STATEMENT = re.compile(r"""[^\W\dA-Z_]["”’»)\]]*+[.;!](?:\s|$)|[。！；]""")


@dataclass(frozen=True, slots=True)
class Snippet:
    """Some of a block's visible text on one line; `marks` are the characters ``(start, end)`` that were looked for."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()

    def marked(self, before: str, after: str) -> str:
        """Return the text with strings put before and after each mark."""
        pieces = []
        at = 0
        for start, end in self.marks:
            pieces += [self.text[at:start], before, self.text[start:end], after]
            at = end
        return "".join([*pieces, self.text[at:]])


class _Mark(NamedTuple):
    start: int
    end: int
    phrase: int


def of_phrases(passages: Iterable[str], phrases: Sequence[Phrase], language: str = "und") -> Snippet:
    """Return the sentence with the phrases, from the first block that is a statement rather than a heading.

    Where several phrases are looked for, of the block and the sentence that have most of them. The beginning of the
    first block if none has any. In `language` inflected words are known for what they are.
    """
    beginning: str | None = None
    shown: tuple[str, Sequence[_Mark]] | None = None
    worth = (False, 0)
    for passage in passages:
        beginning = passage if beginning is None else beginning
        places = _places_of(passage, phrases, language)
        if not places or (states := _states(passage), len({number for *_, number in places})) <= worth:
            continue  # without its marks, which are fewer where phrases overlap
        marks = _marks(passage, places)
        here = (states, len({mark.phrase for mark in marks}))
        if here > worth:
            shown, worth = (passage, marks), here
            if worth == (True, len(phrases)):
                break
    return _cut(*shown) if shown else _cut(beginning or "", [])


def of_regex(passages: Sequence[str], pattern: Pattern[str], deadline: float) -> Snippet | None:
    """Return the same for what a pattern matches, or None; raise `TimeoutError` at `deadline` (`time.monotonic`)."""
    heading: Snippet | None = None
    for passage in passages:
        left = deadline - time.monotonic()
        try:
            if left <= 0:
                raise TimeoutError("the time limit of the regular expression is exceeded")
            found = pattern.search(passage, timeout=min(left, _A_DAY))
        except TimeoutError:
            if heading is None:
                raise
            return heading
        if found is not None:
            snippet = _cut(passage, [_Mark(*found.span(), 0)])
            if _states(passage):
                return snippet
            heading = heading or snippet
    return heading


def _states(passage: str) -> bool:
    """Return whether a block is a statement, not a title or a heading (often a paragraph in bold)."""
    return bool(_END_OF_A_STATEMENT.search(passage)) or len(passage.split()) > _WORDS_OF_A_HEADING


def _places_of(passage: str, phrases: Sequence[Phrase], language: str) -> list[tuple[int, int, int]]:
    """Return the first word, the last word and the phrase of each place where one of some phrases is in a block."""
    plain = words(passage)
    stems = [stem(word, language) for word in plain] if any(phrase.inflected for phrase in phrases) else plain
    return [
        (first, last, number)
        for number, phrase in enumerate(phrases)
        for first, last in _places(stems if phrase.inflected else plain, phrase, language)
    ]


def _marks(passage: str, places: Iterable[tuple[int, int, int]]) -> list[_Mark]:
    """Return places as characters, in order; the first of two that overlap."""
    at = [(start, end) for _, start, end in spans(passage)]
    apart: list[_Mark] = []
    for mark in sorted(_Mark(at[first][0], at[last][1], number) for first, last, number in places):
        if not apart or mark.start >= apart[-1].end:
            apart.append(mark)
    return apart


def _places(among: Sequence[str], phrase: Phrase, language: str) -> Iterator[tuple[int, int]]:
    """Yield the first and the last word of each place where a phrase is, among words or, if inflected, their stems."""
    wanted = list(phrase.stems(language) if phrase.inflected else phrase.words)
    if not phrase.prefix and wanted[-1] not in among:
        return
    for last in range(len(wanted) - 1, len(among)):
        if among[last] != wanted[-1] and not (phrase.prefix and among[last].startswith(wanted[-1])):
            continue
        first = last - len(wanted) + 1
        if list(among[first:last]) == wanted[:-1]:
            yield first, last


def _cut(passage: str, marks: Sequence[_Mark]) -> Snippet:
    """Return the sentence with most of the phrases, cut between whole words, every white space one space."""
    passage = "".join(" " if character.isspace() else character for character in passage)
    start, end, first = _sentence(passage, marks)
    if end - start > _LONGEST_SENTENCE:
        last = min(first.end, first.start + _LONGEST)
        start = _word_begin(passage, max(start, first.start - _AROUND), first.start)
        end = _word_end(passage, min(end, last + _AROUND), last)
    text = passage[start:end].rstrip()
    start += len(text) - len(text := text.lstrip())
    end = start + len(text)
    before, after = "… " if passage[:start].strip() else "", " …" if passage[end:].strip() else ""
    shift = len(before) - start
    shown = ((max(mark.start, start), min(mark.end, end)) for mark in marks)
    return Snippet(before + text + after, tuple((a + shift, b + shift) for a, b in shown if a < b))


def _sentence(passage: str, marks: Sequence[_Mark]) -> tuple[int, int, _Mark]:
    """Return where the first sentence with most of the phrases begins and ends, and the first mark in it."""
    ends = [found.end() for found in _SENTENCE_END.finditer(passage)]
    if ends and " " not in passage[: ends[0]].rstrip():
        del ends[0]  # "7. Cookies", "Yes. We do"
    bounds = [0, *ends, len(passage)]
    phrases: dict[int, set[int]] = {}
    for mark in marks:
        phrases.setdefault(bisect_right(bounds, mark.start), set()).add(mark.phrase)
    if not marks:
        return 0, len(passage), _Mark(0, 0, 0)
    chosen = max(phrases, key=lambda sentence: len(phrases[sentence]))
    first = next(mark for mark in marks if bisect_right(bounds, mark.start) == chosen)
    # A phrase can cross the end of a sentence.
    return bounds[chosen - 1], bounds[min(bisect_left(bounds, first.end), len(bounds) - 1)], first


def _word_begin(passage: str, at: int, until: int) -> int:
    """Return the first place from `at` where a word begins; if none does up to `until`, the begin of that word."""
    if at == 0 or passage[at - 1] == " ":
        return at
    if (space := passage.find(" ", at, until)) >= 0:
        return space + 1
    inside = _word_around(passage, at)
    return at if inside is None else inside[1] if inside[1] <= until else inside[0]


def _word_end(passage: str, at: int, until: int) -> int:
    """Return the last place up to `at` where a word ends; if none does after `until`, the end of that word."""
    if at == len(passage) or passage[at] == " ":
        return at
    if (space := passage.rfind(" ", until, at)) >= 0:
        return space
    inside = _word_around(passage, at)
    return at if inside is None else inside[0] if inside[0] >= until else inside[1]


def _word_around(passage: str, at: int) -> tuple[int, int] | None:
    """Return the word that a cut at `at` would split; not a sequence too long to be a word."""
    begin = max(0, at - 2 * LONGEST_WORD)
    for _, start, end in spans(passage[begin : at + 2 * LONGEST_WORD]):
        if begin + start < at < begin + end and end - start <= LONGEST_WORD:
            return begin + start, begin + end
    return None
