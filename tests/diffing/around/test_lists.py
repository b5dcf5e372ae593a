"""A list of the policy, of whatever form, is read item by item, though its items look like labels or headings."""

from __future__ import annotations

import pytest

from harvester.diffing import Kind, compare
from tests.support.diffing.policies import LANGUAGES

ITEMS = {
    "en": ("Name", "Search", "Log in", "Cart", "English", "Location"),
    "de": ("Name", "Suche", "Anmelden", "Warenkorb", "Deutsch", "Standort"),
    "fr": ("Nom", "Recherche", "Connexion", "Panier", "Français", "Localisation"),
    "es": ("Nombre", "Buscar", "Iniciar sesión", "Carrito", "Español", "Ubicación"),
    "it": ("Nome", "Cerca", "Accedi", "Carrello", "Italiano", "Posizione"),
    "nl": ("Naam", "Zoeken", "Inloggen", "Winkelwagen", "Nederlands", "Locatie"),
    "ru": ("Имя", "Поиск", "Вход", "Корзина", "Русский", "Местоположение"),
    "tr": ("Ad", "Paylaş", "Giriş yap", "Reklam", "Türkçe", "Konum"),
    "ja": ("氏名", "検索", "ログイン", "広告", "日本語", "位置情報"),
    "ar": ("الاسم", "بحث", "تسجيل الدخول", "إعلان", "العربية", "الموقع"),
}
FORMS = {
    "bullets": ("- {}", "\n"),
    "links of the site": ("- [{}](https://a.example/{})", "\n"),
    "links to others": ("- [{}](https://{}.example/privacy)", "\n"),
    "lines": ("{}", "\n\n"),
    "lines that are links": ("[{}](https://a.example/{})", "\n\n"),
    "lines in bold": ("**{}**", "\n\n"),
    "headings": ("### {}", "\n\n"),
    "rows": ("| [{}](https://a.example/{}) | x |", "\n"),
}


def _text(language: str, form: str, items: tuple[str, ...], *, at_top: bool) -> str:
    sentence, heading = LANGUAGES[language]
    shape, between = FORMS[form]
    listed = between.join(shape.format(item, f"p{place}") for place, item in enumerate(items))
    listed = f"| A | B |\n|---|---|\n{listed}" if form == "rows" else listed
    parts = [f"## {heading}", listed, f"## P\n\n{sentence}"]
    return "\n\n".join(["# P", *(parts if at_top else [*parts[2:], *parts[:2]])]) + "\n"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_item_that_reads_like_a_label_is_the_policys(language: str, form: str) -> None:
    name, *others, last = ITEMS[language]
    for item in others:
        for at_top in (False, True):
            whole = _text(language, form, (name, item, last), at_top=at_top)
            less = _text(language, form, (name, last), at_top=at_top)
            for diff in (compare(whole, less), compare(less, whole)):
                # Of three headings one is left with a text under it, or two.
                assert diff.kind is not Kind.COSMETIC, (item, at_top, diff.reasons)
                assert form == "headings" or diff.kind is Kind.SUBSTANTIVE, (item, at_top, diff.reasons)


NUMBERED = ("{}. {}", "{}) {}", "({}) {}", "4.{} {}", "Section {}: {}", "{}. **{}**")


@pytest.mark.parametrize(
    "names", [("Acme Ads", "Birch Media", "Cedar Cloud"), ("Клён Реклама", "Берёза Медиа", "Кедр")]
)
@pytest.mark.parametrize("form", NUMBERED)
def test_a_numbered_list_of_recipients_is_no_row_of_headings(form: str, names: tuple[str, ...]) -> None:
    def text(listed: tuple[str, ...]) -> str:
        lines = "\n\n".join(form.format(place, name) for place, name in enumerate(listed, 1))
        return f"# P\n\nWe share it with these.\n\n{lines}\n\nNobody else receives what you give us.\n"

    for place in range(2):
        less = names[:place] + names[place + 1 :]
        assert compare(text(names), text(less)).kind is Kind.SUBSTANTIVE
        assert compare(text(less), text(names)).kind is Kind.SUBSTANTIVE


