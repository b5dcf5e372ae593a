"""The words that are indexed of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.store.search import indexing
from harvester.store.search.indexing import indexed, stemmed, words_of
from harvester.store.search.query import BREAK, spans, words


@given(st.text(alphabet=st.characters(max_codepoint=127)) | st.text())
def test_the_words_of_a_text_are_those_at_its_spans(visible: str) -> None:
    assert words(visible) == [word for word, _, _ in spans(visible)]


@given(st.lists(st.lists(st.sampled_from(["a", "bb", "ccc", "dddd", "é", "fff"]), max_size=6), max_size=5), st.data())
def test_indexing_ends_before_the_word_that_would_pass_the_limit(blocks: list[list[str]], data: st.DataObject) -> None:
    text = "\n\n".join(" ".join(block) for block in blocks if block)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(indexing, "MOST_BYTES", 1_000)
        whole = indexed(text)
        limit = data.draw(st.integers(0, 20))
        patch.setattr(indexing, "MOST_BYTES", limit)
        found = indexed(text)
    assert found == whole[: len(found)]
    distinct = {word for word in found if word != BREAK}
    assert sum(len(word.encode()) for word in distinct) <= limit
    if len(found) < len(whole):
        following = whole[len(found)]
        assert sum(len(word.encode()) for word in distinct | {following}) > limit


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("เปิดเผย", "เราจะไม่เปิดเผยข้อมูล"),
        ("개인정보", "귀하의 개인정보를"),
        ("ຂໍ້ມູນ", "ພວກເຮົາເກັບຂໍ້ມູນ"),
        ("ទិន្នន័យ", "យើងប្រមូលទិន្នន័យ"),
        ("个人信息", "我们收集个人信息。"),
        ("еще", "Ещё"),
        ("STRASSE", "Straße"),
        ("e\u0301te", "Éte"),
    ],
)
def test_a_word_is_found_as_a_phrase_inside_a_text_without_spaces_and_in_each_spelling(inside: str, text: str) -> None:
    phrase, here = words(inside), words(text)
    assert phrase
    assert any(here[start : start + len(phrase)] == phrase for start in range(len(here)))


def test_marks_stay_with_their_letters() -> None:
    assert words("स्वीकृति مُحَمَّد שָׁלוֹם") == ["स्वीकृति", "مُحَمَّد", "שָׁלוֹם"]


LINES = [
    "",
    "",
    " ",
    "# Privacy",
    "Ähnliche Namen",
    "* a list",
    "  * within it",
    "1. first",
    "> said",
    "| a | b |",
    "---|---",
]
LINES += ["---|---", "***", "---", "===", "```", "We collect data", "(c) Daten", "…", "¶", "collected names.  ", "  "]


@given(st.lists(st.sampled_from(LINES), max_size=10).map("\n".join), st.sampled_from(["en", "de", "und"]))
def test_a_text_is_indexed_part_by_part_as_it_is_as_a_whole(text: str, language: str) -> None:
    found = indexed(text)
    expected = " ".join(found), " ".join(stemmed(found, language))
    made = words_of(text, language)
    assert (made.words, made.stems) == expected
