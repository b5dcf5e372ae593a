"""The service that an address names: its registrable domain."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.catalogue.domains import Named, named_service


@pytest.mark.parametrize(
    ("text", "service", "url"),
    [
        ("kettle.example", "kettle.example", None),
        ("  WWW.Kettle.Example. ", "kettle.example", None),
        ("https://www.kettle.example/", "kettle.example", None),
        ("http://www.kettle.example/privacy.html", "kettle.example", "http://www.kettle.example/privacy.html"),
        ("shop.kettle.co.uk/privacy?a=b", "kettle.co.uk", "http://shop.kettle.co.uk/privacy?a=b"),
        ("http://kettle.example:8080/p", "kettle.example", "http://kettle.example:8080/p"),
        ("bücher.example", "xn--bcher-kva.example", None),
        ("HTTPS://BÜCHER.example/Datenschutz", "xn--bcher-kva.example", "HTTPS://BÜCHER.example/Datenschutz"),
        ("someone.github.io", "someone.github.io", None),
        (
            "https://web.archive.org/web/20150101000000id_/http://kettle.example/p",
            "kettle.example",
            "http://kettle.example/p",
        ),
    ],
)
def test_an_address_names_the_service_of_its_registrable_domain(text: str, service: str, url: str | None) -> None:
    assert named_service(text) == Named(service, url)


@pytest.mark.parametrize(
    "text",
    ["", "com", "co.uk", "localhost", "http://127.0.0.1/privacy", "http://[::1]/", "http://[", "ftp://kettle.example/",
     "mailto:a@kettle.example", "two words.example", "http://user@kettle.example/p", "kettle..example", "http:///p",
     "kettle.example:http", "a\\b.example"],
)  # fmt: skip
def test_what_names_no_service_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        named_service(text)


@given(st.text(string.printable + "äß\u200d\x00\ud800", max_size=40))
def test_any_text_names_a_service_that_names_itself_or_none(text: str) -> None:
    try:
        named = named_service(text)
    except ValueError:
        return
    assert named_service(named.service) == Named(named.service, None)
