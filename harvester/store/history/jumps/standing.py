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
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import pairwise

from harvester.store.history.jumps.addresses import addresses_behind, are_in_a_row, parts_beside_paths, shows_address
from harvester.store.history.jumps.headings_left import GRAVEST, Judged, judged_over_their_text, over_standing
from harvester.store.history.jumps.neighbours import beside_others, between_others
from harvester.store.history.jumps.said import (
    SHORT,
    as_written,
    body_pieces,
    differing,
    document_words,
    how_many,
    is_heading,
    is_sentence,
    number_of_words,
    short_of_both,
    tells,
    without,
    words_of,
)
from harvester.store.history.jumps.said_again import said_again
from harvester.store.history.jumps.stayed_beside import stayed_beside
from harvester.store.history.jumps.word_rows import WordRows

TECHNICAL = "technical"
_BORDER = " | "
"""What no row of words goes beyond: no word is a mark."""
Page = Callable[[], str]
"""Reads the words of a page in a row, sentence by sentence (`page_sentences`), which takes far longer than to see that
nothing has to be looked for in it.
"""


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
    olds, news = _Side(old, old_page), _Side(new, new_page)
    found = _of_passages(before - after, after - before, olds, news, judge)
    if found is None or found.kind == TECHNICAL or not (shared := short_of_both(before, after)):
        return found
    # A list and a table of the page may share names of items, and the extraction have taken the one and then the other.
    also = _of_passages(before - after | before & shared, after - before | after & shared, olds, news, judge)
    return also if also and also.kind not in (found.kind, GRAVEST) else found


def _of_passages(
    gone: Counter[str], come: Counter[str], olds: _Side, news: _Side, judge: Callable[[str, str], Judged]
) -> StandingPassages | None:
    """Return what of some passages that each side alone has stands in the page of the other, or None."""
    removed = _standing(gone, olds, news)
    inserted = _standing(come, news, olds)
    parts = _parts(gone, olds, news, inserted), _parts(come, news, olds, removed)
    removed |= parts[0]
    inserted |= parts[1]
    if not removed and not inserted:
        return None
    nothing: Judged = TECHNICAL, ()
    left = nothing
    taken = removed | addresses_behind(removed, olds.all_pieces, news.page)
    put = inserted | addresses_behind(inserted, news.all_pieces, olds.page)
    if olds.without(taken) != news.without(put):
        left = judge(without(olds.comparable, taken), without(news.comparable, put))
    if left[0] == GRAVEST:
        lost, won = over_standing(olds.pieces, removed, gone), over_standing(news.pieces, inserted, come)
        left = judged_over_their_text((olds.comparable, taken, lost), (news.comparable, put, won), judge) or left
    kind, reasons = nothing if left[0] == "cosmetic" else left
    return StandingPassages(
        as_written(olds.comparable, removed),
        as_written(news.comparable, inserted),
        kind,
        (*how_many(len(removed), len(inserted)), *reasons),
    )


class _Side:
    """One side of a change: its text, and the words of this and of the page that it came from."""

    def __init__(self, comparable: str, page: Page) -> None:
        self.comparable = comparable
        self.page = WordRows(page)
        self.document = WordRows(partial(document_words, comparable))

    @property
    def all_pieces(self) -> Sequence[tuple[str, str]]:
        """The pieces below the title, each with what it says."""
        return body_pieces(self.comparable)

    @cached_property
    def pieces(self) -> list[tuple[int, str, str]]:
        """The pieces below the title that say something: the number of each among all, the piece, what it says."""
        return [(number, piece, said) for number, (piece, said) in enumerate(self.all_pieces) if said]

    def without(self, numbers: set[int]) -> list[str]:
        """Return what the other pieces say; of what is nothing but an address, that, if the page shows it."""
        left = [piece for number, piece in enumerate(self.all_pieces) if number not in numbers]
        return [words for piece, said in left if (words := said or self._address(piece))]

    def _address(self, piece: str) -> str:
        words = words_of(piece)
        return words if words and self.page.count(words) else ""


def _standing(passages: Counter[str], side: _Side, other: _Side) -> set[int]:
    """Return the numbers of the pieces of one side that are one of the passages which it alone has, and stand in the
    page of the other.
    """
    if not (any(map(other.page.count, passages)) or any(map(shows_address, passages))):
        return set()  # as most
    passages = Counter({one: times for one, times in passages.items() if not _is_said_by_both(one, side, other)})
    numbers, text, said = zip(*side.pieces, strict=True)
    lost = _lost(passages, said, text, [piece for _, piece, _ in other.pieces])
    kept = {one for place, one in enumerate(said) if place not in lost}
    often = Counter(said)
    stayed = stayed_beside(said, lost), stayed_beside(said, lost, over_a_name=True)
    rows = _Rows(text, said, *stayed, said_again(text, said, lost, side, other), side, other)
    telling = {
        place
        for place in lost
        if tells(one := said[place]) and one not in kept and (often[one] == 1 or is_sentence(one))
    }
    found = {place for place in telling if rows.stands(place, place + 1)}
    heads = {place for place in lost if is_heading(text[place])}
    little = {one for one in lost - found if one in heads or one not in telling or number_of_words(said[one]) <= SHORT}
    found |= beside_others(little, found, rows.stands)
    found |= between_others(little - found - (telling - heads), rows.stands)
    found |= beside_others(little - found, found, rows.stands)
    return {numbers[place] for place in found}


