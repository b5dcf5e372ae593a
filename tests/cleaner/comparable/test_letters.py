"""Signs that stand for letters, typed or drawn in another way, are the same letters in texts and in pages."""

from __future__ import annotations

import pytest

from harvester.cleaner.comparable import comparable_text
from harvester.cleaner.page_text import page_words

SAME = [
    ("ﾌﾟﾗｲﾊﾞｼｰﾎﾟﾘｼｰ", "プライバシーポリシー"),
    ("\ufee7\ufea4\ufee6", "نحن"),
    ("بيانـــاتك", "بياناتك"),
    ("ทํางาน", "ทำงาน"),
    ("นํ้า", "น้ำ"),
    ("เเละ", "และ"),
    ("ນໍາ", "ນຳ"),
    ("\u2f08\u5de5", "人工"),
    ("Section \u2163", "Section IV"),
    ("\u2474 names", "(1) names"),
    ("5 \u00b5m", "5 μm"),
    ("Adre\u017f\u017fe", "Adresse"),
    ("co\u0140lecció", "col·lecció"),
    ("\u01c6ep", "džep"),
    ("w\u0133", "wij"),
    ("1\u20442", "1/2"),
    ("\U0001d5f8\U0001d5f2\U0001d5f2\U0001d5fd", "keep"),
    ("data\u3164", "data"),
    ("da\U000e0020ta", "data"),
    ("葛\U000e0100", "葛"),
    ("等等\u2026\u2026", "等等..."),
]


@pytest.mark.parametrize(("sign", "letters"), SAME)
def test_a_sign_is_the_letters_that_it_stands_for(sign: str, letters: str) -> None:
    assert comparable_text("T", f"We say {sign} here.") == comparable_text("T", f"We say {letters} here.")


@pytest.mark.parametrize(("sign", "letters"), SAME)
def test_a_page_has_the_words_that_its_text_has(sign: str, letters: str) -> None:
    pages = [page_words(f"<p>We say {word} here.</p>".encode(), "text/html; charset=utf-8") for word in (sign, letters)]
    assert pages[0] == pages[1]


@pytest.mark.parametrize(("one", "other"), [("10²", "102"), ("1½", "11/2"), ("№ 5", "No 5"), ("㎏", "kg"), ("①", "1")])
def test_signs_that_read_otherwise_beside_others_stay(one: str, other: str) -> None:
    assert comparable_text("T", f"We say {one} here.") != comparable_text("T", f"We say {other} here.")
