"""The stored form of a comparison. Pure: it is made before the transaction that stores it, in any process."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from harvester.cleaner.document import is_pdf
from harvester.cleaner.page_text import page_sentences, sentences_shown
from harvester.collector import collector_paused
from harvester.store.history.jumps.beside_document import altered_beside
from harvester.store.history.jumps.said import says_how_many
from harvester.store.history.jumps.standing import standing
from harvester.timing import timed

ONLY_THE_DATE = "only the date of the document"
"""How the reason of a change begins that alters nothing else (`diffing/kinds/lesser/title_and_dates`)."""
DIFFING_VERSION = 7
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


@dataclass(frozen=True)
class SourcePage:
    """The bytes of the page that a text came from, and its content type."""

    body: bytes
    content_type: str | None

    @cached_property
    def words(self) -> str:
        """All its words in a row, sentence by sentence; nothing for a PDF, whose document is all that it says."""
        return "" if is_pdf(self.body, self.content_type) else page_sentences(self.body, self.content_type)

    @property
    def shown(self) -> str:
        """The words that it shows, likewise."""
        return "" if is_pdf(self.body, self.content_type) else sentences_shown(self.body, self.content_type)


Pages = tuple[SourcePage, SourcePage]
"""Those of an old text and of a new one."""
TwoSides = tuple[str, str, Pages | None]
"""The texts of a change, and the pages that they came from where these decide too."""
Compare = Callable[[Sequence[TwoSides]], Sequence[Difference]]


@collector_paused()
def differences(changes: Sequence[TwoSides]) -> list[Difference]:
    """Compare the sides of each change: of successive changes, what is read of the new side is kept for the next."""
    return [difference(*sides) for sides in changes]


def difference(old: str, new: str, pages: Pages | None = None) -> Difference:
    """Compare two comparable texts; this takes about 20 ms for a policy.

    With the pages that they came from, the change is judged by what of it is a change of the page, and not only of what
    was extracted.
    """
    from harvester.diffing import compare, encode

    with timed("diff"):
        diff = compare(old, new)
    measures = diff.measures
    made = Difference(
        kind=str(diff.kind),
        words_added=measures.words_added,
        words_removed=measures.words_removed,
        words_moved=measures.words_moved,
        share=measures.share,
        headings=measures.headings,
        reasons=diff.reasons,
        operations=encode(diff),
    )
    if pages is None or made.kind == "cosmetic":
        return made
    return _with_the_rest(_with_pages(made, old, new, pages), old, new, pages)


def _with_pages(made: Difference, old: str, new: str, pages: Pages) -> Difference:
    from harvester.diffing import compare

    def judge(old: str, new: str) -> tuple[str, tuple[str, ...]]:
        diff = compare(old, new)
        return str(diff.kind), diff.reasons

    found = standing(old, new, lambda: pages[0].words, lambda: pages[1].words, judge)
    if found is None or (found.kind == "substantive" and made.kind != found.kind):
        return made  # a part of a change is no graver than all of it: passages were only parted otherwise
    stands = {"removed": list(found.removed), "inserted": list(found.inserted)}
    return replace(made, kind=found.kind, reasons=found.reasons, standing=stands)


def _with_the_rest(made: Difference, old: str, new: str, pages: Pages) -> Difference:
    """Return the change as an alarm if nothing but the date altered in a document that holds little of its page, and
    the rest of the page altered too.
    """
    small = made.kind == "minor" and any(reason.startswith(ONLY_THE_DATE) for reason in made.reasons)
    if not small or not all(reason.startswith(ONLY_THE_DATE) or says_how_many(reason) for reason in made.reasons):
        return made
    beside = altered_beside(old, new, pages[0].shown, pages[1].shown)
    if beside is None:
        return made
    said = f"the page changed outside the extracted text too (lines removed: {beside.gone}, added: {beside.come})"
    return replace(made, kind="substantive", reasons=(said, *made.reasons))
