"""The list of cookies of a consent dialog, extracted in place of a policy, makes no version."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import pytest

from harvester.diffing.text.blocks import read_blocks
from harvester.store.history.likeness import Measures, passages
from harvester.store.history.strays.cookie_tables import is_of_cookies
from harvester.store.history.versions import Observation, versions

POLICY = """# Privacy policy

We collect your name and your address. We use them to deliver what you order. We do not sell your data. You may ask us
to delete what we hold about you. We keep it for two years. Cookies remember your settings.
"""

ROWS = """# Privacy centre

This website uses cookies.

## Necessary

Necessary cookies help make a website usable. It cannot function properly without these cookies.

Name | Provider | Expiry | Purpose
---|---|---|---
\\_\\_cf_bm | a network | 30 days | Used to tell people from robots.
PHPSESSID | own | session | Keeps the state of the reader across pages.
CookieConsent | own | 1 year | Stores what the reader agreed to.

## Statistics

Statistic cookies help owners to understand how visitors use a website.

Name | Provider | Expiry | Purpose
---|---|---|---
\\_ga | a service of statistics | 2 years | Distinguishes readers.
"""
LINES = """# Datenschutz

## Notwendig

Notwendige Cookies machen eine Webseite nutzbar.

\\_\\_cf_bm

Unterscheidet Menschen von Programmen.

Höchstdauer: 1 Tag, Art: HTTP-Cookie

PHPSESSID

Behält den Zustand des Lesers auf allen Seiten.

Höchstdauer: Sitzung, Art: HTTP-Cookie

\\_ga

Unterscheidet Leser voneinander.

Höchstdauer: 2 Jahre, Art: HTTP-Cookie
"""
TERMS_OF_STORAGE = """# Privacy policy

