"""A sign before a number makes another of it; how a range of two is spaced does not."""

from __future__ import annotations

import pytest

from harvester.diffing import Kind
from tests.support.diffing.passages import between


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The balance may be 5.", "The balance may be -5."),
        ("Data is kept at 5 degrees.", "Data is kept at −5 degrees."),
        ("An offset of 3 hours from UTC", "An offset of -3 hours from UTC"),
        ("Balance: 5 EUR", "Balance: -5 EUR"),
        ("Le solde est de 5 euros.", "Le solde est de −5 euros."),
        ("Der Kontostand (5 Euro) zählt.", "Der Kontostand (-5 Euro) zählt."),
        ("残高は5円です。", "残高は-5円です。"),
    ],
)
def test_a_minus_before_a_number_is_substantive(old: str, new: str) -> None:
    assert between(old, new).kind is Kind.SUBSTANTIVE
    assert between(new, old).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We answer in 10-15 days.", "We answer in 10 - 15 days."),
        ("We answer in 10-15 days.", "We answer in 10 – 15 days."),
        ("A copy - 5 pages - is kept.", "A copy 5 pages - is kept."),
        ("-5 pages", "5 pages"),
        ("Phone: +49 221 -64306371", "Phone: +49 221 64306371"),
        ("Last updated: -1 May 2024", "Last updated: 1 May 2024"),
    ],
)
def test_a_dash_that_is_no_sign_of_a_number_is_less(old: str, new: str) -> None:
    assert between(old, new).kind in (Kind.MINOR, Kind.COSMETIC)
    assert between(new, old).kind in (Kind.MINOR, Kind.COSMETIC)


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("1. all of it\n2. b) wrong data\n3. c) the rights", "1. all of it\n2. wrong data\n3. the rights", Kind.MINOR),
        ("(1)利用者の情報\n\n(2)端末の情報", "1. 利用者の情報\n2. 端末の情報", Kind.MINOR),
        ("(1)利用者の情報です。", "利用者の情報です。", Kind.MINOR),
        ("1. all of it\n2. 3 names", "1. all of it\n2. names", Kind.SUBSTANTIVE),
        ("We keep it b) wrong data", "We keep it wrong data", Kind.SUBSTANTIVE),
        ("(18)歳以上の情報です。", "(16)歳以上の情報です。", Kind.SUBSTANTIVE),
    ],
)
def test_a_number_that_an_item_has_twice_says_nothing(old: str, new: str, kind: Kind) -> None:
    assert between(old, new).kind is kind
    assert between(new, old).kind is kind
