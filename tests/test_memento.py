"""Addresses of snapshots as readers see them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.archive.playback.naming import naming
from harvester.memento import shown_address
from tests.support.times import at

BASE = "https://web.archive.org/web"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.example/privacy", "https://a.example/privacy"),
        ("http://a.example/p?x=1&y=2", "http://a.example/p?x=1&y=2"),
        ("http://a.example/a%20b", "http://a.example/a%20b"),
        ("http://a.example/über uns", "http://a.example/%C3%BCber%20uns"),
        ("http://a.example/#!privacy", "http://a.example/%23!privacy"),
    ],
)
def test_the_address_of_a_snapshot_is_shown_as_people_write_it(url: str, shown: str) -> None:
    named = naming(BASE, at("20200102030405"), url)
    assert shown_address(named.snapshot_url) == f"{BASE}/20200102030405/{shown}"


def test_an_address_that_is_written_plainly_or_leads_elsewhere_is_shown_as_it_is() -> None:
    assert shown_address("http://b.example/20200102030405id_/http://a.example/") == (
        "http://b.example/20200102030405/http://a.example/"
    )
    within = f"{BASE}/20100203040506id_/http://a.example/"
    assert shown_address(f"{BASE}/20200102030405id_/{within}") == f"{BASE}/20200102030405/{within}"
    file = "https://git.example/Datenschutz für Kunden.md"
    assert shown_address(file) == file
    file = "https://git.example/policies/blob/0a1b2c/a.example/Privacy%20Policy.md"
    assert shown_address(file) == file


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_the_address_that_is_shown_can_stand_in_a_link(path: str) -> None:
    shown = shown_address(naming(BASE, at("20200102030405"), f"https://a.example/{path}").snapshot_url)
    assert shown.isascii()
    assert shown.isprintable()
    assert not set(shown) & set(' #"<>')
