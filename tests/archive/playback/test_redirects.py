"""Addresses of captures and where redirects lead, whatever strangers send."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.archive.index.cdx import is_web_address
from harvester.archive.playback.redirects import Address, address_in, location_text, playback_url, target_of
from harvester.memento import same_page, with_ascii_host

BASE = "https://web.archive.org/web"
HERE = Address(datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC), "http://example.com/privacy")
URLS = st.builds(
    "http://{}/{}".format,
    st.sampled_from(["example.com", "example.com:8080", "a.b.example"]),
    st.text(alphabet="abc/?=&%2F.:", max_size=20),
)


@given(URLS)
def test_an_address_comes_back_from_its_playback_url(url: str) -> None:
    assert address_in(playback_url(BASE, Address(HERE.timestamp, url)), BASE, HERE.timestamp) == Address(
        HERE.timestamp, url
    )


def test_a_fragment_is_never_sent() -> None:
    assert playback_url(BASE, Address(HERE.timestamp, "http://example.com/#top")).endswith("id_/http://example.com/")


@pytest.mark.parametrize("digits", ["2004", "200401", "20040101", "2004010100"])
def test_a_short_timestamp_means_the_first_instant_of_its_span(digits: str) -> None:
    found = address_in(f"/web/{digits}/http://example.com/", BASE, HERE.timestamp)
    assert found is not None
    assert found.timestamp == datetime(2004, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "location",
    [
        "https://web.archive.org/about/",
        "https://web.archive.org/web/*/http://example.com/",
        "/web/20209902000000/http://example.com/",
        "https://web.archive.org.evil.example/web/20200102030405/http://example.com/",
        "https://evil.example/web/20200102030405id_/http://example.com/",
        "https://user@web.archive.org/web/20200102030405id_/http://example.com/",
        "/website/20200102030405id_/http://example.com/",
    ],
)
def test_what_is_no_address_in_the_archive_is_none(location: str) -> None:
    assert address_in(location, BASE, HERE.timestamp) is None
    assert target_of(location, BASE, HERE, historical=False) is None


def test_a_location_on_the_archives_own_host_that_is_no_capture_leads_nowhere() -> None:
    assert target_of("https://web.archive.org/save/http://example.com/", BASE, HERE, historical=True) is None


def test_a_site_that_was_itself_an_archive_page_keeps_its_own_path() -> None:
    here = Address(HERE.timestamp, "http://127.0.0.1/policies/x")
    assert target_of("/login", "http://localhost:8091/policies", here, historical=True) == Address(
        HERE.timestamp, "http://127.0.0.1/login"
    )


@given(st.text() | URLS | st.text().map("/web/".__add__) | st.text().map("//".__add__), st.booleans())
def test_any_location_leads_to_a_page_or_nowhere(location: str, historical: bool) -> None:
    target = target_of(location, BASE, HERE, historical=historical)
    assert target is None or is_web_address(target.url)


@pytest.mark.parametrize(
    "other",
    [
        "https://example.com/privacy",
        "http://www.example.com/privacy/",
        "http://example.com:80/privacy#x",
        "https://example.com:443/privacy",
        "http://www2.example.com/privacy",
        "http://EXAMPLE.com/Privacy",
        "http://example.com/priv%61cy",
    ],
)
def test_variants_of_one_key_are_the_same_page(other: str) -> None:
    assert same_page(HERE.url, other)


@pytest.mark.parametrize(
    ("unicode", "ascii_host"),
    [
        ("http://müller.example/", "xn--mller-kva.example"),
        ("http://mu\u0308ller.example/", "xn--mller-kva.example"),
        ("http://my_host.müller.example/", "my_host.xn--mller-kva.example"),
        ("http://☃.example/", "xn--n3h.example"),
        ("http://i❤.example/", "xn--i-7iq.example"),
    ],
)
def test_a_host_in_unicode_is_the_one_of_dns_label_by_label(unicode: str, ascii_host: str) -> None:
    assert with_ascii_host(unicode) == f"http://{ascii_host}/"
    assert same_page(unicode, f"https://{ascii_host}")


@pytest.mark.parametrize(
    "other",
    [
        "http://example.com:8080/privacy",
        "http://example.com/privacy2",
        "http://example.org/privacy",
        "http://example.com/",
    ],
)
def test_other_pages_are_not(other: str) -> None:
    assert not same_page(HERE.url, other)


@pytest.mark.parametrize(
    ("location", "timestamp"),
    [
        ("/web/http://example.com/legal", "20200102030405"),
        ("//web.archive.org/web/http://example.com/legal", "20200102030405"),
        ("https://web.archive.org/web/http:/example.com/legal", "20200102030405"),
        ("/web/id_/http://example.com/legal", "20200102030405"),
        ("/web/2/http://example.com/legal", "20200102030405"),
        ("/web/20200101000000id_/example.com/legal", "20200101000000"),
        ("/web/20200101000000id_/http%3A//example.com/legal", "20200101000000"),
        ("/web/20200101000000id_/http%3A%2F%2Fexample.com%2Flegal", "20200101000000"),
        ("/web/http%3a%2f%2fexample.com%2flegal", "20200102030405"),
        ("/web/20200101000000id_/http:%2F%2Fexample.com/legal", "20200101000000"),
        ("http://web.archive.org:80/web/20200101000000/http://example.com/legal", "20200101000000"),
        ("https://web.archive.org:443/web/http://example.com/legal", "20200102030405"),
    ],
)
@pytest.mark.parametrize("historical", [True, False])
def test_a_location_in_the_archive_is_understood_however_it_is_written(
    location: str, timestamp: str, historical: bool
) -> None:
    found = target_of(location, BASE, HERE, historical=historical)
    assert found is not None
    assert (f"{found.timestamp:%Y%m%d%H%M%S}", found.url) == (timestamp, "http://example.com/legal")


@pytest.mark.parametrize("base", ["https://web.archive.org:443/web", "http://web.archive.org:80/web"])
def test_an_archive_that_is_named_with_the_default_port_leads_to_its_captures_without_it_too(base: str) -> None:
    for port in ("", ":80", ":443"):
        location = f"https://web.archive.org{port}/web/20200101000000/http://example.com/legal"
        found = target_of(location, base, HERE, historical=False)
        assert found is not None
        assert found.url == "http://example.com/legal"
    other = target_of(
        "https://web.archive.org:8080/web/20200101000000/http://example.com/legal", base, HERE, historical=True
    )
    assert other is None or other.url != "http://example.com/legal"


@pytest.mark.parametrize(
    ("sent", "location"),
    [
        ("/erklärung".encode(), "/erklärung"),
        ("/erklärung".encode("latin-1"), "/erkl%E4rung"),
        (b"/one\x96two", "/one%96two"),
        (b"/privacy", "/privacy"),
    ],
)
def test_a_location_that_is_not_ascii_names_the_bytes_that_were_sent(sent: bytes, location: str) -> None:
    assert location_text(sent.decode("latin-1")) == location


def test_a_location_that_was_read_otherwise_than_as_latin_1_stays_as_it_is() -> None:
    assert location_text("/зклärung") == "/зклärung"