def _is_said_by_both(passage: str, side: _Side, other: _Side) -> bool:
    """Return whether the other document has the words of a passage in a row as often: it only divides them otherwise.

    A page of which the scripts repeat the text has them beside its document too, and the passage of which they are a
    part, or the parts, would be left alone. Of few words that tells nothing.
    """
    return is_sentence(passage) and 0 < side.document.count(passage) <= other.document.count(passage)


def _parts(passages: Counter[str], side: _Side, other: _Side, standing_ones: set[int]) -> set[int]:
    """Return the numbers of the pieces that are a part of a sentence of the other side which stands in the page of this
    one: the extraction took no more of it. A page that says the part once more beside the sentence says it again.
    """
    sentences = [said for number, _, said in other.pieces if number in standing_ones and is_sentence(said)]
    if not sentences:
        return set()
    rows = WordRows(lambda: f" {_BORDER.join(sentences)} ")
    return {
        number
        for number, _, said in side.pieces
        if said in passages and tells(said) and rows.count(said) and side.page.count(said) <= other.page.count(said)
    }


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


@dataclass(frozen=True, slots=True)
class _Rows:
    """Passages of one side that follow one another, to be looked for in both pages."""

    text: Sequence[str]
    said: Sequence[str]
    stayed: Sequence[tuple[str, ...]]
    stayed_over_names: Sequence[tuple[str, ...]]
    """What tells how many copies of its rows a page has: a script's data has names of its own between passages."""
    again: set[int]
    side: _Side
    other: _Side
    in_a_row: dict[tuple[str, ...], bool] = field(default_factory=dict)
    """Whether the other page has parts of a passage in a row, as far as that was looked for."""

    def stands(self, begin: int, end: int, around: int = 0) -> bool:
        """Return whether the passages from `begin` to `end`, with so many `around` them, stand in the other page.

        It has them more often than its document, and either as often as their own page has them, or more often beside
        the document than that.
        """
        first, last = max(begin - around, 0), end + around
        again = not self.again.isdisjoint(range(begin, end))
        stayed = (self.stayed if last - first == 1 else self.stayed_over_names)[begin]
        if self._stand_whole(self.said[first:last], stayed, again):
            return True
        if last - first == 1:
            parts = parts_beside_paths(self.text[begin])
            return self._are_in_a_row(tuple(parts)) and all(self._stands([part], stayed, again) for part in parts)
        # As the page writes them, if it is no list that a browser numbers; what is beside it may be one: the contents.
        numbered = tuple(map(words_of, self.text[first:last]))
        own = (*self.said[first:begin], *numbered[begin - first : end - first], *self.said[end:last])
        rows = {numbered, own} - {tuple(self.said[first:last])}
        return any(self._stand_whole(row, stayed, again) for row in rows)

    def _are_in_a_row(self, parts: tuple[str, ...]) -> bool:
        if parts not in self.in_a_row:
            self.in_a_row[parts] = are_in_a_row(parts, self.other.page)
        return self.in_a_row[parts]

    def _stand_whole(self, passages: Sequence[str], stayed: Sequence[str], again: bool) -> bool:
        """Return whether passages stand in a row that is no part of a longer sentence."""
        return self._stands(passages, stayed, again) and self.other.page.has_whole(" ".join(passages))

    def _stands(self, passages: Sequence[str], stayed: Sequence[str], again: bool) -> bool:
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
        copies = [self._copies(one) for one in stayed]
        whole = max(self.side.document.count(row), 1)  # how often each copy of the text has it
        has_several = any(here == there > 1 and before < there * whole for here, there in copies)
        if has_several and not self._are_in_one_copy(stayed, page.places(row)[0], own.places(row)[0]):
            return False
        more = min((here - there for here, there in copies), default=0)
        if again:
            more = max(more, 1)
        if before + more * whole <= now:
            return True
        # Of two copies of a sentence in the document one is left, hidden. What an item of a list says depends on where.
        return is_sentence(row) and beside > before + (more - 1) * whole

    def _copies(self, stayed: str) -> tuple[int, int]:
        """Return how many copies of a text the other page and its own have, by a sentence that stayed: what a short one
        says may be said in other sentences of the text too.
        """
        times = max(self.side.document.count(stayed), 1)
        return self.other.page.count(stayed) // times, self.side.page.count(stayed) // times

    def _are_in_one_copy(self, stayed: Iterable[str], here: int, there: int) -> bool:
        """Return whether a place of each page has as many copies of what stayed before a passage, or behind it, before
        itself: moved to the end or the top of a page it has.

        Of the versions in a page ("coming", "previous") another one is shown now, if not.
        """
        return any(
            bisect_left(self.other.page.places(one), here) == bisect_left(self.side.page.places(one), there)
            for one in stayed
        )
