"""The stored form of a comparison. Pure: it is made before the transaction that stores it, in any process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from harvester.store.history.standing import Page, standing
from harvester.timing import timed

DIFFING_VERSION = 5
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
    standing: Mapping[str, list[str]] | None = None
    """``removed`` and ``inserted``: passages that are in the page on both sides (`standing`)."""


def difference(old: str, new: str) -> Difference:
    """Compare two comparable texts; this takes about 20 ms for a policy."""
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


def with_pages(made: Difference, old: str, new: str, old_page: Page, new_page: Page) -> Difference:
    """Return a difference judged by what of it is a change of the page, and not only of what was extracted."""
    from harvester.diffing import compare

    def judge(old: str, new: str) -> tuple[str, tuple[str, ...]]:
        diff = compare(old, new)
        return str(diff.kind), diff.reasons

    found = standing(old, new, old_page, new_page, judge)
    if found is None:
        return made
    stands = {"removed": list(found.removed), "inserted": list(found.inserted)}
    return replace(made, kind=found.kind, reasons=found.reasons, standing=stands)
