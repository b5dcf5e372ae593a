"""Passages that continue across the borders of blocks: split, merged, wrapped again, a row that became a row and a
list.

Between two untouched blocks, what is left is aligned word by word as if there were no borders. Blocks that then have a
run of words in common belong together, however many they are on each side; the matches are taken if fewer words are
marked than block by block. A run of three words is looked for first, since it reads best; shorter ones only where still
more is marked than a word diff without any blocks would have to.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel

from harvester.diffing.change import passages, tokens_of
from harvester.diffing.match.align import CELLS
from harvester.diffing.match.matching import Match
from harvester.diffing.text.blocks import Block
from harvester.diffing.text.tokens import COMMON_WORDS, count_words, words_of
from harvester.diffing.words import Hunk, word_hunks

_MOST_BLOCKS = 2000
_MOST_WORDS = 50_000
_ENOUGH = 1.02  # times the least words that could be marked: not worth to look again


class _Evidence(NamedTuple):
    """What shows that two blocks belong together."""

    run: int  # words in a row, one of them telling
    piece: int  # words of such a run on both sides of a border
    alike: float  # least share of words in common


_LEVELS = (_Evidence(3, 2, 0.3), _Evidence(2, 1, 0.15), _Evidence(1, 1, 0.1))
_LAST_LEVEL = _Evidence(0, 1, 0.0)  # of long rewrites, in which a word diff without any blocks finds far more
_LONG = 12  # blocks of both sides


def rejoin(old: Sequence[Block], new: Sequence[Block], matches: Sequence[Match]) -> list[Match]:
    """Return the matches, with those between untouched blocks made across the borders where that marks less."""
    in_place = sorted(match for match in matches if not match.moved)
    starts = [match.old_start for match in in_place]
    kept = set(matches)
    made: list[Match] = []
    for i, i_end, j, j_end in _gaps(old, new, matches):
        if i_end - i + j_end - j < 2 or max(i_end - i, j_end - j) > _MOST_BLOCKS:
            continue
        first, last = bisect_left(starts, i), bisect_left(starts, i_end)
        inside = [match for match in in_place[first:last] if j <= match.new_start < j_end]
        kept.difference_update(inside)
        made += _fewest(old, new, (i, i_end, j, j_end), inside)
    return sorted([*kept, *made], key=lambda match: match.new_start)


def _fewest(
    old: Sequence[Block], new: Sequence[Block], gap: tuple[int, int, int, int], inside: list[Match]
) -> list[Match]:
    """Return these matches of a gap, or such across the borders as mark fewer words."""
    i, i_end, j, j_end = gap
    olds, news = passages(old[i:i_end], new[j:j_end])
    before, after = tokens_of(olds), tokens_of(news)
    if max(len(before), len(after)) > _MOST_WORDS or len(before) * len(after) > CELLS:
        return inside
    best, marked = inside, _marked(old, new, gap, inside)
    enough = _ENOUGH * Indel.distance(words_of(before), words_of(after))
    hunks: Sequence[Hunk] | None = None
    last = (_LAST_LEVEL,) if len(olds) + len(news) >= _LONG else ()
    for evidence in (*_LEVELS, *last):
        if marked <= enough:
            break
        hunks = word_hunks(before, after) if hunks is None else hunks
        joined = [Match(a + i, b + i, c + j, d + j) for a, b, c, d in _components(olds, news, hunks, evidence)]
        joined += [match for match in inside if all(_apart(match, other) for other in joined)]
        now = _marked(old, new, gap, joined)
        if now < marked:
            best, marked = joined, now
    return best


def _apart(one: Match, other: Match) -> bool:
    """Return whether one match lies before the other on both sides, or behind it on both."""
    if one.old_end <= other.old_start:
        return one.new_end <= other.new_start
    return other.old_end <= one.old_start and other.new_end <= one.new_start


def _gaps(old: Sequence[Block], new: Sequence[Block], matches: Sequence[Match]) -> Iterator[tuple[int, int, int, int]]:
    """Yield the ranges of blocks between untouched pairs and moved blocks, where both sides have some."""
    left = {i for m in matches if m.moved for i in range(m.old_start, m.old_end)}
    came = {j for m in matches if m.moved for j in range(m.new_start, m.new_end)}
    i = j = 0
    for match in [*sorted(m for m in matches if not m.moved), Match(len(old), len(old), len(new), len(new))]:
        is_end = match.old_start == len(old)
        untouched = (
            not is_end
            and match.old_end - match.old_start == match.new_end - match.new_start == 1
            and old[match.old_start].key == new[match.new_start].key
        )
        if not (is_end or untouched):
            continue
        if i < match.old_start and j < match.new_start:
            moved = left & set(range(i, match.old_start)) or came & set(range(j, match.new_start))
            if not moved:
                yield i, match.old_start, j, match.new_start
        i, j = match.old_end, match.new_end


def _components(
    olds: Sequence[Block], news: Sequence[Block], hunks: Sequence[Hunk], evidence: _Evidence
) -> list[tuple[int, int, int, int]]:
    """Return the ranges of blocks joined by runs of words, in order."""
    old_tokens, new_tokens = tokens_of(olds), tokens_of(news)
    old_blocks, new_blocks = _numbers(olds), _numbers(news)
    ranges: list[list[int]] = []
    for i, i_end, j, _ in _equal_runs(hunks, len(old_tokens), len(new_tokens)):
        run_tells = _tells(old_tokens[i:i_end], evidence.run)
        for a, a_end, b in _within_blocks(old_blocks, new_blocks, i, i_end, j):
            one, other = old_blocks[a], new_blocks[b]
            words = count_words(old_tokens[a:a_end])
            shorter = min(count_words(olds[one].tokens), count_words(news[other].tokens))
            if not ((run_tells and words >= evidence.piece) or 0 < shorter <= words):
                continue
            last = ranges[-1] if ranges else None
            if last is not None and (one < last[1] or other < last[3]):
                last[1], last[3], last[4] = max(last[1], one + 1), max(last[3], other + 1), last[4] + words
            else:
                ranges.append([one, one + 1, other, other + 1, words])
    return [(a, b, c, d) for a, b, c, d, common in ranges if _are_alike(olds[a:b], news[c:d], common, evidence.alike)]


def _are_alike(olds: Sequence[Block], news: Sequence[Block], common: int, alike: float) -> bool:
    return 2 * common >= alike * (count_words(tokens_of(olds)) + count_words(tokens_of(news)))


def _numbers(blocks: Sequence[Block]) -> list[int]:
    return [number for number, block in enumerate(blocks) for _ in block.tokens]


def _equal_runs(hunks: Sequence[Hunk], old_length: int, new_length: int) -> Iterator[tuple[int, int, int, int]]:
    i = j = 0
    for hunk in [*hunks, Hunk(old_length, old_length, new_length, new_length)]:
        if hunk.old_start > i:
            yield i, hunk.old_start, j, hunk.new_start
        i, j = hunk.old_end, hunk.new_end


def _within_blocks(
    old_blocks: Sequence[int], new_blocks: Sequence[int], i: int, i_end: int, j: int
) -> Iterator[tuple[int, int, int]]:
    """Yield a run cut where a block ends on either side."""
    start = i
    for place in range(i + 1, i_end + 1):
        ends = place == i_end or (
            old_blocks[place] != old_blocks[place - 1] or new_blocks[j + place - i] != new_blocks[j + place - i - 1]
        )
        if ends:
            yield start, place, j + start - i
            start = place


def _tells(run: Sequence[str], least: int) -> bool:
    words = words_of(run)
    return not least or (len(words) >= least and any(word.lower() not in COMMON_WORDS for word in words))


def _marked(old: Sequence[Block], new: Sequence[Block], gap: tuple[int, int, int, int], inside: Sequence[Match]) -> int:
    """Count the words marked in a gap with these matches."""
    i, i_end, j, j_end = gap
    free_old, free_new = set(range(i, i_end)), set(range(j, j_end))
    marked = 0
    for match in inside:
        free_old.difference_update(range(match.old_start, match.old_end))
        free_new.difference_update(range(match.new_start, match.new_end))
        olds, news = passages(old[match.old_start : match.old_end], new[match.new_start : match.new_end])
        before, after = tokens_of(olds), tokens_of(news)
        for hunk in word_hunks(before, after) if before != after else ():
            marked += count_words(before[hunk.old_start : hunk.old_end])
            marked += count_words(after[hunk.new_start : hunk.new_end])
    return (
        marked + sum(count_words(old[n].tokens) for n in free_old) + sum(count_words(new[n].tokens) for n in free_new)
    )
