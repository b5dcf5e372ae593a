"""The size of a change, and whether two texts say the same."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain

from harvester.diffing.change import Measures, Operation, OperationKind, passages, tokens_of
from harvester.diffing.text.blocks import Block, BlockKind
from harvester.diffing.text.tokens import count_words, tokenise

_AT_ONCE = 500  # characters


def visible_words(blocks: Sequence[Block]) -> list[str]:
    """Return what a reader sees: numbering, words and punctuation, in order; no bullets, emphasis, targets or white
    space.
    """
    words: list[str] = []
    for block in blocks:
        if block.label:
            words += tokenise(block.label)
        words += block.tokens
    return words


def say_the_same(old: Sequence[Block], new: Sequence[Block]) -> bool:
    """Return whether the visible words are equal, which makes a change cosmetic."""
    pairs = zip(old, new, strict=False)
    start = next(
        (n for n, (one, other) in enumerate(pairs) if one.key != other.key or one.label != other.label),
        min(len(old), len(new)),
    )
    old, new = old[start:], new[start:]
    return _characters_agree(old, new) and visible_words(old) == visible_words(new)


def _characters_agree(old: Sequence[Block], new: Sequence[Block]) -> bool:
    """Return whether the visible characters are equal, as they are wherever the words are: it is seen much faster, and
    at the first difference.
    """
    olds, news = _characters(old), _characters(new)
    one = other = ""
    while True:
        one, other = one or next(olds, ""), other or next(news, "")
        if not (one and other):
            return one == other
        length = min(len(one), len(other))
        if one[:length] != other[:length]:
            return False
        one, other = one[length:], other[length:]


def _characters(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the visible characters, some at a time."""
    for block in blocks:
        text = f"{block.label} {block.key}"
        for start in range(0, len(text), _AT_ONCE):
            if piece := "".join(text[start : start + _AT_ONCE].split()):
                yield piece


def measure(old: Sequence[Block], new: Sequence[Block], operations: Sequence[Operation]) -> Measures:
    """Return the measures of a change with these operations."""
    added = removed = moved = touched = 0
    whole: list[str] = []  # the visible texts that came or went
    for operation in operations:
        kind = operation.kind
        if kind is OperationKind.INSERT:
            for block in new[slice(*operation.new)]:
                added += block.words
                whole.append(block.key)
        elif kind is OperationKind.DELETE:
            for block in old[slice(*operation.old)]:
                removed += block.words
                whole.append(block.key)
        elif kind is OperationKind.MOVE or operation.hunks:
            sides = passages(old[slice(*operation.old)], new[slice(*operation.new)])
            before, after = map(tokens_of, sides)
            old_in_hunks = list(chain.from_iterable([before[start:end] for start, end, _, _ in operation.hunks]))
            new_in_hunks = list(chain.from_iterable([after[start:end] for _, _, start, end in operation.hunks]))
            added += count_words(new_in_hunks)
            removed += count_words(old_in_hunks)
            if kind is OperationKind.MOVE:
                moved += count_words(after) - count_words(new_in_hunks)
                touched += _size(before) + _size(after)
            else:
                touched += _size(new_in_hunks) + _size(old_in_hunks)
    touched += _visible(whole)
    total = _visible([block.key for block in (*old, *new)])
    headings = tuple(dict.fromkeys(_headings(old, new, operations)))
    return Measures(added, removed, moved, round(touched / total, 6) if total else 0.0, headings)


def _visible(texts: Sequence[str]) -> int:
    """Count the characters of some visible texts, white space not counted."""
    text = "".join(texts)
    return len(text) - text.count(" ")


def _size(tokens: Sequence[str]) -> int:
    return len("".join(tokens))


def _headings(old: Sequence[Block], new: Sequence[Block], operations: Sequence[Operation]) -> Iterator[str]:
    """Yield the heading over each touched block, in reading order."""
    sides = [
        (blocks, [place for place, block in enumerate(blocks) if block.kind is BlockKind.HEADING])
        for blocks in (old, new)
    ]
    seen: set[tuple[bool, int]] = set()
    last = [(0, 0), (0, 0)]  # of both sides: the blocks from the heading that was found last to the next one
    for operation in operations:
        if operation.kind is OperationKind.EQUAL and not operation.links:
            continue
        gone = operation.kind in (OperationKind.DELETE, OperationKind.AWAY)
        (blocks, places), (start, end) = (sides[0], operation.old) if gone else (sides[1], operation.new)
        if start == end or (last[gone][0] <= start and end <= last[gone][1]):
            continue
        first, behind = max(bisect_right(places, start) - 1, 0), bisect_left(places, end)
        # Nothing of a text is under a heading before the first one; a block is under itself.
        for place in places[first:behind]:
            if (gone, place) not in seen:
                seen.add((gone, place))
                if heading := blocks[place].inline.in_one_line():
                    yield heading
        if first < behind:
            last[gone] = places[behind - 1], places[behind] if behind < len(places) else len(blocks)
