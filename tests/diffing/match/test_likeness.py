"""What makes two passages alike: the words that tell them from others, in runs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.diffing.match import likeness
from harvester.diffing.match.likeness import Passages, runs
from harvester.diffing.text.blocks import read_blocks


def test_common_words_marks_and_capitals_tell_nothing() -> None:
    passages = Passages(
        read_blocks("We share the Address, and the Names, of your Company."), read_blocks("share address names company")
    )
    assert passages.telling("old", 0) == passages.telling("new", 0)


@pytest.mark.parametrize(("text", "tokens"), [("the address of your company", 5), ("your address, names and age", 3)])
def test_a_passage_of_fewer_than_three_telling_words_is_told_by_all_it_has(text: str, tokens: int) -> None:
    blocks = read_blocks(text)
    assert len(Passages(blocks, blocks).telling("old", 0)) == tokens


def test_a_long_passage_is_found_by_a_third_of_its_runs() -> None:
    assert [len(runs(list(range(1, words + 1)))) for words in (2, 3, 40, 41)] == [1, 1, 38, 13]


WORDS = st.sampled_from("We we share the Address address and names of Company , . 5 it".split())  # noqa: SIM905


@given(st.lists(st.lists(WORDS, min_size=1, max_size=8), min_size=1, max_size=4))
def test_the_letters_of_a_passage_are_its_telling_words(said: list[list[str]]) -> None:
    blocks = read_blocks("\n\n".join(f"({' '.join(words)})" for words in said))
    passages = Passages(blocks, blocks)
    numbers = [number for place in range(len(blocks)) for number in passages.telling("old", place)]
    letters = [letter for place in range(len(blocks)) for letter in passages.spelled("new", place)]
    assert len(numbers) == len(letters)
    assert len(set(numbers)) == len(set(letters)) == len(set(zip(numbers, letters, strict=True)))
    for place in range(len(blocks)):
        sizes = {Passages(blocks, blocks).size("old", place), passages.size("old", place), passages.size("new", place)}
        assert sizes == {len(passages.spelled("old", place))}


def test_passages_of_thousands_of_words_are_alike_by_their_runs_and_all_others_in_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    halves = [" ".join(f"{half}{number}" for number in range(40)) for half in ("left", "right")]
    old, new = read_blocks(" ".join(halves)), read_blocks(" ".join(halves[::-1]))
    assert Passages(old, new).likeness(0, 0).share == 0.5
    monkeypatch.setattr(likeness, "_CELLS", 80 * 80 - 1)
    assert Passages(old, new).likeness(0, 0).share > 0.9
