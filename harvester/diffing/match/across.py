"""Passages that continue across the borders of blocks: split, merged, wrapped again, a row that became a row and a
list.

Between two untouched blocks, what is left is aligned word by word as if there were no borders. Blocks that then have a
run of words in common belong together, however many they are on each side; the matches are taken if fewer words are
marked than block by block. A run of three words is looked for first, since it reads best; shorter ones only where still
more is marked than a word diff without any blocks would have to. Two texts of which one has nothing to do
with the other are not aligned (`unlike`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain
from typing import NamedTuple

from rapidfuzz.distance import Indel

from harvester.diffing.change import passages, tokens_of
from harvester.diffing.match.align import CELLS
from harvester.diffing.match.letters import letters_of
from harvester.diffing.match.matching import Match
from harvester.diffing.match.unlike import are_unlike
from harvester.diffing.text.blocks import Block
from harvester.diffing.text.tokens import count_words, telling
from harvester.diffing.words import equal_runs, hunks_and_crumbs, word_hunks

_MOST_BLOCKS = 2000
_MOST_WORDS = 50_000
_NEARLY_ALL = 0.95  # of the words; where less is marked, the passages have something to do with each other
_ENOUGH = 1.02  # times the least words that could be marked: not worth to look again


class _Evidence(NamedTuple):
    """What shows that two blocks belong together."""

    run: int  # words in a row, one of them telling
    piece: int  # words of such a run on both sides of a border
    alike: float  # least share of words in common


_Piece = tuple[int, int, bool, int, int]
"""A part of a run of equal words, within one block on both sides: the words of the run (none if no word of it tells),
its own words, whether these are all words of the shorter block, and the numbers of the old and the new block."""

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
    lengths = [sum([len(block.tokens) for block in side]) for side in (old[i:i_end], new[j:j_end])]
    if max(lengths) > _MOST_WORDS or lengths[0] * lengths[1] > CELLS:
        return inside
    saved = _Saved(old, new)
    words = sum([block.words for block in (*old[i:i_end], *new[j:j_end])])
    best, marked = inside, words - saved.by(inside)
    nearly_all = marked > _NEARLY_ALL * words
    if nearly_all and are_unlike(_said(old[i:i_end]), _said(new[j:j_end])):
        return inside
    olds, news = passages(old[i:i_end], new[j:j_end])
    before_tokens, after_tokens = tokens_of(olds), tokens_of(news)
    if inside and not nearly_all:  # else as good as always more can be kept
        # Beyond what would be enough the distance need not be known.
        most = int(marked / _ENOUGH) + 1
        old_letters, new_letters = map("".join, letters_of(before_tokens, after_tokens))
        least = Indel.distance(old_letters, new_letters, score_cutoff=most)
        if marked <= _ENOUGH * least:
            return best  # as most
    before, after = _Side(olds), _Side(news)
    hunks, crumbs = hunks_and_crumbs(before_tokens, after_tokens)
    runs = [
        (start, end, other, count_words(before_tokens[start:end]))
        for start, end, other in equal_runs(hunks, (len(before_tokens), len(after_tokens)))
    ]
    kept = sum([run_words for *_, run_words in runs])
    with_labels = before.words_before[-1] + after.words_before[-1]
    saved[Match(i, i_end, j, j_end)] = 2 * kept - (with_labels - words)
    enough = _ENOUGH * (with_labels - 2 * (kept + crumbs))
    if marked <= enough:
        return best
    pieces = list(_pieces(before, after, runs, before_tokens))
    tried = [inside]
    last = (_LAST_LEVEL,) if len(olds) + len(news) >= _LONG else ()
    for evidence in (*_LEVELS, *last):
        joined = [Match(a + i, b + i, c + j, d + j) for a, b, c, d in _components(before, after, pieces, evidence)]
        joined += _apart(inside, joined)
        if joined in tried:
            continue
        tried.append(joined)
        now = words - saved.by(joined)
        if now < marked:
            best, marked = joined, now
            if marked <= enough:
                break
    return best


def _said(blocks: Sequence[Block]) -> list[str]:
    return list(chain.from_iterable([block.said for block in blocks]))


class _Saved(dict[Match, int]):
    """How many words of its blocks each match leaves unmarked."""

    def __init__(self, old: Sequence[Block], new: Sequence[Block]) -> None:
        super().__init__()
        self._old, self._new = old, new

    def by(self, matches: Iterable[Match]) -> int:
        """Return how many words these matches leave unmarked together."""
        return sum([self[match] for match in matches])

    def __missing__(self, match: Match) -> int:
        before, after = self._old[match.old_start : match.old_end], self._new[match.new_start : match.new_end]
        olds, news = passages(before, after)
        old_tokens, new_tokens = tokens_of(olds), tokens_of(news)
        hunks = word_hunks(old_tokens, new_tokens) if old_tokens != new_tokens else ()
        gone = count_words(chain.from_iterable([old_tokens[start:end] for start, end, _, _ in hunks]))
        kept = sum([block.words for block in olds]) - gone
        # Labels that are among the words of `passages` are none of the blocks' words.
        pairs = zip((*olds, *news), (*before, *after), strict=True)
        labels = sum([inside.words - block.words for inside, block in pairs if inside is not block])
        self[match] = 2 * kept - labels
        return self[match]


class _Side:
    """The blocks of one side of a gap: where each begins among the tokens counted through, and its words."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.starts = list(accumulate([len(block.tokens) for block in blocks], initial=0))
        self.words = [block.words for block in blocks]
        self.words_before = list(accumulate(self.words, initial=0))  # each block


def _apart(matches: Iterable[Match], others: Sequence[Match]) -> list[Match]:
    """Return those matches that lie before or behind each of the others, on both sides; all are in order."""
    apart = []
    at = 0
    for match in matches:
        while at < len(others) and others[at].old_end <= match.old_start and others[at].new_end <= match.new_start:
            at += 1
        following = others[at] if at < len(others) else None
        if following is None or (match.old_end <= following.old_start and match.new_end <= following.new_start):
            apart.append(match)
    return apart


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
    least_run, least_piece, alike = evidence
    ranges: list[list[int]] = []
    for run, words, is_block, one, other in pieces:
        if not (is_block or (run >= least_run and words >= least_piece)):
            continue
        last = ranges[-1] if ranges else None
        if last is not None and (one < last[1] or other < last[3]):
            last[1], last[3], last[4] = one + 1, other + 1, last[4] + words  # pieces are in order on both sides
        else:
            ranges.append([one, one + 1, other, other + 1, words])
    olds, news = old.words_before, new.words_before
    return [
        (a, b, c, d) for a, b, c, d, common in ranges if 2 * common >= alike * (olds[b] - olds[a] + news[d] - news[c])
    ]


def _pieces(
    old: _Side, new: _Side, runs: Iterable[tuple[int, int, int, int]], old_tokens: Sequence[str]
) -> Iterator[_Piece]:
    """Yield each run, with how many of its tokens are words, cut where a block ends on either side."""
    one = other = 0
    one_end, other_end = old.starts[1], new.starts[1]
    for i, i_end, j, words in runs:
        if not words:
            continue
        start, run = i, words if any(telling(old_tokens[i:i_end])) else 0
        while i < i_end:
            while one_end <= i:
                one += 1
                one_end = old.starts[one + 1]
            while other_end <= j:
                other += 1
                other_end = new.starts[other + 1]
            end = min(i_end, one_end, i + other_end - j)
            if length := words if end - i == i_end - start else count_words(old_tokens[i:end]):
                yield run, length, length >= min(old.words[one], new.words[other]), one, other
            i, j = end, j + end - i
