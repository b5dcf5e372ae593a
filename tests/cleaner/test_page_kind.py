"""Notices are told by what they say, and what says the same in passing stays a policy."""

from __future__ import annotations

import time

import pytest

from harvester.cleaner.quality import assess
from harvester.cleaner.quality.page_kind import visible

POLICY = """## Privacy Policy

We collect personal information such as your name and e-mail address when you register on our site, and we use your
information to provide our services. We do not sell or rent your personal data to third parties. We use cookies and log
files with your IP address; you may refuse cookies in your browser. You can opt out of our newsletter at any time.
If you have questions about this privacy policy, please contact us. We reserve the right to change this policy.
"""

NOTICES = {
    "soft-404": [
        ("404 Not Found", "# Not Found\n\nThe requested URL /privacy.html was not found on this server."),
        ("Example - Page not found", "Sorry, the page you were looking for does not exist. Go to the home page."),
        ("Example", "# Oops! That page can’t be found.\n\nIt looks like nothing was found at this location."),
        ("Example", "The page you requested has been moved or deleted. Try the search. [Privacy Policy](/privacy)"),
        ("Example", "Error 404. [Home](/)"),
        ("Fehler", "Die gewünschte Seite wurde nicht gefunden."),
        ("Exemple", "La page que vous recherchez n’existe plus."),
        ("Privacy Policy | Example", "We're sorry, the page you are looking for is no longer available."),
        ("The page cannot be found", "HTTP 404 - File not found. Internet Information Services"),
    ],
    "block-page": [
        ("Attention Required! | Cloudflare", "# Sorry, you have been blocked\n\nYou are unable to access example.com"),
        ("Just a moment...", "# example.com\n\nChecking if the site connection is secure"),
        ("example.com", "Enable JavaScript and cookies to continue"),
        ("Access Denied", 'You don\'t have permission to access "http://example.com/privacy" on this server.'),
        ("", "Request unsuccessful. Incapsula incident ID: 443000270010893471-36513789"),
        ("Request Rejected", "The requested URL was rejected. Your support ID is: 1234567890"),
        ("403 Forbidden", "nginx"),
        ("Access to this page has been denied.", "Press & Hold to confirm you are a human (and not a bot)."),
        ("Example", "Please verify you are a human by completing the captcha below."),
        ("Example App", "You need to enable JavaScript to run this app."),
        ("Too Many Requests", "we're sorry, but you appear to be a bot and we've seen too many requests from you."),
        ("Pardon Our Interruption", "As you were browsing something about your browser made us think you were a bot."),
    ],
    "parked": [
        ("example.com", "This domain is for sale! Buy this domain. Related links: Privacy Policy, Dating, Chat"),
        ("example.com - For Sale", "The domain example.com is available for sale. Make an offer on this domain."),
        ("HugeDomains.com - Example.com is for sale (Example)", "Questions? Call us. Our process is safe and secure."),
        ("example.com", "This page is provided courtesy of GoDaddy.com. This web page is parked for FREE."),
        ("example.com", "The Sponsored Listings displayed above are served automatically by a third party."),
        ("example.de", "Diese Domain steht zum Verkauf."),
    ],
    "excuse-page": [
        ("Wayback Machine", "Sorry.\n\nThis URL has been excluded from the Wayback Machine."),
        ("Wayback Machine", "Hrm.\n\nThe Wayback Machine has not archived that URL."),
        ("Internet Archive Wayback Machine", "Page cannot be displayed due to robots.txt."),
        ("Wayback Machine", "Blocked By the Site Owner via robots.txt"),
        ("", "Loading... Got an HTTP 302 response at crawl time. Redirecting to..."),
    ],
    "maintenance": [
        ("503 Service Unavailable", "No server is available to handle this request."),
        ("Example", "We are down for scheduled maintenance. We'll be back soon!"),
        ("Example", "This site is currently undergoing maintenance."),
        ("Database Error", "Error establishing a database connection"),
        ("Account Suspended", "This account has been suspended. Contact your hosting provider."),
        ("502 Bad Gateway", "nginx/1.10.3"),
    ],
}


