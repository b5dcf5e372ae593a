"""What counts as a word, and the reading grade."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.cleaner.quality.prose import number_of_words, plain, reading_grade, words


def test_link_targets_and_addresses_are_not_prose() -> None:
    markdown = (
        'See [our *site*](https://example.com/a_(b)/c "Title") or <https://x.org/y>, www.z.org; mail: mailto:a@b.c'
    )
    assert words(plain(markdown)) == ["see", "our", "site", "or", "mail"]


def test_emphasis_is_no_letter_and_apostrophes_stay_inside_words() -> None:
    assert words("_Don't_ use **the user’s** 'name'!") == ["don't", "use", "the", "user’s", "name"]


def test_words_end_at_the_ends_of_lines_of_any_script() -> None:
    text = "Don't_\nuse **it**\r\nl’été O'Brien's\n\n情報 or'4\tx\x1fy"
    listed = ["don't", "use", "it", "l’été", "o'brien", "s", "情", "報", "or", "4", "x", "y"]
    assert words(text) == listed
    assert [number_of_words(text), number_of_words(text)] == [len(listed)] * 2


@given(st.text(alphabet="ab1 _'’\n\té中\x1c-.K\u212a\u3000"))
def test_words_are_counted_as_they_are_listed(text: str) -> None:
    assert number_of_words(text) == len(words(text))


def test_each_chinese_or_japanese_sign_is_a_word() -> None:
    assert words("个人信息 and 情報") == ["个", "人", "信", "息", "and", "情", "報"]


@pytest.mark.parametrize(
    ("text", "sentences", "syllables"),
    [
        ("The cat sat on the mat. It was a big cat.", 2, 11),
        ("# Heading\n\n* one item\n* second item", 3, 9),
        ("We ask, e.g. for a name.", 1, 7),
        ("**Bold end.** Then more.", 2, 4),
    ],
)
def test_the_grade_is_flesch_and_kincaids_formula(text: str, sentences: int, syllables: int) -> None:
    listed = words(text)
    expected = 0.39 * len(listed) / sentences + 11.8 * syllables / len(listed) - 15.59
    assert reading_grade(text, Counter(listed)) == pytest.approx(expected, abs=0.01)


def test_legal_prose_is_harder_than_plain_speech() -> None:
    hard = (
        "Notwithstanding the aforementioned provisions, personally identifiable information may be disclosed to "
        "affiliated organisations pursuant to contractual obligations governing confidentiality and retention."
    )
    easy = "We keep your name. We do not sell it. You may ask us to drop it."
    hard_grade, easy_grade = reading_grade(hard, Counter(words(hard))), reading_grade(easy, Counter(words(easy)))
    assert hard_grade is not None
    assert easy_grade is not None
    assert hard_grade > 18 > 3 > easy_grade


def test_no_words_have_no_grade() -> None:
    assert reading_grade("12. 34!", Counter(words("12. 34!"))) is None


@given(st.text(max_size=200))
def test_any_text_has_words_and_a_grade_or_none(text: str) -> None:
    listed = words(plain(text))
    assert all(word.strip() for word in listed)
    reading_grade(plain(text), Counter(listed))
