"""The address that a capture's links are resolved against."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from harvester.archive.playback.naming import Naming, naming
from tests.support.times import at

BASE, SOURCE, OTHER = "https://web.archive.org/web/", "http://example.com/privacy", "https://example.com/legal/privacy"


@pytest.mark.parametrize(
    ("played", "historical", "named"),
    [
        (None, [], SOURCE),
        (SOURCE, [], SOURCE),
        (OTHER, [True], OTHER),
        (OTHER, [False, True], OTHER),
        (OTHER, [False], SOURCE),
        ("https://www.example.com:443/privacy", [True], SOURCE),
        (None, [True], SOURCE),
    ],
    ids=[
        "nothing more is known", "no redirect", "the site's redirect", "the archive's and the site's",
        "the archive's redirect", "the site's, to another spelling", "where it led is not known",
    ],
)  # fmt: skip
def test_links_are_those_of_where_the_site_itself_led_else_of_the_source(
    played: str | None, historical: list[bool], named: str
) -> None:
    found = naming(BASE, at("20200102030405"), SOURCE, played, historical)
    assert found == Naming(named, "20200102030405", f"{BASE}20200102030405id_/{quote(named)}")
