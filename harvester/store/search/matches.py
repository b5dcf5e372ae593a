"""Which texts match a query, asked of the index for as few texts as an answer needs.

A common word is in most of 200,000 texts, and to read their numbers takes as long as ten pages of results. So the index
is first asked for a few: when it has no more, they are all. Else it is asked for the texts of some services at a time,
each by its number.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Text,
    any_,
    case,
    cast,
    func,
    literal_column,
    select,
    text,
    true,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from harvester.store.schema import TextRow
from harvester.store.search.phrases import in_one_question, is_sqlite, matching, said_in, text_number
from harvester.store.search.query import And, Not, Or, Phrase, Query, phrases

Number = ColumnElement[int] | InstrumentedAttribute[int]
RARE = 2_000
"""What no more texts say is rare: their numbers are read at once."""
_A_FEW = 200
"""Texts that are asked for before it is known whether a query is rare: those of one service."""
_ONE_BY_ONE = 6_000
"""Texts that are asked for by their numbers; for more all that match are read."""
_BETWEEN = 50
"""Texts that FTS5 reads in the time in which it begins again at another number."""
_IN_RUNS = """
SELECT group_concat(text_search.rowid, ',') FROM json_each(:runs) AS run CROSS JOIN text_search
WHERE text_search MATCH :asked
AND text_search.rowid BETWEEN json_extract(run.value, '$[0]') AND json_extract(run.value, '$[1]')
"""  # CROSS JOIN keeps the order: run by run


@dataclass(frozen=True, slots=True)
class Known:
    """Texts that were found in another way, as a query that matches them."""

    few: frozenset[int]

    def among(self, texts: Collection[int]) -> set[int]:
        """Return which of some texts match."""
        return set(self.few.intersection(texts))


class Matches:
    """The texts that match a query."""

    def __init__(self, session: Session, query: Query) -> None:
        self.query = query
        self._session = session
        self._read: dict[Query, set[int]] = {}
        self._asked_of: set[int] = set()
        self._matching: set[int] = set()

    @cached_property
    def few(self) -> frozenset[int] | None:
        """All texts that match, None if they are not rare (or only known by what they do not say)."""
        found = self._few(self.query)
        return None if found is None else frozenset(found)

    def among(self, texts: Collection[int]) -> set[int]:
        """Return which of some texts match."""
        # To read of all texts those that match takes longer than to ask for a few of them.
        known = "few" in vars(self) or len(texts) > _A_FEW
        if known and self.few is not None:
            return set(self.few.intersection(texts))
        if new := set(texts) - self._asked_of:
            self._asked_of |= new
            self._matching |= self._of(self.query, new)
        return self._matching.intersection(texts)

    def _few(self, query: Query) -> set[int] | None:
        if isinstance(query, Phrase):
            chosen = select(text_number(self._session).label("number")).where(said_in(self._session, query))
            some = chosen.limit(RARE + 1).subquery()
            found = set(numbers(self._session, some.c.number))
            return found if len(found) <= RARE else None
        if isinstance(query, And):
            rare = next((one for part in query.parts if (one := self._few(part)) is not None), None)
            return None if rare is None else self._of(query, rare)
        if isinstance(query, Or):
            parts = [self._few(part) for part in query.parts]
            return None if None in parts else set().union(*(part for part in parts if part))
        return None

    def _of(self, query: Query, texts: set[int]) -> set[int]:
        if isinstance(query, Phrase) or self._is_one_question(query):
            return self._that_match(query, texts)
        if isinstance(query, Not):
            return texts - self._of(query.part, texts)
        if isinstance(query, And):
            for part in query.parts:
                texts = self._of(part, texts)
            return texts
        found: set[int] = set()
        for part in query.parts:
            found |= self._of(part, texts - found)
        return found

    def _is_one_question(self, query: Query) -> bool:
        return is_sqlite(self._session) and in_one_question(query, "und") is not None

    def _that_match(self, query: Query, texts: set[int]) -> set[int]:
        if query in self._read or len(texts) > _ONE_BY_ONE:
            return texts & self._all(query)
        if not any(phrase.inflected for phrase in phrases(query)):
            return self._asked(query, texts, None)
        # Asked in one language instead of all, a search of inflections looks for one word instead of twenty.
        joined_numbers = func.aggregate_strings(cast(TextRow.id, Text), ",")
        spoken = select(TextRow.language, joined_numbers).where(one_of(self._session, TextRow.id, texts))
        found: set[int] = set()
        for language, joined in self._session.execute(spoken.group_by(TextRow.language)):
            found |= self._asked(query, set(read_numbers(joined)), language)
        return found

    def _asked(self, query: Query, texts: set[int], language: str | None) -> set[int]:
        if is_sqlite(self._session):
            asked = {"runs": json.dumps(_runs(texts)), "asked": in_one_question(query, language)}
            return texts.intersection(read_numbers(self._session.scalar(text(_IN_RUNS), asked)))
        assert isinstance(query, Phrase)
        # PostgreSQL would begin with all texts that say it; a CASE prevents that.
        number, says = text_number(self._session), said_in(self._session, query, language)
        chosen = select(number).where(one_of(self._session, number, texts), case((says, true())))
        return set(self._session.scalars(chosen))

    def _all(self, query: Query) -> set[int]:
        if query not in self._read:
            self._read[query] = set(numbers(self._session, text_number(self._session), matching(self._session, query)))
        return self._read[query]


def numbers(session: Session, number: Number, *conditions: ColumnElement[bool]) -> list[int]:
    """Return a number of each row. As one string, which takes a fifth of the time that so many rows take."""
    return read_numbers(session.scalar(select(func.aggregate_strings(cast(number, Text), ",")).where(*conditions)))


def read_numbers(joined: str | None) -> list[int]:
    """Return the numbers that a statement gave as one string, with commas; None: there was none."""
    found: list[int] = json.loads(f"[{joined or ''}]")  # in half the time of `int` for each
    return found


def _runs(numbers: Collection[int]) -> list[tuple[int, int]]:
    """Return numbers as runs from the first to the last of those that lie near each other, as a service's texts do."""
    found: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if found and number - found[-1][1] <= _BETWEEN:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def one_of(session: Session, column: Number, numbers: Collection[int]) -> ColumnElement[bool]:
    """Return the condition that a column is one of many numbers: no database takes a variable for each."""
    many = sorted(numbers)
    if is_sqlite(session):
        return column.in_(select(literal_column("value")).select_from(func.json_each(json.dumps(many))))
    return column == any_(cast(many, ARRAY(BigInteger)))
