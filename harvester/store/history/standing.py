"""Passages that a change removes or inserts although the page has them on both sides: jumps of the extraction. Pure.

What is removed from the document and still stands in the source of the new page was moved out of the extraction's
sight (a tab, a footer, a hidden element, a script's data), not out of the policy; likewise what is inserted and stood
in the old page. It counts only where the other page has it at least as often, so that a page which keeps an earlier
version of its policy below the present one does not hide that a sentence went (or more often beside the document than
before: of two copies the document had both, and one is left, hidden); and more often than the other document
has, so that a sentence which was only extended is not taken for hidden. What stayed beside it tells how many copies of
the text a page has: where these became more, the passage must have, and where there are several, it must be in the same
one. A heading, a cell of a table or a word says what other places of a page say too, so that its count tells little: it
stands in a row with what is beside it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
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
    """Return those of some passages, of the first of two documents, that stand in the page of the second one."""
    here = page() if passages else ""
    present = {said for said in passages if f" {said} " in here}
    if not present:
        return Counter()  # as most
    sides = _Sides(here, other, *map(_document_words, documents))
    said = [one for _, one in _pieces(documents[0].partition("\n")[2]) if one]
    stayed = _what_stayed_beside(said, passages)
    found: Counter[str] = Counter()
    for number, one in enumerate(said):
        if one in present and one not in found and _tells(one) and sides.stands(one, stayed[number]):
            found[one] = passages[one]
    if any(one not in found and _words(one) <= _SHORT for one in present):
        found |= _short_ones(said, found, passages, sides, stayed)
    return found


class _Sides:
    """A page, the other one, and the words of the documents that were extracted from this one and from that."""

    def __init__(self, here: str, other: Page, had: str, shown: str) -> None:
        self._here, self._other, self._had, self._shown = here, other, had, shown
        self._copies: dict[str, tuple[int, int]] = {}

    def stands(self, said: str, stayed: Sequence[str], before: str = "", behind: str = "") -> bool:
        """Return whether a passage beside which some sentences stayed, with what is before and behind it, is in the
        page more often than in its document, and either as often as in the other page, which has it, or more often
        beside the document than there.
        """
        row = f"{before} {said} {behind}".strip()
        if not _tells(row):
            return False
        often = _count(row, self._here)
        beside = often and often - _count(row, self._shown)
        if beside <= 0:
            return False
        there = self._other()
        had = _count(row, there)
        if not had:
            return False
        copies = [self._copies_of(one) for one in stayed]
        if any(1 < now == then for now, then in copies):
            places = [(page, page.find(f" {row} ") + len(before)) for page in (self._here, there)]
            if not _are_in_one_copy(places, stayed):
                return False
        more = min((now - then for now, then in copies), default=0)
        return had + more <= often or beside > had - _count(row, self._had) + max(more, 0)

    def _copies_of(self, sentence: str) -> tuple[int, int]:
        """Return how often a sentence is in the page, and in the other one."""
        if sentence not in self._copies:
            self._copies[sentence] = _count(sentence, self._here), _count(sentence, self._other())
        return self._copies[sentence]


def _count(row: str, words: str) -> int:
    """Return how often a row of words is in a row of more."""
    row = f" {row} "
    found = words.count(row)
    # Copies right behind one another share a blank.
    return len(re.findall(f"(?={row})", words)) if found and row + row[1:] in words else found


def _what_stayed_beside(said: Sequence[str], passages: Counter[str]) -> list[tuple[str, ...]]:
    """Return for each passage of a text the nearest sentences before and behind it that both texts have."""
    found: list[tuple[str, ...]] = []
    last: tuple[str, ...] = ()
    since = 0
    for number, one in enumerate(said):
        found.append(last)
        if one not in passages and _words(one) > _SHORT // 2:
            last = (one,)
            for earlier in range(since, number):
                found[earlier] += last
            since = number
    return found


def _are_in_one_copy(places: Sequence[tuple[str, int]], stayed: Sequence[str]) -> bool:
    """Return whether two places of a passage have as many copies of what stayed before it, or behind it, before
    themselves: moved to the end or the top of a page it has.

    Of the versions in a page ("coming", "previous") another one is shown now, if not.
    """
    return any(len({page.count(f" {one} ", 0, place + 1) for page, place in places}) == 1 for one in stayed)


def _words(said: str) -> int:
    return said.count(" ") + 1 if said.isascii() else prose.number_of_words(said)


@lru_cache(maxsize=4)  # the two sides of a change, each asked for several times
def _document_words(document: str) -> str:
    return words_in_row(prose.without_targets(document))


def _short_ones(
    said: Sequence[str],
    standing_ones: Counter[str],
    passages: Counter[str],
    sides: _Sides,
    stayed: Sequence[tuple[str, ...]],
) -> Counter[str]:
    """Return the short ones of some passages that stand in a page in a row with the passage that stands before them, or
    with that behind them; words and the like also with what stayed at both sides, or with one another.
    """
    found: Counter[str] = Counter()
    before, run = "", list[str]()
    for number, one in enumerate([*said, ""]):
        if one in passages and one not in standing_ones and _words(one) <= _SHORT:
            run.append(one)
            continue
        if run:
            rows = [(before, one), ("", "")] if not any(map(_tells, run)) else []
            rows += [(before, "")] if before in standing_ones else []
            rows += [("", one)] if one in standing_ones else []
            if any(sides.stands(" ".join(run), stayed[number - 1], *around) for around in rows):
                found.update(run)
        before, run = one, []
    return found & passages


def _tells(said: str) -> bool:
    """Return whether the count of a passage tells something: a word has any page somewhere."""
    return len(said) >= _SIGNS and _words(said) >= _LEAST


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
