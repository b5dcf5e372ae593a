"""Long rows of links to pages of the site below a policy are the site's; recipients and parts of the policy are not."""

from __future__ import annotations

import pytest

from harvester.diffing import Kind, compare

BODY = "# Privacy\n\nWe collect your name and your address when you open an account with our shop in the city.\n\n"
NAMES = (
    "How we choose the races that we report on each year",
    "Our polls",
    "Ann Ash",
    "Bo Birk",
    "Cy Coe",
    "Di Dahl",
    "Ed Elm",
)


def row(names: tuple[str, ...], host: str = "a.example", mark: str = " • ") -> str:
    return mark.join(f"[{name}](https://{host}/{name.replace(' ', '_')})" for name in names)


@pytest.mark.parametrize(
    "written",
    ["{}", "**Staff:** {}", "{} • Privacy policy"],
)
def test_a_long_row_of_links_to_pages_of_the_site_is_the_sites(written: str) -> None:
    old, new = (BODY + written.format(row(names)) for names in (NAMES, (*NAMES[:2], "Flo Fir", *NAMES[3:])))
    assert compare(old, new).kind is Kind.COSMETIC


def test_a_short_row_beside_a_long_one_is_the_sites_too() -> None:
    long = f"\n\n**Staff:** {row(NAMES)}"
    old, new = (f"{BODY}**Board:** {row(names)}{long}" for names in (NAMES[2:6], NAMES[3:6]))
    assert compare(old, new).kind is Kind.COSMETIC


@pytest.mark.parametrize(
    "written",
    [
        "**Partners:** {}",
        "Third parties: {}",
        "**Purposes:** {}",
        "We give your data to {}",
        "We give your data to the following:\n\n{}",
        "## Recipients\n\n{}",
        "{}\n\nAll of these get your name and your address when you open an account with our shop in the city.",
    ],
)
def test_a_list_of_the_policy_is_no_row_of_pages(written: str) -> None:
    old, new = (BODY + written.format(row(names)) for names in (NAMES, (*NAMES[:2], "Flo Fir", *NAMES[3:])))
    assert compare(old, new).kind is Kind.SUBSTANTIVE


def test_links_to_several_sites_are_no_row_of_pages() -> None:
    others = f" • {row(('Bolt',), 'b.example')}"
    old, new = (f"{BODY}{row(names)}{others}" for names in (NAMES, (*NAMES[:2], "Flo Fir", *NAMES[3:])))
    assert compare(old, new).kind is Kind.SUBSTANTIVE


def test_a_short_row_alone_is_none() -> None:
    old, new = (
        f"{BODY}**Analytics that we may run here:** {row(names)}" for names in (NAMES[1:4], NAMES[1:3] + NAMES[4:5])
    )
    assert compare(old, new).kind is Kind.SUBSTANTIVE


def test_codes_of_languages_with_a_country_are_languages() -> None:
    codes = " - ".join(
        f"[{code}](https://a.example/{code[:2]}{len(code)}.docx)"
        for code in ("DE", "ES", "FR", "PT", "PT (BR)", "de-AT")
    )
    end = "\n\nYou may write to us at any time of the day and of the night, if you so wish."
    assert compare(BODY + end, f"{BODY}{codes}{end}").kind is Kind.COSMETIC
    countries = codes.replace("(BR)", "(all)")
    assert compare(BODY + end, f"{BODY}{countries}{end}").kind is Kind.SUBSTANTIVE


CONTENTS = (
    "# Privacy\n\n{}\n\n1. I. For Europe\n2. II. For America\n\n"
    "## I. For Europe\n\nWe collect your name.\n\n## II. For America\n\nWe do so, too."
)


@pytest.mark.parametrize("name", ["## Table of contents", "**Inhaltsverzeichnis**", "## Sommaire", "目录"])
def test_two_entries_under_its_name_are_a_table_of_contents(name: str) -> None:
    text = CONTENTS.format(name)
    without = text.replace("1. I. For Europe\n2. II. For America\n\n", "").replace(f"{name}\n\n", "")
    assert compare(without, text).kind is Kind.COSMETIC


def test_two_entries_under_another_name_are_none() -> None:
    text = CONTENTS.format("## Recipients")
    assert compare(text.replace("2. II. For America\n", ""), text).kind is Kind.SUBSTANTIVE
