"""Whether two passages are two texts: of one language, and nothing else in common.

What a word diff keeps of them is single words here and there, which are harder to read than a text removed and one
added.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import compress, count

_IN_COMMON = 0.01
"""Least share of the runs of three words of the shorter side that the other side has too: of unlike policies nearly all
share more."""
_KEPT = 7  # words in a row, which are no coincidence
_ASKED = 2000  # runs of the shorter side, evenly spread
_SHORT = 100  # words; in so short a passage a run more or less tells nothing


def are_unlike(old: list[str], new: list[str]) -> bool:
    """Return whether hardly a run of three words is on both sides, and none of many words, whichever is the old one."""
    shorter, longer = sorted((old, new), key=lambda words: (len(words), words))
    if len(shorter) < _SHORT:
        return False
    step = max(len(shorter) // _ASKED, 1)
    runs = zip(shorter[::step], shorter[1::step], shorter[2::step], strict=False)
    asked = dict(zip(runs, range(0, len(shorter), step), strict=False))
    others = zip(longer, longer[1:], longer[2:], strict=False)
    places = list(compress(count(), map(asked.__contains__, others)))
    found = [asked[longer[place], longer[place + 1], longer[place + 2]] for place in places]
    if len(set(found)) >= _IN_COMMON * len(asked):
        return False
    return not any(map(partial(_continues, shorter, longer), found, places))


def _continues(one: Sequence[str], other: Sequence[str], i: int, j: int) -> bool:
    """Return whether the run of equal words around these two places is of many words."""
    start = end = 0
    while end < _KEPT and one[i + end : i + end + 1] == other[j + end : j + end + 1] != []:
        end += 1
    while start < min(i, j, _KEPT) and one[i - start - 1] == other[j - start - 1]:
        start += 1
    return start + end >= _KEPT
