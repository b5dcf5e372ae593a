"""Word hunks: minimal, whole, readable, bounded."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from harvester.diffing import compare
from harvester.diffing.match import across, align, equal_tokens
from harvester.diffing.text.tokens import count_words, tokenise, words_of
from harvester.diffing.words import Hunk, equal_runs, hunks_and_crumbs, word_hunks


def test_a_small_word_between_two_large_replacements_does_not_stand_alone() -> None:
    left, right = "the first long phrase", "quite different matter"
    old = f"we keep {left} of {right} for ever"
    new = "we keep every word that was said of things nobody has yet heard for ever"
    assert word_hunks(tokenise(old), tokenise(new)) == (Hunk(2, 10, 2, 13),)


def test_a_telling_word_between_two_replacements_stays() -> None:
    old, new = ["we", "sell", "personal", "data", "today"], ["we", "lend", "personal", "records", "today"]
    assert word_hunks(old, new) == (Hunk(1, 2, 1, 2), Hunk(3, 4, 3, 4))


def test_a_chinese_character_does_not_stand_alone_between_two_replacements() -> None:
    old, new = tokenise("产品时始终顾及和考虑用户的隐私权。"), tokenise("产品严格控制在线及您与我们共享的信息。")
    assert [("".join(old[i:i_end]), "".join(new[j:j_end])) for i, i_end, j, j_end in word_hunks(old, new)] == [
        ("时始终顾及和考虑用户的隐私权", "严格控制在线及您与我们共享的信息")
    ]


def test_the_characters_of_a_chinese_date_stay() -> None:
    old, new = tokenise("更新于 2023年1月3日"), tokenise("更新于 2024年2月5日")
    assert ["".join(old[i:i_end]) for i, i_end, *_ in word_hunks(old, new)] == ["2023", "1", "3"]


def test_an_inserted_sentence_is_marked_from_its_first_word_to_its_full_stop() -> None:
    old, new = ["We", "A", ".", "We", "C", "."], ["We", "A", ".", "We", "B", ".", "We", "C", "."]
    assert word_hunks(old, new) == (Hunk(3, 3, 3, 6),)


@pytest.mark.parametrize(
    ("old", "new", "marked"),
    [
        ("names, ages, towns", "names, towns", "ages ,"),
        ("In Ireland, Dublin, Ireland", "In Ireland", "Ireland , Dublin ,"),  # git strikes no word more
        ("Call us; write to us or visit us.", "Call us.", "; write to us or visit us"),
    ],
)
def test_what_came_or_went_is_marked_with_the_comma_behind_it(old: str, new: str, marked: str) -> None:
    before, after = tokenise(old), tokenise(new)
    (hunk,) = word_hunks(before, after)
    assert (before[hunk.old_start : hunk.old_end], hunk.new_end - hunk.new_start) == (marked.split(), 0)


@pytest.mark.parametrize(
    ("old", "new", "marked"),
    [
        (
            'take part in "Earn Credits" here',
            'take part in "Free Credits" or "Earn Credits" here',
            '" Free Credits " or',
        ),
        ('call it "site" and "app" here', 'call it "site" here', 'and " app "'),
        ("games (two) and (three) here", "games (three) here", "( two ) and"),
        ("as (in towns) we list", "as (in towns) (by law) we list", "( by law )"),
    ],
)
def test_a_mark_takes_both_of_two_brackets_or_quotation_marks(old: str, new: str, marked: str) -> None:
    before, after = tokenise(old), tokenise(new)
    (hunk,) = word_hunks(before, after)
    assert (before[hunk.old_start : hunk.old_end] or after[hunk.new_start : hunk.new_end]) == marked.split()


@settings(max_examples=60)
@given(*[st.lists(st.sampled_from(["data", "terms", "cookies", ",", ".", "("]), max_size=12)] * 2)
def test_no_word_is_marked_so_that_a_sign_may_stay(old: list[str], new: list[str]) -> None:
    marked = sum(count_words(old[h[0] : h[1]]) + count_words(new[h[2] : h[3]]) for h in word_hunks(old, new))
    assert marked == Indel.distance(words_of(old), words_of(new))


def test_passages_too_long_for_the_quadratic_algorithm_are_compared_between_shared_runs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(align, "CELLS", 400)
    monkeypatch.setattr(equal_tokens, "CELLS", 400)
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
    monkeypatch.setattr(equal_tokens, "CELLS", 400)
    old, new = [f"a{n % 40}" for n in range(100)], [f"b{n % 40}" for n in range(100)]
    assert word_hunks(old, new) == (Hunk(0, 100, 0, 100),)


def test_a_long_single_paragraph_totally_rewritten_is_compared_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (align, across, equal_tokens):
        monkeypatch.setattr(module, "CELLS", 1_000_000)
    random_ = random.Random(3)
    old, new = (" ".join("".join(random_.choices("abcdefghij", k=3)) for _ in range(4000)) for _ in range(2))
    measures = compare(old, new).measures
    assert measures.words_added > 3000
    assert measures.share > 0.9


WORDS = st.lists(st.sampled_from(["data", "terms", "cookies", "sell", "the", "of", ",", "."]), max_size=24)


@settings(max_examples=60)
@given(WORDS, WORDS)
def test_crumbs_are_the_words_marked_beyond_a_minimal_diff(old: list[str], new: list[str]) -> None:
    hunks, crumbs = hunks_and_crumbs(old, new)
    marked = sum(count_words(old[h[0] : h[1]]) + count_words(new[h[2] : h[3]]) for h in hunks)
    assert marked == Indel.distance(words_of(old), words_of(new)) + 2 * crumbs


@settings(max_examples=60)
@given(WORDS, WORDS)
def test_between_hunks_the_tokens_are_equal(old: list[str], new: list[str]) -> None:
    runs = list(equal_runs(word_hunks(old, new), (len(old), len(new))))
    assert all(old[start:end] == new[other : other + end - start] for start, end, other in runs)
    marked = sum(h.old_end - h.old_start for h in word_hunks(old, new))
    assert sum(end - start for start, end, _ in runs) + marked == len(old)


def test_a_long_passage_with_many_small_changes_keeps_every_word_that_it_can() -> None:
    old = [word for number in range(1500) for word in (f"w{number % 700}", ",", "and")]
    new = [f"other{at}" if at % 30 == 0 else "." if at % 31 == 1 else word for at, word in enumerate(old)]
    marked = sum(count_words(old[h[0] : h[1]]) + count_words(new[h[2] : h[3]]) for h in word_hunks(old, new))
    assert marked == Indel.distance(words_of(old), words_of(new))
