"""Passages that continue across the borders of blocks: split, merged, wrapped again, a row that became a row and a
list.

Between two untouched blocks, what is left is aligned word by word as if there were no borders. Blocks that then have a
run of words in common belong together, however many they are on each side; the matches are taken if fewer words are
marked than block by block. A run of three words is looked for first, since it reads best; shorter ones only where still
more is marked than a word diff without any blocks would have to.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from rapidfuzz.distance import Indel

from harvester.diffing.change import passages, tokens_of
from harvester.diffing.match.align import CELLS, spelled
from harvester.diffing.match.matching import Match
from harvester.diffing.text.blocks import Block
from harvester.diffing.text.tokens import COMMON_WORDS, are_words, count_words, is_word, words_of
from harvester.diffing.words import Hunk, word_hunks

_MOST_BLOCKS = 2000
_MOST_WORDS = 50_000
_ENOUGH = 1.02  # times the least words that could be marked: not worth to look again


class _Evidence(NamedTuple):
    """What shows that two blocks belong together."""

    run: int  # words in a row, one of them telling
    piece: int  # words of such a run on both sides of a border
    alike: float  # least share of words in common


class _Piece(NamedTuple):
    """A part of a run of equal words, within one block on both sides."""

    run: int  # words of the run; none if no word of it tells
    words: int
    shorter: int  # words of the shorter block
    old: int  # the number of the block
    new: int


_LEVELS = (_Evidence(3, 2, 0.3), _Evidence(2, 1, 0.15), _Evidence(1, 1, 0.1))
_LAST_LEVEL = _Evidence(0, 1, 0.0)  # of long rewrites, in which a word diff without any blocks finds far more
_LONG = 12  # blocks of both sides


def rejoin(old: Sequence[Block], new: Sequence[Block], matches: Sequence[Match]) -> list[Match]:
    """Return the matches, with those between untouched blocks made across the borders where that marks less."""
    in_place = [match for match in matches if not match.moved]  # in order on both sides
    starts = [match.old_start for match in in_place]
    replaced: set[Match] = set()
    made: list[Match] = []
    for i, i_end, j, j_end in _gaps(old, new, matches, in_place):
        if i_end - i + j_end - j < 2 or max(i_end - i, j_end - j) > _MOST_BLOCKS:
            continue
        first, last = bisect_left(starts, i), bisect_left(starts, i_end)
        inside = [match for match in in_place[first:last] if j <= match.new_start < j_end]
        if inside == [(i, i_end, j, j_end, False)]:
            continue  # one passage already
        fewest = _fewest(old, new, (i, i_end, j, j_end), inside)
        if fewest is not inside:
            replaced.update(inside)
            made += fewest
    if not (replaced or made):
        return list(matches)
    kept = [match for match in matches if match not in replaced]
    return sorted([*kept, *made], key=lambda match: match.new_start)


def _fewest(
    old: Sequence[Block], new: Sequence[Block], gap: tuple[int, int, int, int], inside: list[Match]
) -> list[Match]:
    """Return these matches of a gap, or such across the borders as mark fewer words."""
    i, i_end, j, j_end = gap
    olds, news = passages(old[i:i_end], new[j:j_end])
    lengths = (sum([len(block.tokens) for block in olds]), sum([len(block.tokens) for block in news]))
    if max(lengths) > _MOST_WORDS or lengths[0] * lengths[1] > CELLS:
        return inside
    before_tokens, after_tokens = tokens_of(olds), tokens_of(news)
    known: dict[Match, int] = {}
    best, marked = inside, _marked(old, new, gap, inside, known)
    # Beyond what would be enough the distance need not be known.
    most = int(marked / _ENOUGH) + 1
    enough = _ENOUGH * Indel.distance(*spelled(words_of(before_tokens), words_of(after_tokens)), score_cutoff=most)
    if marked <= enough:
        return best  # as most
    before, after = _Side(olds, before_tokens), _Side(news, after_tokens)
    pieces = list(_pieces(before, after, _equal_runs(word_hunks(before_tokens, after_tokens), lengths)))
    tried = [inside]
    last = (_LAST_LEVEL,) if len(olds) + len(news) >= _LONG else ()
    for evidence in (*_LEVELS, *last):
        joined = [Match(a + i, b + i, c + j, d + j) for a, b, c, d in _components(before, after, pieces, evidence)]
        joined += [match for match in inside if all(_apart(match, other) for other in joined)]
        if joined in tried:
            continue
        tried.append(joined)
        now = _marked(old, new, gap, joined, known)
        if now < marked:
            best, marked = joined, now
            if marked <= enough:
                break
    return best


class _Side:
    """One side of a gap: its tokens counted through, and how many of them up to each place are words."""

    def __init__(self, blocks: Sequence[Block], tokens: list[str]) -> None:
        self.tokens = tokens
        self.starts = list(accumulate([len(block.tokens) for block in blocks], initial=0))
        self._words = list(accumulate(are_words(self.tokens), initial=0))

    def words(self, start: int, end: int) -> int:
        """Count the words of a range of tokens."""
        return self._words[end] - self._words[start]

    def words_within(self, first: int, last: int) -> int:
        """Count the words of a range of blocks."""
        return self.words(self.starts[first], self.starts[last])

    def block_at(self, token: int) -> int:
        """Return the number of the block that contains a token."""
        return bisect_right(self.starts, token) - 1

    def tells(self, start: int, end: int) -> bool:
        """Return whether one of these tokens is a telling word."""
        return any(is_word(token) and token.lower() not in COMMON_WORDS for token in self.tokens[start:end])


def _apart(one: Match, other: Match) -> bool:
    """Return whether one match lies before the other on both sides, or behind it on both."""
    if one.old_end <= other.old_start:
        return one.new_end <= other.new_start
    return other.old_end <= one.old_start and other.new_end <= one.new_start


def _gaps(
    old: Sequence[Block], new: Sequence[Block], matches: Sequence[Match], in_place: Sequence[Match]
) -> Iterator[tuple[int, int, int, int]]:
    """Yield the ranges of blocks between untouched pairs and moved blocks, where both sides have some."""
    left = {i for m in matches if m.moved for i in range(m.old_start, m.old_end)}
    came = {j for m in matches if m.moved for j in range(m.new_start, m.new_end)}
    i = j = 0
    for old_start, old_end, new_start, new_end, _ in [*in_place, Match(len(old), len(old), len(new), len(new))]:
        if old_start < len(old) and not (
            old_end - old_start == new_end - new_start == 1 and old[old_start].key == new[new_start].key
        ):
            continue
        if i < old_start and j < new_start:
            moved = not left.isdisjoint(range(i, old_start)) or not came.isdisjoint(range(j, new_start))
            if not moved:
                yield i, old_start, j, new_start
        i, j = old_end, new_end


def _components(
    old: _Side, new: _Side, pieces: Sequence[_Piece], evidence: _Evidence
) -> list[tuple[int, int, int, int]]:
    """Return the ranges of blocks joined by runs of words, in order."""
    ranges: list[list[int]] = []
    for run, words, shorter, one, other in pieces:
        if not ((run >= evidence.run and words >= evidence.piece) or 0 < shorter <= words):
            continue
        last = ranges[-1] if ranges else None
        if last is not None and (one < last[1] or other < last[3]):
            last[1], last[3], last[4] = max(last[1], one + 1), max(last[3], other + 1), last[4] + words
        else:
            ranges.append([one, one + 1, other, other + 1, words])
    return [
        (a, b, c, d)
        for a, b, c, d, common in ranges
        if 2 * common >= evidence.alike * (old.words_within(a, b) + new.words_within(c, d))
    ]


def _pieces(old: _Side, new: _Side, runs: Iterable[tuple[int, int, int]]) -> Iterator[_Piece]:
    """Yield what is within one block on both sides of each run."""
    for i, i_end, j in runs:
        run = old.words(i, i_end) if old.tells(i, i_end) else 0
        for a, a_end, one, other in _within_blocks(old, new, i, i_end, j):
            shorter = min(old.words_within(one, one + 1), new.words_within(other, other + 1))
            yield _Piece(run, old.words(a, a_end), shorter, one, other)


def _equal_runs(hunks: Sequence[Hunk], lengths: tuple[int, int]) -> Iterator[tuple[int, int, int]]:
    """Yield the range of old tokens of each run between hunks, and where it begins in the new ones."""
    i = j = 0
    for hunk in [*hunks, Hunk(lengths[0], lengths[0], lengths[1], lengths[1])]:
        if hunk.old_start > i:
            yield i, hunk.old_start, j
        i, j = hunk.old_end, hunk.new_end


def _within_blocks(old: _Side, new: _Side, i: int, i_end: int, j: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield a run cut where a block ends on either side, with the numbers of both blocks."""
    one, other = old.block_at(i), new.block_at(j)
    while i < i_end:
        while old.starts[one + 1] <= i:
            one += 1
        while new.starts[other + 1] <= j:
            other += 1
        length = min(i_end - i, old.starts[one + 1] - i, new.starts[other + 1] - j)
        yield i, i + length, one, other
        i, j = i + length, j + length


def _marked(
    old: Sequence[Block],
    new: Sequence[Block],
    gap: tuple[int, int, int, int],
    inside: Sequence[Match],
    known: dict[Match, int],
) -> int:
    """Count the words marked in a gap with these matches; `known`: in each match that was counted before."""
    i, i_end, j, j_end = gap
    free_old, free_new = set(range(i, i_end)), set(range(j, j_end))
    marked = 0
    for match in inside:
        free_old.difference_update(range(match.old_start, match.old_end))
        free_new.difference_update(range(match.new_start, match.new_end))
        if match not in known:
            known[match] = _marked_in(old, new, match)
        marked += known[match]
    return marked + sum([old[n].words for n in free_old]) + sum([new[n].words for n in free_new])


def _marked_in(old: Sequence[Block], new: Sequence[Block], match: Match) -> int:
    olds, news = passages(old[match.old_start : match.old_end], new[match.new_start : match.new_end])
    before, after = tokens_of(olds), tokens_of(news)
    hunks = word_hunks(before, after) if before != after else ()
    marked = [token for hunk in hunks for token in before[hunk.old_start : hunk.old_end]]
    marked += [token for hunk in hunks for token in after[hunk.new_start : hunk.new_end]]
    return count_words(marked)
