"""Passages of a text are read line by line, once for all texts that have the line."""

from __future__ import annotations

import re
from itertools import permutations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from harvester.cleaner.quality import prose
from harvester.store.history import likeness
from harvester.store.history.likeness import Measures, is_revision, languages, other_language, passages, pieces
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


@given(st.lists(st.sampled_from(PARTS), max_size=12).map("".join))
def test_the_pieces_of_a_text_are_the_text_and_each_says_something_or_ends_its_line(text: str) -> None:
    found = pieces(text)
    assert "".join(found) == text
    assert all("\n" in one or re.search(r"[^\W\d_]", one) for one in found[:-1])


@pytest.mark.parametrize("part", ["1. ", "... ", "? ", "1. a. ", "1\n"])
def test_each_character_is_searched_for_a_letter_once(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    searched = 0

    class Letter:
        def search(self, text: str, begin: int = 0, end: int | None = None) -> re.Match[str] | None:
            nonlocal searched
            searched += (len(text) if end is None else end) - begin
            return letter.search(text, begin, len(text) if end is None else end)

    letter = likeness._LETTER
    monkeypatch.setattr(likeness, "_LETTER", Letter())
    pieces(text := part * 300)
    assert searched <= len(text)


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


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("a b c d e f g h i j", "a b c d e f g h x y", True),
        ("a b c d e f g h i j", "a b c d e f g x y z", False),
        ("a b c d e f g h i j", "j i h g f e d c b a", True),
        ("a b c d", "a b c d e f g h i j", False),  # of the longer one
        ("a a a a a b b b b b", "a a a a a a a a a b", False),  # each as often
    ],
)
def test_one_text_is_a_revision_of_another_if_most_words_of_the_longer_are_in_both(
    one: str, other: str, *, is_one: bool
) -> None:
    sides = [measures(text, "en") for text in (one, other)]
    assert is_revision(*sides) is is_revision(*sides[::-1]) is is_one
