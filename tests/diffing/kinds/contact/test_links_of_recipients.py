"""A link to who is given data leads to somebody else if it leads to another site and says nobody's name."""

from __future__ import annotations

import pytest

from harvester.diffing import Kind
from tests.support.diffing.passages import between


@pytest.mark.parametrize(
    "said",
    [
        "We share data with [our partner]({}).",
        "Our partner's policy is [here]({}).",
        "We use a provider: [site]({}).",
        "Wir geben Daten an [unseren Partner]({}) weiter.",
        "Nous partageons vos données avec [notre partenaire]({}).",
        "Destinatarios: [lista]({})",
    ],
)
def test_a_link_to_another_recipient_is_substantive(said: str) -> None:
    old, new = said.format("https://birch.example/privacy"), said.format("https://delta.example/privacy")
    change = between(old, new)
    assert change.kind is Kind.SUBSTANTIVE
    assert change.reasons[0].startswith("a link to a recipient of data leads to another site: ")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # What is within other words, or is called so at each site, names nobody.
        ("https://in.example/", "https://delta.example/"),
        ("https://birch.example/", "https://a.example/"),
        ("https://privacy.birch.example/", "https://privacy.delta.example/"),
        ("https://help.birch.example/", "https://delta.example/"),
    ],
)
def test_short_and_common_names_of_hosts_name_no_recipient(old: str, new: str) -> None:
    said = "We share your information with [our partner]({}) for help with privacy."
    for one, other in ((old, new), (new, old)):
        assert between(said.format(one), said.format(other)).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # The party is named, or is the same.
        ("We share data with [Birch](https://birch.example/).", "We share data with [Birch](https://delta.example/)."),
        (
            "Birch is our partner, see [here](https://birch.example/).",
            "Birch is our partner, see [here](https://b.example/).",
        ),
        ("Our partners are [here](https://birch.example/a).", "Our partners are [here](https://www.birch.example/b)."),
        ("Our partners are [here](https://birch.example/).", "Our partners are [here](https://birch.test/)."),
        (
            "We share it with our partner, [DE Ads](https://de.example/).",
            "We share it with our partner, [DE Ads](https://g.example/).",
        ),
        ("Our partners are [here](/partners).", "Our partners are [here](/list)."),
        # It leads where a right is exercised, or is of nobody who is given data.
        (
            "To opt out of what our partners do, go [here](https://birch.example/).",
            "To opt out of what our partners do, go [here](https://delta.example/).",
        ),
        (
            "Read what cookies are [here](https://birch.example/).",
            "Read what cookies are [here](https://delta.example/).",
        ),
    ],
)
def test_another_link_of_the_same_party_is_less(old: str, new: str) -> None:
    assert between(old, new).kind in (Kind.MINOR, Kind.COSMETIC)
