"""A page whose text scripts make is known by its bytes (docs/cleaner.md, "When a browser is needed")."""

from __future__ import annotations

import time

import pytest

from harvester.cleaner.page_text import words_shown
from harvester.cleaner.scripted.needs_a_browser import needs_a_browser

POLICY = "<p>We keep what you tell us for as long as the law allows us to, and not a day longer.</p>\n" * 40
PROSE = "We keep what you tell us for as long as the law allows"


def signs(
    body: str, content_type: str | None = "text/html; charset=utf-8", *, reads_as_policy: bool = True
) -> tuple[str, ...]:
    page = f"<!DOCTYPE html><title>Privacy</title>{body}".encode()
    return needs_a_browser(page, content_type, words_shown(page), reads_as_policy=reads_as_policy)


@pytest.mark.parametrize(
    ("body", "sign"),
    [
        ("<div id=root></div><script src=main.js></script>", "empty-root"),
        ("<div id='__next'> </div><script>start()</script>", "empty-root"),
        ("<app-root></app-root><script type=module>import './x.js'</script>", "empty-root"),
        ("<div class=x id=my-app></div><script>start()</script>", "empty-root"),
        ("<noscript>You need to enable JavaScript to run this.</noscript><script>start()</script>", "asks-for-scripts"),
        ("<p>Loading</p><script>load()</script>", "few-words"),
        ("<p>Loading</p><SCRIPT SRC='x.js'></SCRIPT>", "few-words"),
        (f"{POLICY}<p id=a></p><script>document.getElementById('a').innerHTML = '<p>{PROSE}</p>'</script>", "writes"),
        (f'{POLICY}<p id=a></p><script>$("#a").html("{PROSE}")</script>', "writes"),
        (f"{POLICY}<script>document.body.append(`{PROSE}`)</script>", "writes"),
        (f"{POLICY}<script>if (x) document.write('{PROSE}')</script>", "writes"),
        (
            f"{POLICY}<p id=a></p><script>fetch('p.json').then(r => document.querySelector('#a').append(r))</script>",
            "writes",
        ),
        (f"{POLICY}<div id=a></div><script>$('#a').load('p.html'); $.get('p.html')</script>", "writes"),
    ],
)
def test_a_page_whose_text_scripts_make_has_the_sign(body: str, sign: str) -> None:
    assert sign in signs(body)


@pytest.mark.parametrize(
    "body",
    [
        POLICY,
        "<p>A short page without scripts.</p>",
        "<p>Loading</p><script src='/main.js'></script>",
        "<p>Loading</p><script src='https://other.example/main.js'></script>",
        "<base href='https://other.example/'><p>Loading</p><script src='main.js'></script>",
        "<p>Loading</p><!-- <script>load()</script> -->",
        f"<p>Loading</p><script type='application/ld+json'>{{'text': '{PROSE}'}}</script>",
        f"{POLICY}<script src=menu.js></script>",
        f"{POLICY}<script>var s = document.createElement('script'); document.body.appendChild(s)</script>",
        f"{POLICY}<script>window.state = {{'text': '{PROSE}'}}</script>",
        f"{POLICY}<noscript>Please enable JavaScript.</noscript><script>count()</script>",
        f"{POLICY}<script>fetch('https://x.example/').then(r => document.body.append(r))</script>",
    ],
)
def test_a_page_that_is_whole_without_its_scripts_has_none(body: str) -> None:
    assert signs(body) == ()


@pytest.mark.parametrize(
    ("body", "sign"),
    [
        ("<div id=root></div><script src=main.js></script>", "empty-root"),
        ("<div id=privacy-policy></div><script src=main.js></script>", "empty-root"),
        ("<div id=app><p>Loading...</p></div><script src=main.js></script>", "empty-root"),
        ("<noscript>Enable JavaScript.</noscript><script>start()</script>", "asks-for-scripts"),
        (
            "<div class=otnotice></div><script>'https://privacyportal-cdn.onetrust.com/a.json'</script>",
            "embeds-a-notice",
        ),
    ],
)
def test_a_long_page_is_judged_by_whether_it_reads_as_a_policy(body: str, sign: str) -> None:
    assert signs(POLICY + body) == ()
    assert signs(POLICY + body, reads_as_policy=False) == (sign,)


@pytest.mark.parametrize(
    "code",
    [
        "a.innerHTML = JSON.parse(document.getElementById('state').textContent).html",
        "document.querySelector('#a').append(document.getElementById('t').content.cloneNode(true))",
        f"document.getElementById('a').innerHTML = atob('{'QUJD' * 100}')",
    ],
)
def test_what_a_script_reads_in_the_page_counts_as_its_own(code: str) -> None:
    assert signs(f"{POLICY}<p id=a></p><script>const a = document.getElementById('a'); {code}</script>") == ("writes",)


def test_plain_text_runs_nothing() -> None:
    assert signs("<script>load()</script>", "text/plain") == ()


@pytest.mark.parametrize("piece", ["<div ", "<noscript>", "<script>", "'", '\\"', "\"'`", "<!--", "<app-", "a a"])
def test_hostile_pages_are_read_in_time(piece: str) -> None:
    body = ("<script>document.write(" + piece * 100_000 + "</script><div " + piece * 100_000).encode()
    began = time.process_time()
    needs_a_browser(body, None, 0)
    assert time.process_time() - began < 1
