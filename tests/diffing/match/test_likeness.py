"""What makes two passages alike: the words that tell them from others, in runs."""

from __future__ import annotations

import pytest

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
