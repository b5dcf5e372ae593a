"""Postal addresses, telephone numbers and e-mail addresses, and whose they are.

A block that is nothing but an address names its party first; what comes after the name may change. In a sentence only
the address itself may: the words before it say who is there, which is no detail.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from harvester.diffing.kinds.contact.company_names import LONGEST_NAME, behind_a_form, beside_a_form
from harvester.diffing.kinds.contact.marks import PHONE_WORDS, Marks, counts_something, is_telephone, marks_of
from harvester.diffing.kinds.contact.postal import REGISTERED
from harvester.diffing.kinds.contact.sentence_words import (
    BETWEEN_MAILS,
    LONGEST,
    MOST_PROSE,
    ROLE,
    is_counted,
    is_of_a_new_sentence,
    is_of_sentences,
    is_prose,
    may_deny,
)
from harvester.diffing.kinds.passages import Side
from harvester.diffing.kinds.spans import Spelled, within
from harvester.diffing.kinds.vocabulary import FORM, PARTY
from harvester.diffing.text.tokens import is_word

_CARE_OF = re.compile(r"\bc ?/ ?o\b")
_PARTNERS = 16  # tokens of the names of partners in a firm
_CLAUSE = frozenset(",;:|")
_FOR = frozenset("for für pour para per voor för dla для için".split())  # noqa: SIM905
"""Words before whom an address is for."""
_NEAR = 10  # tokens between two marks of one address


class Addresses:
    """The addresses of one side of a passage, looked for block by block where they are asked for."""

    def __init__(self, side: Side) -> None:
        self.side = side
        self._anchors: dict[int, list[tuple[int, int]]] = {}
        self._reached: dict[int, set[int]] = {}
        self._zones: dict[int, list[tuple[int, int]]] = {}
        self._blocks: dict[int, tuple[int, int] | None] = {}
        self._names: dict[int, set[int]] = {}
        self._none_near: dict[tuple[int, int], bool] = {}

    def _marks(self, number: int) -> Marks:
        """Return the marks of a block, by its number."""
        return marks_of(self.side.blocks[number].key) if 0 <= number < len(self.side.blocks) else Marks()

    def _reached_at(self, number: int) -> set[int]:
        """Return the tokens of e-mail addresses and telephone numbers in a block."""
        known = self._reached.get(number)
        if known is None:
            marks, by = self._marks(number), self.side.starts[number]
            known = {place + by for span in marks.mails for place in range(*span)}
            for start, end in marks.phones:
                if is_telephone(self.side.tokens, start + by, end + by):
                    known.update(range(start + by, end + by))
            self._reached[number] = known
        return known

    def _is_reached(self, place: int) -> bool:
        """Return whether a token is of an e-mail address or a telephone number."""
        return 0 <= place < len(self.side.tokens) and place in self._reached_at(self.side.number_of(place))

    def anchors(self, number: int) -> list[tuple[int, int]]:
        """Return the marks of postal addresses in a block; of those that may be something else only what stands
        beside another.
        """
        known = self._anchors.get(number)
        if known is None:
            marks, by = self._marks(number), self.side.starts[number]
            sure = self._streets(number)
            kept = [(start + by, end + by) for start, end in marks.codes]
            if kept:
                places = self._places_near(number)
                kept = [
                    (start, end)
                    for start, end in kept
                    if any(
                        not start <= place < end
                        for place in places[bisect_left(places, start - _NEAR) : bisect_left(places, start + _NEAR + 1)]
                    )
                    or self._ends_with_a_party(start)
                ]
            known = self._anchors[number] = sorted(sure + kept)
        return known

    def _streets(self, number: int) -> list[tuple[int, int]]:
        by, tokens = self.side.starts[number], self.side.tokens
        found = [(start + by, end + by) for start, end in self._marks(number).streets]
        return [span for span in found if not is_counted(tokens, *span, self.side.block_at(by))]

    def _near(self, number: int) -> range:
        """Return the blocks that stand a few tokens from a block, with itself."""
        starts = self.side.starts
        last = starts[number + 1] if number + 1 < len(starts) else len(self.side.tokens)
        return range(
            self.side.number_of(starts[number] - 2 * _NEAR), self.side.number_of(max(last - 1, 0) + 2 * _NEAR) + 1
        )

    def _places_near(self, number: int) -> list[int]:
        """Return where marks begin in a block and those beside it."""
        places: set[int] = set()
        for near in self._near(number):
            marks, by = self._marks(near), self.side.starts[near]
            places.update(start for start, _ in self._streets(near))
            places.update(start + by for start, _ in marks.codes)
            places |= self._reached_at(near)
        return sorted(places)

    def _ends_with_a_party(self, place: int) -> bool:
        """Return whether the name of a company stands a few words before a place."""
        return FORM.search(" ".join(self.side.tokens[max(place - _NEAR, 0) : place])) is not None

    def are_none_near(self, start: int, end: int) -> bool:
        """Return whether nothing of an address is in the blocks of these tokens, and beside them."""
        blocks = self.side.number_of(start), self.side.number_of(max(end - 1, start))
        known = self._none_near.get(blocks)
        if known is None:
            near = range(self._near(blocks[0]).start, self._near(blocks[1]).stop)
            known = not any(self._reached_at(number) or self.anchors(number) for number in near)
            self._none_near[blocks] = known
        return known

    def head_of(self, token: int) -> tuple[int, int] | None:
        """Return the place of the party's name in the block of a token, if the block is only an address."""
        if not self.side.starts:
            return None
        asked, last = self.side.block_at(token)
        first, unread = asked, []
        while first not in self._blocks:
            unread.append((first, last))
            if not self._may_continue(first):
                break
            first, last = self.side.block_at(first - 1)
        for block in reversed(unread):  # from above: a line may continue an address that continues another
            self._blocks[block[0]] = self._head(*block)
        return self._blocks[asked]

    def _head(self, first: int, last: int) -> tuple[int, int] | None:
        if last - first > LONGEST:
            return None
        tokens = self.side.tokens[first:last]
        number = self.side.number_of(first)
        marks = [start for start, _ in self.anchors(number)]
        marks += self._reached_at(number)
        if not marks or sum(map(is_prose, tokens)) > MOST_PROSE:
            return None
        if self._may_continue(first) and self._blocks[self.side.block_at(first - 1)[0]] is not None:
            return first, first
        end = min(marks)
        forms = [stop for _, stop in Spelled(self.side.tokens[first:end]).find(PARTY) if stop > 1]
        return first, first + forms[-1] if forms else end

    def _may_continue(self, first: int) -> bool:
        """Return whether a comma leaves the line before this one open: this one continues it if that is an address."""
        return first > 0 and self.side.tokens[first - 1] == ","

    def party(self, token: int) -> str:
        """Return the name of the party whose address the block of a token is; empty if it names none."""
        head = self.head_of(token)
        return "" if head is None else _name(self.side.tokens[slice(*head)])

    def is_detail(self, start: int, end: int) -> bool:
        """Return whether these tokens are a part of an address, and not of the name of whose it is."""
        return all(self._is_detail(place) for place in range(start, end))

    def is_inside(self, start: int, end: int) -> bool:
        """Return whether these tokens stand within a telephone number, with more of it before and behind them."""
        return all(self._is_phone(place) for place in range(start - 1, end + 1))

    def is_telephone(self, start: int, end: int) -> bool:
        """Return whether these tokens are a telephone number with nothing but a word for it."""
        words = [place for place in range(start, end) if is_word(self.side.tokens[place])]
        return any(map(self._is_phone, words)) and all(
            self._is_phone(place) or PHONE_WORDS.fullmatch(self.side.tokens[place].lower()) for place in words
        )

    def _is_detail(self, place: int) -> bool:
        token = self.side.tokens[place]
        near = max(self.side.block_at(place)[0], place - _NEAR)
        if any(map(str.isdigit, token)) and (
            self._is_of_a_new_sentence(place)
            or REGISTERED.search(self.side.before(near, place))
            or counts_something(self.side.tokens, place)
        ):
            return False
        if not is_word(token) or self._is_reached(place):
            return True
        if may_deny(self.side.tokens, place):
            return False
        if token.lower() in BETWEEN_MAILS and self._is_mail(place - 1) and self._is_mail(place + 1):
            return True
        head = self.head_of(place)
        if head is not None:
            return (
                place >= head[1]
                and not is_of_sentences(token)
                and not self._is_governed(place)
                and place not in self._named(place)
            ) or token.lower() in ROLE
        return self.is_within(place) and place not in self._named(place)

    def _is_of_a_new_sentence(self, place: int) -> bool:
        """Return whether a number is of a sentence after the address, and of no street, telephone or e-mail address."""
        is_known = self._is_reached(place) or within(self._streets(self.side.number_of(place)), place)
        first = max(self.side.block_at(place)[0], place - _NEAR)
        return not is_known and is_of_a_new_sentence(self.side.tokens, place, first)

    def _is_governed(self, place: int) -> bool:
        """Return whether a name stands behind a word of a sentence, in its clause, or in brackets behind an e-mail
        address or a telephone number: it says for whom these are (``for EU users``).
        """
        tokens, first = self.side.tokens, self.side.block_at(place)[0]
        if any(map(str.isdigit, tokens[place])) or within(self.anchors(self.side.number_of(place)), place):
            return False
        for before in range(place - 1, first - 1, -1):
            if tokens[before] == "(":
                return self._is_reached(before - 1)
            if tokens[before] in _CLAUSE or tokens[before].isdigit() or self._is_reached(before):
                return False
            if is_of_sentences(tokens[before]) or tokens[before].lower() in _FOR:
                return True
        return False

    def _named(self, place: int) -> set[int]:
        """Return the tokens of companies' names in the block of a token: the words before a legal form, or behind one
        that has none before it (``SAS Acme``, ``ООО «Акме»``).

        Not of one whose address is used (``c/o``): it is nobody new.
        """
        block = self.side.block_at(place)
        if block[0] in self._names:
            return self._names[block[0]]
        tokens, named = self.side.tokens, set[int]()
        by = max(block[0] - _NEAR, 0)
        for start, end in Spelled(tokens[by : block[1] + _NEAR], keep_case=True).find(FORM):
            start, end = start + by, end + by
            first = start
            while first and start - first < LONGEST_NAME and tokens[first - 1][0].isupper():
                first -= 1
            if _CARE_OF.search(self.side.before(max(self.side.block_at(start)[0], first - _PARTNERS), first)):
                continue
            named.update(range(first, end))
            if ord(tokens[start][0]) > 0x3000:
                named.update(beside_a_form(tokens, start, end, self.side.block_at(start)))
            elif first == start:
                named.update(behind_a_form(tokens, end, self.side.block_at(start)[1]))
        self._names[block[0]] = named
        return named

    def _is_mail(self, place: int) -> bool:
        number = self.side.number_of(place)
        return place >= 0 and within(self._marks(number).mails, place - self.side.starts[number])

    def _is_phone(self, place: int) -> bool:
        return self._is_reached(place) and not self._is_mail(place)

    def is_within(self, place: int) -> bool:
        """Return whether a token is of an address within a sentence."""
        number = self.side.number_of(place)
        if number not in self._zones:
            self._zones[number] = self._zones_at(number)
        return within(self._zones[number], place) and not may_deny(self.side.tokens, place)

    def _zones_at(self, number: int) -> list[tuple[int, int]]:
        """Return the addresses within sentences: from their first mark to their last, where only names lie between."""
        merged: list[list[int]] = []
        for start, end in [anchor for near in self._near(number) for anchor in self.anchors(near)]:
            between = self.side.tokens[merged[-1][1] : start] if merged else []
            if merged and len(between) <= 6 and not any(map(is_prose, between)) and "." not in between:
                merged[-1][1] = max(merged[-1][1], end)
            else:
                merged.append([start, end])
        following = [start for start, _ in merged[1:]] + [len(self.side.tokens)]
        return [
            (start, min(self._through_the_town(end), behind))
            for (start, end), behind in zip(merged, following, strict=False)
        ]

    def _through_the_town(self, end: int) -> int:
        """Return where an address in a sentence ends: names and post codes between commas go on with it."""
        last = min(self.side.block_at(max(end - 1, 0))[1], end + _NEAR)
        tokens, place = self.side.tokens, end
        while place < last and (tokens[place] == "," or tokens[place][0].isupper() or tokens[place][0].isdigit()):
            place += 1
            if tokens[place - 1] != "," and (place == last or tokens[place] in ",.;()"):
                end = place
        return end


def _name(tokens: Sequence[str]) -> str:
    return " ".join(token.lower() for token in tokens if is_word(token) and token.lower() not in ROLE)
