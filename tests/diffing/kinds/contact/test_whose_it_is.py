"""How the same party is reached is minor; another party is not, however its name is written, nor another place of a
rule.
"""

from __future__ import annotations

import pytest

from harvester.diffing import Kind
from tests.support.diffing.passages import between


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # A name behind the form of a company.
        ("Хостинг: ООО «Акме», ул. Ленина, д. 5, Москва", "Хостинг: ООО «Болт», ул. Ленина, д. 5, Москва"),
        ("Оператор: ООО «Акме», ул. Ленина, д. 5, Москва", "Оператор: ООО «Болт», ул. Мира, д. 9, Казань"),
        ("SAS Acme, 5 rue de la Paix, 75002 Paris", "SAS Birch, 5 rue de la Paix, 75002 Paris"),
        ("合同会社アクメ、東京都千代田区丸の内1-1-1", "合同会社ボルト、東京都千代田区丸の内1-1-1"),
        # A number of a sentence behind the address.
        (
            "Acme Ltd, 5 High Street, London SW1A 1AA. Age limit: 16.",
            "Acme Ltd, 5 High Street, London SW1A 1AA. Age limit: 13.",
        ),
        (
            "Acme Ltd, 5 High Street, London. Up to 20000 Requests a day.",
            "Acme Ltd, 5 High Street, London. Up to 30000 Requests a day.",
        ),
        (
            "Acme GmbH, Hauptstraße 5, 10115 Berlin. Mindestalter 16",
            "Acme GmbH, Hauptstraße 5, 10115 Berlin. Mindestalter 18",
        ),
        # One of several companies with their addresses in a sentence.
        (
            "We give what you send to Acme Ltd, 1 Main Road, Leeds; Birch Ltd, 2 Park Lane, York",
            "We give what you send to Acme Ltd, 1 Main Road, Leeds; Delta Ltd, 7 Mill Lane, York",
        ),
        # The address of whoever is given data, at another host.
        ("Processor: ask@birch.example", "Processor: ask@delta.example"),
        ("Our partners: ask@birch.example", "Our partners: ask@delta.example"),
        ("Empfänger: ask@birch.example", "Empfänger: ask@delta.example"),
        ("Destinataires : ask@birch.example", "Destinataires : ask@delta.example"),
        # Where data are, and where disputes are decided.
        (
            "Data is processed at Acme Ltd, 5 High Street, Dublin, Ireland.",
            "Data is processed at Acme Ltd, 9 Main Street, Boston, USA.",
        ),
        ("Disputes go to arbitration at 5 High Street, London.", "Disputes go to arbitration at 7 Mill Lane, Leeds."),
        ("Gerichtsstand: Hauptstraße 5, 10115 Berlin", "Gerichtsstand: Nebenstraße 9, 20095 Hamburg"),
    ],
)
def test_another_party_or_another_place_of_a_rule_is_substantive(old: str, new: str) -> None:
    assert between(old, new).kind is Kind.SUBSTANTIVE
    assert between(new, old).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Acme Ltd. 5 High Street. London SW1A 1AA", "Acme Ltd. 9 Park Lane. Leeds LS1 4AB"),
        (
            "Acme Ltd, 5 High Street, London. Phone 020 7946 0000",
            "Acme Ltd, 5 High Street, London. Phone 020 7946 0999",
        ),
        ("ООО «Акме», ул. Ленина, д. 5, 101000 Москва", "ООО «Акме», ул. Мира, д. 9, 420000 Казань"),
        ("SAS Acme, 12 rue de la Paix, 75002 Paris", "SAS Acme, 5 avenue Foch, 69006 Lyon"),
        ("Processor: ask@birch.example", "Processor: help@birch.example"),
        ("Acme Ltd, processor: ask@birch.example", "Acme Ltd, processor: ask@birch-group.example"),
        ("The controller can be reached at ask@a.example.", "The controller can be reached at ask@b.example."),
        ("Send your request to ask@a.example.", "Send your request to ask@b.example."),
        ("Tél. : 01 23 45 67 89", "Tél. : 09 87 65 43 21"),
        ("Telefoon: 020 123 4567", "Telefoon: 010 765 4321"),
        ("Puhelin: 09 123 4567", "Puhelin: 09 765 4321"),
        ("Telefone: 21 123 4567", "Telefone: 22 765 4321"),
    ],
)
def test_another_way_to_reach_the_same_party_is_minor(old: str, new: str) -> None:
    assert between(old, new).kind is Kind.MINOR
    assert between(new, old).kind is Kind.MINOR


@pytest.mark.parametrize(
    ("over", "old", "new"),
    [
        # A sentence below the name of the office names nobody.
        ("Datenschutzbeauftragter", "Es gilt das Recht Deutschlands.", "Es gilt das Recht Österreichs."),
        ("Data protection officer", "We follow the Law Of Ireland.", "We follow the Law Of Denmark."),
        ("Inspektor ochrony danych", "rozdział V RODO", "rozdział IV RODO"),
        (
            "개인정보",
            "회사는 업무를 총괄해서 책임지고 처리하는 개인정보 보호책임자를 지정합니다.",
            "회사는 업무를 총괄해서 위하여 처리하는 개인정보 보호책임자를 지정합니다.",
        ),
    ],
)
def test_words_of_a_sentence_are_no_name_of_the_officer(over: str, old: str, new: str) -> None:
    assert between(f"## {over}\n\n{old}", f"## {over}\n\n{new}").kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("개인정보 보호책임자: 김철수", "개인정보 보호책임자: 이영희"),
        ("## Data protection officer\n\nJane Porter", "## Data protection officer\n\nMary Jones"),
        ("## Datenschutzbeauftragter\n\nHerr Hans Meier", "## Datenschutzbeauftragter\n\nHerr Karl Schulz"),
    ],
)
def test_a_name_alone_beside_the_office_is_minor(old: str, new: str) -> None:
    assert between(old, new).kind is Kind.MINOR


def test_the_sign_of_the_copyright_inside_a_word_is_a_letter_that_was_read_wrongly() -> None:
    assert (
        between("sur la sécuritÃ© numÃ©rique of 21 June 2004.", "sur la sécuritÃ© numÃ©rique of 21 June.").kind
        is Kind.SUBSTANTIVE
    )
