"""A page that only sends on is told from one that has words to read."""

from __future__ import annotations

import pytest

from harvester.archive.discovery import find_frames, find_policy_links
from harvester.cleaner.sends_on import sends_on
from harvester.harvest.steps.capture_page import CapturePage
from harvester.harvest.steps.clean_page import Acceptance, NoText, clean_page
from harvester.store.ledger.ledger import Outcome

HERE = "http://shop.example/privacy"
ONWARD = {
    "meta": '<meta http-equiv="refresh" content="0; url=/legal/privacy">',
    "meta without url=": "<META HTTP-EQUIV=Refresh CONTENT='3;/legal/privacy'>",
    "meta, content first": '<meta content="0;URL=&quot;/legal/privacy&quot;" http-equiv="refresh">',
    "script": '<script>window.location = "/legal/privacy";</script>',
    "script that replaces": "<script type='text/javascript'>location.replace('http://shop.example/legal/privacy')</script>",
    "script that assigns": '<script>top.location.href="legal/privacy"</script>',
}


@pytest.mark.parametrize("how", ONWARD)
def test_a_page_that_only_sends_on_says_where_to(how: str) -> None:
    html = f"<html><head><title>Moved</title>{ONWARD[how]}</head><body><p>One moment, please.</p></body></html>"
    assert sends_on(html, HERE) == "http://shop.example/legal/privacy"
    assert find_frames(html, HERE) == ["http://shop.example/legal/privacy"]


@pytest.mark.parametrize("how", ONWARD)
def test_a_page_with_words_to_read_sends_nobody_on(how: str) -> None:
    for said in ("We keep your name. " * 20, "当社はお客様のお名前を保管します。" * 40):
        assert sends_on(f"<html><head>{ONWARD[how]}</head><body>{said}</body></html>", HERE) is None


MENU = "<header><nav><ul>" + '<li><a href="/x">Our news and events</a></li>' * 30 + "</ul></nav></header>"
REFRESH = ONWARD["meta"]


@pytest.mark.parametrize(
    "said",
    [
        "Redirect. Click here if you are not redirected.",
        "Omdiriger. Klik her, hvis du ikke omdirigeres.",
        "このページは移動しました。",
    ],
)
def test_a_page_that_sends_on_may_have_the_menus_of_its_site(said: str) -> None:
    html = f"<html><head>{REFRESH}</head><body>{MENU}<p>{said}</p><footer>© 2023 A | Licence</footer></body></html>"
    assert sends_on(html, HERE) == "http://shop.example/legal/privacy"


@pytest.mark.parametrize(
    "html",
    [
        f"<head><noscript>{REFRESH}</noscript></head><body>{MENU}<p>We keep your name.</p></body>",
        f"<head><!--[if lt IE 9]>{REFRESH}<![endif]--></head><body>{MENU}<p>We keep your name.</p></body>",
        f"<head><template>{REFRESH}</template></head><body>{MENU}<p>We keep your name.</p></body>",
        f"<head>{REFRESH}</head><body>{MENU}{'<p>We keep your name.</p>' * 20}</body>",
        f"<head>{ONWARD['script']}</head><body>{MENU}<p>We keep your name.</p></body>",
        f'<head><meta http-equiv="refresh" content="600; url=/x"></head><body>{MENU}<p>We keep your name.</p></body>',
    ],
)
def test_below_menus_only_a_refresh_for_every_reader_sends_on(html: str) -> None:
    assert sends_on(html, HERE) is None


@pytest.mark.parametrize(
    "html",
    [
        '<meta http-equiv="refresh" content="300">',
        '<meta http-equiv="refresh" content="600; url=/other">',
        '<meta http-equiv="refresh" content="0; url=/privacy#top">',
        '<meta http-equiv="refresh" content="0; url=javascript:alert(1)">',
        '<meta http-equiv="refresh" content="0; url=http://[broken">',
        f'<meta http-equiv="refresh" content="{"0" * 5_000}; url=/other">',
        "<script>if (location.hash == '#x') { track('location') }</script>",
        "",
    ],
)
def test_what_renews_itself_or_leads_nowhere_is_no_redirect(html: str) -> None:
    assert sends_on(html, HERE) is None


def test_such_a_page_makes_no_version_and_the_ledger_says_where_it_leads() -> None:
    body = f"<html><head>{ONWARD['meta']}</head><body><p>You are sent to our policy.</p></body></html>".encode()
    page = CapturePage(
        body=body,
        url=HERE,
        timestamp="20200101000000",
        domain="shop.example",
        content_type="text/html",
        snapshot_url=f"https://web.archive.org/web/20200101000000id_/{HERE}",
        status=200,
    )
    made = clean_page(page, Acceptance())
    assert made.outcome is Outcome.REDIRECTED_AWAY
    assert not isinstance(made, NoText) or made.reason
    assert "http://shop.example/legal/privacy" in str(made.reason)


@pytest.mark.parametrize("attribute", ["aria-label", "title"])
def test_a_link_is_found_that_only_its_label_or_title_names(attribute: str) -> None:
    html = f'<a href="/legal" {attribute}="Privacy policy"><svg></svg></a>'
    assert [(link.url, link.text) for link in find_policy_links(html, HERE)] == [
        ("http://shop.example/legal", "Privacy policy")
    ]
