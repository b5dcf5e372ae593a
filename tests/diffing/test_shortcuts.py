"""What is seen before a pattern is tried says no only where the pattern does not match."""

from __future__ import annotations

import gc
import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.diffing.around import widgets
from harvester.diffing.around.surroundings import headings_of, may_stand_around_at, surroundings
from harvester.diffing.kinds.contact import contacts, marks, postal
from harvester.diffing.kinds.dates import calendar_names, own_dates, written_dates
from harvester.diffing.kinds.spans import Spelled
from harvester.diffing.kinds.vocabulary import OFFICER
from harvester.diffing.text import signs
from harvester.diffing.text.blocks import read_blocks
from harvester.diffing.text.kept_properties import kept_property
from harvester.diffing.text.tokens import different_tokens, tokenise, tokens_of_normalised

_DATES = [
    "1 May 2018",
    "May 1st, 2018",
    "31. Dezember 2019",
    "le 1er août 2020",
    "1º de maio de 2021",
    "2018-05-25",
    "5/2018",
    "ngày 1 tháng 5",
    "version 2.1",
    "rev 3",
    "2 0 1 8",
    "12 of may",
    "2018 may 5",
    "mai 2017",
    "3 ª srpna",
    "2019年3月1日",
    "1 de enero de 2020",
]
_ADDRESSES = [
    "12 Main Street",
    "Hauptstr. 5",
    "Lange Straße 12",
    "5 bis rue de la Paix",
    "Calle Mayor 1",
    "P.O. Box 12",
    "c/o Acme",
    "ul. Nowa 5",
    "ул. Ленина, д. 5",
    "New York, NY 10001",
    "SW1A 1AA",
    "D02 X285",
    "12345 Berlin",
    "1017 AB Amsterdam",
    "1000-123 Lisboa",
    "Suite 400",
    "2nd Floor",
    "12F",
    "Exchange House",
    "110 00 Praha",
    "100-0001 Tokyo",
    "Acacialaan 3 , 1234 AB Breda",
    "〒100-0001",
    "建国路88号",
    "서울특별시 강남구 테헤란로 5",
    "Ataturk Caddesi No: 5",
    "Singapore 123456",
    "K1A 0B1",
    "Berlin , 10115 Mitte",
]
_OFFICES = [
    "data protection officer",
    "data protection lead",
    "data privacy manager",
    "data privacy contact",
    "privacy coordinator",
    "dpo",
    "datenschutzbeauftragte",
    "agent à protection des données",
    "agente de la protection des données",
    "délégué(e) à la protection",
    "délégué a la protection",
    "encarregado da proteção",
    "delegada de protección",
    "responsables de la protección",
    "responsabile della protezione",
    "functionaris gegevensbescherming",
    "functionaris voor gegevensbescherming",
    "inspektorem ochrony danych",
    "dataskyddsombud",
    "dataskyddsansvarig",
    "databeskyttelsesrådgiver",
    "databeskyttelsesansvarlig",
    "personvernombud",
    "tietosuojavastaava",
    "veri koruma",
    "veri sorumlusu",
    "ответственный за обработку",
    "pověřenec pro ochranu",
    "responsabilul cu protecția",
    "adatvédelmi tisztviselő",
    "υπεύθυνος προστασίας",
    "مسؤول حماية",
    "ממונה על הגנ",
    "ממונה הגנ",
    "डेटा संरक्षण अधिकारी",
    "डेटा सुरक्षा अधिकारी",
    "เจ้าหน้าที่คุ้มครองข้อมูล",
    "個人情報保護管理者",
    "データ保護責任者",
    "개인정보 보호책임자",
    "数据保护官",
]
_PROSE = [
    "we",
    "may",
    "share",
    "12",
    "of",
    "the",
    "data",
    "with",
    "3",
    "partners",
    "in",
    "May",
    "or",
    "on",
    "section",
    "5",
    ",",
    "2018",
    ".",
    "and",
    "the",
    ",",
    "of",
]


_PAGE = """# Privacy

Home › Legal › Privacy

## Privacy

3 min read

  * Your rights
  * Security
  * Cookies

SENTENCE

This site uses cookies to improve your experience.

Got it

## Your rights

SENTENCE

## Security

SENTENCE

## Cookies

SENTENCE

"A company that we like to work with."

– Ann

## Read next

[Another title](https://a.org/1)

[And one more](https://a.org/2)

## News

[Home](https://a.org) [Jobs](https://a.org/j) [Press](https://a.org/p)

English | Deutsch

Back to top
"""


