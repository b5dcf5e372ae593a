"""Find the words that differ between two passages, marked as a careful reader would mark them.

A hunk is a run of old tokens that a run of new ones replaces (either may be empty). Hunks are minimal first, then
joined where only small words or a Chinese character are between two replacements, then moved to where a phrase
begins.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from harvester.diffing.match.equal_tokens import Runs, equal_tokens
from harvester.diffing.text.kept_properties import kept_property
from harvester.diffing.text.tokens import are_words, count_words, is_han, telling

_REMEMBERED_TOKENS = 2000  # of both sides; all that are remembered take 16 MB at most
_REMEMBERED_LONG = 100_000  # the same of a few; they take 20 MB at most
_CRUMB = 2  # tokens between two replacements that are not read alone


class Hunk(NamedTuple):
    """Old tokens ``old_start:old_end`` became new tokens ``new_start:new_end``."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


_Hunks = tuple[Hunk, ...]


def word_hunks(old: Sequence[str], new: Sequence[str]) -> tuple[Hunk, ...]:
    """Return the changed runs between two lists of tokens, in order; swapping the lists swaps the hunks.

    No word stays between two of them that is too small to be read alone.
    """
    return hunks_and_crumbs(old, new)[0]


def hunks_and_crumbs(old: Sequence[str], new: Sequence[str]) -> tuple[_Hunks, int]:
    """Return the hunks, and how many words they mark on each side that a minimal diff would not."""
    return _either_way(_find, old, new)


def hunks_apart(old: Sequence[str], new: Sequence[str]) -> tuple[Hunk, ...]:
    """Return the hunks, not joined over the small words between two of them, which `word_hunks` marks too."""
    return _either_way(partial(_word_hunks, over_words=False), old, new)[0]


def _either_way(
    find: Callable[[tuple[str, ...], tuple[str, ...]], tuple[_Hunks, int]], old: Sequence[str], new: Sequence[str]
) -> tuple[_Hunks, int]:
    if (len(new), new) < (len(old), old):
        hunks, crumbs = find(tuple(new), tuple(old))
        return tuple([Hunk(i, i_end, j, j_end) for j, j_end, i, i_end in hunks]), crumbs
    return find(tuple(old), tuple(new))


