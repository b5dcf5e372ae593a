"""Find the words that differ between two passages, marked as a careful reader would mark them.

A hunk is a run of old tokens that a run of new ones replaces (either may be empty). Hunks are minimal first, then
joined where only small words are between two replacements, then moved to where a phrase begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import compress, count
from operator import ne
from typing import NamedTuple

from harvester.diffing.match.align import CELLS, common_runs, unique_anchors
from harvester.diffing.text.tokens import COMMON_WORDS, are_words, words_of

_REMEMBERED_TOKENS = 2000  # of both sides; all that are remembered take 16 MB at most
Runs = list[tuple[int, int, int]]
"""Equal tokens: where a run of them begins in the old ones and in the new ones, and its length."""

_END = 1 << 60  # no token has this number

_CRUMB = 2  # tokens between two replacements that are not read alone
_SHINGLE = 4  # tokens in an anchor of a passage too long for the quadratic algorithm


class Hunk(NamedTuple):
    """Old tokens ``old_start:old_end`` became new tokens ``new_start:new_end``."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int

    def swapped(self) -> Hunk:
        """Return the same change read backwards."""
        return Hunk(self.new_start, self.new_end, self.old_start, self.old_end)


def word_hunks(old: Sequence[str], new: Sequence[str]) -> tuple[Hunk, ...]:
    """Return the changed runs between two lists of tokens, in order; swapping the lists swaps the hunks."""
    # A passage is compared when blocks are matched across their borders, and again when its redline is made.
    find = _remembered if len(old) + len(new) <= _REMEMBERED_TOKENS else _word_hunks
    if (len(new), new) < (len(old), old):
        return tuple(hunk.swapped() for hunk in find(tuple(new), tuple(old)))
    return find(tuple(old), tuple(new))


