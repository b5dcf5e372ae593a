"""The likeness of two blocks, and which blocks are worth comparing.

Likeness is counted in telling words (COMMON_WORDS left out), in order, so that two unrelated paragraphs of the
same language are not alike. Blocks of a large gap are proposed to each other by shared runs of three words, not
all by all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from itertools import compress
from typing import NamedTuple
from zlib import crc32

from rapidfuzz.distance import LCSseq

from harvester.diffing.match.letters import letters_of_telling
from harvester.diffing.text.blocks import Block, BlockKind
from harvester.diffing.text.tokens import COMMON_WORDS, Remembered, is_word

_ALL_BY_ALL = 256  # a gap of so many pairs is small enough to score each
_POPULAR = 8  # a run of words in more blocks than this tells nothing about one of them
_CANDIDATES = 8  # blocks scored for one block of a large gap
_VOTES = 16  # a candidate must share one run in so many
_LONG = 40  # telling words; a third of the runs of so long a passage is enough to find its like
_GROWN = 16  # so many times as long a passage holds some few words of any other
_CELLS = 4_000_000  # beyond it likeness is counted from runs of words, which is linear

ALIKE = 0.45
"""Least share of telling words in common for one block to be an edit of the other."""

ALIKE_IN_PLACE = 0.25
"""The same if both are between the same neighbours, and nothing fits better."""

CONTAINED = 0.75
"""Least share of the shorter block's telling words for the longer one to be the shorter one grown."""


class Likeness(NamedTuple):
    """Telling words in common, in order, and the telling words of each side."""

    common: int
    old: int
    new: int

    @property
    def share(self) -> float:
        """0 (nothing in common) to 1 (the same telling words)."""
        return 2 * self.common / (self.old + self.new) if self.old + self.new else 0.0

    def is_edit(self, alike: float) -> bool:
        """Return whether to show one as an edit of the other: alike enough, or grown out of it."""
        common, old, new = self
        if not common:
            return False  # as most
        shorter, longer = (old, new) if old <= new else (new, old)
        grown = shorter >= 3 and longer <= _GROWN * shorter and common >= CONTAINED * shorter
        return grown or self.share >= alike


def _number_of(token: str) -> int:
    """Return a number for a token whatever its case, the same in every comparison: positive for a telling word,
    negative for any other token.
    """
    lowered = token.lower()
    number = 2 + crc32(lowered.encode("utf-8", "surrogatepass"))
    return number if lowered not in COMMON_WORDS and is_word(lowered) else -number


def _number_of_telling(token: str) -> int:
    return max(_number_of(token), 0)


_numbers = Remembered(_number_of)
_numbers_of_telling = Remembered(_number_of_telling)


