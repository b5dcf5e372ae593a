"""Links are resolved as a browser resolves them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.cleaner.urls.resolve import absolute, parse_url

BASE = parse_url("https://web.archive.org/web/20090314021531id_/http%3A//example.org/dir/page.php")


@pytest.mark.parametrize(
    ("reference", "href"),
    [
        ("contactus.php", "https://web.archive.org/web/20090314021531id_/http%3A//example.org/dir/contactus.php"),
        ("/x", "https://web.archive.org/x"),
        ("//h.org", "https://h.org/"),
        ("?q=a b", "https://web.archive.org/web/20090314021531id_/http%3A//example.org/dir/page.php?q=a%20b"),
        ("", "https://web.archive.org/web/20090314021531id_/http%3A//example.org/dir/page.php"),
        ("../..", "https://web.archive.org/web/20090314021531id_/http%3A//"),
        ("../../../../../../..", "https://web.archive.org/"),
        ("./a/./b/../c/%2E%2e/d/.", "https://web.archive.org/web/20090314021531id_/http%3A//example.org/dir/a/d/"),
        (" \n http://E.com \t", "http://e.com/"),
        ("ht\ntp://e.com/a\tb", "http://e.com/ab"),
        ("http://e.com:80", "http://e.com/"),
        ("https://e.com:80/", "https://e.com:80/"),
        ("http:\\\\e.com\\a", "http://e.com/a"),
        ("https:x", "https://web.archive.org/web/20090314021531id_/http%3A//example.org/dir/x"),
        ("http:x", "http://x/"),
        ("http:////e.com", "http://e.com/"),
        ("http://u:p@e.com/", "http://u:p@e.com/"),
        ("http://e.com/\u00e9?\u00e9#\u00e9", "http://e.com/%C3%A9?%C3%A9#%C3%A9"),
        ("http://e.com/a'b\"c<d>?a'b\"c<d>#a'b\"c<d>", "http://e.com/a'b%22c%3Cd%3E?a%27b%22c%3Cd%3E#a'b%22c%3Cd%3E"),
        ("http://B\u00dcCHER.example/", "http://xn--bcher-kva.example/"),
        ("http://%41.org/", "http://a.org/"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("http://1.2.3.4.5/", None),
        ("http://256.1.1.1/", None),
        ("http://[1:0:0:0:0:0:0:1]:80/", "http://[1::1]/"),
        ("http://[::ffff:1.2.3.4]/", "http://[::ffff:102:304]/"),
        ("http://[1:2]/", None),
        ("http://", None),
        ("http://e.com:x/", None),
        ("http://e.com:99999/", None),
        ("mailto:A@b.c?x=y z", "mailto:A@b.c?x=y%20z"),
        ("tel:+1 2", "tel:+1 2"),
        ("JavaScript:a b", "javascript:a b"),
        ("data:text/html,<p>\u00e9", "data:text/html,<p>%C3%A9"),
        ("foo://Bar/../b", "foo://Bar/b"),
        ("foo:/a/../..//b", "foo:/.//b"),
        ("file:///c|/a", "file:///c:/a"),
        ("file://localhost/x", "file:///x"),
    ],
)
def test_a_link_resolves_as_new_url_does(reference: str, href: str | None) -> None:
    assert absolute(reference, BASE) == href


@pytest.mark.parametrize(
    ("reference", "href"),
    [
        ("http://visicron.com target=_blank", "http://visicron.com%20target%3D_blank/"),
        ("http://a b/c", "http://a%20b/c"),
        ("http://a<b>/", "http://a%3Cb%3E/"),
        ("http://a^b/", None),
    ],
)
def test_what_may_not_stand_in_a_host_is_percent_encoded_as_in_2019(reference: str, href: str | None) -> None:
    assert absolute(reference, BASE) == href


@given(st.text(alphabet=st.sampled_from("ahtps:/\\?#.%2e@[]|0-1 \tx\u00e9"), max_size=25))
def test_an_href_is_its_own_href(reference: str) -> None:
    href = absolute(reference, BASE)
    if href is not None:
        assert absolute(href, None) == href
