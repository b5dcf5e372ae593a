"""The same word in another spelling, and what only looks like it."""

from __future__ import annotations

import pytest

from harvester.diffing import Kind
from tests.support.diffing.passages import between


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("It is on our account(s) and page(s).", "It is on our accounts and pages.", Kind.MINOR),
        ("It is on our account(s).", "It is on our account.", Kind.SUBSTANTIVE),
        ("It goes to our partner(s).", "It goes to our partner.", Kind.SUBSTANTIVE),
        ("It is kept for 30 mins here.", "It is kept for 30 minutes here.", Kind.MINOR),
        ("It is kept for 30 mins here.", "It is kept for 30 hours here.", Kind.SUBSTANTIVE),
        ("See Punkt 5.g. und 6.", "See Punkt 5 g. und 6.", Kind.MINOR),
        ("It weighs 5.2 of it.", "It weighs 52 of it.", Kind.SUBSTANTIVE),
        ("What is publically known.", "What is publicly known.", Kind.MINOR),
        (
            "The address of the requestor and of his advisors.",
            "The address of the requester and of his advisers.",
            Kind.MINOR,
        ),
        ("It is sent to the director and the actor.", "It is sent to the directer and the acter.", Kind.SUBSTANTIVE),
        # Genitives, with an s too few.
        ("As we see in Acme' policy on it.", "As we see in Acme's policy on it.", Kind.MINOR),
        ("As we see in Acme' policy on it.", "As we see in Acmes policy on it.", Kind.SUBSTANTIVE),
        # The first letters of a word twice.
        ("HeHet verzenden van de codes gaat zo.", "Het verzenden van de codes gaat zo.", Kind.MINOR),
        ("TheThe sending of the codes goes so.", "The sending of the codes goes so.", Kind.MINOR),
        ("It is of DeDe and of us all here.", "It is of De and of us all here.", Kind.MINOR),
        ("It is of COCO and of us all here.", "It is of CO and of us all here.", Kind.SUBSTANTIVE),
        # Two articles in a row.
        ("U vindt het op de site van het dit ministerie.", "U vindt het op de site van het ministerie.", Kind.MINOR),
        ("U vindt dit op de site van ons ministerie.", "U vindt op de site van ons ministerie.", Kind.SUBSTANTIVE),
        ("Wij sturen het onze partners elk jaar toe.", "Wij sturen onze partners elk jaar toe.", Kind.SUBSTANTIVE),
        ("Wij geven deze onze partners elk jaar.", "Wij geven onze partners elk jaar.", Kind.SUBSTANTIVE),
        ("We give these our partners each year.", "We give our partners each year.", Kind.SUBSTANTIVE),
        ("We give it to our these partners.", "We give it to our partners.", Kind.MINOR),
        ("Zij staan in de onze lijst van namen.", "Zij staan in onze lijst van namen.", Kind.MINOR),
        # A letter of a compound of which the right form is in the text.
        (
            "A third-rarty vendor has it. It is a third-party service.",
            "A third-party vendor has it. It is a third-party service.",
            Kind.MINOR,
        ),
        ("It is kept by a first-party vendor.", "It is kept by a third-party vendor.", Kind.SUBSTANTIVE),
        ("It is for co-owners and co-owned shops.", "It is for co-owned and co-owned shops.", Kind.SUBSTANTIVE),
        # A letter of a long word of another language too many or too few, of which the right form is in many policies.
        ("Speichert, ob alle aktzeptiert wurden.", "Speichert, ob alle akzeptiert wurden.", Kind.MINOR),
        ("Hier werden alle sämliche Daten gezeigt.", "Hier werden alle sämtliche Daten gezeigt.", Kind.MINOR),
        ("Il garde celles des utilisteurs.", "Il garde celles des utilisateurs.", Kind.MINOR),
        ("Según la infomación de la página.", "Según la información de la página.", Kind.MINOR),
        ("Usa-se a infrmação do utilizador.", "Usa-se a informação do utilizador.", Kind.MINOR),
        ("Per la organizazione dei dati si scrive.", "Per la organizzazione dei dati si scrive.", Kind.MINOR),
        ("Voor de verwijdring van alles hier.", "Voor de verwijdering van alles hier.", Kind.MINOR),
        # Not another tense, another case, what denies, and two words.
        ("Nous utilisons les données de tous.", "Nous utilisions les données de tous.", Kind.SUBSTANTIVE),
        ("Wir bestätigen es mit einem Knopf.", "Wir betätigen es mit einem Knopf.", Kind.SUBSTANTIVE),
        ("Das ist erforderlich für alle hier.", "Das ist erforderliche für alle hier.", Kind.SUBSTANTIVE),
        ("Bu verileri kullanıyoruz hep.", "Bu verileri kullanmıyoruz hep.", Kind.SUBSTANTIVE),
        ("Wir löschen nach der Berichtigung.", "Wir löschen nach der Berechtigung.", Kind.SUBSTANTIVE),
        # Arabic words whose last letter is written with its dots or without.
        ("نستخدم البيانات التاليه فى الموقع", "نستخدم البيانات التالية في الموقع", Kind.MINOR),
        ("نستخدم البيانات التالية", "نستخدم البيانات الثانية", Kind.SUBSTANTIVE),
        # The first letter of a paragraph was lost.
        ("es données servent à vous répondre vite.", "Les données servent à vous répondre vite.", Kind.MINOR),
        ("ever give your data to all of them here.", "Never give your data to all of them here.", Kind.SUBSTANTIVE),
        ("* age, as far as you tell us of it", "* Wage, as far as you tell us of it", Kind.SUBSTANTIVE),
        # The capitals of words in a list, which are those of a country in one of them.
        ("* the core of KettleBox\n* our rules", "* the core of Kettlebox\n* our rules", Kind.COSMETIC),
        ("* it goes to us all\n* our rules", "* it goes to US all\n* our rules", Kind.SUBSTANTIVE),
        # A heading that says of whom the text under it is.
        ("## Applicable to all users", "## Applicable to all supporters", Kind.SUBSTANTIVE),
        ("## Gilt für alle Kunden", "## Gilt für alle Kinder", Kind.SUBSTANTIVE),
        ("## Applicable law", "## Governing law", Kind.MINOR),
    ],
)
def test_another_spelling_is_minor_and_another_word_is_not(old: str, new: str, kind: Kind) -> None:
    assert between(old, new).kind is kind
    assert between(new, old).kind is kind
