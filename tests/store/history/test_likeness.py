"""Passages of a text are read line by line, once for all texts that have the line."""

from __future__ import annotations

import re
from itertools import permutations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from harvester.cleaner.quality import prose
from harvester.store.history.likeness import Measures, languages, other_language, passages, pieces

PARTS = [
    "We keep it. ",
    "Ask us: ",
    "5. ",
    "[Terms](https://a.example/terms ",
    "[Terms](https://a.example/terms)",
    '"The terms")',
    "www.a.example ",
    "ΤΕΛΟΣ",
    "\n",
    "  \n",
    "\n\n",
    "。",
]


@example('[Terms](https://a.example/terms\n"The terms") We keep it.')
@given(st.lists(st.sampled_from(PARTS), max_size=12).map("".join))
def test_the_passages_of_a_text_are_those_of_its_lines(text: str) -> None:
    said = [re.sub(r"[\W_]+", " ", piece).strip() for piece in pieces(prose.plain(text).lower())]
    assert passages(text) == {one for one in said if one}


SAID = {
    "en": "We collect your name and your address. We use them to deliver what you order. We never sell your data to "
    "anybody. You may ask us to delete what we hold about you.",
    "de": "Wir erheben Ihren Namen und Ihre Anschrift. Wir nutzen beides für die Lieferung der Waren. Wir verkaufen "
    "Ihre Daten nicht. Die Löschung Ihrer Daten kann jederzeit von uns verlangt werden.",
    "tr": "Adınızı ve adresinizi topluyoruz. Bunları siparişlerinizi teslim etmek için kullanıyoruz. Verilerinizi "
    "kimseye satmıyoruz. Verilerinizin silinmesini bizden isteyebilirsiniz.",
    "ru": "Мы собираем ваше имя и ваш адрес. Мы используем их для доставки ваших заказов. Мы никому не продаём ваши "
    "данные. Вы можете попросить нас удалить всё, что мы храним о вас.",
    "ja": "当社はお名前と住所を収集します。商品の配送に使用します。"
    "データを第三者に販売しません。データの削除を請求できます。ご請求から三十日以内に削除し、結果を電子メールで"
    "お知らせします。クッキーはお客様の設定を記憶するために使用します。",
}
"""What a policy says, invented, in languages of several scripts."""


def long(language: str, section: str = "") -> str:
    return "\n\n".join(f"{section} {number}. {SAID[language]}" for number in range(12))


def measures(text: str, language: str) -> Measures:
    return Measures(500, language, 0.9, lambda: passages(text), read_spoken=lambda: languages(text))


@pytest.mark.parametrize(("one", "other"), list(permutations(SAID, 2)))
def test_a_page_that_says_the_same_in_a_second_language_is_in_no_other_one(one: str, other: str) -> None:
    alone, both = long(one), f"{long(one, 'A')}\n\n{long(other, 'A')}"  # rewritten, so that no passage is left
    assert languages(alone) == {one}
    assert languages(both) == {one, other}
    for language in (one, other):
        assert not other_language(measures(alone, one), measures(both, language))
        assert not other_language(measures(both, language), measures(alone, one))
    assert other_language(measures(alone, one), measures(long(other), other))


def test_a_line_in_another_language_makes_no_second_one() -> None:
    assert languages(f"{long('de')}\n\n{SAID['en']}") == {"de"}
    assert languages("") == {"und"}
