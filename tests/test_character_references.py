"""Character references in texts that strangers sent."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.character_references import unescape
from harvester.cleaner.page_text import page_words
from harvester.diffing import compare


@given(st.text(alphabet="&#x;0123456789abcltgmp "))
def test_references_are_read_as_by_the_standard_library(text: str) -> None:
    assert unescape(text) == html.unescape(text)


@pytest.mark.parametrize("zeros", [0, 99, 5_000])
def test_zeros_before_a_number_alter_nothing(zeros: int) -> None:
    assert unescape(f"caf&#{'0' * zeros}233; a") == "café a"
    assert unescape(f"a&#{'0' * (zeros + 1)};b") == "a\ufffdb"


def test_a_number_of_any_length_is_no_character() -> None:
    assert unescape(f"a&#{'9' * 5_000};b") == "a\ufffdb"
    assert page_words(f"<p>one &#{'9' * 5_000}; two</p>".encode()).split() == ["one", "two"]
    assert compare(f"We keep &#{'9' * 5_000}; data.", "We keep data.").kind
