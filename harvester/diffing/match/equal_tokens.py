"""Find equal tokens of two passages, in order: as many words as can be.

A passage too long for the quadratic algorithm is compared between the runs of tokens that each side has once.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import compress, count
from operator import ne

from harvester.diffing.match.align import CELLS, common_runs, spelled, unique_anchors
from harvester.diffing.match.letters import letters_of

Runs = list[tuple[int, int, int]]
"""Equal tokens: where a run of them begins in the old ones and in the new ones, and its length."""

_END = 1 << 60  # no token has this number
_AT_ONCE = 64  # tokens of a run of equal words that are compared together
_SHINGLE = 4  # tokens in an anchor of a passage too long for the quadratic algorithm


def equal_tokens(old: tuple[str, ...], new: tuple[str, ...]) -> Runs:
    """Return runs of equal tokens, in order; one may begin where another ends."""
    if len(old) * len(new) > CELLS:
        return _runs_by_shingles(old, new)
    shorter = min(len(old), len(new))
    start = _same(old, new)
    end = min(_same(old[::-1], new[::-1]), shorter - start)
    runs = [(0, 0, start)]
    if start + end < shorter:
        middle = _most_words(old[start : len(old) - end], new[start : len(new) - end])
        runs += [(i + start, j + start, length) for i, j, length in middle] if start else middle
    runs.append((len(old) - end, len(new) - end, end))
    return runs


def _most_words(old: tuple[str, ...], new: tuple[str, ...]) -> Runs:
    """Return equal tokens: as many words as can be, and the marks that are between the same two words."""
    old_letters, new_letters = letters_of(old, new)
    old_places, new_places = list(compress(count(), old_letters)), list(compress(count(), new_letters))
    runs: Runs = []
    i = j = 0
    first = other_first = 0  # of the words from there on
    for a, b, length in common_runs("".join(old_letters), "".join(new_letters)):
        end = a + length
        while a < end:
            i_word, j_word = old_places[a], new_places[b]
            if i_word - i > a - first and j_word - j > b - other_first:  # both have a mark between
                runs += _equal_marks(old, new, (i, i_word, j, j_word))
            if length == 1:  # as most in a passage that was rewritten
                runs.append((i_word, j_word, 1))
                i, j, first, other_first = i_word + 1, j_word + 1, a + 1, b + 1
                break
            i_end = min(old_places[end - 1] + 1, i_word + _AT_ONCE)
            same = _same(old[i_word:i_end], new[j_word : j_word + i_end - i_word])
            runs.append((i_word, j_word, same))
            i, j = i_word + same, j_word + same
            taken = 1 if same == 1 else bisect_left(old_places, i, a) - a
            a, b = first, other_first = a + taken, b + taken
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
