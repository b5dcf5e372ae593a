"""Of a layout in a table the sides come into the text as lines of one block: they are the site's all the same."""

from __future__ import annotations

import random

import pytest

from harvester.cleaner.comparable import comparable_text
from harvester.diffing import Kind, compare
from harvester.diffing.around.surroundings import without_surroundings

PROSE = (
    "We collect your name and your address when you open an account with our shop, and keep both of them for a year."
)
PAGES = {
    "en": ("About us", "Contact", "News", "Careers", "FAQ", "Help", "Products"),
    "de": ("Über uns", "Kontakt", "Neuigkeiten", "Karriere", "Impressum", "Hilfe", "Produkte"),
    "fr": ("À propos", "Contact", "Actualités", "Carrières", "Plan du site", "Aide", "Produits"),
    "es": ("Quiénes somos", "Contacto", "Noticias", "Empleo", "Mapa del sitio", "Ayuda", "Productos"),
    "nl": ("Over ons", "Contact", "Nieuws", "Vacatures", "Sitemap", "Hulp", "Producten"),
}
TITLES = ("Our summer in pictures", "How to get started in ten minutes", "Meet Anna", "Ten years of us: a look back")


def _side(language: str, seed: int, *, linked: bool) -> str:
    chance = random.Random(seed)
    pages = chance.sample(PAGES[language], 5)
    titles = chance.sample(TITLES, 2)
    menu = [f"[{page}](https://acme.example/p{place})" for place, page in enumerate(pages)]
    shown = [f"[{title}](https://acme.example/news/{title[:3]})" if linked else title for title in titles]
    return "  \n".join([*menu, f"**{pages[0]}**", *shown])


def _text(*, above: str = "", below: str = "", prose: str = PROSE) -> str:
    return "\n\n".join(part for part in ("# Privacy", above, prose, PROSE, below) if part)


@pytest.mark.parametrize("linked", [True, False])
@pytest.mark.parametrize("language", PAGES)
def test_the_side_of_a_layout_is_no_part_of_the_policy(language: str, linked: bool) -> None:
    sides = [_side(language, seed, linked=linked) for seed in (1, 2)]
    for one, other in ((sides[0], sides[1]), (sides[0], "")):
        for place in ("above", "below"):
            old, new = _text(**{place: one}), _text(**{place: other})
            assert without_surroundings(old) == without_surroundings(new)
            assert compare(old, new).kind is Kind.COSMETIC
            assert compare(old, new.replace("a year", "two years")).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize("day", ["", " 12.05.2019", "  \n2019-05-12"])
@pytest.mark.parametrize("head", ["Latest news", "**Latest news**", "Aktuelles", "Actualités", "ニュース"])
@pytest.mark.parametrize("boxes", [1, 2])
def test_the_news_below_the_menu_in_its_cell_are_no_part_of_the_policy(head: str, day: str, boxes: int) -> None:
    menu = "  \n".join(f"[{page}](https://acme.example/p{page})" for page in PAGES["en"])
    news = [[f"[{title}](https://acme.example/n{title[:3]}){day}" for title in TITLES[n : n + 3]] for n in (0, 1)]
    old, new = (_text(above="\n\n".join([menu, *["  \n".join([head, *titles])] * boxes])) for titles in news)
    assert without_surroundings(old) == without_surroundings(new) == without_surroundings(_text())
    assert compare(old, new).kind is Kind.COSMETIC
    assert compare(old, new.replace("a year", "two years")).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize(
    "lines",
    [
        ["Partners:", "[Ann](https://acme.example/1)", "[Ben](https://acme.example/2)"],
        ["We share data with", "[Ann](https://acme.example/1)", "[Ben](https://acme.example/2)"],
        ["Latest", "[Ann](https://ann.example/1)", "[Ben](https://ben.example/2)"],
        ["Latest", "[Ann](https://acme.example/1) gets it", "[Ben](https://acme.example/2)"],
        ["Latest", "[How we share your data](https://acme.example/1)", "[Ben](https://acme.example/2)"],
    ],
)
def test_other_lines_below_the_menu_are_read(lines: list[str]) -> None:
    menu = "  \n".join(f"[{page}](https://acme.example/p{page})" for page in PAGES["en"])
    box = "  \n".join(lines)
    old, new = _text(above=f"{menu}\n\n{box}"), _text(above=menu)
    assert compare(old, new).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize(
    "lines",
    [
        # Partners on sites of their own, rights, data, sentences, and names of no page that sites have.
        [
            "[Acme](https://acme.example/p)",
            "[Globex](https://globex.example/p)",
            "[Initech](https://in.example/p)",
            "x",
        ],
        ["[Contact](https://a.example/c)", "[Help](https://a.example/h)", "[News](https://a.example/n)", "Your rights"],
        ["[Contact](https://a.example/c)", "[Help](https://a.example/h)", "[News](https://a.example/n)", "We keep it."],
        ["[Contact](https://a.example/c)", "[Help](https://a.example/h)", "[News](https://a.example/n)", "Shared data"],
        ["[Ann](https://a.example/1)", "[Ben](https://a.example/2)", "[Cid](https://a.example/3)", "Somebody"],
    ],
)
def test_lines_of_the_policy_are_read(lines: list[str]) -> None:
    old, new = _text(above="  \n".join(lines)), _text(above="  \n".join(lines[:-1]))
    assert without_surroundings(old) != without_surroundings(new)
    assert compare(old, _text()).kind is Kind.SUBSTANTIVE


