"""Passages that a change removes or inserts although the page has them on both sides: jumps of the extraction. Pure.

What is removed from the document and still stands in the source of the new page was moved out of the extraction's
sight (a tab, a footer, a hidden element, a script's data), not out of the policy; likewise what is inserted and stood
in the old page. It counts only where the other page has it at least as often, so that a page which keeps an earlier
version of its policy below the present one does not hide that a sentence went (or more often beside the document than
before: of two copies the document had both, and one is left, hidden); and more often than the other document
has, so that a sentence which was only extended is not taken for hidden. What stayed beside it tells how many copies of
the text a page has: where these became more, the passage must have, and where there are several, it must be in the same
one. A heading, a cell of a table or a word says what other places of a page say too, so that its count tells little:
between passages that stand it stands with them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from harvester.cleaner.page_text import words_in_row
from harvester.cleaner.quality import prose
from harvester.lru import remember_short
from harvester.store.history.likeness import pieces

TECHNICAL = "technical"
_SHORT = 8  # words of a heading, or of a cell
_LEAST, _SIGNS = 3, 6  # words, and characters, of a passage whose count tells something
_NUMBER = re.compile(r"^[\s>#*_+-]*\d{1,3}\\?[.)]\s+")
Judged = tuple[str, tuple[str, ...]]
"""The kind of a change and its reasons."""
Page = Callable[[], str]
"""Reads the words of a page in a row, which takes far longer than to see that nothing has to be looked for in it."""


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
    old: str, new: str, old_page: Page, new_page: Page, judge: Callable[[str, str], Judged]
) -> StandingPassages | None:
    """Return the part of the change between two comparable texts that is in both pages, or None where nothing is.

    `judge` gives the kind and the reasons of the change between two texts.
    """
    before, after = _differing(old, new)
    gone, come = before - after, after - before
    removed = _standing_in(new_page, gone, old_page, (old, new))
    inserted = _standing_in(old_page, come, new_page, (new, old))
    removed |= _between(old, removed, gone, new_page)
    inserted |= _between(new, inserted, come, old_page)
    if not removed and not inserted:
        return None
    nothing: Judged = TECHNICAL, ()
    left = nothing
    if gone != removed or come != inserted:
        left = judge(_without(old, removed), _without(new, inserted))
    kind, reasons = nothing if left[0] == "cosmetic" else left
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


@remember_short
def _said(piece: str) -> str:
    """Return the words of a piece, without the number that the document gives to an item of a list and the source does
    not.
    """
    if not any(map(str.isalnum, prose.plain(piece))):
        return ""  # nothing but an address
    return words_in_row(_NUMBER.sub("", prose.without_targets(piece))).strip()


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield the pieces of a text, without the ends of their lines, each with what it says."""
    return chain.from_iterable(map(_of_line, text.split("\n")))


@remember_short
def _of_line(line: str) -> tuple[tuple[str, str], ...]:
    """Return the pieces of a line, each with what it says: none goes beyond its end. A number alone says nothing."""
    return tuple([(piece, _said(f"{piece}\n")) for piece in pieces(line)])


def _differing(old: str, new: str) -> tuple[Counter[str], Counter[str]]:
    """Return the passages of the lines that only one of two texts has: all others are in both. The title is none."""
    olds, news = Counter(old.split("\n")[1:]), Counter(new.split("\n")[1:])
    return _passages(olds - news), _passages(news - olds)


def _passages(lines: Counter[str]) -> Counter[str]:
    return Counter([said for line in lines.elements() for _, said in _of_line(line) if said])


