"""Capitals of any script are cosmetic, another keyboard and added vowels are spelling, other letters other words."""

from __future__ import annotations

import pytest

from harvester.diffing import Kind
from tests.support.diffing.passages import between

CAPITALS = [
    ("## How We Use Your Data", "HOW WE USE YOUR DATA"),
    ("## Wie groß Ihre Straße ist", "WIE GROSS IHRE STRASSE IST"),
    ("## Comment nous utilisons vos données", "COMMENT NOUS UTILISONS VOS DONNÉES"),
    ("## Comment vos données sont protégées", "COMMENT VOS DONNEES SONT PROTEGEES"),
    ("## Bilgilerinizi nasıl işliyoruz", "BİLGİLERİNİZİ NASIL İŞLİYORUZ"),
    ("## Πώς χρησιμοποιούμε τα δεδομένα", "ΠΩΣ ΧΡΗΣΙΜΟΠΟΙΟΥΜΕ ΤΑ ΔΕΔΟΜΕΝΑ"),
    ("## Как мы используем ваши данные", "КАК МЫ ИСПОЛЬЗУЕМ ВАШИ ДАННЫЕ"),
    ("## Jak używamy Twoich danych", "JAK UŻYWAMY TWOICH DANYCH"),
    ("Verilerimiz istanbul içinde kalır.", "Verilerimiz İstanbul içinde kalır."),
    ("We use Github for it.", "We use GitHub for it."),
]
FORMS = [
    ("اطلاعات شخصی کاربران نزد ماست", "اطلاعات شخصي كاربران نزد ماست"),
    ("نحن لا نبيع بياناتك", "نحنُ لا نبيعُ بياناتِك"),
    ("אנחנו לא מוכרים מידע", "אֲנַחְנוּ לא מוכרים מידע"),
    ("politica și datele țării noastre", "politica şi datele ţării noastre"),
    ("We keep it 30 days.", "We keep it ٣٠ days."),
    ("हम इसे 30 दिन रखते हैं", "हम इसे ३० दिन रखते हैं"),
]
QUOTES = ["“x”", "„x“", "« x »", "»x«", "‹x›", "‘x’", "「x」", "『x』", "《x》", "״x״"]
MARKS = [
    ("הסכם בית-ספר", "הסכם בית־ספר"),
    ('חברת אקמה בע"מ אוספת', "חברת אקמה בע״מ אוספת"),
    ("الاسم, العنوان", "الاسم، العنوان"),
    ("هل نبيع؟ لا", "هل نبيع? لا"),
    ("午前9時～午後5時", "午前9時〜午後5時"),
    ("保留30天,然后删除", "保留30天，然后删除"),
]
OTHERS = [
    ("ihr Maß ist voll", "ihr Mass und Ziel"),
    ("يُباع لنا", "يَبيع لنا"),
    ("We keep it 30 days.", "We keep it ٩٠ days."),
    ("a screen of 5' here", 'a screen of 5" here'),
    ("Si los datos", "Sí los datos"),
    ("DIE DATEN WURDEN", "die Daten würden"),
]


@pytest.mark.parametrize(("small", "capital"), CAPITALS)
def test_capitals_alone_are_cosmetic_in_every_script(small: str, capital: str) -> None:
    assert between(small, capital).kind is between(capital, small).kind is Kind.COSMETIC


@pytest.mark.parametrize(("one", "other"), FORMS)
def test_the_same_letters_by_another_keyboard_are_spelling(one: str, other: str) -> None:
    assert between(one, other).kind is between(other, one).kind is Kind.MINOR


@pytest.mark.parametrize("quoted", QUOTES)
def test_another_kind_of_quotation_marks_is_cosmetic(quoted: str) -> None:
    assert between('the "x" of us', f"the {quoted} of us").kind is Kind.COSMETIC
    assert between(f"the {quoted} of us", 'the "x" of us').kind is Kind.COSMETIC


@pytest.mark.parametrize(("one", "other"), MARKS)
def test_a_mark_of_another_script_is_cosmetic(one: str, other: str) -> None:
    assert between(one, other).kind is between(other, one).kind is Kind.COSMETIC


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_other_letters_are_other_words(one: str, other: str) -> None:
    assert between(one, other).kind is not Kind.COSMETIC
    assert between(other, one).kind is not Kind.COSMETIC
