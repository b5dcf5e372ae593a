"""The date of the document in the spellings, months and calendars of many languages; a term in the same is none."""

from __future__ import annotations

import pytest

from harvester.diffing import Kind, compare

PARAGRAPH = "We collect what you tell us when you open an account with us or write to our team."
DATES = [
    ("Date: {}", "3 May 2020", "15 June 2021"),
    ("Adopted on {}", "3 May 2020", "15 June 2021"),
    ("Current as of {}", "3 May 2020", "15 June 2021"),
    ("Letzte Aktualisierung: {}", "Mai/2020", "Juni/2021"),
    ("Diese Datenschutzerklärung gilt seit dem {}.", "3. Mai 2020", "15. Juni 2021"),
    ("Applicable à compter du {}", "3 mai 2020", "15 juin 2021"),
    ("Publié le {}", "1er mai 2020", "2 juin 2021"),
    ("Senast ändrad {}", "3/5 2020", "15/6 2021"),
    ("Viimeksi päivitetty: {}", "toukokuu 2020", "kesäkuu 2021"),
    ("Poslední aktualizace: {}", "květen 2020", "červen 2021"),
    ("Tyto zásady byly naposledy aktualizovány {}.", "3. května 2020", "15. června 2021"),
    ("Дата публикации: {}", "май 2020", "июнь 2021"),
    ("Редакция от {}", "«3» мая 2020 г.", "«15» июня 2021 г."),
    ("Останнє оновлення: {}", "травень 2020", "червень 2021"),
    ("Τελευταία ενημέρωση: {}", "Μάιος 2020", "Ιούνιος 2021"),
    ("Son güncelleme: {}", "3 Mayıs 2020 Pazar", "15 Haziran 2021 Salı"),
    ("Terakhir diperbarui: {}", "Minggu, 3 Mei 2020", "Selasa, 15 Juni 2021"),
    ("最終更新日：{}", "平成31年4月1日", "令和元年5月1日"),
    ("{}改定", "2020年5月3日（日）", "2021年6月15日（火）"),
    ("制定日：{}", "2020.5.3", "2021.6.15"),
    ("更新日期：{}", "民國109年5月3日", "民國110年6月15日"),
    ("生效日期：{}", "2020年5月3日 星期日", "2021年6月15日 星期二"),
    ("시행일: {}", "2020년 5월 3일(일)", "2021년 6월 15일(화)"),
    ("آخر تحديث: {}", "15 رمضان 1441 هـ", "3 شوال 1442 هـ"),
    ("تم التحديث في {}", "3 أيار 2020", "15 حزيران 2021"),
    ("تاريخ السريان: {}", "3 ماي 2020", "15 جوان 2021"),
    ("آخر تحديث: {}", "الأحد 3 مايو 2020", "الثلاثاء 15 يونيو 2021"),
    ("מדיניות זו עודכנה ביום {}.", "3 במאי 2020", "15 ביוני 2021"),
    ("อัปเดตล่าสุดเมื่อ {}", "3 พฤษภาคม 2563", "15 มิถุนายน 2564"),
]


def _kinds(line: str, old: str, new: str) -> set[Kind]:
    texts = [
        [f"# Policy\n\n{head}{PARAGRAPH}\n{tail}" for head, tail in ((f"{one}\n\n", ""), ("", f"\n{one}\n"))]
        for one in (line.format(old), line.format(new))
    ]
    return {compare(one, other).kind for one, other in zip(*texts, strict=True)}


@pytest.mark.parametrize(("line", "old", "new"), DATES)
def test_the_date_of_the_document_is_minor_in_any_spelling(line: str, old: str, new: str) -> None:
    assert _kinds(line, old, new) == {Kind.MINOR}


@pytest.mark.parametrize(
    "line",
    [
        "Expiry date: {}",
        "Date of birth: {}",
        "Retention from {}",
        "Sale of data as of {}",
        "Data as of {}",
        "Approved partners as of {}",
        "Standard contractual clauses adopted {}",
        "The decision of the Commission adopted on {} allows it.",
        "Nous vendons vos données depuis le {}.",
        "Ab {} geben wir Daten weiter.",
        "نحتفظ ببياناتك حتى {}",
        "เราเริ่มขายข้อมูลของคุณตั้งแต่ {}",
    ],
)
def test_a_term_or_a_date_of_something_else_is_substantive(line: str) -> None:
    assert _kinds(line, "3 May 2020", "15 June 2021") == {Kind.SUBSTANTIVE}
