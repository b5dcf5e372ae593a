"""Match old blocks to new ones: kept, edited, split, merged, moved.

In that order: equal blocks in order; long equal blocks out of order (moved); edited blocks between them, in order;
neighbours that a split or a merge explains; what moved with an edit, and small blocks that moved with their neighbour.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from harvester.diffing.match.align import align, heaviest_chain
from harvester.diffing.match.likeness import ALIKE_IN_PLACE, Passages
from harvester.diffing.text.blocks import Block, BlockKind

_MOVED_WORDS = 4  # a shorter equal block elsewhere is no move, unless its neighbour moved with it
_MOVED_AND_EDITED = 0.6  # least likeness of a block that both moved and was edited
_MOVED_AND_EDITED_WORDS = 8
_EDITED_IN_PLACE = 0.8  # likeness of a block in place to one that an equal block elsewhere would take away
_BESIDE = 32  # blocks of a gap that one of its blocks is compared with: more would cost the square of their number
_PART = 0.6  # least share of a part's telling words that the whole must hold; all of them where there are only two


class Match(NamedTuple):
    """Old blocks ``old_start:old_end`` became new blocks ``new_start:new_end``; `moved` if out of order."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int
    moved: bool = False

    def swapped(self) -> Match:
        """Return the same match read backwards."""
        return Match(self.new_start, self.new_end, self.old_start, self.old_end, self.moved)


def match_blocks(old: Sequence[Block], new: Sequence[Block]) -> list[Match]:
    """Return all matches, in the order of the new blocks; swapping the texts swaps each match."""
    old_keys, new_keys = [b.key for b in old], [b.key for b in new]
    if (len(new_keys), new_keys) < (len(old_keys), old_keys):
        return sorted((m.swapped() for m in match_blocks(new, old)), key=lambda m: m.new_start)
    return _Matcher(old, new, old_keys, new_keys).run()


def regroup_blocks(old: Sequence[Block], new: Sequence[Block]) -> list[Match]:
    """Return the matches of two texts that say the same: the smallest groups of blocks that begin and end at one
    word.
    """
    matches: list[Match] = []
    i = j = i_start = j_start = 0
    ahead = 0  # words that the old blocks taken so far are ahead of the new ones
    while i < len(old) or j < len(new):
        if ahead <= 0 and i < len(old):
            ahead += len(old[i].with_label_inside().tokens)
            i += 1
        else:
            ahead -= len(new[j].with_label_inside().tokens)
            j += 1
        if ahead == 0:
            matches.append(Match(i_start, i, j_start, j))
            i_start, j_start = i, j
    return matches


