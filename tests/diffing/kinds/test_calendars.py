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
    ("อัปเดตล่าสุดเมื่อ {}", "3 พฤษภาคม พ.ศ. 2563", "15 มิถุนายน พ.ศ. 2564"),
    ("อัปเดตล่าสุดเมื่อ {}", "3 พ.ค. 2563", "15 มิ.ย. 2564"),
    ("อัปเดตล่าสุด: {}", "3 ก.พ. พ.ศ. 2563", "15 เม.ย. พ.ศ. 2564"),
    ("Last updated: {}", "the 3rd day of May 2024", "the 15th day of June 2025"),
    ("This policy was last updated on the {}.", "3rd day of May, 2024", "1st day of June, 2025"),
    ("Last updated: {}", "first of May 2024", "15th of June 2025"),
    ("Última actualización: {}", "primero de mayo de 2024", "15 de junio de 2025"),
    ("Última actualización: {}", "1ro de mayo de 2024", "1.º de junio de 2025"),
    ("Última atualização: {}", "primeiro de maio de 2024", "15 de junho de 2025"),
    ("Ultimo aggiornamento: {}", "primo maggio 2024", "15 giugno 2025"),
    ("Dernière mise à jour : {}", "1ᵉʳ mai 2024", "2 juin 2025"),
    ("Dernière mise à jour : {}", "premier mai 2024", "1er juin 2025"),
    ("Last updated: {}", "2024-05-03T10:00:00Z", "2025-06-15T11:30:00Z"),
    ("Last updated: {}", "2024-05-03T10:00:00.000Z", "2025-06-15T11:30:21.123Z"),
    ("Last updated: {}", "2024-05-03T10:00:00+02:00", "2025-06-15T11:30:00-05:00"),
    ("Last updated: {}", "2024-05-03T10:00Z", "2025-06-15T11:30"),
    ("Last updated: {}", "Q2 2024", "Q1 2025"),
    ("Last updated: {}", "2024 Q2", "2025-Q1"),
    ("Last updated: {}", "second quarter of 2024", "3rd quarter 2025"),
    ("Stand: {}", "2. Quartal 2024", "1. Quartal 2025"),
    ("Dernière mise à jour : {}", "2e trimestre 2024", "1er trimestre 2025"),
    ("Última actualización: {}", "segundo trimestre de 2024", "1.er trimestre de 2025"),
    ("Last updated: {}", "2024", "2025"),
    ("Last updated in {}.", "2024", "2025"),
    ("LAST UPDATED: {}", "2024", "2025"),
    ("Effective {}", "2024", "2025"),
    ("Stand: {}", "2024", "2025"),
    ("Dernière mise à jour : {}", "2024", "2025"),
    ("Последнее обновление: {} г.", "2024", "2025"),
    ("更新日期：{}年", "2024", "2025"),
    ("อัปเดตล่าสุด: {}", "พ.ศ. 2563", "พ.ศ. 2564"),
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


@pytest.mark.parametrize(
    ("line", "old", "new"),
    [
        # A year in a sentence, of a law, of a term, or of what is done with data.
        ("The law in force since {} applies to you.", "2019", "2021"),
        ("Valid until: {}", "2024", "2025"),
        ("Valid until: {}", "3 May 2024", "15 June 2025"),
        ("CCPA effective {}", "2020", "2023"),
        ("Revised FADP in force: {}", "2020", "2023"),
        ("T4 {}", "2020", "2021"),
        ("Retention from: {}", "2020", "2023"),
        ("Data last sold: {}", "2020", "2023"),
        ("Founded: {}", "2020", "2023"),
        ("Last updated: {} partners", "2024", "2025"),
        ("Updated {} times", "2024", "2025"),
        # A quarter or a first day that is a rule's.
        ("Ab {} geben wir Daten weiter.", "Q2 2024", "Q1 2025"),
        ("We keep your orders for the {}.", "second quarter of 2024", "third quarter of 2025"),
        ("Expiry date: {}", "Q2 2024", "Q1 2025"),
        ("Vendemos sus datos desde el {}.", "primero de mayo de 2024", "15 de junio de 2025"),
        ("We erase your account on {}.", "2024-05-03T10:00:00Z", "2025-06-15T11:30:00Z"),
        ("Last updated 2024-05-03: {} days", "30", "90"),
    ],
)
def test_a_year_a_quarter_or_an_instant_of_something_else_is_substantive(line: str, old: str, new: str) -> None:
    assert _kinds(line, old, new) == {Kind.SUBSTANTIVE}


@pytest.mark.parametrize("line", ["Last updated: 2024", "Last updated: Q2 2024", "Last updated: 2024-05-03T10:00:00Z"])
def test_such_a_line_may_come_and_go(line: str) -> None:
    texts = [f"# Policy\n\n{head}{PARAGRAPH}\n" for head in ("", f"{line}\n\n")]
    assert compare(*texts).kind is compare(*reversed(texts)).kind is Kind.MINOR


@pytest.mark.parametrize("line", ["Data last sold: 2024", "Valid until: 2024", "Effective 2024"])
def test_a_line_of_a_year_of_something_else_is_told(line: str) -> None:
    assert compare(f"# Policy\n\n{PARAGRAPH}\n", f"# Policy\n\n{PARAGRAPH}\n\n{line}\n").kind is Kind.SUBSTANTIVE
