"""Find the words that differ between two passages, marked as a careful reader would mark them.

A hunk is a run of old tokens that a run of new ones replaces (either may be empty). Hunks are minimal first, then
joined where only small words are between two replacements, then moved to where a phrase begins.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import compress, count
from operator import ne
from typing import NamedTuple

from harvester.diffing.match.align import CELLS, common_runs, spelled, unique_anchors
from harvester.diffing.text.letters import letters_of
from harvester.diffing.text.tokens import are_words, count_words, telling

_REMEMBERED_TOKENS = 2000  # of both sides; all that are remembered take 16 MB at most
_REMEMBERED_LONG = 100_000  # the same of a few; they take 20 MB at most
Runs = list[tuple[int, int, int]]
"""Equal tokens: where a run of them begins in the old ones and in the new ones, and its length."""

_END = 1 << 60  # no token has this number

_AT_ONCE = 64  # tokens of a run of equal words that are compared together
_CRUMB = 2  # tokens between two replacements that are not read alone
_SHINGLE = 4  # tokens in an anchor of a passage too long for the quadratic algorithm


class Hunk(NamedTuple):
    """Old tokens ``old_start:old_end`` became new tokens ``new_start:new_end``."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def word_hunks(old: Sequence[str], new: Sequence[str]) -> tuple[Hunk, ...]:
    """Return the changed runs between two lists of tokens, in order; swapping the lists swaps the hunks."""
    return hunks_and_crumbs(old, new)[0]


def hunks_and_crumbs(old: Sequence[str], new: Sequence[str]) -> tuple[tuple[Hunk, ...], int]:
    """Return the hunks, and how many words they mark on each side that a minimal diff would not."""
    if (len(new), new) < (len(old), old):
        hunks, crumbs = _find(tuple(new), tuple(old))
        return tuple([Hunk(i, i_end, j, j_end) for j, j_end, i, i_end in hunks]), crumbs
    return _find(tuple(old), tuple(new))


def _find(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[tuple[Hunk, ...], int]:
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


def _word_hunks(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[tuple[Hunk, ...], int]:
    hunks, crumbs = _join(_between_runs(_equal_runs(old, new), len(old), len(new)), old)
    for number, (i, i_end, j, j_end) in enumerate(hunks):
        if i == i_end or j == j_end:  # as few
            hunks[number] = _slide(hunks, number, old, new)
    return tuple(hunks), crumbs


_remembered = lru_cache(maxsize=1024)(_word_hunks)
_remembered_long = lru_cache(maxsize=8)(_word_hunks)


def _equal_runs(old: tuple[str, ...], new: tuple[str, ...]) -> Runs:
    if len(old) * len(new) > CELLS:
        return _runs_by_shingles(old, new)
    shorter = min(len(old), len(new))
    start = _same(old, new)
    end = min(_same(old[::-1], new[::-1]), shorter - start)
    runs = [(0, 0, start)]
    if start + end < shorter:
        middle = _most_words(old[start : len(old) - end], new[start : len(new) - end])
        runs += [(i + start, j + start, length) for i, j, length in middle]
    runs.append((len(old) - end, len(new) - end, end))
    return runs


def _most_words(old: tuple[str, ...], new: tuple[str, ...]) -> Runs:
    """Return equal tokens: as many words as can be, and the marks that are between the same two words."""
    old_letters, new_letters = letters_of(old, new)
    old_places, new_places = list(compress(count(), old_letters)), list(compress(count(), new_letters))
    runs: Runs = []
    i = j = 0
    for a, b, length in common_runs("".join(old_letters), "".join(new_letters)):
        end = a + length
        while a < end:
            i_word, j_word = old_places[a], new_places[b]
            if i < i_word and j < j_word and "" in new_letters[j:j_word] and "" in old_letters[i:i_word]:
                runs += _equal_marks(old, new, (i, i_word, j, j_word))
            if length == 1:  # as most in a passage that was rewritten
                runs.append((i_word, j_word, 1))
                i, j = i_word + 1, j_word + 1
                break
            i_end = min(old_places[end - 1] + 1, i_word + _AT_ONCE)
            same = _same(old[i_word:i_end], new[j_word : j_word + i_end - i_word])
            runs.append((i_word, j_word, same))
            i, j = i_word + same, j_word + same
            taken = 1 if same == 1 else bisect_left(old_places, i, a) - a
            a, b = a + taken, b + taken
    if i < len(old) and j < len(new):
        runs += _equal_marks(old, new, (i, len(old), j, len(new)))
    return runs


def _same(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many tokens are equal before the first that differ."""
    shorter = min(len(old), len(new))
    return shorter if old == new else next(compress(count(), map(ne, old, new)), shorter)


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
            runs += [(i + a, j + b, length) for a, b, length in common_runs(*spelled(old[i:i_anchor], new[j:j_anchor]))]
        if i_anchor < len(old):
            runs.append((i_anchor, j_anchor, 1))
        i, j = i_anchor + 1, j_anchor + 1
    return runs


def _shingles(tokens: tuple[str, ...]) -> list[tuple[str, ...]]:
    return list(zip(*(tokens[offset:] for offset in range(_SHINGLE)), strict=False))


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


def _join(changes: list[_Change], old: Sequence[str]) -> tuple[list[Hunk], int]:
    """Join two replacements into one hunk when what is left between them is too small to be read alone; return also
    how many words are in what was left between them.
    """
    joined: list[_Change] = []
    crumbs = 0
    start, end, new_start, new_end = 0, -_CRUMB - 1, 0, 0
    for change in changes:
        i, i_end, j, j_end = change
        # Both must remove some and add some.
        if i - end <= _CRUMB and start < end and i < i_end and new_start < new_end and j < j_end:
            between = old[end:i]
            smaller = min(end - start + new_end - new_start, i_end - i + j_end - j)
            if not any(telling(between)) and (smaller >= 3 * len(between) + 3 or not any(are_words(between))):
                crumbs += count_words(between)
                end, new_end = i_end, j_end
                joined[-1] = (start, end, new_start, new_end)
                continue
        joined.append(change)
        start, end, new_start, new_end = change
    return list(map(Hunk._make, joined)), crumbs


def _slide(hunks: list[Hunk], number: int, old: Sequence[str], new: Sequence[str]) -> Hunk:
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
