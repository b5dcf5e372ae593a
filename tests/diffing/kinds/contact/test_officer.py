"""Another person in the office of data protection, and other ways to reach it, are minor; another office is not."""

from __future__ import annotations

import pytest

from harvester.diffing import Kind
from tests.support.diffing.passages import between

ASK = "Please ask our data protection officer:"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            f"{ASK}\n\nAnna Reed\n\nPhone\n+49 221 64306371 E-mail\na@a.example",
            f"{ASK}\n\nBruno Hill\n\nE-mail\na@a.example",
        ),
        (
            "Fale com o nosso diretor de proteção de dados, Anna Reed, por e-mail.",
            "Fale com o nosso diretor de proteção de dados, Bruno Hill, por e-mail.",
        ),
        (
            "Write to our data protection officer by email or [phone](tel:+4922164306371).",
            "Write to our data protection officer by email.",
        ),
        (
            "Kettle GmbH\n12 Hill Street\n70192 Stuttgart",
            "Postal address:\n\nKettle GmbH\n12 Hill Street\n70192 Stuttgart",
        ),
        ("Kontakta vårt personuppgiftsombud.", "Kontakta vårt dataskyddsombud."),
        ("דוא״ל: a@a.example", "Email: b@a.example"),
        ("Електронна пошта: a@a.example", "E-mail: b@a.example"),
    ],
)
def test_another_person_or_way_to_reach_the_office_is_minor(old: str, new: str) -> None:
    assert between(old, new).kind is Kind.MINOR
    assert between(new, old).kind is Kind.MINOR


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"{ASK}\n\nAnna Reed\n\nWe pass it on.", f"{ASK}\n\nReed Consulting\n\nWe keep it."),
        ("We share it with:\n\nAnna Reed\n\nIt ends.", "We share it with:\n\nBruno Hill\n\nIt begins."),
        ("You can object by letter or [phone](tel:+49221).", "You can object by letter."),
        ("Our partners get it by email or [phone](tel:+49221).", "Our partners get it by email."),
        ("We collect:\n\nWe keep it.", "We collect:\n\nPostal address:\n\nWe keep it."),
        ("We collect your email or phone.", "We collect your email."),
    ],
)
def test_another_office_and_the_only_way_to_reach_one_are_substantive(old: str, new: str) -> None:
    assert between(old, new).kind is Kind.SUBSTANTIVE
    assert between(new, old).kind is Kind.SUBSTANTIVE
