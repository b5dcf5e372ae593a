"""The target of a link: another address of the same page, or another way of exercising a right."""

from __future__ import annotations

import re
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
    if any(target.startswith(("mailto:", "tel:")) for target in targets):
        return True
    return any(RIGHTS.search(sentence) for sentence in _around(change, blocks))


def _around(change: LinkChange, blocks: tuple[Block, ...]) -> list[str]:
    """Return the sentences, in lower case, that contain the link's words."""
    found = []
    for block in blocks:
        visible = " ".join(block.inline.visible.split())
        at = visible.find(change.text)
        while at >= 0:
            start = max((m.end() for m in _SENTENCE.finditer(visible, 0, at)), default=0)
            end = next((m.start() for m in _SENTENCE.finditer(visible, at + len(change.text))), len(visible))
            found.append(visible[start:end].lower())
            at = visible.find(change.text, at + 1)
    return found


def names_another_subject(change: LinkChange) -> bool:
    """Return whether both addresses are written in words, and have none in common."""
    old, new = (_words(target) for target in (change.old, change.new))
    return len(old) >= 2 and len(new) >= 2 and not any(a[:_SAME] == b[:_SAME] for a in old for b in new)


def _words(target: str | None) -> set[str]:
    parts = urlsplit(unquote(target or ""))
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", f"{parts.path} {parts.query}")
    return {word.lower() for word in _WORD.findall(split)} - _OF_PATHS
