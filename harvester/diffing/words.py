"""Find the words that differ between two passages, marked as a careful reader would mark them.

A hunk is a run of old tokens that a run of new ones replaces (either may be empty). Hunks are minimal first, then
joined where only small words are between two replacements, then moved to where a phrase begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from harvester.diffing.match.align import CELLS, common_subsequence, unique_anchors
from harvester.diffing.text.tokens import COMMON_WORDS, are_words, is_word

_REMEMBERED_TOKENS = 2000  # of both sides; all that are remembered take 16 MB at most
Pairs = list[tuple[int, int]]

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
    pairs = _equal_pairs(old, new)
    hunks = _complement(pairs, len(old), len(new))
    hunks = _join(hunks, old)
    for number in range(len(hunks)):
        hunks[number] = _slide(hunks, number, old, new)
    return tuple(hunks)


_remembered = lru_cache(maxsize=1024)(_word_hunks)


def _equal_pairs(old: tuple[str, ...], new: tuple[str, ...]) -> Pairs:
    if len(old) * len(new) <= CELLS:
        shorter = min(len(old), len(new))
        start = 0
        while start < shorter and old[start] == new[start]:
            start += 1
        end = 0
        while end < shorter - start and old[-1 - end] == new[-1 - end]:
            end += 1
        pairs = [(n, n) for n in range(start)]
        if start + end < shorter:
            middle = _most_words(*_numbered(old[start : len(old) - end], new[start : len(new) - end]))
            pairs += [(i + start, j + start) for i, j in middle]
        pairs += [(len(old) - n, len(new) - n) for n in range(end, 0, -1)]
        return pairs
    return _pairs_by_shingles(*_numbered(old, new))


def _numbered(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[list[int], list[int]]:
    """Return numbers for tokens: positive for words, negative for others."""
    different = list(dict.fromkeys((*old, *new)))
    words = enumerate(are_words(different), start=1)
    numbers = dict(zip(different, [n if is_one else -n for n, is_one in words], strict=True))
    return list(map(numbers.__getitem__, old)), list(map(numbers.__getitem__, new))


def _most_words(old: list[int], new: list[int]) -> Pairs:
    """Return equal tokens: as many words as can be, and the marks that are between the same two words."""
    old_places = [place for place, number in enumerate(old) if number > 0]
    new_places = [place for place, number in enumerate(new) if number > 0]
    words = common_subsequence([old[place] for place in old_places], [new[place] for place in new_places])
    places = [(old_places[a], new_places[b]) for a, b in words]
    pairs: Pairs = []
    i = j = 0
    for i_word, j_word in [*places, (len(old), len(new))]:
        if i < i_word and j < j_word:
            olds, news = old[i:i_word], new[j:j_word]
            if len(olds) == 1:
                if olds[0] in news:
                    pairs.append((i, j + news.index(olds[0])))
            elif len(news) == 1:
                if news[0] in olds:
                    pairs.append((i + olds.index(news[0]), j))
            elif not set(olds).isdisjoint(news):
                # Ends of their own, so that of equal marks the first is kept, beside the words before it.
                pairs += [(i + c, j + d) for c, d in common_subsequence([*olds, _END], [*news, -_END])]
        pairs.append((i_word, j_word))
        i, j = i_word + 1, j_word + 1
    return pairs[:-1]


def _pairs_by_shingles(old: list[int], new: list[int]) -> Pairs:
    """Return equal tokens of two very long passages: where unique shingles agree, and then between those.

    A stretch between two of them that is still too long for the quadratic algorithm is taken as replaced whole.
    """
    pairs: Pairs = []
    i = j = 0
    for i_anchor, j_anchor in [*unique_anchors(_shingles(old), _shingles(new)), (len(old), len(new))]:
        if (i_anchor - i) * (j_anchor - j) <= CELLS:
            pairs += ((i + a, j + b) for a, b in common_subsequence(old[i:i_anchor], new[j:j_anchor]))
        if i_anchor < len(old):
            pairs.append((i_anchor, j_anchor))
        i, j = i_anchor + 1, j_anchor + 1
    return pairs


def _shingles(numbers: list[int]) -> list[tuple[int, ...]]:
    return list(zip(*(numbers[offset:] for offset in range(_SHINGLE)), strict=False))


def _complement(pairs: Pairs, old_length: int, new_length: int) -> list[Hunk]:
    hunks = []
    i = j = 0
    for i_equal, j_equal in [*pairs, (old_length, new_length)]:
        if i_equal > i or j_equal > j:
            hunks.append(Hunk(i, i_equal, j, j_equal))
        i, j = i_equal + 1, j_equal + 1
    return hunks


def _join(hunks: list[Hunk], old: Sequence[str]) -> list[Hunk]:
    """Join two replacements into one hunk when what is left between them is too small to be read alone."""
    joined: list[Hunk] = []
    for hunk in hunks:
        last = joined[-1] if joined else None
        if (
            last is not None
            and hunk.old_start - last.old_end <= _CRUMB
            and _is_crumb(last, hunk, old[last.old_end : hunk.old_start])
        ):
            joined[-1] = Hunk(last.old_start, hunk.old_end, last.new_start, hunk.new_end)
        else:
            joined.append(hunk)
    return joined


def _is_crumb(left: Hunk, right: Hunk, between: Sequence[str]) -> bool:
    removes = left.old_end > left.old_start and right.old_end > right.old_start
    adds = left.new_end > left.new_start and right.new_end > right.new_start
    if not (removes and adds):
        return False
    if any(is_word(token) and token.lower() not in COMMON_WORDS for token in between):
        return False
    if not any(map(is_word, between)):
        return True
    smaller = min(
        left.old_end - left.old_start + left.new_end - left.new_start,
        right.old_end - right.old_start + right.new_end - right.new_start,
    )
    return smaller >= 3 * len(between) + 3


def _slide(hunks: list[Hunk], number: int, old: Sequence[str], new: Sequence[str]) -> Hunk:
    """Move a pure insertion or deletion, among the places that mean the same, to the one that reads best."""
    hunk = hunks[number]
    inserted = hunk.old_start == hunk.old_end
    if not inserted and hunk.new_start != hunk.new_end:
        return hunk
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
