"""Sections stand whether their page writes their numbers or leaves them to the browser."""

from __future__ import annotations

import pytest

from harvester.store.history.differences import SourcePage, difference
from tests.support.diffing.standing import page


def kind(old: str, new: str, old_page: str, new_page: str) -> str:
    pages = SourcePage(page(old_page).encode(), None), SourcePage(page(new_page).encode(), None)
    return difference(f"# Cookies\n\n{old}", f"# Cookies\n\n{new}", pages).kind


SECTIONS = (
    ("Creating an account", "You tell us your name and the day of your birth for it."),
    ("Promotional codes", "We tell our partners who has used a code and where."),
    ("Complaints", "You may complain to us within thirty days of the order."),
)
NUMBERS = ("{}.{} ", "{}.{}. ", "{}.{}.1 ", "**{}.{}** ", "### {}.{} ")


def numbered(number: str, *, html: bool = False, said: tuple[tuple[str, str], ...] = SECTIONS) -> str:
    """The sections with a number before each, or without."""
    found = []
    for at, (name, rest) in enumerate(said, start=1):
        written = number.format(at // 3 + 2, at)
        if html:
            found.append(f"<p>{written.strip('*# ').replace('**', '')} <b>{name}.</b> {rest}</p>")
        else:
            found.append(f"{written}{name}. {rest}")
    return "".join(found) if html else "\n\n".join(found)


@pytest.mark.parametrize("number", NUMBERS)
def test_sections_stand_though_their_page_no_longer_writes_their_numbers(number: str) -> None:
    kept = "We keep what you tell us for as long as your account is open."
    shown, hidden = (numbered(one, html=True) for one in (number, ""))
    old, new = f"{kept}\n\n{numbered(number)}", kept
    pages = f"<p>{kept}</p>{shown}", f"<p>{kept}</p><footer>{hidden}</footer>"
    assert kind(old, new, *pages) == "technical"
    assert kind(new, old, *pages[::-1]) == "technical"


@pytest.mark.parametrize("number", NUMBERS)
def test_a_section_that_says_something_else_without_its_number_is_a_change(number: str) -> None:
    kept = "We keep what you tell us for as long as your account is open."
    other = (*SECTIONS[:2], ("Complaints", "You may complain to us within ninety days of the order."))
    old, new = f"{kept}\n\n{numbered(number)}", kept
    pages = f"<p>{kept}</p>{numbered(number, html=True)}", f"<p>{kept}</p>{numbered('', html=True, said=other)}"
    assert kind(old, new, *pages) == "substantive"
    assert kind(new, old, *pages[::-1]) == "substantive"


@pytest.mark.parametrize(
    ("here", "there"), [("2.5 million", "3.5 million"), ("2.5 per cent of the", "4.5 per cent of the")]
)
def test_an_amount_at_the_beginning_of_a_sentence_is_no_number_of_a_section(here: str, there: str) -> None:
    kept = "We keep what you tell us for as long as your account is open."
    first, second = (f"{one} users had an account at the end of the year." for one in (here, there))
    pages = f"<p>{kept}</p><p>{first}</p><p hidden>{second}</p>", f"<p>{kept}</p><p hidden>{second}</p>"
    assert kind(f"{kept}\n\n{first}", kept, *pages) == "substantive"
