"""Links whose words stayed and whose target changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from harvester.diffing.change import LinkChange
from harvester.diffing.text.blocks import Block
from harvester.diffing.text.tokens import TOKEN, is_word, normalise, tokenise
from harvester.diffing.words import Hunk


def link_changes(old: Sequence[Block], new: Sequence[Block], hunks: Sequence[Hunk]) -> tuple[LinkChange, ...]:
    """Return the link changes among the tokens that `hunks` leave equal, each once, in order."""
    if not hunks and [block.inline.links for block in old] == [block.inline.links for block in new]:
        return ()
    if not any(block.inline.links for block in (*old, *new)):
        return ()
    old_places, new_places = _places(old), _places(new)
    changes: dict[LinkChange, None] = {}
    for run in _equal_runs(hunks, len(old_places), len(new_places)):
        pairs = [(old_places[i].target, new_places[j]) for i, j in run]
        for (before, after, _), group in groupby(pairs, key=lambda pair: (pair[0], pair[1].target, pair[1].block)):
            places = [place for _, place in group]
            text = new[places[0].block].inline.visible[places[0].start : places[-1].end]
            if before != after and any(map(is_word, tokenise(text))):
                changes[LinkChange(" ".join(text.split()), before, after)] = None
    return tuple(changes)


def _equal_runs(hunks: Sequence[Hunk], old_length: int, new_length: int) -> Iterator[Iterator[tuple[int, int]]]:
    i = j = 0
    for hunk in [*hunks, Hunk(old_length, old_length, new_length, new_length)]:
        yield zip(range(i, hunk.old_start), range(j, hunk.new_start), strict=True)
        i, j = hunk.old_end, hunk.new_end


class _Place(NamedTuple):
    """The place of a token: its block, its characters there, and the target of the link that it begins in."""

    block: int
    start: int
    end: int
    target: str | None


def _places(blocks: Sequence[Block]) -> list[_Place]:
    places: list[_Place] = []
    for number, block in enumerate(blocks):
        links = list(block.inline.links)
        for token in TOKEN.finditer(normalise(block.inline.visible)):
            while links and links[0].end <= token.start():
                links.pop(0)
            target = links[0].value if links and links[0].start < token.end() else None
            places.append(_Place(number, token.start(), token.end(), target))
    return places