def test_headings_in_a_row_without_a_text_are_read_as_a_list() -> None:
    whole = "# P\n\n## Recipients\n\n### Acme\n\n### Birch\n\n### Cedar\n\n## Rights\n\nYou may write to us.\n"
    for altered in (whole.replace("### Birch\n\n", ""), whole.replace("Cedar", "Delta")):
        assert compare(whole, altered).kind is Kind.SUBSTANTIVE


def test_a_numbered_heading_over_a_text_only_names_it() -> None:
    whole = "# P\n\n1. Your Data\n\nWe keep your name.\n\n2. Your Rights\n\nYou may write to us.\n"
    assert compare(whole, whole.replace("2. Your Rights\n\n", "")).kind is Kind.MINOR


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        ("How long we keep it (days)", "Messages: 30"),
        ("Aufbewahrung in Tagen", "Kommentare: 30"),
        ("Durée de conservation en jours", "Visites : 30"),
        ("Conservación en días", "Comentarios: 30"),
        ("Conservazione in giorni", "Commenti: 30"),
        ("Bewaren in dagen (bewaartermijn)", "Reacties: 30"),
        ("Срок хранения в днях", "Комментарии: 30"),
        ("Saklama süresi (gün)", "Yorum: 30"),
        ("保存期間（日）", "コメント数: 30"),
    ],
)
def test_a_number_under_the_heading_of_a_part_is_a_term_and_no_counter(heading: str, line: str) -> None:
    text = f"# P\n\n{LANGUAGES['en'][0]}\n\n## {heading}\n\n{line}\n"
    assert compare(text, text.replace("30", "90")).kind is Kind.SUBSTANTIVE
    counted = f"# P\n\n{LANGUAGES['en'][0]}\n\n{line}\n"
    assert compare(counted, counted.replace("30", "90")).kind is Kind.COSMETIC


@pytest.mark.parametrize(
    "line",
    [
        "Publicité : Bouleau Médias",
        "Publicidad: Abedul Medios",
        "Реклама: Берёза Медиа",
        "New: facial scans of visitors",
        "Neu: Gesichtserkennung",
        "Nouveau : reconnaissance faciale",
        "Nuevo: reconocimiento facial",
        "Новинка: распознавание лиц",
        "Livraison gratuite si vous acceptez",
        "Kostenloser Versand bei Einwilligung",
        "Envío gratis si acepta",
        "10 % de descuento por su perfil",
        "10% korting voor uw profiel",
        "Скидка 10% за профиль",
    ],
)
def test_a_line_that_offers_something_for_data_is_the_policys(line: str) -> None:
    text = f"# P\n\n{LANGUAGES['en'][0]}\n"
    assert compare(text, f"{text}\n{line}\n").kind is Kind.SUBSTANTIVE
    assert compare(text, text.replace("# P\n", f"# P\n\n{line}\n")).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize("label", ["Log in", "Suche", "Panier", "Русский", "印刷"])
def test_a_label_under_the_lines_of_an_address_is_the_sites(label: str) -> None:
    text = f"# P\n\n{LANGUAGES['en'][0]}\n\nAcme Ltd\n\n12 Hill Street\n"
    assert compare(text, f"{text}\n{label}\n").kind is Kind.COSMETIC


@pytest.mark.parametrize("path", ["Home > Legal > Privacy", "Startseite › Recht › Datenschutz", "ホーム > 個人情報"])
def test_a_path_to_the_page_without_links_is_the_sites(path: str) -> None:
    text = "# P\n\n" + LANGUAGES["en"][0] + "\n"
    assert compare(text, text.replace("# P\n", f"# P\n\n{path}\n")).kind is Kind.COSMETIC