def _word_hunks(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[Hunk, ...]:
    hunks = _join(_between_runs(_equal_runs(old, new), len(old), len(new)), old)
    for number in range(len(hunks)):
        hunks[number] = _slide(hunks, number, old, new)
    return tuple(hunks)


_remembered = lru_cache(maxsize=1024)(_word_hunks)


def _equal_runs(old: tuple[str, ...], new: tuple[str, ...]) -> Runs:
    if len(old) * len(new) > CELLS:
        return _runs_by_shingles(old, new)
    shorter = min(len(old), len(new))
    start = next(compress(count(), map(ne, old, new)), shorter)
    end = min(next(compress(count(), map(ne, reversed(old), reversed(new))), shorter), shorter - start)
    runs = [(0, 0, start)]
    if start + end < shorter:
        middle = _most_words(old[start : len(old) - end], new[start : len(new) - end])
        runs += [(i + start, j + start, length) for i, j, length in middle]
    runs.append((len(old) - end, len(new) - end, end))
    return runs


def _most_words(old: tuple[str, ...], new: tuple[str, ...]) -> Runs:
    """Return equal tokens: as many words as can be, and the marks that are between the same two words."""
    are_old, are_new = list(are_words(old)), list(are_words(new))
    old_places, new_places = list(compress(count(), are_old)), list(compress(count(), are_new))
    runs: Runs = []
    i = j = 0
    for a, b, length in common_runs(list(compress(old, are_old)), list(compress(new, are_new))):
        i_word, j_word = old_places[a], new_places[b]
        i_end, j_end = old_places[a + length - 1] + 1, new_places[b + length - 1] + 1
        if length == 1 or old[i_word:i_end] == new[j_word:j_end]:  # as most: between the words are the same marks
            if i < i_word and j < j_word:
                runs += _equal_marks(old, new, (i, i_word, j, j_word))
            runs.append((i_word, j_word, i_end - i_word))
        else:
            for i_word, j_word in zip(old_places[a : a + length], new_places[b : b + length], strict=True):
                if i < i_word and j < j_word:
                    runs += _equal_marks(old, new, (i, i_word, j, j_word))
                runs.append((i_word, j_word, 1))
                i, j = i_word + 1, j_word + 1
        i, j = i_end, j_end
    if i < len(old) and j < len(new):
        runs += _equal_marks(old, new, (i, len(old), j, len(new)))
    return runs


def _equal_marks(old: tuple[str, ...], new: tuple[str, ...], gap: tuple[int, int, int, int]) -> Runs:
    """Return equal tokens between two equal words and the next two."""
    i, i_end, j, j_end = gap
    olds, news = old[i:i_end], new[j:j_end]
    if len(olds) == 1:
        return [(i, j + news.index(olds[0]), 1)] if olds[0] in news else []
    if len(news) == 1:
        return [(i + olds.index(news[0]), j, 1)] if news[0] in olds else []
    if set(olds).isdisjoint(news):
        return []
    # Ends of their own, so that of equal marks the first is kept, beside the words before it.
    return [(i + a, j + b, length) for a, b, length in common_runs([*olds, _END], [*news, -_END])]


def _runs_by_shingles(old: tuple[str, ...], new: tuple[str, ...]) -> Runs:
    """Return equal tokens of two very long passages: where unique shingles agree, and then between those.

    A stretch between two of them that is still too long for the quadratic algorithm is taken as replaced whole.
    """
    runs: Runs = []
    i = j = 0
    for i_anchor, j_anchor in [*unique_anchors(_shingles(old), _shingles(new)), (len(old), len(new))]:
        if i < i_anchor and j < j_anchor and (i_anchor - i) * (j_anchor - j) <= CELLS:
            runs += [(i + a, j + b, length) for a, b, length in common_runs(old[i:i_anchor], new[j:j_anchor])]
        if i_anchor < len(old):
            runs.append((i_anchor, j_anchor, 1))
        i, j = i_anchor + 1, j_anchor + 1
    return runs


def _shingles(tokens: tuple[str, ...]) -> list[tuple[str, ...]]:
    return list(zip(*(tokens[offset:] for offset in range(_SHINGLE)), strict=False))


def _between_runs(runs: Runs, old_length: int, new_length: int) -> list[Hunk]:
    hunks = []
    i = j = 0
    for i_equal, j_equal, length in [*runs, (old_length, new_length, 0)]:
        if i_equal > i or j_equal > j:
            hunks.append(Hunk(i, i_equal, j, j_equal))
        i, j = i_equal + length, j_equal + length
    return hunks


def _join(hunks: list[Hunk], old: Sequence[str]) -> list[Hunk]:
    """Join two replacements into one hunk when what is left between them is too small to be read alone."""
    joined: list[Hunk] = []
    for hunk in hunks:
        last = joined[-1] if joined else None
        if last is not None and hunk[0] - last[1] <= _CRUMB and _is_crumb(last, hunk, old[last[1] : hunk[0]]):
            joined[-1] = Hunk(last.old_start, hunk.old_end, last.new_start, hunk.new_end)
        else:
            joined.append(hunk)
    return joined


def _is_crumb(left: Hunk, right: Hunk, between: Sequence[str]) -> bool:
    if left[0] == left[1] or right[0] == right[1] or left[2] == left[3] or right[2] == right[3]:
        return False  # one of them removes nothing, or adds nothing
    words = words_of(between)
    if not words:
        return True
    if any(word.lower() not in COMMON_WORDS for word in words):
        return False
    smaller = min(
        left.old_end - left.old_start + left.new_end - left.new_start,
        right.old_end - right.old_start + right.new_end - right.new_start,
    )
    return smaller >= 3 * len(between) + 3


def _slide(hunks: list[Hunk], number: int, old: Sequence[str], new: Sequence[str]) -> Hunk:
    """Move a pure insertion or deletion, among the places that mean the same, to the one that reads best."""
    hunk = hunks[number]
    inserted = hunk[0] == hunk[1]
    if not inserted and hunk[2] != hunk[3]:
        return hunk  # as most
    text, start, end = (new, hunk.new_start, hunk.new_end) if inserted else (old, hunk.old_start, hunk.old_end)
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
    by = max(range(-left, right + 1), key=lambda by: (_reads_well(text, start + by, end + by, by == beside), -abs(by)))
    return Hunk(hunk.old_start + by, hunk.old_end + by, hunk.new_start + by, hunk.new_end + by)


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