def test_a_list_that_is_announced_is_no_side_of_a_layout() -> None:
    side = _side("en", 1, linked=False)
    old, new = (_text(above=f"We give your data to:\n\n{one}") for one in (side, side.replace("Contact", "Globex")))
    assert compare(old, new).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize("again", ["Privacy Policy", "Acme Privacy Policy", "**Privacy Policy of Acme**"])
@pytest.mark.parametrize("arrow", [">", "»", "/"])
def test_a_path_may_stand_in_one_cell_with_the_name_of_the_page(arrow: str, again: str) -> None:
    path = f"| [Home](https://acme.example) {arrow} Privacy Policy"
    plain = comparable_text("Policies", f"{PROSE}\n\n{PROSE}")
    for above in ("", f"{_side('en', 1, linked=False)}\n\n"):
        old = comparable_text("Policies", f"{above}{path}  \n{again}\n\n{PROSE}\n\n{PROSE}")
        assert without_surroundings(old) == without_surroundings(plain)
        assert compare(old, plain).kind is Kind.COSMETIC
    for words in ("We sell all of it", "Privacy Policy: we may sell your data to whom we like"):
        old = comparable_text("Policies", f"{path}  \n{words}\n\n{PROSE}\n\n{PROSE}")
        assert compare(old, plain).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize("first", [PROSE, f"**{PROSE}**", f"_Last updated: May 5, 2008_\n\n{PROSE}", "**Privacy**"])
@pytest.mark.parametrize("steps", ["> Privacy", "» Legal » Privacy", "/ [Legal](https://acme.example/l) / Privacy"])
@pytest.mark.parametrize("bar", ["", "| ", "|  "])
def test_a_path_may_stand_in_one_block_with_the_text_behind_it(first: str, steps: str, bar: str) -> None:
    path = f"{bar}[Home](https://acme.example) {steps}"
    old, new = (
        comparable_text("Policies", "\n\n".join((above, PROSE, PROSE))) for above in (f"{path}  \n{first}", first)
    )
    assert without_surroundings(old) == without_surroundings(new)
    assert compare(old, new).kind is Kind.COSMETIC
    assert compare(old, new.replace("a year", "two years")).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize(
    "lines",
    [
        "[Acme](https://acme.example) > 18 years  \nWe share your data.",
        "[Acme](https://acme.example), [Globex](https://globex.example)  \nWe share your data.",
    ],
)
def test_lines_with_links_are_read_as_they_are(lines: str) -> None:
    assert "We share your data." in comparable_text("Privacy", lines)
    old, new = (comparable_text("Privacy", f"{PROSE}\n\n{text}\n\n{PROSE}") for text in (lines, "We share your data."))
    assert compare(old, new).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize(
    "byline",
    [
        "Written by Administrator  \nMonday, 05 May 2008 10:12",
        "Written by Super User",
        "Submitted by admin on Tue, 05/06/2008 - 10:12",
        "Posted by Jane Doe on May 5, 2008",
        "Geschrieben von Administrator",
        "Écrit par Administrateur",
        "Escrito por Administrador",
        "Scritto da Administrator",
        "Geschreven door Administrator",
        "Written: Administrator",
        "Автор: Администратор",
        "Yazan Administrator",
    ],
)
def test_who_wrote_the_page_is_no_part_of_the_policy(byline: str) -> None:
    old = _text(above=byline)
    assert without_surroundings(old) == without_surroundings(_text())
    assert compare(old, _text()).kind is Kind.COSMETIC
    within = f"{PROSE}\n\n{byline}\n\n{PROSE}"
    assert compare(_text(prose=within), _text()).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize(
    "line",
    [
        "Written by Acme Ltd",
        "Written by us",
        "Posted by the Ministry of Health",
        "Created by our partners",
        "Written by hand and kept for 30 days",
        "Submitted by you",
        "Submitted by users",
        "Posted: public",
        "Автор: ваш врач",
        "Submitted content",
        "Created accounts",
        "Posted photos, kept until the end of 2030",
        "Contenido escrito",
        "Escrito enviado",
        "Geschrieben Nachrichten",
    ],
)
def test_what_says_who_the_party_is_or_what_is_done_is_no_byline(line: str) -> None:
    assert compare(_text(above=line), _text()).kind is Kind.SUBSTANTIVE
