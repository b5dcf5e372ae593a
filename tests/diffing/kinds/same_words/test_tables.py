"""A mark in a cell says something, and so does the column in which it stands."""

from __future__ import annotations

import pytest

from harvester.diffing import Kind
from harvester.diffing.around.surroundings import without_surroundings
from tests.support.diffing.passages import between

HEAD = "| Data | Sold | Shared |\n|---|---|---|\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("| Name | ✓ | ✓ |", "| Name | | ✓ |"),
        ("| Name | ● | ● |", "| Name | ● | |"),
        ("| Name | ✓ | ✓ |", "| Name | – | ✓ |"),
        ("| Name | ✔ | ✔ |", "| Name | ✖ | ✔ |"),
        ("| Name | ✓ | |", "| Name | | ✓ |"),
        ("| Name | Yes | |", "| Name | | Yes |"),
        ("| Name | | Yes |\n| Age | Yes | |", "| Name | Yes | |\n| Age | | Yes |"),
    ],
)
def test_another_mark_or_another_column_is_substantive(old: str, new: str) -> None:
    assert between(f"{HEAD}{old}", f"{HEAD}{new}").kind is Kind.SUBSTANTIVE
    assert between(f"{HEAD}{new}", f"{HEAD}{old}").kind is Kind.SUBSTANTIVE
    assert without_surroundings(f"# A\n\n{HEAD}{old}") != without_surroundings(f"# A\n\n{HEAD}{new}"), "it is a version"


@pytest.mark.parametrize(("old", "new"), [("Sold to others: ✓", "Sold to others:"), ("Sold: ☑", "Sold: ☐")])
def test_a_tick_behind_words_is_substantive(old: str, new: str) -> None:
    assert between(old, new).kind is Kind.SUBSTANTIVE
    assert between(new, old).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"{HEAD}| Name | Yes | – |", f"{HEAD}| Name | Yes | |"),
        (f"{HEAD}| • Name | Yes | No |", f"{HEAD}| Name | Yes | No |"),
        (f"{HEAD}| Name | Yes | No |", f"{HEAD}|  Name  |Yes|No|"),
        ("✓ We protect what you tell us.", "We protect what you tell us."),
        # All columns moved, with their heads.
        (
            "| Data | Sold |\n|---|---|\n| Name | Yes |",
            "| Data | | Sold |\n|---|---|---|\n| Name | | Yes |",
        ),
    ],
)
def test_a_cell_without_anything_and_a_sign_of_a_list_are_less(old: str, new: str) -> None:
    assert between(old, new).kind in (Kind.MINOR, Kind.COSMETIC)
    assert between(new, old).kind in (Kind.MINOR, Kind.COSMETIC)
