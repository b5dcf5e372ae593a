"""Word hunks: minimal, whole, readable, bounded."""

from __future__ import annotations

import random

import pytest

from harvester.diffing import compare, words
from harvester.diffing.match import align
from harvester.diffing.text.tokens import tokenise
from harvester.diffing.words import Hunk, word_hunks


def test_a_small_word_between_two_large_replacements_does_not_stand_alone() -> None:
    left, right = "the first long phrase", "quite different matter"
    old = f"we keep {left} of {right} for ever"
    new = "we keep every word that was said of things nobody has yet heard for ever"
    assert word_hunks(tokenise(old), tokenise(new)) == (Hunk(2, 10, 2, 13),)


def test_a_telling_word_between_two_replacements_stays() -> None:
    old, new = ["we", "sell", "personal", "data", "today"], ["we", "lend", "personal", "records", "today"]
    assert word_hunks(old, new) == (Hunk(1, 2, 1, 2), Hunk(3, 4, 3, 4))


def test_an_inserted_sentence_is_marked_from_its_first_word_to_its_full_stop() -> None:
    old, new = ["We", "A", ".", "We", "C", "."], ["We", "A", ".", "We", "B", ".", "We", "C", "."]
    assert word_hunks(old, new) == (Hunk(3, 3, 3, 6),)


def test_passages_too_long_for_the_quadratic_algorithm_are_compared_between_shared_runs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(align, "CELLS", 400)
    monkeypatch.setattr(words, "CELLS", 400)
    random_ = random.Random(7)
    old = [f"w{random_.randrange(3000)}" for _ in range(2000)]
    new = list(old)
    for at in range(100, 2000, 100):
        new[at] = "amended"
    hunks = word_hunks(old, new)
    assert [(h.old_start, h.old_end, h.new_start, h.new_end) for h in hunks] == [
        (at, at + 1, at, at + 1) for at in range(100, 2000, 100)
    ]


def test_unlike_passages_too_long_to_compare_are_replaced_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "CELLS", 400)
    old, new = [f"a{n % 40}" for n in range(100)], [f"b{n % 40}" for n in range(100)]
    assert word_hunks(old, new) == (Hunk(0, 100, 0, 100),)


def test_a_long_single_paragraph_totally_rewritten_is_compared_at_all() -> None:
    random_ = random.Random(3)
    old, new = (" ".join(f"w{random_.randrange(9000)}" for _ in range(60_000)) for _ in range(2))
    measures = compare(old, new).measures
    assert measures.words_added > 50_000
    assert measures.share > 0.9
