"""Passages that a change removes or inserts although the page has them on both sides: jumps of the extraction. Pure.

What is removed from the document and still stands in the source of the new page was moved out of the extraction's
sight (a tab, a footer, a hidden element, a script's data), not out of the policy; likewise what is inserted and stood
in the old page. It counts only where the other page has it at least as often, so that a page which keeps an earlier
version of its policy below the present one does not hide that a sentence went (or more often beside the document than
before: of two copies the document had both, and one is left, hidden); and more often than the other document
has, so that a sentence which was only extended is not taken for hidden. What stayed beside it tells how many copies of
the text a page has: where these became more, the passage must have, and where there are several, it must be in the same
one. A heading, a cell of a table, a word, or a passage that the text has several times says what other places of a page
say too, so that its count tells little: it stands in a row with what is beside it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import pairwise

from harvester.store.history.jumps.said import (
    SHORT,
    as_written,
    body_pieces,
    differing,
    document_words,
    is_sentence,
    number_of_words,
    tells,
    without,
    words_of,
)
from harvester.store.history.jumps.word_rows import WordRows

TECHNICAL = "technical"
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
    before, after = differing(old, new)
    gone, come = before - after, after - before
    olds, news = _Side(old, old_page), _Side(new, new_page)
    removed = _standing(gone, olds, news)
    inserted = _standing(come, news, olds)
    if not removed and not inserted:
        return None
    nothing: Judged = TECHNICAL, ()
    left = nothing
    if olds.without(removed) != news.without(inserted):
        left = judge(without(old, removed), without(new, inserted))
    kind, reasons = nothing if left[0] == "cosmetic" else left
    return StandingPassages(
        as_written(old, removed), as_written(new, inserted), kind, (*_reasons(len(removed), len(inserted)), *reasons)
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


class _Side:
    """One side of a change: its text, and the words of this and of the page that it came from."""

    def __init__(self, comparable: str, page: Page) -> None:
        self._comparable = comparable
        self.page = WordRows(page)
        self.document = WordRows(partial(document_words, comparable))

    @cached_property
    def pieces(self) -> list[tuple[int, str, str]]:
        """The pieces below the title that say something: the number of each among all, the piece, what it says."""
        numbered = enumerate(body_pieces(self._comparable))
        return [(number, piece, said) for number, (piece, said) in numbered if said]

    def without(self, numbers: set[int]) -> list[str]:
        """Return what the other pieces say."""
        return [said for number, _, said in self.pieces if number not in numbers]


def _standing(passages: Counter[str], side: _Side, other: _Side) -> set[int]:
    """Return the numbers of the pieces of one side that are one of the passages which it alone has, and stand in the
    page of the other.
    """
    if not any(map(other.page.count, passages)):
        return set()  # as most
    numbers, text, said = zip(*side.pieces, strict=True)
    lost = _lost(passages, said, text, [piece for _, piece, _ in other.pieces])
    kept = {one for place, one in enumerate(said) if place not in lost}
    often = Counter(said)
    rows = _Rows(text, said, _what_stayed_beside(said, lost), side, other)
    telling = {
        place
        for place in lost
        if tells(one := said[place]) and one not in kept and (often[one] == 1 or is_sentence(one))
    }
    found = {place for place in telling if rows.stands(place, place + 1)}
    little = {place for place in lost - found if place not in telling or number_of_words(said[place]) <= SHORT}
    found |= _beside_others(little, found, rows)
    found |= _between_others(little - found - telling, rows)
    return {numbers[place] for place in found}


def _lost(passages: Counter[str], said: Sequence[str], text: Sequence[str], other: Sequence[str]) -> set[int]:
    """Return the places of some passages among the pieces of a text: of several places of a passage that the other text
    has too, though not as often, those that are not in order in both, above all not behind the same.
    """
    places = [place for place, one in enumerate(said) if one in passages]
    if len(places) == passages.total():
        return set(places)
    from harvester.diffing import align  # takes a while that few commands need

    behind = {place for place, _ in align([*pairwise(["", *text])], [*pairwise(["", *other])])}
    stayed = {place for place, _ in align(text, other)}
    left = Counter(passages)
    found = set()
    for place in sorted(places, key=lambda place: (place in behind, place in stayed)):
        if left[said[place]] > 0:
            left[said[place]] -= 1
            found.add(place)
    return found


def _what_stayed_beside(said: Sequence[str], lost: set[int]) -> list[tuple[str, ...]]:
    """Return for each passage of a text the nearest sentences before and behind it that are not lost."""
    found: list[tuple[str, ...]] = []
    last: tuple[str, ...] = ()
    since = 0
    for place, one in enumerate(said):
        found.append(last)
        if place not in lost and is_sentence(one):
            last = (one,)
            for earlier in range(since, place):
                found[earlier] += last
            since = place
    return found


@dataclass(frozen=True, slots=True)
class _Rows:
    """Passages of one side that follow one another, to be looked for in both pages."""

    text: Sequence[str]
    said: Sequence[str]
    stayed: Sequence[tuple[str, ...]]
    side: _Side
    other: _Side

    def stands(self, begin: int, end: int, around: int = 0) -> bool:
        """Return whether the passages from `begin` to `end`, with so many `around` them, stand in the other page.

        It has them more often than its document, and either as often as their own page has them, or more often beside
        the document than that.
        """
        first, last = max(begin - around, 0), end + around
        if self._stands(self.said[first:last], self.stayed[begin]):
            return True
        if last - first == 1:
            return False
        numbered = [*map(words_of, self.text[first:last])]  # as the page writes them, if it is not a list of its own
        return numbered != list(self.said[first:last]) and self._stands(numbered, self.stayed[begin])

    def _stands(self, passages: Sequence[str], stayed: Sequence[str]) -> bool:
        row = " ".join(passages)
        page, own = self.other.page, self.side.page
        if not tells(row):
            return False
        now = page.count(row)
        beside = now and now - self.other.document.count(row)
        if beside <= 0:
            return False
        before = own.count(row)
        if not before:
            return False
        copies = [(page.count(one), own.count(one)) for one in stayed]
        whole = max(self.side.document.count(row), 1)  # how often each copy of the text has it
        has_several = any(here == there > 1 and before < there * whole for here, there in copies)
        if has_several and not self._are_in_one_copy(stayed, page.places(row)[0], own.places(row)[0]):
            return False
        more = min((here - there for here, there in copies), default=0)
        added = max(more, 0) * whole
        if before + min(more, 0) + added <= now:
            return True
        # Of two copies of a sentence in the document one is left, hidden. What an item of a list says depends on where.
        return is_sentence(row) and beside > before - whole + added

    def _are_in_one_copy(self, stayed: Iterable[str], here: int, there: int) -> bool:
        """Return whether a place of each page has as many copies of what stayed before a passage, or behind it, before
        itself: moved to the end or the top of a page it has.

        Of the versions in a page ("coming", "previous") another one is shown now, if not.
        """
        return any(
            bisect_left(self.other.page.places(one), here) == bisect_left(self.side.page.places(one), there)
            for one in stayed
        )


def _beside_others(places: set[int], standing_ones: set[int], rows: _Rows) -> set[int]:
    """Return those of some places that stand in a row with a passage before or behind them that stands."""
    found: set[int] = set()
    for begin, end in _runs(places):
        if begin - 1 in standing_ones:
            found.update(range(begin, begin + _reach(rows, begin - 1, end - begin, 1)))
        if end in standing_ones:
            found.update(range(end - _reach(rows, end, end - begin, -1), end))
    return found


def _reach(rows: _Rows, place: int, most: int, step: int) -> int:
    """Return how many passages behind a place, or before it, stand with it in one row: where more do, fewer do too."""

    def ends(number: int) -> bool:
        begin, end = sorted((place, place + step * number))
        return not rows.stands(begin, end + 1)

    return bisect_left(range(1, most + 1), True, key=ends)


def _between_others(places: set[int], rows: _Rows) -> set[int]:
    """Return those of some places that stand in a row with what is at both sides, or with one another."""
    found: set[int] = set()
    for begin, end in _runs(places):
        if rows.stands(begin, end, around=1) or (end - begin > 1 and rows.stands(begin, end)):
            found.update(range(begin, end))
    return found


def _runs(places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the beginning and end of each run of places next to one another."""
    begin = end = -1
    for place in sorted(places):
        if place != end:
            if end > begin:
                yield begin, end
            begin = place
        end = place + 1
    if end > begin:
        yield begin, end
