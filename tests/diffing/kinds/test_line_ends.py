"""A redesign glues lines, or parts them: nothing is said otherwise. A space within a sentence may say something."""

from __future__ import annotations

import pytest

from harvester.diffing import Kind, compare

LINES = (
    "# Policy\n\nWe keep your name for **30 days.**\n\n2\\. Who gets it\n\nOur bank in Sweden\n\n"
    "By post only: Acme, Berlin"
    "\n\n– as the law asks\n\n– as you ask\n\n**Your rights**\n\nYou are not able to object."
)
GLUED = (
    "# Policy | Acme\n\nWe keep your name for **30 days.** 2\\. Who gets itOur bank in SwedenBy post only: Acme, Berlin"
    "\\- as the law asks\\- as you ask **Your rights** **\n** ****You are not able to object."
)


def test_the_same_letters_and_marks_in_other_lines_are_cosmetic() -> None:
    for old, new in ((LINES, GLUED), (GLUED, LINES)):
        found = compare(old, new)
        assert (found.kind, found.reasons) == (Kind.COSMETIC, ("the same letters and marks: lines end elsewhere",))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("not able", "notable"),
        ("30 days", "3 0 days"),
        ("30 days", "90 days"),
        ("only", "or"),
        ("the law", "The Law does"),
        ("Acme, Berlin", "Bolt, Berlin"),
        ("You are", "You are not"),
    ],
)
def test_what_reads_otherwise_in_other_lines_is_not(one: str, other: str) -> None:
    assert one in GLUED
    assert compare(LINES, GLUED.replace(one, other)).kind is not Kind.COSMETIC
    assert compare(GLUED.replace(one, other), LINES).kind is not Kind.COSMETIC


def test_a_country_that_became_a_pronoun_in_other_lines_is_an_alarm() -> None:
    old = "# Policy\n\nData may be sent to the US\n\nYou may object."
    assert compare(old, "# Policy\n\nData may be sent to us. You may object.").kind is Kind.SUBSTANTIVE


def test_the_sign_of_a_note_is_no_mark_that_was_left_over() -> None:
    old = "# Policy\n\nWe keep names** and ages.\n\nAsk us.\n\nAsk them."
    assert compare(old, old.replace("** and", " and").replace("us.\n\n", "us. ")).kind is not Kind.COSMETIC


def test_a_redesign_that_glues_some_lines_of_sections_that_are_alike_is_cosmetic() -> None:
    old = (
        "# P\n\n**Right to Information**\n\nYou have the right to ask us for information.\n\nThis applies when:\n\n"
        "You object to it.\n\nBased on your consent or a contract.\n\n**Right to Access**\n\n"
        "You have the right to ask us for access.\n\n"
        "This applies when:\n\nThe processing is automated.\n\nBased on your consent or a contract.\n\n"
        "**Right to Rectification**\n\nYou have the right to ask us for rectification.\n\nThis applies when:\n\n"
        "You object to it.\n\nBased on your consent or a contract."
    )
    new = (
        "# P\n\n**Right to Information**  \nYou have the right to ask us for information.\n\n"
        "This applies when: You object to it.Based on your consent or a contract. **Right to Access**\n\n"
        "You have the right to ask us for access."
        "This applies when: The processing is automated. Based on your consent or a contract.\n\n"
        "**Right to Rectification**You have the right to ask us for rectification.This applies when: You object to it."
        "Based on your consent or a contract."
    )
    assert compare(old, new).kind is Kind.COSMETIC
    assert compare(old, new.replace("object to it", "object to all of it", 1)).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        (
            "We share it with [our partner](https://birch.example/).",
            "We share it with [our partner](https://delta.example/).",
            "a link to a recipient of data leads to another site",
        ),
        (
            "| What | Kept | Sold |\n|---|---|---|\n| Names | ✓ |  |",
            "| What | Kept | Sold |\n|---|---|---|\n| Names |  | ✓ |",
            "a cell stands in another column",
        ),
    ],
)
def test_what_the_words_do_not_show_is_judged_in_other_lines_too(before: str, after: str, reason: str) -> None:
    parted, glued = "# Policy\n\n{}\n\nWe keep it.\n\nYou may object.", "# Policy\n\n{}\n\nWe keep it. You may object."
    for old, new in ((parted, glued), (glued, parted)):
        found = compare(old.format(before), new.format(after))
        assert found.kind is Kind.SUBSTANTIVE
        assert found.reasons[0].startswith(reason)
        assert compare(old.format(before), new.format(before)).kind is Kind.COSMETIC
