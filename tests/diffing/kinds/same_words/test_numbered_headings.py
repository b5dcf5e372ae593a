"""A heading that is nothing but the number of its part states nothing; one that counts something else does."""

from __future__ import annotations

import pytest

from harvester.diffing import Kind
from tests.support.diffing.passages import between

BELOW = "We use cookies for your settings."


@pytest.mark.parametrize(
    "heading",
    [
        "Section 1", "Section 1.2", "Article IV", "Abschnitt 2", "Part A", "Chapter 12.", "Раздел 3", "Artículo 5",
        "第3条", "제5조", "Annex II", "Punkt 3:", "القسم 2", "סעיף 4", "अनुभाग 2",
    ],
)  # fmt: skip
def test_the_number_of_a_part_over_a_text_is_minor(heading: str) -> None:
    with_heading = f"## {heading}\n\n{BELOW}"
    assert between(with_heading, BELOW).kind is Kind.MINOR
    assert between(BELOW, with_heading).kind is Kind.MINOR


@pytest.mark.parametrize(
    ("old", "new"),
    [("Cookies", "Cookies and tracking"), ("Sharing", "Sharing of data"), ("Droits", "Droits des personnes")],
)
def test_a_heading_that_goes_on_is_in_other_words(old: str, new: str) -> None:
    assert between(f"## {old}\n\n{BELOW}", f"## {new}\n\n{BELOW}").kind is Kind.MINOR
    assert between(f"## {new}\n\n{BELOW}", f"## {old}\n\n{BELOW}").kind is Kind.MINOR


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"## Sharing\n\n{BELOW}", f"## Sharing not allowed\n\n{BELOW}"),
        (f"## Applies to users\n\n{BELOW}", f"## Applies to users and children\n\n{BELOW}"),
        ("## Our partners\n\n- Acme", "## Our partners\n\n- Acme\n- Birch"),
        (f"## Data\n\n{BELOW}", f"## Data\n\nOnly {BELOW}"),
    ],
)
def test_what_states_something_behind_a_heading_is_substantive(old: str, new: str) -> None:
    assert between(old, new).kind is Kind.SUBSTANTIVE
    assert between(new, old).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize("heading", ["16 years", "Zone 5", "No 5", "Children under 13"])
def test_a_heading_that_counts_something_else_is_substantive(heading: str) -> None:
    with_heading = f"## {heading}\n\n{BELOW}"
    assert between(with_heading, BELOW).kind is Kind.SUBSTANTIVE
    assert between(BELOW, with_heading).kind is Kind.SUBSTANTIVE