class _Matcher:
    """The matches found so far; blocks of neither side are matched twice."""

    def __init__(self, old: Sequence[Block], new: Sequence[Block], old_keys: list[str], new_keys: list[str]) -> None:
        self.old, self.new = old, new
        self.old_keys, self.new_keys = old_keys, new_keys
        self.passages = Passages(old, new)
        self.in_place: list[Match] = []
        self.moved: list[Match] = []
        self.free_old = set(range(len(old)))
        self.free_new = set(range(len(new)))

    def run(self) -> list[Match]:
        weights = [1 + len(key) for key in self.old_keys]
        equal = align(self.old_keys, self.new_keys, weights)
        self.in_place += [Match(i, i + 1, j, j + 1) for i, j in equal]
        self.free_old.difference_update([i for i, _ in equal])
        self.free_new.difference_update([j for _, j in equal])
        self._move_equal(least_words=_MOVED_AND_EDITED_WORDS, only_unique=True)
        self.passages.index(self.free_old, self.free_new)
        edited: list[Match] = []
        for olds, news in list(self._gaps()):
            edited += self._edit(olds, news)
        for match in edited:
            self._take(match)
        self._move_equal(least_words=_MOVED_WORDS, only_unique=False)
        self._move_edited()
        self._move_neighbours()
        return sorted(self.in_place + self.moved, key=lambda match: match.new_start)

    def _take(self, match: Match) -> None:
        (self.moved if match.moved else self.in_place).append(match)
        self.free_old.difference_update(range(match.old_start, match.old_end))
        self.free_new.difference_update(range(match.new_start, match.new_end))

    def _gaps(self) -> Iterator[tuple[list[int], list[int]]]:
        """Yield the free blocks between one equal pair and the next, where both sides have some."""
        i = j = 0
        end = Match(len(self.old), len(self.old), len(self.new), len(self.new))
        for match in [*sorted(self.in_place), end]:
            if i < match.old_start and j < match.new_start:
                olds = [n for n in range(i, match.old_start) if n in self.free_old]
                news = [n for n in range(j, match.new_start) if n in self.free_new]
                if olds and news:
                    yield olds, news
            i, j = match.old_end, match.new_end

    def _edit(self, olds: list[int], news: list[int]) -> list[Match]:
        pairs = heaviest_chain(self.passages.edits(olds, news))
        for gap in list(_sub_gaps(pairs, olds, news)):
            pairs += heaviest_chain(self.passages.edits(*gap, ALIKE_IN_PLACE))
        pairs.sort()
        spare_old = set(olds) - {i for i, _ in pairs}
        spare_new = set(news) - {j for _, j in pairs}
        matches = []
        for i, j in pairs:
            parts = self._parts("old", i, "new", j, spare_new)
            wholes = self._parts("new", j, "old", i, spare_old) if parts == (j, j + 1) else (i, i + 1)
            spare_new.difference_update(range(*parts))
            spare_old.difference_update(range(*wholes))
            matches.append(Match(*wholes, *parts))
        return matches

    def _parts(self, side: str, whole: int, other: str, part: int, spare: set[int]) -> tuple[int, int]:
        """Return the run of blocks around `part` into which block `whole` was split, `part` alone if it was not."""
        blocks = self.new if other == "new" else self.old
        words = self.passages.spelled(side, whole)
        beside = [index for index in (part - 1, part + 1) if index in spare]
        if not any(_may_hold(words, self.passages.spelled(other, index)) for index in beside):
            return part, part + 1  # as most
        left = Counter(words) - Counter(self.passages.spelled(other, part))
        start, end = part, part + 1

        def belongs(index: int) -> bool:
            if index not in spare or blocks[index].kind is BlockKind.HEADING:
                return False
            words = Counter(self.passages.spelled(other, index))
            held = words & left
            if held.total() < _least_held(words.total()):
                return False
            left.subtract(held)
            return True

        while belongs(end):
            end += 1
        while belongs(start - 1):
            start -= 1
        return start, end

    def _move_equal(self, least_words: int, only_unique: bool) -> None:
        shared = {self.old_keys[i] for i in self.free_old}.intersection([self.new_keys[j] for j in self.free_new])
        if not shared:
            return  # as most
        old_places, new_places = (
            self._places(free, keys, shared)
            for free, keys in ((self.free_old, self.old_keys), (self.free_new, self.new_keys))
        )
        equal = [(olds, new_places[key]) for key, olds in old_places.items()]
        if only_unique:
            equal = [(olds, news) for olds, news in equal if len(olds) * len(news) == 1]
        beside = self._beside({pair[0][0]: pair[1][0] for pair in equal}) if equal and only_unique else ({}, {})
        for olds, news in equal:
            if only_unique and self._stays(olds[0], news[0], *beside):
                continue
            if self.old[olds[0]].words >= least_words:
                for i, j in zip(olds, news, strict=False):
                    self._take(Match(i, i + 1, j, j + 1, moved=True))

    def _beside(self, equal: dict[int, int]) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
        """Return, for each old block of these pairs, the new blocks of its gap; and for each new one, the old ones.

        In a very long gap only those nearest to its place.
        """
        came = set(equal.values())
        of_old: dict[int, list[int]] = {}
        of_new: dict[int, list[int]] = {}
        for olds, news in self._gaps():
            of_old.update((i, _nearest(news, at, len(olds))) for at, i in enumerate(olds) if i in equal)
            of_new.update((j, _nearest(olds, at, len(news))) for at, j in enumerate(news) if j in came)
        return of_old, of_new

    def _stays(self, i: int, j: int, beside_old: dict[int, list[int]], beside_new: dict[int, list[int]]) -> bool:
        """Return whether both blocks have their like in place, so that each was edited there rather than moved."""
        of_old = max((self.passages.likeness(i, n).share for n in beside_old.get(i, ())), default=0)
        of_new = max((self.passages.likeness(n, j).share for n in beside_new.get(j, ())), default=0)
        return max(of_old, of_new) >= _EDITED_IN_PLACE

    @staticmethod
    def _places(free: set[int], keys: list[str], wanted: set[str]) -> dict[str, list[int]]:
        places: defaultdict[str, list[int]] = defaultdict(list)
        for index in sorted([index for index in free if keys[index] in wanted]):
            places[keys[index]].append(index)
        return places

    def _move_edited(self) -> None:
        olds = [i for i in sorted(self.free_old) if self.passages.size("old", i) >= _MOVED_AND_EDITED_WORDS]
        news = [j for j in sorted(self.free_new) if self.passages.size("new", j) >= _MOVED_AND_EDITED_WORDS]
        scored = [(self.passages.likeness(i, j).share, -i, -j) for i, j, _ in self.passages.edits(olds, news)]
        for share, i, j in sorted(scored, reverse=True):
            if share >= _MOVED_AND_EDITED and -i in self.free_old and -j in self.free_new:
                self._take(Match(-i, 1 - i, -j, 1 - j, moved=True))

    def _move_neighbours(self) -> None:
        """Move small equal blocks (a heading, a date) that are beside a moved block on both sides along with it."""
        queue = list(self.moved)
        while queue:
            match = queue.pop()
            for i, j in ((match.old_start - 1, match.new_start - 1), (match.old_end, match.new_end)):
                if i in self.free_old and j in self.free_new and self.old_keys[i] == self.new_keys[j]:
                    self._take(Match(i, i + 1, j, j + 1, moved=True))
                    queue.append(self.moved[-1])


def _least_held(words: int) -> float:
    """Return how many of the telling words of a part the whole must hold."""
    return words if words < 3 else _PART * words


def _may_hold(whole: str, part: str) -> bool:
    """Return whether a block may hold a part, however often it says a word."""
    return sum(map(whole.__contains__, part)) >= _least_held(len(part))


def _nearest(others: list[int], place: int, length: int) -> list[int]:
    """Return the blocks of the other side around the place that corresponds to `place` of `length`."""
    if len(others) <= _BESIDE:
        return others
    start = min(max(place * len(others) // length - _BESIDE // 2, 0), len(others) - _BESIDE)
    return others[start : start + _BESIDE]


def _sub_gaps(pairs: list[tuple[int, int]], olds: list[int], news: list[int]) -> Iterator[tuple[list[int], list[int]]]:
    """Yield what is left of a gap's blocks between one pair and the next, where both sides have some."""
    i = j = 0
    for i_pair, j_pair in [*pairs, (olds[-1] + 1, news[-1] + 1)]:
        i_end, j_end = bisect_left(olds, i_pair), bisect_left(news, j_pair)
        if i < i_end and j < j_end:
            yield olds[i:i_end], news[j:j_end]
        i, j = i_end + 1, j_end + 1