def _standing_in(page: Page, passages: Counter[str], other: Page, documents: tuple[str, str]) -> Counter[str]:
    """Return those of some passages that are in a page more often than in its document, the second one, and either as
    often as in the other page, which has them, or more often beside the document than there.
    """
    told = [said for said in passages if len(said) >= _SIGNS and _words(said) >= _LEAST]
    here = page() if told else ""
    often = {said: n for said in told if (n := here.count(f" {said} "))}
    if not often:
        return Counter()
    had, shown = map(_document_words, documents)
    beside = {said: more for said, n in often.items() if (more := n - shown.count(f" {said} ")) > 0}
    if not beside:
        return Counter()
    there = other()
    stayed = _what_stayed_beside(documents[0], beside, passages)
    sentences = set(chain.from_iterable(stayed.values()))
    copies_of = {one: (here.count(f" {one} "), there.count(f" {one} ")) for one in sentences}

    def stands(said: str) -> bool:
        before = there.count(f" {said} ")
        copies = [copies_of[one] for one in stayed[said]]
        more = min((now - then for now, then in copies), default=0)
        if any(1 < now == then for now, then in copies) and not _is_in_one_copy(said, stayed[said], here, there):
            return False
        return before > 0 and (
            before + more <= often[said] or beside[said] > before - had.count(f" {said} ") + max(more, 0)
        )

    return Counter({said: passages[said] for said in beside if stands(said)})


def _what_stayed_beside(
    comparable: str, wanted: Mapping[str, int], passages: Counter[str]
) -> dict[str, tuple[str, ...]]:
    """Return the nearest sentences before and after each of the wanted passages of a text that are in both texts."""
    found: dict[str, tuple[str, ...]] = {}
    last: tuple[str, ...] = ()
    open_: list[str] = []  # since the last one
    for _, said in _pieces(comparable):
        if said in wanted and said not in found:
            found[said] = last
            open_.append(said)
        elif said not in passages and _words(said) > _SHORT // 2:
            last = (said,)
            for one in open_:
                found[one] += last
            open_ = []
    return found


def _is_in_one_copy(said: str, stayed: Sequence[str], here: str, there: str) -> bool:
    """Return whether a passage has as many copies of what stayed before it, or behind it, before itself in one page as
    in the other: moved to the end or the top of a page it has.

    Of the versions in a page ("coming", "previous") another one is shown now, if not.
    """
    places = [(page, page.find(f" {said} ")) for page in (here, there)]
    return any(len({page.count(f" {one} ", 0, place + 1) for page, place in places}) == 1 for one in stayed)


def _words(said: str) -> int:
    return said.count(" ") + 1 if said.isascii() else prose.number_of_words(said)


@lru_cache(maxsize=4)  # the two sides of a change, each asked for several times
def _document_words(document: str) -> str:
    return words_in_row(prose.without_targets(document))


def _between(comparable: str, standing_ones: Counter[str], passages: Counter[str], page: Page) -> Counter[str]:
    """Return the short ones of some passages that stand in their text between passages that stand, and so in a page."""
    if not standing_ones or standing_ones == passages:
        return Counter()
    here = page()
    found: Counter[str] = Counter()
    run: list[str] | None = None  # from a passage that stands
    for _, said in _pieces(comparable):
        if not said:
            continue
        if said in standing_ones:
            if run is not None and len(run) > 1 and f" {' '.join([*run, said])} " in here:
                found |= Counter({one: passages[one] for one in run[1:]})
            run = [said]
        elif run is not None:
            run = [*run, said] if said in passages and _words(said) <= _SHORT else None
    return found


def _without(comparable: str, gone: Counter[str]) -> str:
    title, *lines = comparable.split("\n")
    left, kept = Counter(gone), [title]
    ends = True  # the end of a line goes with its last piece
    for line in lines:
        if ends:
            kept.append("\n")
        for piece, said in _of_line(line):
            ends = left[said] <= 0
            if ends:
                kept.append(piece)
            else:
                left[said] -= 1
    return "".join(kept)


def _shown(comparable: str, passages: Counter[str]) -> tuple[str, ...]:
    """Return the passages as they are written, in the order of the text, each once."""
    found: dict[str, str] = {}
    for piece, said in _pieces(comparable):
        if said in passages:
            found.setdefault(said, " ".join(prose.unmarked(prose.plain(piece)).split()))
    return tuple(found.values())
