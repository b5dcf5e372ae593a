"""A company is named with its legal form or without it: the same party, if both texts call it so elsewhere."""

from __future__ import annotations

import pytest

from harvester.diffing import Kind, compare


def kind(who: str, old: str, new: str, who_now: str = "") -> Kind:
    return compare(f"# Policy\n\n{who}\n\n{old}", f"# Policy\n\n{who_now or who}\n\n{new}").kind


@pytest.mark.parametrize(
    ("who", "old", "new"),
    [
        ("We are Acme Inc., of Berlin.", "Acme keeps your files.", "Acme Inc. keeps your files."),
        ("We are Acme, Inc., of Berlin.", "You may ask Acme for them.", "You may ask Acme, Inc. for them."),
        ("Wir sind die Kessel GmbH.", "Kessel speichert Ihre Daten.", "Kessel GmbH speichert Ihre Daten."),
        ("Kry international AB runs it.", "Of the group Kry international.", "Of the group Kry international AB."),
    ],
)
def test_the_form_of_a_company_that_both_texts_name_with_it_is_minor(who: str, old: str, new: str) -> None:
    assert kind(who, old, new) is Kind.MINOR
    assert kind(who, new, old) is Kind.MINOR


def test_the_mark_of_a_public_company_is_minor_behind_its_form() -> None:
    who, now = "We are Kry international AB.", "We are Kry international AB (publ)."
    assert (
        kind(who, "We ask Kry international for it.", "We ask Kry international AB (publ) for it.", now) is Kind.MINOR
    )


@pytest.mark.parametrize(
    ("who", "old", "new"),
    [
        ("We are Acme, of Berlin.", "Acme keeps your files.", "Acme Inc. keeps your files."),
        ("We are Acme Inc., of Berlin.", "Acme keeps your files.", "Acme Ltd keeps your files."),
        ("Acme Inc. and Acme Ltd run it.", "Acme keeps your files.", "Acme Ltd keeps your files."),
        ("We are Acme Inc., of Berlin.", "Bolt keeps your files.", "Bolt Inc. keeps your files."),
        ("We are Acme Inc., of Berlin.", "Acme keeps your files.", "Acme Bolt Inc. keeps your files."),
        ("We are Acme Inc., of Berlin.", "We keep your files (publ).", "We keep your files."),
    ],
)
def test_another_party_is_substantive(who: str, old: str, new: str) -> None:
    assert kind(who, old, new) is Kind.SUBSTANTIVE
    assert kind(who, new, old) is Kind.SUBSTANTIVE
