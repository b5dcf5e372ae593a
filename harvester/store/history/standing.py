"""Passages that a change removes or inserts although the page has them on both sides: jumps of the extraction. Pure.

What is removed from the document and still stands in the source of the new page was moved out of the extraction's
sight (a tab, a footer, a hidden element, a script's data), not out of the policy; likewise what is inserted and stood
in the old page. It counts only where the other page has it at least as often, so that a page which keeps an earlier
version of its policy below the present one does not hide that a sentence went; and more often than the other document
has, so that a sentence which was only extended is not taken for hidden.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from harvester.cleaner.page_text import PageText, words_in_row
from harvester.cleaner.quality import prose
from harvester.store.history.likeness import pieces

TECHNICAL = "technical"
_NUMBER = re.compile(r"^[\s>#*_+-]*\d{1,3}\\?[.)]\s+")
Judged = tuple[str, tuple[str, ...]]
"""The kind of a change and its reasons."""


@dataclass(frozen=True, slots=True)
class StandingPassages:
    """The passages of a change that are not changes of the page, and the rest of it."""

    removed: tuple[str, ...]
    """Left the document, but still in the new page."""
    inserted: tuple[str, ...]
    """Came into the document, but already in the old page."""
    kind: str
    """``technical`` where nothing is left."""
    reasons: tuple[str, ...]


def standing(
    old: str, new: str, old_page: PageText, new_page: PageText, judge: Callable[[str, str], Judged]
) -> StandingPassages | None:
    """Return the part of the change between two comparable texts that is in both pages, or None where nothing is.

    `judge` gives the kind and the reasons of the change between two texts.
    """
    before, after = _passages(old), _passages(new)
    gone, come = Counter(before) - Counter(after), Counter(after) - Counter(before)
    old_said, new_said = words_in_row(prose.plain(old)), words_in_row(prose.plain(new))
    removed = Counter({said: n for said, n in gone.items() if _stands(said, old_page, new_page, new_said)})
    inserted = Counter({said: n for said, n in come.items() if _stands(said, new_page, old_page, old_said)})
    if not removed and not inserted:
        return None
    kind, reasons = judge(_without(old, removed), _without(new, inserted))
    if kind == "cosmetic" or (gone == removed and come == inserted):
        kind, reasons = TECHNICAL, ()
    return StandingPassages(
        _shown(old, removed),
        _shown(new, inserted),
        kind,
        (*_reasons(removed.total(), inserted.total()), *reasons),
    )


def _reasons(removed: int, inserted: int) -> tuple[str, ...]:
    found = []
    if removed:
        found.append(f"{_passages_in_words(removed)} left the extracted text and still stand in the page")
    if inserted:
        found.append(f"{_passages_in_words(inserted)} came into the extracted text and stood in the page before")
    return tuple(found)


def _passages_in_words(number: int) -> str:
    return "1 passage" if number == 1 else f"{number} passages"


def _said(piece: str) -> str:
    """Return the words of a piece, without the number that the document gives to an item of a list and the source does
    not.
    """
    return words_in_row(_NUMBER.sub("", prose.plain(piece))).strip()


def _passages(comparable: str) -> list[str]:
    return [said for piece in pieces(comparable) if (said := _said(piece))]


def _stands(said: str, here: PageText, there: PageText, document_there: str) -> bool:
    often = there.count(said)
    return 0 < here.count(said) <= often and often > document_there.count(f" {said} ")


def _without(comparable: str, gone: Counter[str]) -> str:
    left, kept = Counter(gone), []
    for piece in pieces(comparable):
        said = _said(piece)
        if left[said] > 0:
            left[said] -= 1
        else:
            kept.append(piece)
    return "".join(kept)


def _shown(comparable: str, passages: Counter[str]) -> tuple[str, ...]:
    """Return the passages as they are written, in the order of the text, each once."""
    found: dict[str, str] = {}
    for piece in pieces(comparable):
        if (said := _said(piece)) in passages:
            found.setdefault(said, " ".join(prose.unmarked(prose.plain(piece)).split()))
    return tuple(found.values())
