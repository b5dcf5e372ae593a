"""A text that a page holds or names as data is found by its form (docs/cleaner.md, "Data")."""

from __future__ import annotations

import json
import time

import pytest

from harvester.cleaner.scripted.embedded import next_address, notice_address, page_of_notice, page_of_state

SENTENCE = "We keep what you tell us for as long as the law allows us to."
HTML = f"<h2>Your data</h2><p>{SENTENCE}</p>"
STATE = {"props": {"pageProps": {"page": {"title": "Privacy", "body": HTML}}}}
RICH = {"nodes": [{"type": "paragraph", "content": [{"value": f"{SENTENCE} & <so on>"}]}]}


def state(script: str) -> str | None:
    page = f"<!DOCTYPE html><title>Privacy</title><body><div id=root></div>{script}</body>".encode()
    found = page_of_state(page, "text/html; charset=utf-8")
    return found.decode() if found is not None else None


@pytest.mark.parametrize(
    "script",
    [
        f"<script id=__NEXT_DATA__ type='application/json'>{json.dumps(STATE)}</script>",
        f"<script>window.__INITIAL_STATE__ = {json.dumps(STATE)};</script>",
        f"<script>window['__STATE__']={json.dumps(STATE)};start()</script>",
        f"<script>var state = {json.dumps(STATE)}</script>",
        f"<script>window.__DATA__ = JSON.parse({json.dumps(json.dumps(STATE))})</script>",
        f"<script type=module>const page = {json.dumps(STATE)}; start(page)</script>",
    ],
)
def test_marked_up_text_in_the_state_of_a_page_is_found(script: str) -> None:
    page = state(script)
    assert page is not None
    assert HTML in page
    assert "<title>Privacy</title>" in page


def test_prose_without_markup_is_a_paragraph_each() -> None:
    page = state(f"<script type='application/json'>{json.dumps(RICH)}</script>")
    assert page is not None
    assert f"<p>{SENTENCE} &amp; &lt;so on&gt;</p>" in page


@pytest.mark.parametrize(
    "script",
    [
        "<script>start()</script>",
        "<script>window.state = {broken: 'not JSON'}</script>",
        '<script type=\'application/json\'>{"menu": ["Home", "About us", "Contact"]}</script>',
        f"<script type='application/ld+json'>{json.dumps(STATE)}</script>",
        f'<script>window.address = {{"a": "https://shop.example/{"a-b-" * 20}"}}</script>',
    ],
)
def test_a_page_without_prose_in_its_state_has_none(script: str) -> None:
    assert state(script) is None


DRAWN = "AUBAlukyGM3VlKzi5VW-kDGFiYVm65vhp8Ww4O5vtAkVexI9ZwcdYgEsUGXyijj0RYMn9WORkCMhcM2tyDPZk4aZs6MB"
MESSAGES = {
    "article.by": "Written by {author1}, {author2}, {author3} and {count} others of us",
    "cookies.intro": "This site uses cookies so that it works. See our {link} for all of them, please",
    "results": "{count, plural, one {# result} other {# results}} for what you have been looking for",
    "empty": "This help center does not have any articles or collections yet, sorry",
}


@pytest.mark.parametrize(
    "unwanted",
    [
        {"nonce": DRAWN},
        {"trace": "env=production,release=9f2c,public_key=1a2b,trace_id=30e2,org_id=21,sampled=false,sample_rand=0.38"},
        {"flag": "is_defer_js_download_until_the_dom_content_loaded_do_not_use"},
        {"style": "@media (max-width: 767px) { .page { width: 100% } } .note { color: red; margin: 0 auto 1em auto }"},
        {"messages": MESSAGES},
        {"related": [{"title": "What is your policy on requests of governments for data?", "url": "/en/articles/2"}]},
        {"related": [{"name": "How do I have all of my data deleted for good?", "slug": "deleted"}]},
        {"routes": json.dumps({"name": "rti/web_transport", "contexts": [{"name": "method", "type": "STRING"}] * 4})},
    ],
)
def test_what_a_program_says_to_itself_and_names_of_other_pages_are_no_prose(unwanted: dict[str, object]) -> None:
    held = {**unwanted, "page": RICH}
    page = state(f"<script type='application/json'>{json.dumps(held)}</script>")
    assert page is not None
    assert page.count("<p>") == 1
    assert SENTENCE in page


