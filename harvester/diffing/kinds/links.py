"""The target of a link: another address of the same page, or another way of exercising a right."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from harvester.diffing.change import LinkChange
from harvester.diffing.kinds.vocabulary import RIGHTS
from harvester.diffing.text.blocks import Block

_WORD = re.compile(r"[^\W\d_]{3,}")
_SENTENCE = re.compile(r"[.!?。！？]\s+|\n")
_SAME = 5  # first letters that make two words of addresses one
_OF_PATHS_WORDS = "www com org net http https html htm php aspx pages page articles article help hc answer and the for"
_OF_PATHS = frozenset(_OF_PATHS_WORDS.split())


def is_of_a_right(change: LinkChange, blocks: tuple[Block, ...]) -> bool:
    """Return whether the link is where a reader is shown how to exercise a right or to reach the company."""
    targets = (change.old or "", change.new or "")
    if _without_query(targets[0]) == _without_query(targets[1]):
        return False  # the same page in another language or at another place, the same address with another subject
    if any(target.startswith(("mailto:", "tel:")) for target in targets):
        return True
    return any(_sentences(block.inline.visible).of_a_right(change.text) for block in blocks)


def _without_query(target: str) -> str:
    return re.split(r"[?#]", target, maxsplit=1)[0].casefold()


class _Sentences:
    """The text of a block, cut into sentences once, of which each is searched once: a block may have many links."""

    def __init__(self, visible: str) -> None:
        self._text = " ".join(visible.split())
        cuts = [match.span() for match in _SENTENCE.finditer(self._text)]
        self._starts, self._ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(self._text)]
        self._known: dict[tuple[int, int], bool] = {}

    def of_a_right(self, words: str) -> bool:
        """Return whether a sentence that contains these words is of a right."""
        at = self._text.find(words)
        while at >= 0:
            first = self._starts[bisect_right(self._starts, at) - 1]
            last = self._ends[bisect_left(self._ends, at + len(words))]
            if (first, last) not in self._known:
                self._known[first, last] = RIGHTS.search(self._text[first:last].lower()) is not None
            if self._known[first, last]:
                return True
            at = self._text.find(words, at + 1)
        return False


@lru_cache(maxsize=64)
def _sentences(visible: str) -> _Sentences:
    return _Sentences(visible)


def names_another_subject(change: LinkChange) -> bool:
    """Return whether both addresses are written in words, and have none in common."""
    old, new = (_words(target) for target in (change.old, change.new))
    return len(old) >= 2 and len(new) >= 2 and not any(a[:_SAME] == b[:_SAME] for a in old for b in new)


def _words(target: str | None) -> set[str]:
    parts = urlsplit(unquote(target or ""))
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", f"{parts.path} {parts.query}")
    return {word.lower() for word in _WORD.findall(split)} - _OF_PATHS
