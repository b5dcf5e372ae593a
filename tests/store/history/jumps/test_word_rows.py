"""Rows of words are found wherever they begin, as they are written or with a character for each word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from harvester.store.history.jumps.word_rows import WordRows

WORDS = st.lists(st.sampled_from(["a", "no", "yes", "recordings", "photographs", "照片"]), min_size=1, max_size=8)


@given(WORDS, st.lists(WORDS, max_size=5), st.integers(0, 120))
def test_each_place_of_a_row_is_found_however_many_were_asked_for(
    words: list[str], rows: list[list[str]], before: int
) -> None:
    text = f" {' '.join(words)} "
    found = WordRows(lambda: text)
    for number in range(before):
        assert found.count(f"absent {number}") == 0
    for row in (*rows, words[:2], words[-3:]):
        wanted = f" {' '.join(row)} "
        places = [at for at in range(len(text)) if text.startswith(wanted, at)]
        assert (found.places(wanted.strip()), found.count(wanted.strip())) == (places, len(places))


def test_a_page_is_read_once_and_only_when_a_row_is_looked_for() -> None:
    reads: list[str] = []

    def page() -> str:
        reads.append("read")
        return " no no no "

    rows = WordRows(page)
    assert reads == []
    assert (rows.count("no"), rows.count("no no"), rows.count("yes")) == (3, 2, 0)
    assert reads == ["read"]
