"""A change as edits of plain text: the old text, the new text, and which characters differ."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harvester.diffing.change import Diff, Operation, OperationKind, passages
from harvester.diffing.text.blocks import Block
from harvester.diffing.text.tokens import TokenSpans

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=[\"“(]?[^\Wa-z_])|\n+")
_LONGEST = 300  # characters of a passage that is quoted


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``old_start:old_end`` became ``new_start:new_end``; either may be empty."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


@dataclass(frozen=True, slots=True)
class Edit:
    """One operation of a change: the visible text of its blocks, one a line, on both sides, and what differs.

    `old` is empty where blocks were inserted, `new` where they were removed.
    """

    old: str
    new: str
    spans: tuple[Span, ...]


def edits(diff: Diff) -> Iterator[Edit]:
    """Yield the edits of a change in reading order, without unaltered moves."""
    for operation in diff.operations:
        if operation.kind in (OperationKind.EQUAL, OperationKind.AWAY):
            continue
        old = diff.old_blocks[slice(*operation.old)]
        new = diff.new_blocks[slice(*operation.new)]
        if operation.kind is OperationKind.INSERT:
            text = visible(new)
            yield Edit("", text, (Span(0, 0, 0, len(text)),))
        elif operation.kind is OperationKind.DELETE:
            text = visible(old)
            yield Edit(text, "", (Span(0, len(text), 0, 0),))
        elif operation.hunks:
            yield _edit(old, new, operation)


def visible(blocks: Sequence[Block]) -> str:
    """Return what a reader sees of some blocks, one a line; quotation marks and hyphens in one form."""
    return "\n".join([block.inline.normalised for block in blocks])


def sentence(text: str, start: int, end: int) -> str:
    """Return the sentence or sentences around ``start:end``, shortened if they are very long."""
    left = right = None
    for found in _SENTENCE_END.finditer(text):
        if found.end() <= start:
            left = found.end()
        elif found.start() >= end:
            right = found.start()
            break
    left, right = left or 0, len(text) if right is None else right
    before = after = ""
    if right - left > _LONGEST:
        room = max(_LONGEST - (end - start), 60) // 2
        if start - left > room:
            left = max(left, text.find(" ", start - room) + 1)
            before = "… "
        if right - end > room:
            right = max(text.rfind(" ", end, end + room), end)
            after = " …"
    return f"{before}{' '.join(text[left:right].split())}{after}"


def sentences(text: str) -> list[str]:
    """Return the sentences of a text."""
    return [one for one in _SENTENCE_END.split(text) if one.strip()]


def alike(old: str, new: str) -> float:
    """Return the share of words that two passages have in common, 0 to 1."""
    before, after = (Counter(re.findall(r"\w+", text.lower())) for text in (old, new))
    return (before & after).total() / max(1, before.total(), after.total())


def _edit(old: Sequence[Block], new: Sequence[Block], operation: Operation) -> Edit:
    before, after = passages(old, new)
    old_text, new_text = visible(before), visible(after)
    old_tokens, new_tokens = TokenSpans(old_text), TokenSpans(new_text)
    spans = tuple(
        Span(*_characters(old_tokens, *hunk[:2]), *_characters(new_tokens, *hunk[2:])) for hunk in operation.hunks
    )
    return Edit(old_text, new_text, spans)


def _characters(tokens: TokenSpans, start: int, end: int) -> tuple[int, int]:
    if start < end:
        return tokens[start][0], tokens[end - 1][1]
    at = tokens[start][0] if start < len(tokens) else tokens[len(tokens) - 1][1] if len(tokens) else 0
    return at, at
