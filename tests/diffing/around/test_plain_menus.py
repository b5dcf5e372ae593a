"""A menu or a picker of languages without links is the site's; a list of the policy that looks alike never is."""

from __future__ import annotations

import pytest

from harvester.diffing import Kind, compare
from tests.support.diffing.policies import LANGUAGES

MENUS = {
    "en": ("Home", "Women", "Store locator", "My account", "Contact"),
    "de": ("Startseite", "Produkte", "Über uns", "Karriere", "Impressum"),
    "fr": ("Accueil", "Produits", "Nos magasins", "Aide", "Mentions légales"),
    "es": ("Inicio", "Mujer", "Quiénes somos", "Ayuda", "Aviso legal"),
    "it": ("Home", "Prodotti", "Chi siamo", "Lavora con noi", "Assistenza"),
    "nl": ("Home", "Producten", "Over ons", "Vacatures", "Klantenservice"),
    "ru": ("Главная", "Каталог", "О компании", "Вакансии", "Помощь"),
    "tr": ("Ana sayfa", "Ürünler", "Hakkımızda", "Kariyer", "İletişim"),
    "ja": ("ホーム", "製品情報", "会社概要", "採用情報", "サイトマップ"),
    "ar": ("الرئيسية", "المنتجات", "من نحن", "الوظائف", "خريطة الموقع"),
}
PICKERS = [
    ("English", "Deutsch", "Français", "Español"),
    ("EN", "DE", "FR", "ES"),
    ("English (US)", "Deutsch (Schweiz)", "Español (México)", "日本語"),
    ("Galego", "Euskara", "Íslenska", "Shqip"),
]
FORMS = {
    "bullets": ("- {}", "\n"),
    "lines": ("{}", "\n\n"),
    "broken lines": ("{}", "  \n"),
    "bars": ("{}", " | "),
    "tight bars": ("{}", "|"),
    "dots": ("{}", " · "),
    "dashes": ("{}", " - "),
    "slashes": ("{}", " / "),
}


def _text(language: str, listed: str, place: int, over: str = "") -> str:
    sentence = LANGUAGES[language][0]
    parts = ["# P", f"{sentence}", f"{sentence} {sentence}"]
    parts[place:place] = [part for part in (over, listed) if part]
    return "\n\n".join(parts) + "\n"


def _listed(form: str, names: tuple[str, ...]) -> str:
    shape, between = FORMS[form]
    return between.join(shape.format(name) for name in names)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", MENUS)
def test_a_menu_without_links_is_the_sites(language: str, form: str) -> None:
    names = MENUS[language]
    for menu in (names, PICKERS[0], (*names[:3], "English", "Deutsch")):
        altered = (*menu[:2], *menu[3:])
        for place in (1, 2, 3):
            whole, less, none = (_text(language, _listed(form, one), place) for one in (menu, altered, ()))
            for old, new in ((whole, less), (less, whole), (whole, none), (none, whole)):
                diff = compare(old, new)
                assert diff.kind is Kind.COSMETIC, (menu, place, diff.reasons)


@pytest.mark.parametrize("picker", PICKERS)
@pytest.mark.parametrize("form", FORMS)
def test_a_picker_of_languages_without_links_is_the_sites(form: str, picker: tuple[str, ...]) -> None:
    for place in (1, 2, 3):
        whole, other = (_text("en", _listed(form, one), place) for one in (picker, (picker[0], *picker[2:], picker[1])))
        none = _text("en", "", place)
        for old, new in ((whole, other), (whole, none), (none, whole)):
            assert compare(old, new).kind is Kind.COSMETIC


def test_names_with_spaces_alone_between_them_are_a_menu() -> None:
    menu = "Home Products About us Careers Contact Site map English Deutsch"
    for altered in (menu.replace("Careers ", ""), menu.replace("Contact", "Help"), ""):
        for place in (1, 3):
            assert compare(_text("en", menu, place), _text("en", altered, place)).kind is Kind.COSMETIC


