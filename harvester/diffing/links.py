"""Links whose words stayed and whose target changed, and the page that a link leads to."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, groupby

from harvester.diffing.change import LinkChange
from harvester.diffing.text.blocks import Block
from harvester.diffing.text.tokens import PIECE, count_tokens, is_word, token_spans, tokenise
from harvester.diffing.words import Hunk

_ADDRESS = re.compile(r"://[^\s()]*+")
_OF_TARGETS = re.compile(r"^(?:mailto:|https?://(?:www\.)?|www\.)", re.IGNORECASE)
_ROUTES = ("/", "!")
"""How what stands behind the number sign begins where it names a page of a site that is one file."""


def link_changes(old: Sequence[Block], new: Sequence[Block], hunks: Sequence[Hunk]) -> tuple[LinkChange, ...]:
    """Return the link changes among the tokens that `hunks` leave equal, each once, in order."""
    if not hunks and [block.inline.links for block in old] == [block.inline.links for block in new]:
        return ()
    if not any(block.inline.links for block in (*old, *new)):
        return ()
    olds, news = _targets(old), _targets(new)
    starts = list(accumulate([len(block.tokens) for block in new], initial=0))
    spans: dict[int, list[tuple[int, int]]] = {}  # of the tokens of a block
    changes: dict[LinkChange, None] = {}
    i = j = 0
    for hunk in [*hunks, Hunk(len(olds), len(olds), len(news), len(news))]:
        before, after = olds[i : hunk.old_start], news[j : hunk.new_start]
        if before != after:  # as few are
            tokens = zip(before, after, range(j, hunk.new_start), strict=True)
            groups = groupby(tokens, lambda token: (token[0], token[1], bisect_right(starts, token[2]) - 1))
            for (was, is_, number), group in groups:
                if was == is_:
                    continue
                if number not in spans:
                    spans[number] = token_spans(new[number].inline.normalised)
                places = [spans[number][place - starts[number]] for _, _, place in group]
                text = new[number].inline.visible[places[0][0] : places[-1][1]]
                if any(map(is_word, tokenise(text))):
                    changes[LinkChange(" ".join(text.split()), was, is_)] = None
        i, j = hunk.old_end, hunk.new_end
    return tuple(changes)


def _targets(blocks: Sequence[Block]) -> list[str | None]:
    """Return, for each token, the target of the link that it begins in."""
    targets: list[str | None] = []
    for block in blocks:
        targets += _targets_in(block) if block.inline.links else [None] * len(block.tokens)
    return targets


def _targets_in(block: Block) -> list[str | None]:
    """Return the same of one block with links; what stands between them is only counted."""
    text = block.inline.normalised
    targets: list[str | None] = []
    links = iter(block.inline.links)
    link = next(links, None)
    at = 0
    while link is not None:
        between = text[at : link.start].split()
        begin = max(at, link.start)
        if begin > at and not text[begin - 1].isspace():
            begin -= len(between.pop())  # a link may begin within what has no space
        targets += [None] * count_tokens(between)
        piece = PIECE.search(text, begin)
        if piece is None:
            break
        for start, end in token_spans(piece[0]):
            while link is not None and link.end <= piece.start() + start:
                link = next(links, None)
            targets.append(link.value if link is not None and link.start < piece.start() + end else None)
        at = piece.end()
    return targets + [None] * count_tokens(text[at:].split())


def page_of(target: str) -> str:
    """Return the target of a link without what an e-mail to it begins with, and without the place of a page."""
    if target.startswith("mailto:"):
        return target.partition("?")[0]
    page, _, place = target.partition("#")
    return target if place.startswith(_ROUTES) else page.rstrip("/")


def without_last_slashes(text: str) -> str:
    """Return a text without the slashes at the ends of the addresses in it."""
    return _ADDRESS.sub(_without_last_slash, text)


def _without_last_slash(address: re.Match[str]) -> str:
    ends = address.string[address.end() : address.end() + 1] != "("
    return address[0][:-1] if ends and address[0].endswith("/") and address[0] != "://" else address[0]


def spells_out(words: str, target: str) -> bool:
    """Return whether a link says nothing but where it leads: its words are its address."""
    if " " in (said := words.strip()) or not ("@" in said or "." in said):
        return False  # as most
    address = target.partition("?")[0] if target.startswith("mailto:") else target
    one, other = (_OF_TARGETS.sub("", text).rstrip("/").casefold() for text in (said, address))
    return one == other
