"""The words that are indexed of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.store.search import query
from harvester.store.search.query import BREAK, indexed, spans, words


@given(st.text(alphabet=st.characters(max_codepoint=127)) | st.text())
def test_the_words_of_a_text_are_those_at_its_spans(visible: str) -> None:
    assert words(visible) == [word for word, _, _ in spans(visible)]


@given(st.lists(st.lists(st.sampled_from(["a", "bb", "ccc", "dddd", "é", "fff"]), max_size=6), max_size=5), st.data())
def test_indexing_ends_before_the_word_that_would_pass_the_limit(blocks: list[list[str]], data: st.DataObject) -> None:
    text = "\n\n".join(" ".join(block) for block in blocks if block)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(query, "MOST_BYTES", 1_000)
        whole = indexed(text)
        limit = data.draw(st.integers(0, 20))
        patch.setattr(query, "MOST_BYTES", limit)
        found = indexed(text)
    assert found == whole[: len(found)]
    distinct = {word for word in found if word != BREAK}
    assert sum(len(word.encode()) for word in distinct) <= limit
    if len(found) < len(whole):
        following = whole[len(found)]
        assert sum(len(word.encode()) for word in distinct | {following}) > limit
