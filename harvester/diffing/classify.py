"""The size of a change, and whether two texts say the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harvester.diffing.change import Measures, Operation, OperationKind, passages, tokens_of
from harvester.diffing.text.blocks import Block, BlockKind
from harvester.diffing.text.tokens import count_words, tokenise


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
    if _length(old) != _length(new):
        return False
    return _visible_characters(old) == _visible_characters(new) and visible_words(old) == visible_words(new)


def _length(blocks: Sequence[Block]) -> int:
    """Count the visible characters, without white space."""
    labels = "".join([block.label for block in blocks])
    return sum([block.size for block in blocks]) + len("".join(labels.split()))


def _visible_characters(blocks: Sequence[Block]) -> str:
    """Return a string that is equal wherever the visible words are, and much faster to make."""
    return "".join("".join(f"{block.label} {block.key}".split()) for block in blocks)


def measure(old: Sequence[Block], new: Sequence[Block], operations: Sequence[Operation]) -> Measures:
    """Return the measures of a change with these operations."""
    added = removed = moved = touched = 0
    for operation in operations:
        if operation.is_untouched or operation.kind is OperationKind.AWAY:
            continue
        if operation.kind is OperationKind.INSERT:
            for block in new[slice(*operation.new)]:
                added += count_words(block.tokens)
                touched += block.size
        elif operation.kind is OperationKind.DELETE:
            for block in old[slice(*operation.old)]:
                removed += count_words(block.tokens)
                touched += block.size
        else:
            before, after = _sides(old, new, operation)
            new_in_hunks = [token for h in operation.hunks for token in after[h.new_start : h.new_end]]
            old_in_hunks = [token for h in operation.hunks for token in before[h.old_start : h.old_end]]
            added += count_words(new_in_hunks)
            removed += count_words(old_in_hunks)
            if operation.kind is OperationKind.MOVE:
                moved += count_words(after) - count_words(new_in_hunks)
                touched += _size(before) + _size(after)
            else:
                touched += _size(new_in_hunks) + _size(old_in_hunks)
    total = sum([block.size for block in (*old, *new)])
    headings = tuple(dict.fromkeys(_headings(old, new, operations)))
    return Measures(added, removed, moved, round(touched / total, 6) if total else 0.0, headings)


def _sides(old: Sequence[Block], new: Sequence[Block], operation: Operation) -> tuple[list[str], list[str]]:
    """Return the tokens of an operation, as its hunks number them."""
    before, after = old[slice(*operation.old)], new[slice(*operation.new)]
    if before and after:
        before, after = passages(before, after)
    return tokens_of(before), tokens_of(after)


def _size(tokens: Sequence[str]) -> int:
    return sum(map(len, tokens))


def _headings(old: Sequence[Block], new: Sequence[Block], operations: Sequence[Operation]) -> Iterator[str]:
    """Yield the heading over each touched block, in reading order."""
    old_sections, new_sections = _sections(old), _sections(new)
    for operation in operations:
        if operation.kind is OperationKind.EQUAL and not operation.links:
            continue
        gone = operation.kind in (OperationKind.DELETE, OperationKind.AWAY)
        sections, (start, end) = (old_sections, operation.old) if gone else (new_sections, operation.new)
        yield from (sections[n] for n in range(start, end) if sections[n])


def _sections(blocks: Sequence[Block]) -> list[str]:
    """Return, for each block, the text of the heading that it is or is under; empty before the first one."""
    sections = []
    heading = ""
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            heading = " ".join(block.inline.visible.split())
        sections.append(heading)
    return sections