PROGRAMS = {
    "a page that is compiled to a function": (
        "/*@jsx automatic*/ const {jsx: _jsx, jsxs: _jsxs} = arguments[0]; function _page(props) { const _parts = "
        f'{{p: "p", ...props}}; return _jsxs(_all, {{children: [_jsx(_parts.p, {{children: "{SENTENCE}"}}), '
        f'_jsx(_parts.p, {{children: "{SENTENCE} {SENTENCE}"}})]}}); }} return {{default: _page}};'
    ),
    "a style sheet": f".notice::after {{ content: '{SENTENCE}'; color: red; }} .notice {{ margin: 0 auto; }}",
    "a query": "query Page($id: ID!) { page(id: $id) { title: name; body: text, author { name: full } } } of a site",
}


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_a_program_in_a_state_is_no_prose(program: str) -> None:
    assert state(f"<script type='application/json'>{json.dumps({'code': program})}</script>") is None


@pytest.mark.parametrize(
    "example", ["Our page sets {theme: dark; size: 2} in a cookie.", "It is sent as {id=7}.", "A set {a, b, c}."]
)
def test_an_example_of_code_in_a_long_text_does_not_make_it_a_program(example: str) -> None:
    page = state(f"<script type='application/json'>{json.dumps({'text': f'{SENTENCE} ' * 10 + example})}</script>")
    assert page is not None
    assert example in page


@pytest.mark.parametrize(
    "wanted",
    [
        {"title": "How we use what you tell us and for how long", "body": HTML},
        {"text": "，".join(["我们会按照法律的规定", "保存您的资料", "保护您的隐私", "尊重您的选择"] * 2)},
        {"text": "We call you {name} in this one sentence, and nowhere else in it."},
        {"page": json.dumps({"blocks": [{"text": f"{SENTENCE} That is so."}]})},
    ],
)
def test_prose_is_read_wherever_it_stands_in_a_state(wanted: dict[str, str]) -> None:
    page = state(f"<script type='application/json'>{json.dumps({'page': wanted})}</script>")
    assert page is not None
    text = next(iter(wanted.values()))
    assert (f"<p>{SENTENCE} That is so.</p>" if "page" in wanted else text) in page


ONETRUST = "https://privacyportal-de-cdn.onetrust.com/0a-1b/privacy-notices/2c-3d.json"
IUBENDA = "https://www.iubenda.com/privacy-policy/123456"
TERMLY = "01234567-89ab-cdef-0123-456789abcdef"
CONTENT = f"https://app.termly.io/api/v1/consumer/policies/{TERMLY}/content"


@pytest.mark.parametrize(
    ("markup", "form", "url"),
    [
        (
            "<div id='otnotice-2c-3d' class=otnotice></div><script>"
            f'OneTrust.NoticeApi.LoadNotices(["{ONETRUST}"], false)</script>',
            "onetrust",
            ONETRUST,
        ),
        (
            "<a href='https://www.iubenda.com/privacy-policy/123456' class='iubenda-embed iub-body-embed'>Privacy</a>",
            "iubenda",
            IUBENDA,
        ),
        (
            "<a class='iubenda-white iubenda-embed' href='//www.iubenda.com/privacy-policy/123456'>P</a>",
            "iubenda",
            IUBENDA,
        ),
        ("<iframe src=https://www.iubenda.com/privacy-policy/123456/legal></iframe>", "iubenda", IUBENDA),
        (
            "<script>fetch('https://www.iubenda.com/api/privacy-policy/123456/no-markup')</script>",
            "iubenda",
            IUBENDA,
        ),
        (f"<div name='termly-embed' data-id='{TERMLY}' data-type=iframe></div>", "termly", CONTENT),
        (f'<div data-id="{TERMLY.upper()}" data-name="termly-embed"></div>', "termly", CONTENT),
        (f"<iframe src='https://app.termly.io/document/terms-of-use/{TERMLY}'></iframe>", "termly", CONTENT),
        (f"<iframe src=//app.termly.io/policy-viewer/policy.html?policyUUID={TERMLY}></iframe>", "termly", CONTENT),
        (f"<script>get('https://app.termly.io/api/v1/consumer/policies/{TERMLY}/content')</script>", "termly", CONTENT),
    ],
)
def test_the_address_of_an_embedded_notice_is_found(markup: str, form: str, url: str) -> None:
    found = notice_address(f"<title>P</title>{markup}".encode(), "text/html")
    assert found is not None
    assert (found.form, found.url) == (form, url)


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Our form is by onetrust.com and iubenda.com.</p>",
        f"<a href='{IUBENDA}'>Privacy of another</a>",
        f"<a href='https://app.termly.io/document/privacy-policy/{TERMLY}'>Privacy of another</a>",
        f"<script src='https://app.termly.io/resource-blocker/{TERMLY}'></script>",
    ],
)
def test_a_page_that_only_mentions_a_service_embeds_no_notice(markup: str) -> None:
    assert notice_address(markup.encode(), "text/html") is None