def _find(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[_Hunks, int]:
    # A passage is compared when blocks are matched across their borders, and again when its redline is made.
    length = len(old) + len(new)
    if length <= _REMEMBERED_TOKENS:
        return _remembered(old, new)
    return _remembered_long(old, new) if length <= _REMEMBERED_LONG else _word_hunks(old, new)


def equal_runs(hunks: Sequence[Hunk], lengths: tuple[int, int]) -> Iterator[tuple[int, int, int]]:
    """Yield the range of old tokens of each run between hunks, and where it begins in the new ones."""
    i = j = 0
    for old_start, old_end, _, new_end in hunks:
        if old_start > i:
            yield i, old_start, j
        i, j = old_end, new_end
    if lengths[0] > i:
        yield i, lengths[0], j


def _word_hunks(old: tuple[str, ...], new: tuple[str, ...], over_words: bool = True) -> tuple[_Hunks, int]:
    hunks, crumbs = _join(_between_runs(equal_tokens(old, new), len(old), len(new)), old, over_words)
    quotes = _Quotes(old), _Quotes(new)
    for number, (i, i_end, j, j_end) in enumerate(hunks):
        if i == i_end or j == j_end:  # as few
            hunks[number] = _slide(hunks, number, old, new, quotes)
    return tuple(hunks), crumbs


_remembered = lru_cache(maxsize=1024)(_word_hunks)
_remembered_long = lru_cache(maxsize=8)(_word_hunks)


_Change = tuple[int, int, int, int]
"""A hunk in the making."""


def _between_runs(runs: Runs, old_length: int, new_length: int) -> list[_Change]:
    changes = []
    i = j = 0
    for i_equal, j_equal, length in [*runs, (old_length, new_length, 0)]:
        if i_equal > i or j_equal > j:
            changes.append((i, i_equal, j, j_equal))
        i, j = i_equal + length, j_equal + length
    return changes


def _join(changes: list[_Change], old: Sequence[str], over_words: bool) -> tuple[list[Hunk], int]:
    """Join two replacements into one hunk when what is left between them is too small to be read alone: a mark, or
    small words or a Chinese character too; return also how many words are in what was left between them.
    """
    joined: list[_Change] = []
    crumbs = 0
    start, end, new_start, new_end = 0, -_CRUMB - 1, 0, 0
    for change in changes:
        i, i_end, j, j_end = change
        # Both must remove some and add some.
        if i - end <= _CRUMB and start < end and i < i_end and new_start < new_end and j < j_end:
            between = old[end:i]
            crumb = not any(telling(between))
            if crumb and any(are_words(between)):
                smaller = min(end - start + new_end - new_start, i_end - i + j_end - j)
                crumb = over_words and smaller >= 3 * len(between) + 3
            if crumb or _is_torn(old, end, i):
                crumbs += count_words(between)
                end, new_end = i_end, j_end
                joined[-1] = (start, end, new_start, new_end)
                continue
        joined.append(change)
        start, end, new_start, new_end = change
    return list(map(Hunk._make, joined)), crumbs


def _is_torn(tokens: Sequence[str], end: int, start: int) -> bool:
    """Return whether a single Chinese character is between two edits beside others: hardly ever a word of its own."""
    if start - end != 1 or tokens[end].isascii():
        return False  # as most
    return all(is_han(token) for token in tokens[end - 1 : start + 1])


class _Quotes:
    """The quotation marks of a passage, looked for when an edit first asks for them: it may have thousands of both."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self._tokens = tokens

    @kept_property
    def _places(self) -> list[int]:
        return [place for place, token in enumerate(self._tokens) if token == _QUOTE]

    def before(self, place: int) -> int:
        """Return how many stand before a place."""
        return bisect_left(self._places, place)


def _slide(
    hunks: list[Hunk], number: int, old: Sequence[str], new: Sequence[str], quotes: tuple[_Quotes, _Quotes]
) -> Hunk:
    """Move a pure insertion or deletion, among the places that mean the same, to the one that reads best."""
    hunk = hunks[number]
    inserted = hunk.old_start == hunk.old_end
    text, start, end = (new, hunk.new_start, hunk.new_end) if inserted else (old, hunk.old_start, hunk.old_end)
    if text[start - 1] != text[end - 1] and (end == len(text) or text[start] != text[end]):
        return hunk  # as most
    previous = hunks[number - 1] if number else Hunk(0, 0, 0, 0)
    following = hunks[number + 1] if number + 1 < len(hunks) else Hunk(len(old), len(old), len(new), len(new))
    room_left = min(hunk.old_start - previous.old_end, hunk.new_start - previous.new_end)
    room_right = min(following.old_start - hunk.old_end, following.new_start - hunk.new_end)
    left = 0
    while left < room_left and text[start - 1 - left] == text[end - 1 - left]:
        left += 1
    right = 0
    while right < room_right and text[start + right] == text[end + right]:
        right += 1
    if not (left or right):
        return hunk
    beside = -room_left if number else None  # then the mark begins where the one before it ends
    openers, closers = _brackets(text, start - left, end + right, quotes[inserted])

    def reads(by: int) -> tuple[bool, int, int]:
        tears = start + by in closers or end + by - 1 in openers
        return not tears, _reads_well(text, start + by, end + by, by == beside), -abs(by)

    by = max(range(-left, right + 1), key=reads)
    return Hunk(hunk.old_start + by, hunk.old_end + by, hunk.new_start + by, hunk.new_end + by)


def _brackets(text: Sequence[str], start: int, end: int, quotes: _Quotes) -> tuple[set[int], set[int]]:
    """Return where brackets and quotation marks open between these places, and where they close.

    Every second quotation mark of a passage closes.
    """
    openers: set[int] = set()
    closers: set[int] = set()
    within = text[start:end]
    opens = _QUOTE in within and quotes.before(start) % 2 == 0
    for place, token in enumerate(within, start):
        if token == _QUOTE:
            (openers if opens else closers).add(place)
            opens = not opens
        elif token in _OPENERS:
            openers.add(place)
        elif token in _SHUTTERS:
            closers.add(place)
    return openers, closers


def _reads_well(text: Sequence[str], start: int, end: int, beside: bool) -> int:
    """Return how natural it is to mark ``start:end``: a sentence best, then a phrase from comma to comma, one with the
    comma behind it, one with the comma before it, other runs.

    The word before a comma holds it, and is marked too; not so if it is `beside`, marked already.
    """
    before = text[start - 1] if start else "."
    last = text[end - 1]
    if before in _SENTENCE_ENDS and last in _SENTENCE_ENDS:
        return 6
    if text[start] in _CLOSERS and last not in _CLOSERS:
        return 6 if beside else 3
    if last in _CLOSERS:
        return 5 if before in _CLOSERS else 4
    if before in _SENTENCE_ENDS or last in _SENTENCE_ENDS:
        return 0
    return 2 if text[start] in _JOINERS else 1


_SENTENCE_ENDS = frozenset(".!?:")
_CLOSERS = frozenset(",;")
_JOINERS = frozenset({"and", "or", "("})
_OPENERS = frozenset("([{")
_SHUTTERS = frozenset(")]}")
_QUOTE = '"'  # however it is written
