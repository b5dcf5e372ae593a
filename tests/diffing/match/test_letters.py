"""Words as letters: equal ones alike, different ones apart, however many there are."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.diffing.match import letters
from harvester.diffing.match.align import common_runs
from harvester.diffing.match.letters import letters_of
from harvester.diffing.text.tokens import is_word, tokenise


@given(st.text(), st.text())
def test_words_have_equal_letters_if_and_only_if_they_are_equal(old: str, new: str) -> None:
    olds, news = tokenise(old), tokenise(new)
    given_letters = dict(
        zip([*olds, *news], [letter for side in letters_of(olds, news) for letter in side], strict=True)
    )
    of_words = [letter for token, letter in given_letters.items() if is_word(token)]
    assert len(set(of_words)) == len(of_words)
    assert all(len(letter) == is_word(token) for token, letter in given_letters.items())


def test_a_passage_with_new_words_is_not_mixed_up_when_the_letters_begin_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters, "_MOST_REMEMBERED", 4)
    for turn in range(20):
        words = [f"word{turn}", f"other{turn}", "same"]
        old, new = letters_of(words, words[::-1])
        assert old == new[::-1]
        assert len(set(old)) == 3


def test_words_for_which_no_letter_is_left_are_taken_as_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    few = letters._LettersOfWords()
    few._numbers = count(sys.maxunicode)
    monkeypatch.setattr(letters, "_remembered", [few])
    old, new = letters_of(["first", "second"], ["second", "first"])
    assert old == [chr(sys.maxunicode), ""]
    assert new == old[::-1]


def test_threads_give_a_word_one_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters, "_remembered", [letters._LettersOfWords()])
    words = [f"word{number}" for number in range(2000)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: letters_of(words, words), range(16)))
    assert all(old == new and len(set(old)) == len(words) for old, new in found)
    assert all(common_runs("".join(old), "".join(new)) == [(0, 0, len(words))] for old, new in found)


def test_words_are_not_remembered_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters, "_MOST_REMEMBERED", 4)
    for turn in range(20):
        letters_of([f"word{turn}"], [f"other{turn}"])
    assert len(letters._remembered[0]) <= 6


def test_a_letter_that_another_thread_gave_meanwhile_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    given_letters = letters._LettersOfWords()

    def gives_one_meanwhile(token: str) -> bool:
        given_letters[token] = "A"
        return True

    monkeypatch.setattr(letters, "is_word", gives_one_meanwhile)
    assert given_letters["word"] == given_letters["word"] == "A"