def test_a_document_leads_by_way_of_its_site_to_its_text() -> None:
    listed = f"https://app.termly.io/api/v1/snippets/documents/{TERMLY}"
    site = "76543210-89ab-cdef-0123-456789abcdef"
    text = f"https://app.termly.io/api/v1/snippets/websites/{site}/documents/{TERMLY}/preview"
    assert next_address("termly", json.dumps({"uuid": site}).encode(), listed) == text
    for answer, url in ((b'{"uuid": "../x"}', listed), (b'{"content": "<p>"}', CONTENT), (b"<p>", listed)):
        assert next_address("termly", answer, url) is None


@pytest.mark.parametrize(
    ("notice", "has_text"),
    [
        (json.dumps({"success": True, "content": HTML}).encode(), True),
        (json.dumps({"locale": "en", "content": f"<style>p {{}}</style>{HTML}"}).encode(), True),
        (b'{"success": false, "error": "not found"}', False),
        (f"<title>T</title><h1>Privacy</h1>{f'<p>{SENTENCE}</p>' * 4}".encode(), True),
        (b"<title>T</title><div id=app></div><noscript>Your browser does not support scripts!</noscript>", False),
    ],
)
def test_a_notice_is_a_page_or_a_field_and_its_application_is_none(notice: bytes, has_text: bool) -> None:
    page = page_of_notice(b"<title>Our privacy</title>", "text/html", notice, "text/html; charset=utf-8")
    assert (page is not None and SENTENCE in page.decode()) == has_text


def test_a_list_of_languages_leads_to_the_text_of_a_notice() -> None:
    languages = {"de-de": {"policyUrl": "https://a.example/de"}, "en-us": {"policyUrl": "https://a.example/en"}}
    listed = json.dumps({"languages": languages}).encode()
    assert next_address("onetrust", listed) == "https://a.example/en"
    assert next_address("onetrust", listed, language="fr") == "https://a.example/de"
    assert next_address("onetrust", b"[1]") is None
    assert next_address("iubenda", b"<p>") is None
    notice = {"notices": [{"id": SENTENCE, "content": HTML, "blocks": [{"content": [{"text": HTML + "2"}]}]}]}
    page = page_of_notice(b"<title>Our privacy</title>", "text/html", json.dumps(notice).encode(), None)
    assert page is not None
    assert page.decode().count(HTML) == 2
    assert "<title>Our privacy</title>" in page.decode()
    assert page.decode().count(SENTENCE) == 2


@pytest.mark.parametrize(
    "piece", ["<a <iframe ", "[", '{"a":', "window.a={", 'JSON.parse("', "<script>", "<p", '"a ', "var a = ["]
)
def test_hostile_states_are_read_in_time(piece: str) -> None:
    body = b"<script type='application/json'>" + (piece * 50_000).encode() + b"</script><script>x=1;"
    body += (piece * 50_000).encode() + b"</script>"
    began = time.process_time()
    page_of_state(body, None)
    notice_address(b"otnotice iubenda termly" + body, None)
    assert time.process_time() - began < 1
