"""Words of sentences that streets begin with too, and places at which data are: no contact details."""

from __future__ import annotations

import pytest

from harvester.diffing import Kind
from tests.support.diffing.passages import between


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We may send data via Acme 2 and others.", "We may send data via Birch 2 and others."),
        ("Daten gehen via Acme 24 an Dritte.", "Daten gehen via Birch 24 an Dritte."),
        ("Envoi via Acme 3D Secure", "Envoi via Birch 3D Secure"),
        ("Cediamo i dati al Gruppo Acme 24.", "Cediamo i dati al Gruppo Birch 24."),
        ("We do NOT sell your data via Any Channel 5.", "We do sell your data via Any Channel 5."),
        ("Data are kept at 5 High Street, London SW1A 1AA", "Data are kept at 7 King Street, Leeds LS1 4AB"),
        (
            "Nous conservons les données au 12 rue de la Paix, 75002 Paris",
            "Nous conservons les données au 5 avenue Foch, 69006 Lyon",
        ),
        ("Die Daten liegen in der Hafenstraße 7, 24103 Kiel", "Die Daten liegen in der Lindenallee 22, 50968 Köln"),
        ("I dati sono conservati in via Roma 10, 20121 Milano", "I dati sono conservati in via Monza 7, 80142 Napoli"),
    ],
)
def test_another_recipient_or_place_of_data_is_substantive(old: str, new: str) -> None:
    assert between(old, new).kind is Kind.SUBSTANTIVE
    assert between(new, old).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Acme S.r.l., via Roma 10, 20121 Milano", "Acme S.r.l., via Garibaldi 7, 80142 Napoli"),
        ("Acme S.r.l. ha sede in via Roma 10, 20121 Milano.", "Acme S.r.l. ha sede in via Garibaldi 7, 80142 Napoli."),
        ("Acme Sp. z o.o., al. Niepodległości 12, Warszawa", "Acme Sp. z o.o., al. Solidarności 7, Poznań"),
    ],
)
def test_a_street_that_begins_so_is_an_address(old: str, new: str) -> None:
    assert between(old, new).kind is Kind.MINOR
    assert between(new, old).kind is Kind.MINOR


@pytest.mark.parametrize("sign", ["(a)", "[bei]", "(małpa)", "[snabel-a]", "(apenstaartje)", "[at]", "(arobase)"])
def test_an_e_mail_address_is_the_same_with_any_word_for_its_sign(sign: str) -> None:
    found = between("Write to privacy@acme.example at once.", f"Write to privacy {sign} acme.example at once.")
    assert found.kind is Kind.MINOR
    assert "an e-mail address written in another way" in found.reasons[0]


@pytest.mark.parametrize(
    "spelled",
    [
        "privacy at acme dot example", "privacy -at- acme -dot- example", "privacy_at_acme_dot_example",
        "privacy<at>acme.example", "privacyATacmeDOTexample", "privacy chiocciola acme punto example",
        "privacy собака acme точка example",
    ],
)  # fmt: skip
def test_an_e_mail_address_is_the_same_whatever_stands_around_the_words_for_its_signs(spelled: str) -> None:
    address = "Write to privacy@acme.example at once."
    assert between(address, address.replace("privacy@acme.example", spelled)).kind is Kind.MINOR
    assert between(address.replace("privacy@acme.example", spelled), address).kind is Kind.MINOR
    other = spelled.replace("acme", "birch")
    assert "written in another way" not in between(address, f"Write to {other} at once.").reasons[0]


@pytest.mark.parametrize(("old", "new"), [("№ 5", "No 5"), ("Acme™", "Acme (TM)"), ("½ of it", "1/2 of it")])
def test_a_sign_for_words_means_the_same(old: str, new: str) -> None:
    assert between(f"See {old} here.", f"See {new} here.").kind is Kind.MINOR