def _texts(pieces: list[str], many: int) -> list[str]:
    chance = random.Random(1)
    return pieces + [
        " ".join(tokenise(" ".join(chance.choice(pieces if chance.random() < 0.3 else _PROSE) for _ in range(6))))
        for _ in range(many)
    ]


def test_where_a_date_is_said_to_be_impossible_there_is_none() -> None:
    for text in _texts(_DATES, 400):
        tokens = tokenise(text)
        if not written_dates.may_hold_date(" ".join(tokens)):
            assert not Spelled(tokens).find(written_dates.DATE), text
            assert not Spelled(tokens).find(written_dates._VERSION_NUMBER), text


def test_where_an_address_is_said_to_be_impossible_there_is_none() -> None:
    for text in _texts(_ADDRESSES, 400):
        tokens = tokenise(text)
        spelled = Spelled(tokens, keep_case=True)
        may_be_street, may_be_beside = postal.may_hold(" ".join(tokens))
        assert may_be_street or not spelled.find(postal.STREET), text
        assert may_be_beside or not spelled.find(postal.BESIDE), text


def test_where_marks_of_addresses_are_said_to_be_impossible_there_are_none() -> None:
    mails = ["write to a [at] b [dot] c", "[email protected]", "a@b.org", "(030) 123 45 67", "(at)", "{ ät }"]
    for text in _texts([*_ADDRESSES, *mails], 400):
        assert marks.may_hold_marks(text) or marks.marks_of(text) == marks.Marks(), text


def test_where_the_office_of_data_protection_is_said_to_be_impossible_it_is_not_named() -> None:
    assert all(map(contacts.names_office, _OFFICES))
    for text in _texts([*_OFFICES, *" ".join(_OFFICES).split()], 500):
        assert contacts.names_office(text.lower()) == (OFFICER.search(text.lower()) is not None), text


_RESERVED = """
© 2020 Acme|(c) Acme|( c ) Acme|copyright Acme|all rights reserved|all right are reserved|alle Rechte vorbehalten
todos los derechos reservados|todos los derechos están reservados|quedan reservados todos los derechos
reservados todos los derechos|tutti i diritti riservati|todos os direitos reservados|alle rechten voorbehouden
alle rettigheder forbeholdes|alle rettigheter forbeholdt|alle rettigheter reservert|tots els drets reservats
minden jog fenntartva|toate drepturile rezervate|tum haklari saklidir|her hakki saklidir|hak cipta dilindungi
kaikki oikeudet pidätetään|všechna práva vyhrazena|все права защищены|版权所有|visos teisės saugomos
""".strip().replace("\n", "|")


def test_where_a_copyright_is_said_to_be_impossible_there_is_none() -> None:
    phrases = _RESERVED.lower().split("|")
    assert all(map(own_dates.names_a_copyright, phrases))
    for text in _texts([*phrases, *" ".join(phrases).split()], 500):
        assert own_dates.names_a_copyright(text) == (own_dates.COPYRIGHT.search(text) is not None), text


def test_a_month_by_its_first_letter_is_the_whole_month() -> None:
    month = re.compile(calendar_names.MONTH)
    assert all(found and found[0] == name for name in calendar_names.MONTHS for found in (month.match(name),))


@given(st.text(alphabet="ab .-'@…,\n语"))
def test_the_different_tokens_of_a_text_are_all_its_tokens(text: str) -> None:
    assert different_tokens(text) == set(tokens_of_normalised(text))


def test_what_is_kept_of_a_block_needs_no_dict_of_its_own() -> None:
    first, *_, last = read_blocks("\n\n".join(f"({number}) some words" for number in range(100)))
    for block in (first, last):
        for one in (block, block.inline):
            names = [name for name, value in vars(type(one)).items() if isinstance(value, kept_property)]
            assert names
            assert all(getattr(one, name) is not None for name in names)
            assert not any(isinstance(held, dict) for held in gc.get_referents(one))


@pytest.mark.parametrize("text", ["*", "a [b](c) `d`", "\\_<", "", "plain", "* * *", "]["])
def test_the_places_of_signs_are_all_characters_that_may_be_markup_in_order(text: str) -> None:
    assert signs.places_of_signs(text) == [place for place, character in enumerate(text) if character in "[]*_`\\<"]


@pytest.mark.parametrize("text", ["write to a [at] b [dot] c", "[email protected]", "a@b.org", "(030) 123 45 67"])
def test_mail_and_telephone_numbers_are_not_overlooked(text: str) -> None:
    found = marks.marks_of(text)
    assert found.mails or found.phones


