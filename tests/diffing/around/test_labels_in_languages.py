"""Buttons that lead to the top or back are a page's in any language; items of a list that read like them are read."""

from __future__ import annotations

import pytest

from harvester.diffing import Kind, compare
from harvester.diffing.around.labels import phrases
from harvester.diffing.around.labels.in_more_languages import ACTIONS, NAMES_TOO
from harvester.diffing.around.surroundings import without_surroundings

BODY = "# Privacy\n\n{}We collect your name when you open an account with us.\n\nYou may write to us at any time.\n{}"
LABELS = {
    "fi": ("Ylös", "Takaisin ylös", "Siirry sisältöön", "Sulje", "Takaisin"),
    "da": ("Til toppen", "Tilbage til forsiden", "Gå til hovedindhold", "Luk", "Tilbage"),
    "nb": ("Tilbake til toppen", "Hopp til innhold", "Lukk", "Meny", "Tilbake"),
    "sv": ("Tillbaka till toppen", "Hoppa till innehåll", "Tillbaka till startsidan", "Tillbaka"),
    "cs": ("Zpět nahoru", "Přejít k obsahu", "Zavřít", "Zpět"),
    "sk": ("Späť hore", "Preskočiť na obsah", "Zavrieť", "Späť"),
    "hu": ("Vissza a tetejére", "Ugrás a tartalomhoz", "Bezárás", "Vissza"),
    "ro": ("Înapoi sus", "Sari la conținut", "Închide", "Înapoi"),
    "bg": ("Нагоре", "Към съдържанието", "Затвори", "Назад"),
    "uk": ("Вгору", "Перейти до вмісту", "Закрити", "Повернутися на головну"),
    "ru": ("К началу страницы", "Вернуться на главную страницу", "Назад"),
    "el": ("Επιστροφή στην κορυφή", "Μετάβαση στο περιεχόμενο", "Πίσω"),
    "vi": ("Lên đầu trang", "Chuyển đến nội dung", "Đóng", "Quay lại"),
    "id": ("Kembali ke atas", "Langsung ke konten", "Tutup", "Kembali"),
    "ca": ("Torna amunt", "Vés al contingut", "Tancar"),
    "hr": ("Povratak na vrh", "Preskoči na sadržaj", "Zatvori", "Natrag"),
    "et": ("Tagasi üles", "Liigu sisu juurde", "Tagasi"),
    "lv": ("Uz augšu", "Pāriet uz saturu", "Atpakaļ"),
    "lt": ("Į viršų", "Pereiti prie turinio", "Atgal"),
    "fa": ("بازگشت به بالا", "پرش به محتوا", "بازگشت"),
    "en": ("Back", "Back to home", "Go back", "Follow"),
    "de": ("Zurück", "Zurück zur Startseite", "Folgen"),
    "ja": ("戻る", "トップページに戻る", "フォローする"),
    "zh": ("返回", "返回首页", "关注"),
    "ko": ("뒤로", "홈으로", "팔로우"),
    "he": ("חזרה", "חזרה לדף הבית"),
    "ar": ("رجوع", "العودة إلى الرئيسية"),
}
FORMS = ("{}\n\n", "[{}](https://a.example/#top)\n\n", "[← {}](https://a.example/)\n\n", "### {}\n\n")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LABELS)
def test_a_button_that_leads_to_the_top_or_back_or_follows_is_the_pages(language: str, form: str) -> None:
    for label in LABELS[language]:
        for place in (0, 1):
            around = ["", ""]
            around[place] = ("\n" if place else "") + form.format(label)
            old, new = BODY.format("", ""), BODY.format(*around)
            assert without_surroundings(old) == without_surroundings(new), (label, place)
            assert compare(old, new).kind is Kind.COSMETIC
            assert compare(new, old).kind is Kind.COSMETIC


@pytest.mark.parametrize(
    "name", ["Acme Korea", "KingShop", "All our policies", "The shops of Acme in Korea", "Acme へ", "صفحة أكمي"]
)
@pytest.mark.parametrize("arrow", ["← ", "←", "⟵ ", "⬅ "])
def test_a_link_behind_an_arrow_to_the_left_leads_back_whatever_it_names(arrow: str, name: str) -> None:
    old, new = BODY.format(f"[{arrow}{name}](https://a.example)\n\n", ""), BODY.format("", "")
    assert without_surroundings(old) == without_surroundings(new)
    assert compare(old, new).kind is Kind.COSMETIC


@pytest.mark.parametrize(
    "said",
    [
        "← Acme Korea",
        "[Acme Korea](https://a.example)",
        "[Acme ← Zeta](https://a.example)",
        "[→ Acme Korea](https://a.example)",
        "[← Acme](https://acme.example) and [Zeta](https://zeta.example)",
        "[← Acme](https://acme.example) is given your name",
        "[← We now share your name with advertisers of other sites](https://a.example)",
        "[← Data sold](https://a.example)",
        "- [← Acme](https://acme.example)\n- [← Zeta](https://zeta.example)",
    ],
)
def test_what_only_has_an_arrow_is_read(said: str) -> None:
    assert compare(BODY.format("", ""), BODY.format(f"We share it with others.\n\n{said}\n\n", "")).kind is (
        Kind.SUBSTANTIVE
    )
    old, new = (BODY.format(f"{one}\n\n", "") for one in ("We share it.", f"We share it.\n\n{said}"))
    assert compare(old, new).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize("form", ["- {}", "{}\n", "| {} | x |"])
@pytest.mark.parametrize("label", sorted(phrases(NAMES_TOO)))
def test_a_name_of_what_a_reader_does_is_read_in_a_list(label: str, form: str) -> None:
    head = "| A | B |\n|---|---|\n" if form.startswith("|") else ""
    less, more = (
        BODY.format("We collect:\n\n" + head + "\n".join(form.format(item) for item in items) + "\n\n", "")
        for items in (("name", "location"), ("name", label, "location"))
    )
    assert compare(less, more).kind is Kind.SUBSTANTIVE
    assert compare(more, less).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize("label", sorted(phrases(ACTIONS)))
def test_an_item_that_is_no_link_is_read_whatever_it_says(label: str) -> None:
    less, more = (
        BODY.format("We collect:\n\n" + "\n".join(f"- {item}" for item in items) + "\n\n", "")
        for items in (("name", "location"), ("name", label, "location"))
    )
    assert compare(less, more).kind is Kind.SUBSTANTIVE
