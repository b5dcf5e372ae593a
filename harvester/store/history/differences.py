"""What a change keeps of a comparison. Pure: it is made before the transaction that enters it, in any process."""

from __future__ import annotations

from dataclasses import dataclass

from harvester.timing import timed

DIFFING_VERSION = 2
"""Version of the diffs, as `harvester.diffing.codec` numbers it: importing that takes a while few commands need."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Kind, reasons, measures and encoded operations of the change from one text to another (`harvester.diffing`)."""

    kind: str
    words_added: int
    words_removed: int
    words_moved: int
    share: float
    headings: tuple[str, ...]
    reasons: tuple[str, ...]
    operations: bytes


def difference(old: str, new: str) -> Difference:
    """Compares two comparable texts; takes some 20 ms for a policy."""
    from harvester.diffing import compare, encode

    with timed("diff"):
        diff = compare(old, new)
    measures = diff.measures
    return Difference(
        kind=str(diff.kind),
        words_added=measures.words_added,
        words_removed=measures.words_removed,
        words_moved=measures.words_moved,
        share=measures.share,
        headings=measures.headings,
        reasons=diff.reasons,
        operations=encode(diff),
    )