@pytest.mark.parametrize(
    "said",
    [
        "an hour ago",
        "updated vor einem tag aktualisiert",
        "hace una semana",
        "un giorno fa",
        "een week geleden",
        "godzinę temu",
        "was this helpful yes no",
        "follow us on facebook",
        "share this page on twitter",
        "printed from example",
        "3 min read",
        "siga-nos no facebook",
        "we share data",
        "12 views",
    ],
)
def test_a_counter_is_what_the_pattern_of_counters_matches(said: str) -> None:
    assert widgets.is_counter(said) == (widgets.COUNTERS.fullmatch(said) is not None)


def test_what_stands_around_a_policy_is_never_said_to_be_impossible() -> None:
    text = _PAGE.replace(
        "SENTENCE", "We collect what you tell us about yourself and keep it as long as the law asks us to."
    )
    blocks = read_blocks(text)
    headings, around = headings_of(blocks), surroundings(blocks)
    assert len(around) > 8
    assert all(may_stand_around_at(blocks, place, headings) for place in around)


_BY_THEMSELVES = [
    "SENTENCE",
    "Updated: 05/11/2021",
    "Your Contacts",
    "By post:",
    "– by mail",
    "## Security",
    "## Contact",
]
_LINES = [line for line in _PAGE.split("\n") if line] + _BY_THEMSELVES + ["Home | Jobs | Press | Contact", "* Careers"]


@given(st.lists(st.sampled_from(_LINES), max_size=14))
def test_what_stands_around_a_policy_in_any_order_of_lines_is_not_said_to_be_impossible(lines: list[str]) -> None:
    blocks = read_blocks("\n\n".join(lines).replace("SENTENCE", "We keep it as long as the law asks us to. " * 3))
    headings = headings_of(blocks)
    assert all(may_stand_around_at(blocks, place, headings) for place in surroundings(blocks))


def test_a_date_under_the_title_or_a_heading_of_the_policy_alone_needs_no_look_at_what_stands_around_it() -> None:
    prose = "We keep what you tell us about yourself for as long as the law asks us to, and no longer than that."
    blocks = read_blocks("\n\n".join(["# Privacy", *(f"{one}\n\n{prose}" for one in _BY_THEMSELVES[1:])]))
    assert not any(may_stand_around_at(blocks, place, headings_of(blocks)) for place in range(1, len(blocks)))


_LONG_MENU = " ".join(
    f"[Everything about {name}](https://a.org/{name})"
    for name in ["shops", "employment", "ceramics", "kettles", "maps", "tea", "teapots", "mugs"]
)
_PROSE_BELOW = "We keep what you tell us about yourself for as long as the law asks us to, and no longer than that."


@pytest.mark.parametrize(
    ("above", "found", "below"),
    [
        ([], "[Home](https://a.org) [Shops of Acme in towns](https://a.org/s) " * 6, []),
        ([_LONG_MENU], "* Contact", []),  # beside a menu that is longer than a label
        (["* [Shop](https://a.org/s)", "* [Blog](https://a.org/b)"], "* Contact.", []),
        ([_PROSE_BELOW], "## Spring", ["[Tea from China](https://a.org/1)", "[Tea from India](https://a.org/2)"]),
        ([], "## Tip of the day: drink your tea while it is hot", []),
        ([], '## "A company that we like to work with"', ["– Ann"]),
        (['"A company that we like to work with"'], "## – Ann", []),
        ([_PROSE_BELOW], "More articles about tea", ["[Tea from China](https://a.org/1)"]),
        ([_PROSE_BELOW], "## More articles about tea", ["[Tea from China](https://a.org/1)"]),
        ([_PROSE_BELOW], "Latest news on your data", ["[Tea from China](https://a.org/1)"]),
        ([_PROSE_BELOW], "## Latest news on your data", ["[Tea from China](https://a.org/1)"]),
        (["Sign up for our newsletter"], "Your e-mail", []),
        ([_PROSE_BELOW], "## 9 comments", []),
        ([], "[Acme](https://a.org) › Privacy", []),
        (["[Acme](https://a.org) › Privacy"], "## Privacy", []),
        ([], "The tea of this spring is here. [Learn more](https://a.org/tea)", ["We collect personal data."] * 3),
    ],
)
def test_what_stands_around_a_policy_beside_one_line_is_never_said_to_be_impossible(
    above: list[str], found: str, below: list[str]
) -> None:
    sentences = [_PROSE_BELOW] if above[:1] != [_PROSE_BELOW] else []
    blocks = read_blocks("\n\n".join(["# Privacy | Acme", *above, found.strip(), *below, *sentences]))
    place, headings = 1 + len(read_blocks("\n\n".join(above))), headings_of(blocks)
    assert place in surroundings(blocks)
    assert all(may_stand_around_at(blocks, one, headings) for one in surroundings(blocks))