@pytest.mark.parametrize(
    ("kind", "title", "text"), [(kind, title, text) for kind, pages in NOTICES.items() for title, text in pages]
)
def test_a_notice_is_named_with_its_reason(kind: str, title: str, text: str) -> None:
    quality = assess(title, text, status=200)
    assert quality.page_kind == kind
    assert not quality.is_policy
    assert quality.reasons[0].startswith(kind)


@pytest.mark.parametrize(("title", "text"), [page for pages in NOTICES.values() for page in pages])
def test_a_policy_that_says_what_notices_say_stays_a_policy(title: str, text: str) -> None:
    quality = assess("Privacy Policy", f"{POLICY}\n{text}")
    assert quality.is_policy
    assert quality.page_kind == "policy-or-text"


@pytest.mark.parametrize(
    "text",
    [
        "We do not collect any data. No cookies. Ever.",
        "You must be 18 to use this site. The owner is Example Ltd., 1 High Street, London.",
        "We use a captcha in our forms, and JavaScript to count visits.",
        "Impressum\n\nBeispiel GmbH, Hauptstraße 1, Berlin. Geschäftsführer: A. Muster.",
        "You may link to any page of this site. We may move or rename pages at any time.",
        "Our contact page tells where to find us. Access to your account is protected by a password.",
    ],
)
def test_a_short_text_that_is_no_notice_stays(text: str) -> None:
    assert assess("Legal", text, status=200).page_kind == "policy-or-text"


def test_a_long_text_that_mentions_a_missing_page_stays() -> None:
    text = "The company was founded in the spring of that year by two brothers from Leeds. " * 12
    assert assess("About us", f"{text} Some said the page was not found. {text}").page_kind == "policy-or-text"


def test_a_status_stands_in_for_a_phrase_in_a_short_text_only() -> None:
    assert assess("Hello", "Nothing to see.", status=404).page_kind == "soft-404"
    assert assess("Hello", "Nothing to see.", status=403).page_kind == "block-page"
    assert assess("Hello", "Nothing to see.", status=200).page_kind == "policy-or-text"
    assert assess("Hello", "Many words of some other text. " * 40, status=404).page_kind == "policy-or-text"
    assert assess("Privacy Policy", POLICY, status=404).page_kind == "policy-or-text"


def test_marks_in_the_html_tell_a_page_without_words_and_say_nothing_of_one_with_words() -> None:
    body = b'<html><script src="/_Incapsula_Resource?SWJIYLWA=719"></script></html>'
    assert assess("", "", body=body).page_kind == "block-page"
    live = body + POLICY.encode()
    assert assess("Privacy Policy", POLICY, body=live).page_kind == "policy-or-text"


def test_the_archives_excuse_is_found_among_its_own_menus() -> None:
    menu = "<a href='/details/texts'>Texts</a> " * 150
    script = "<script>if (a < b) document.write('page not found')</script>"
    body = (
        f"<html><body>{menu}{script}<p>Sorry.</p><p>This URL has been\n excluded from the Wayback Machine.</p></body>"
    )
    assert assess("Wayback Machine", "", body=body.encode(), status=200).page_kind == "excuse-page"


@pytest.mark.parametrize(
    "unit", [b"<script", b"<!--", b"<", b"<a", b"&lt", b"<style><svg", b"page not found ", b"\x00"]
)
def test_a_hostile_body_is_looked_at_in_time(unit: bytes) -> None:
    start = time.monotonic()
    assess("", "", body=unit * (2_000_000 // len(unit)))
    assert time.monotonic() - start < 2


@pytest.mark.parametrize(
    "unit", ["](", "](<", "](()", "](a ", '](a "', "http://", ". ", "!", "page ", "domain ", "\n", "a", "的", "'"]
)
def test_a_hostile_text_is_assessed_in_time(unit: str) -> None:
    start = time.monotonic()
    assess(unit * 1000, unit * (500_000 // len(unit)))
    assert time.monotonic() - start < 4


def test_scripts_comments_and_tags_are_not_visible() -> None:
    markup = b"<p>a<!-- b -->&amp;<script src='x'>c</script> d<style>e</style>"
    assert visible(markup) == "a & d"
