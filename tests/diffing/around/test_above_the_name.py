"""A document begins with its name: a link alone, and the section of the site in which it is filed, above it are the
site's.
"""

from __future__ import annotations

import pytest

from harvester.diffing import Kind, compare
from harvester.diffing.around.surroundings import without_surroundings

SAID = "We collect your name and your address when you open an account, and give your data to nobody."
OFFERS = [
    "[Click today and collect in-store, for free. Or, collect from your local pick-up point.](https://a.example/s/click-collect/partner)",
    "[Order by phone](https://a.example/customer-service/phone)",
    "[Members: Free small standard parcel delivery when you spend €65 or more](https://a.example/delivery)",
    "[Küche von Fachleuten planen lassen](https://a.example/kueche)",
]
PATHS = ["Legal terms\n\n•\n\nGuest", "Legal\n\n–\n\nShop", "Rechtliches\n\n/\n\nKunden"]


def document(above: str, name: str = "Privacy policy", title: str = "Acme") -> str:
    return f"# {title}\n\n{above}\n\n{name}\n\n{SAID}\n\nWe set two cookies.\n"


@pytest.mark.parametrize("name", ["Privacy policy", "## Cookie Policy", "## Terms of Service", "Datenschutzerklärung"])
@pytest.mark.parametrize("above", OFFERS + PATHS)
def test_a_link_alone_or_a_section_of_the_site_above_the_name_of_the_document_is_the_sites(
    above: str, name: str
) -> None:
    old, new = document("", name), document(above, name)
    assert without_surroundings(old) == without_surroundings(new)
    for before, after in ((old, new), (new, old)):
        assert compare(before, after).kind is Kind.COSMETIC
        assert compare(before, after.replace("two", "ten")).kind is Kind.SUBSTANTIVE


def test_one_offer_in_the_place_of_another_is_no_change() -> None:
    assert compare(document(OFFERS[0]), document(OFFERS[1])).kind is Kind.COSMETIC


@pytest.mark.parametrize(
    "above",
    [
        "[We sell your data](https://a.example/sale)",
        "[What we do not keep](https://a.example/keep)",
        "[Read our updated policy](https://a.example/new)",
        "[You must be 16](https://a.example/age)",
        "[These terms replace all others](https://a.example/t)",
        "[For people in California](https://a.example/ca)",
        "[Order by phone](https://a.example/privacy/phone)",
        "[Order by phone](https://a.example/phone) and pay twice",
        "Order by phone",
        "Guest",
        "Guest\n\n•\n\nHost",
        "Legal\n\n•\n\nWe sell your data",
        "Legal\n\nFor hosts",
    ],
)
def test_what_says_more_above_the_name_is_the_policys(above: str) -> None:
    assert compare(document(""), document(above)).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize("above", OFFERS)
def test_a_link_above_another_line_or_below_the_name_is_the_policys(above: str) -> None:
    other = document("", "Our delivery")
    assert compare(other, document(above, "Our delivery")).kind is Kind.SUBSTANTIVE
    below = document("").replace(SAID, f"{SAID}\n\n{above}")
    assert compare(document(""), below.replace("We set", "We also set")).kind is Kind.SUBSTANTIVE
