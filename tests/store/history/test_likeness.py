"""Passages of a text are read line by line, once for all texts that have the line."""

from __future__ import annotations

import re
from itertools import permutations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from harvester.cleaner.quality import prose
from harvester.store.history.likeness import Measures, languages, other_language, passages, pieces
from tests.support.store.spoken import SAID, long

PARTS = [
    "We keep it. ",
    "Ask us: ",
    "5. ",
    "[Terms](https://a.example/terms ",
    "[Terms](https://a.example/terms)",
    '"The terms")',
    "www.a.example ",
    "ΤΕΛΟΣ",
    "\n",
    "  \n",
    "\n\n",
    "。",
]


@example('[Terms](https://a.example/terms\n"The terms") We keep it.')
@given(st.lists(st.sampled_from(PARTS), max_size=12).map("".join))
def test_the_passages_of_a_text_are_those_of_its_lines(text: str) -> None:
    said = [re.sub(r"[\W_]+", " ", piece).strip() for piece in pieces(prose.plain(text).lower())]
    assert passages(text) == {one for one in said if one}


def measures(text: str, language: str) -> Measures:
    return Measures(500, language, 0.9, lambda: passages(text), lambda: text)


@pytest.mark.parametrize(("one", "other"), list(permutations(SAID, 2)))
def test_a_page_that_says_the_same_in_a_second_language_is_in_no_other_one(one: str, other: str) -> None:
    alone, both = long(one), f"{long(one, 'A')}\n\n{long(other, 'A')}"  # rewritten, so that no passage is left
    assert languages(alone) == {one}
    assert languages(both) == {one, other}
    for language in (one, other):
        assert not other_language(measures(alone, one), measures(both, language))
        assert not other_language(measures(both, language), measures(alone, one))
    assert other_language(measures(alone, one), measures(long(other), other))


def test_a_line_in_another_language_makes_no_second_one() -> None:
    assert languages(f"{long('de')}\n\n{SAID['en']}") == {"de"}
    assert languages("") == {"und"}
