"""The passages that a change marks: by them a review finds its change again. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from harvester.diffing import Diff
from harvester.insight.statements.edits import edits

MOST_CHARACTERS = 20_000
"""Of a change's passages so much is kept: enough to know it again."""
ENOUGH = 0.5
"""The share of the words once marked that a change must still mark to be the one that was meant."""


def marked_of(diff: Diff) -> list[str]:
    """Return what a change removed (``-`` first) and added (``+``), as a reader sees it."""
    found: list[str] = []
    left = MOST_CHARACTERS
    for edit in edits(diff):
        for span in edit.spans:
            for sign, text in (
                ("-", edit.old[span.old_start : span.old_end]),
                ("+", edit.new[span.new_start : span.new_end]),
            ):
                text = text.strip()[:left]
                if text:
                    found.append(sign + text)
                    left -= len(text)
        if left <= 0:
            break
    return found


def share_of(once: Sequence[str], now: Sequence[str]) -> float:
    """Return the share of the words marked once that are marked now, on the same side: 0 to 1."""
    before, after = _words(once), _words(now)
    total = sum(before.values())
    return sum((before & after).values()) / total if total else float(before == after)


def _words(passages: Sequence[str]) -> Counter[tuple[str, str]]:
    return Counter((one[:1], word) for one in passages for word in one[1:].lower().split())