What | Why | For how long
---|---|---
Name and address | to deliver what you order | 2 years
Invoices | because the law demands it | 10 years
Letters | to answer you | 1 year
Cookies | to remember your settings | session
"""


@pytest.mark.parametrize("listed", [ROWS, LINES])
def test_a_list_of_cookies_in_place_of_a_policy_makes_no_version_also_for_good(listed: str) -> None:
    texts = {"policy": (POLICY, 0.95), "list": (listed, 0.6)}
    known = {
        name: Measures(300, "en", likely, partial(passages, text), partial(str, text))
        for name, (text, likely) in texts.items()
    }
    seen = [(2018, "policy"), (2019, "policy"), (2020, "list"), (2021, "list"), (2024, "list")]
    history = [Observation(datetime(year, 1, 1, tzinfo=UTC), name, number) for number, (year, name) in enumerate(seen)]
    assert [one.text for one in versions(history, known.get)] == ["policy"]


@pytest.mark.parametrize("text", [TERMS_OF_STORAGE, f"{ROWS}\n{POLICY}\n{POLICY}", POLICY, ""])
def test_a_policy_with_terms_of_storage_or_a_list_of_cookies_is_one(text: str) -> None:
    assert not is_of_cookies(text)


HEADS = "Name | Purpose | Expiry\n---|---|---\n"


def rows(*names: str, purpose: str = "Keeps what was chosen here.") -> str:
    return HEADS + "\n".join(f"{name} | {purpose} | 2 years" for name in names)


def lines(*names: str, purpose: str = "Keeps what was chosen here.", lifetime: str = "Expires after: 2 years") -> str:
    return "\n\n".join(f"{name}\n\n{purpose}\n\n{lifetime}" for name in names)


@pytest.mark.parametrize("form", [rows, lines])
@pytest.mark.parametrize(
    ("names", "is_one"),
    [
        (("\\_ga", "\\_gid", "sid_x"), True),
        (("\\_ga", "\\_gid"), False),
        (("\\_ga", "\\_gid", "\\_ga"), False),  # the same one again
        (("Cookie", "Session", "Consent"), False),  # names that a policy has too
        (("\\_ga", "\\_gid", "Session"), False),
    ],
)
def test_a_list_of_cookies_has_three_of_them_by_name(
    form: Callable[..., str], names: tuple[str, ...], *, is_one: bool
) -> None:
    assert is_of_cookies(f"# Privacy\n\n{form(*names)}") is is_one


def test_three_names_of_cookies_in_one_line_are_no_list() -> None:
    assert not is_of_cookies("# Privacy\n\nWe set cookies called _ga, _gid and sid_x for 2 years.")


@pytest.mark.parametrize(
    ("lifetime", "is_one"),
    [("2 years", True), ("session", True), ("30 jours", True), ("2 Jahre", True), ("1年", True), ("always", False),
     ("version 2", False), ("2 partners", False)],
)  # fmt: skip
def test_a_list_of_cookies_says_how_long_each_is_kept(lifetime: str, *, is_one: bool) -> None:
    assert is_of_cookies(f"# Privacy\n\n{rows('_ga', '_gid', 'sid_x').replace('2 years', lifetime)}") is is_one


def prose(characters: int) -> str:
    """A paragraph of so many characters that says nothing of cookies."""
    return ("We collect what you tell us. " * 99)[: characters - 1] + "."


@pytest.mark.parametrize("form", [rows, lines])
@pytest.mark.parametrize(("share", "is_one"), [(0.30, True), (0.36, False)])
def test_a_policy_says_more_than_a_third_of_what_its_list_of_cookies_does(
    form: Callable[..., str], share: float, *, is_one: bool
) -> None:
    listed = form(*(f"\\_ga{number}" for number in range(12)))
    size = sum(len(block.inline.visible) for block in read_blocks(listed))
    text = f"# Privacy\n\n{{}}{listed}\n\n{prose(int(share * size))}"
    assert is_of_cookies(text.format("")) is is_one
    assert is_of_cookies(text.format("## How we use what you tell us, and for how long we will keep it\n\n")) is is_one


def test_sentences_on_cookies_are_of_their_list_and_others_of_the_policy() -> None:
    listed = rows("\\_ga", "\\_gid", "sid_x")
    assert is_of_cookies(f"# Privacy\n\n{'Such cookies help the shop to work. ' * 20}\n\n{listed}")
    assert not is_of_cookies(f"# Privacy\n\n{'Such letters help the shop to work. ' * 20}\n\n{listed}")


@pytest.mark.parametrize(("characters", "is_one"), [(100, True), (101, False)])
def test_a_line_with_a_lifetime_is_short_where_it_is_no_row(characters: int, *, is_one: bool) -> None:
    lifetime = " 2 years".rjust(characters, "x")
    names = ("\\_ga", "\\_gid", "sid_x")
    assert is_of_cookies(f"# Privacy\n\n{lines(*names, lifetime=lifetime)}") is is_one
    assert is_of_cookies(f"# Privacy\n\n{rows(*names, purpose=lifetime)}")


def test_an_entry_of_a_list_of_cookies_has_a_name_and_a_purpose_above_its_lifetime() -> None:
    names = ("\\_ga", "\\_gid", "sid_x")
    assert is_of_cookies(f"# Privacy\n\n{lines(*(f'{prose(90)} {name}' for name in names))}")
    assert not is_of_cookies(f"# Privacy\n\n{lines(*(f'{prose(90)} {name}{chr(10) * 2}Of Acme.' for name in names))}")


def test_above_a_row_of_a_list_of_cookies_stand_only_the_heads_of_its_columns() -> None:
    text = f"# Privacy\n\n{prose(300)}\n\n{prose(300)}\n\n{rows('_ga', '_gid', 'sid_x')}"
    assert not is_of_cookies(text)
    long_heads = "\n".join(f"{prose(60)} | {prose(60)}\n---|---\n_ga{number} | 2 years" for number in range(3))
    assert is_of_cookies(f"# Privacy\n\n{long_heads}")