class Passages:
    """The blocks of both texts as numbers of telling words."""

    def __init__(self, old: Sequence[Block], new: Sequence[Block]) -> None:
        self._blocks = {"old": old, "new": new}
        self._telling: dict[str, dict[int, list[int]]] = {"old": {}, "new": {}}
        self._free: tuple[Collection[int], Collection[int]] = (), ()
        self._likeness: dict[tuple[int, int], Likeness] = {}
        self._letters = letters_of_telling()
        self._spelled: dict[str, dict[int, str]] = {"old": {}, "new": {}}

    def telling(self, side: str, index: int) -> list[int]:
        """Return the telling words of a block, as numbers; all its tokens if it has fewer than three."""
        telling = self._telling[side]
        known = telling.get(index)
        if known is None:
            tokens = self._blocks[side][index].tokens
            known = list(filter(None, map(_numbers_of_telling.__getitem__, tokens)))
            if len(known) < 3:
                known = list(map(_numbers.__getitem__, tokens))
            telling[index] = known
        return known

    def likeness(self, i: int, j: int) -> Likeness:
        """Return how much old block `i` and new block `j` have in common, in order; very long ones in runs of it."""
        known = self._likeness.get((i, j))
        if known is None:
            known = self._likeness[i, j] = self._found(i, j)
        return known

    def _found(self, i: int, j: int) -> Likeness:
        if len(self._blocks["old"][i].tokens) * len(self._blocks["new"][j].tokens) > _CELLS:
            old, new = self.telling("old", i), self.telling("new", j)
            if len(old) * len(new) > _CELLS:
                old_runs, new_runs = runs(old), runs(new)
                return Likeness(len(old_runs & new_runs), len(old_runs), len(new_runs))
        one, other = self.spelled("old", i), self.spelled("new", j)
        return Likeness(LCSseq.similarity(one, other), len(one), len(other))

    def size(self, side: str, index: int) -> int:
        """Return how many telling words a block has."""
        known = self._telling[side].get(index)
        return len(self.spelled(side, index)) if known is None else len(known)

    def spelled(self, side: str, index: int) -> str:
        """Return the same words as `telling`, each as a letter."""
        spelled = self._spelled[side]
        known = spelled.get(index)
        if known is None:
            tokens = self._blocks[side][index].tokens
            known = "".join(map(self._letters.__getitem__, tokens))
            if len(known) < 3:
                known = "".join(map(self._letters.of_all.__getitem__, map(str.lower, tokens)))
            spelled[index] = known
        return known

    def index(self, olds: Collection[int], news: Collection[int]) -> None:
        """Take these blocks as those of the gaps, to be indexed when one of the gaps is large."""
        self._free = list(olds), list(news)

    @cached_property
    def _near(self) -> dict[int, list[int]]:
        """For each old block of the gaps, the few of the new ones that share the most runs of words with it."""
        olds, news = self._free
        old_runs = {i: runs(self.telling("old", i)) for i in olds}
        of_old = set[tuple[int, ...]]().union(*old_runs.values())
        holders: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
        for j in news:
            for run in of_old.intersection(_each_run(self.telling("new", j))):
                holders[run].append(j)
        shared = set(holders)
        near: dict[int, list[int]] = {}
        for i, found in old_runs.items():
            if found.isdisjoint(shared):
                continue
            votes: defaultdict[int, int] = defaultdict(int)
            for run in found & shared:
                if len(holding := holders[run]) <= _POPULAR:
                    for j in holding:
                        votes[j] += 1
            enough = 1 + len(found) // _VOTES
            ranked = sorted((-count, j) for j, count in votes.items() if count >= enough)
            near[i] = [j for _, j in ranked[:_CANDIDATES]]
        return near

    def edits(self, olds: Sequence[int], news: Sequence[int], alike: float = ALIKE) -> list[tuple[int, int, int]]:
        """Yield pairs ``(i, j, weight)`` of these blocks of which one may be an edit of the other."""
        found = []
        for i, j in self._candidates(olds, news):
            like = self.likeness(i, j)
            if not like.is_edit(alike):
                continue  # as most
            one, other = self._blocks["old"][i], self._blocks["new"][j]
            headings = (one.kind is BlockKind.HEADING) + (other.kind is BlockKind.HEADING)
            if headings != 1 or like.share >= 0.8:
                found.append((i, j, 1 + like.common))
        return found

    def _candidates(self, olds: Sequence[int], news: Sequence[int]) -> list[tuple[int, int]]:
        if len(olds) * len(news) <= _ALL_BY_ALL:
            return [(i, j) for i in olds for j in news]
        wanted = set(news)
        return [(i, j) for i in olds for j in self._near.get(i, ()) if j in wanted]


def runs(words: list[int]) -> set[tuple[int, ...]]:
    """Return runs of three words (the whole, if it is shorter); of a long passage the third that the first word
    picks.
    """
    return set(_each_run(words))


def _each_run(words: list[int]) -> Iterable[tuple[int, ...]]:
    if len(words) < 3:
        return [tuple(words)]
    triples = zip(words, words[1:], words[2:], strict=False)
    return triples if len(words) <= _LONG else compress(triples, [not word % 3 for word in words])