def test_the_columns_of_a_footer_are_the_sites() -> None:
    footer = (
        "### Company\n\n- About us\n- Careers\n- Press room\n\n### Help\n\n- FAQ\n- Store locator (12)\n- Contact\n\n"
        "### Language\n\n- English\n- Deutsch"
    )
    text = _text("en", footer, 3)
    for altered in (footer.replace("- FAQ\n", ""), footer.replace("(12)", "(14)"), footer.replace("Press", "News"), ""):
        assert compare(text, _text("en", altered, 3)).kind is Kind.COSMETIC


HEADS = {
    "en": ("How we use your data", "We use your data for the following."),
    "de": ("Zwecke", "Wir verwenden Ihre Daten zu folgenden Zwecken."),
    "fr": ("Finalités", "Nous utilisons vos données aux fins suivantes."),
    "es": ("Finalidades", "Usamos sus datos para los siguientes fines."),
    "it": ("Finalità", "Usiamo i vostri dati per i seguenti fini."),
    "nl": ("Doeleinden", "Wij gebruiken uw gegevens voor de volgende doeleinden."),
    "ru": ("Цели", "Мы используем ваши данные в следующих целях."),
    "tr": ("Amaçlar", "Verilerinizi aşağıdaki amaçlarla kullanırız."),
    "ja": ("利用目的", "当社は次の目的で情報を利用します。"),
    "ar": ("الأغراض", "نستخدم بياناتك للأغراض التالية."),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", HEADS)
def test_what_is_announced_is_the_policys_though_its_names_are_of_pages(language: str, form: str) -> None:
    heading, sentence = HEADS[language]
    for menu in (MENUS[language], PICKERS[0]):
        for over in (f"## {heading}", f"**{heading}**", sentence, f"{sentence[:-1]}:"):
            for place in (1, 2, 3):
                whole, less = (_text(language, _listed(form, one), place, over) for one in (menu, menu[:-1]))
                for old, new in ((whole, less), (less, whole)):
                    diff = compare(old, new)
                    assert diff.kind is Kind.SUBSTANTIVE, (over, place, diff.reasons)


@pytest.mark.parametrize(
    "names",
    [
        ("Name", "Home address", "Work address", "Career history"),
        ("Shipping", "Returns", "Newsletter", "Advertising"),
        ("Acme Ads", "Birch Media", "Press", "Partners"),
        ("Germany", "France", "Japan", "Brazil"),
        ("Home", "Office", "Mobile"),
        ("Website", "Blog", "Shop", "Careers"),
        ("Kontakt", "Newsletter", "Gewinnspiele", "Werbung"),
        ("Achats", "Livraison", "Publicité", "Sondages"),
    ],
)
@pytest.mark.parametrize("form", FORMS)
def test_a_list_that_nothing_announces_is_the_policys_unless_its_names_tell(form: str, names: tuple[str, ...]) -> None:
    for place in (1, 2, 3):
        whole = _text("en", _listed(form, names), place)
        for altered in (names[1:], (*names[:2], "Fingerprints", *names[2:])):
            other = _text("en", _listed(form, altered), place)
            for old, new in ((whole, other), (other, whole)):
                assert compare(old, new).kind is Kind.SUBSTANTIVE


def test_a_line_of_a_menu_that_says_something_of_the_policy_is_read() -> None:
    menu = _text("en", "- Home\n- About us\n- Careers\n- Site map", 3)
    said = menu.replace("- Careers", "- Careers\n- Do not sell my data")
    assert compare(menu, said).kind is Kind.SUBSTANTIVE


def test_the_last_word_of_an_item_is_no_word_that_stood_twice() -> None:
    text = "# P\n\nWe use it for:\n\n- Customer support\n- Support\n- Returns\n"
    assert compare(text, text.replace("- Support\n", "")).kind is Kind.SUBSTANTIVE
