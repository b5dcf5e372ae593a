"""The capture that an address inside the archive names."""

from __future__ import annotations

from urllib.parse import quote, urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.cleaner.document import snapshot_address
from harvester.rendering.addresses import PartName, Surroundings
from tests.rendering.pages import ADDRESS, TIMESTAMP, URL

PLACE = Surroundings(ADDRESS)


@pytest.mark.parametrize(
    ("relative", "url"),
    [
        ("", URL),
        ("x.js", "http://host.example/dir/x.js"),
        ("x.js?a=b%20c", "http://host.example/dir/x.js?a=b%20c"),
        ("../x.js", "http://host.example/x.js"),
        ("a b.js", "http://host.example/dir/a%20b.js"),
        ("é.js", "http://host.example/dir/%C3%A9.js"),
        ("x.js#part", "http://host.example/dir/x.js"),
        ("?id=2", "http://host.example/dir/page?id=1?id=2"),
    ],
)
def test_a_relative_address_names_what_lies_beside_the_page(relative: str, url: str) -> None:
    address = urljoin(ADDRESS, quote(relative, safe="/?=%#."))
    assert PLACE.holds(address)
    assert PLACE.named(address) == PartName(url, TIMESTAMP)


@pytest.mark.parametrize(
    "address",
    [
        "https://web.archive.org/x.js",
        "https://web.archive.org/web/x.js",
        f"https://web.archive.org/web/{TIMESTAMP}id_/x.js",
        f"https://web.archive.org/save/{TIMESTAMP}/http://host.example/",
    ],
)
def test_an_address_of_the_archive_itself_names_no_capture(address: str) -> None:
    assert PLACE.holds(address)
    assert PLACE.named(address) is None


@pytest.mark.parametrize(
    "address",
    [
        "http://web.archive.org/x.js",
        "https://web.archive.org.example/x.js",
        "https://user@web.archive.org/x.js",
        "data:text/html,x",
        "",
    ],
)
def test_other_hosts_are_outside(address: str) -> None:
    assert not PLACE.holds(address)


def test_the_archive_may_be_any() -> None:
    place = Surroundings("http://127.0.0.1:8091/pywb/2015id_/http://a.example/b/c")
    assert place.named("http://127.0.0.1:8091/pywb/2015id_/http://a.example/b/x.js") == PartName(
        "http://a.example/b/x.js", "20150101000000"
    )
    assert not place.holds("http://127.0.0.1:8092/")


@given(st.from_regex(r"http://[a-z]{1,8}\.example/[a-z/~%20&=?]{0,20}", fullmatch=True))
def test_the_address_of_a_page_names_the_page(url: str) -> None:
    named = Surroundings(snapshot_address(url, TIMESTAMP)).named(snapshot_address(url, TIMESTAMP))
    assert named is not None
    assert named.timestamp == TIMESTAMP
    assert named.url.replace("%20", " ") == url.replace("%20", " ")
