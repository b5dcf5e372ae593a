"""What altered in a page between the sentences of its document, where the extraction took little of it. Pure.

A policy that gives itself a new date was altered. If the document holds less than half of what the page shows, and says
nothing else that is new, what altered may be in the rest. Menus and footers, which alter too, stand above the first
sentence of the document and below its last.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from harvester.cleaner.quality import prose
from harvester.store.history.jumps.said import document_words
from harvester.store.history.jumps.word_rows import WordRows

LITTLE = 0.5
"""Share of the words that its page shows, below which a document holds little of it."""
_SENTENCE = 6  # words of a line that shows where the document stands
_LEAST = 3  # words that altered


class Beside(NamedTuple):
    """How many lines of two pages, between the sentences of their documents, are in one of them only."""

    gone: int
    come: int


def altered_beside(old: str, new: str, old_shown: str, new_shown: str) -> Beside | None:
    """Return what altered between the sentences of two documents, or None if one holds most of its page or nothing did.

    `old_shown`, `new_shown`: what the pages show, line by line (`page_text.sentences_shown`).
    """
    olds, news = _between(old, old_shown), _between(new, new_shown)
    if olds is None or news is None:
        return None
    gone, come = olds - news, news - olds
    if sum(map(prose.number_of_words, [*gone.elements(), *come.elements()])) < _LEAST:
        return None
    return Beside(gone.total(), come.total())


def _between(comparable: str, shown: str) -> Counter[str] | None:
    """Return the lines of a page between the sentences of its document that this lacks, or None if it has most words of
    the page.
    """
    document = document_words(comparable)
    if len(document.split()) >= LITTLE * len(shown.split()):
        return None
    rows = WordRows(lambda: document)
    lines = shown.strip().split("\n")
    places = [place for place, line in enumerate(lines) if line.count(" ") >= _SENTENCE - 1 and rows.count(line)]
    return Counter([line for line in lines[places[0] : places[-1]] if not rows.count(line)]) if places else Counter()
