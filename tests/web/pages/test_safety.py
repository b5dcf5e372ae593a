"""Policies are hostile input: nothing in them runs, leads astray or reaches another host, in a real browser either."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import quote

import nh3
import pytest
from fastapi import FastAPI

from harvester.settings import Settings
from harvester.store.database import Database
from harvester.web.app import create_app
from harvester.web.view import rendering
from tests.support.times import sample_clock
from tests.support.web import hostile
from tests.support.web.client import Client
from tests.support.web.routes import API, FEEDS, FILES, OPERATIONS, PAGES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog

_TOUCH = """for (const one of document.querySelectorAll("main *"))
  for (const type of ["mouseover", "focus", "toggle", "animationstart", "load", "error"])
    one.dispatchEvent(new Event(type));"""
FIRST, SECOND = "20190101000000", "20190720000000"
HOSTILE_PAGES = (
    "/",
    f"/?tag={quote(hostile.PAYLOADS[0])}",
    f"/changes?tag={quote(hostile.PAYLOADS[3])}",
    f"/services/{hostile.SERVICE}",
    f"/services/{hostile.SERVICE}/versions/{SECOND}",
    f"/services/{hostile.SERVICE}/versions/{SECOND}?view=markdown",
    f"/services/{hostile.SERVICE}/versions/{SECOND}?view=age",
    f"/services/{hostile.SERVICE}/changes/{SECOND}",
    f"/services/{hostile.SERVICE}/changes/{SECOND}?show=all",
    f"/services/{hostile.SERVICE}/changes/{SECOND}?view=side&show=all",
    f"/compare?old={hostile.SERVICE}@{FIRST}&new={hostile.SERVICE}@{SECOND}",
    f"/compare?old={hostile.SERVICE}@{SECOND}&new={hostile.SERVICE}@{FIRST}&view=side&show=all",
    f"/compare?old_service={quote(hostile.PAYLOADS[3])}",
    f"/services/{hostile.SERVICE}/captures",
    f"/services/{hostile.SERVICE}/versions/{SECOND}/similar",
    *[f"/services/{hostile.SERVICE}/{one}/{SECOND}/download/html" for one in ("versions", "changes")],
    f"/trends?q={quote(hostile.PAYLOADS[3])}&tag={quote(hostile.PAYLOADS[0])}",
    f"/trends?q={quote(hostile.PAYLOADS[0])}",
    "/gaps",
    "/search?q=window&show=every",
    *[f"/search?q={quote(payload[:250])}" for payload in hostile.PAYLOADS[:6]],
    "/status",
    f"/{quote(hostile.PAYLOADS[0])}",
    f"/services/{quote(hostile.PAYLOADS[2])}",
    f"/feeds/tags/{quote(hostile.PAYLOADS[3], safe='')}.atom",
)


@pytest.fixture(scope="module")
def hostile_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    data = tmp_path_factory.mktemp("hostile")
    settings = Settings.model_validate({"data": data, "web": {"searches_per_minute": 6000}})
    database = Database.open(settings.database)
    hostile.fill(database)
    yield create_app(settings, database, sample_clock)
    database.close()


class Markup(HTMLParser):
    """The elements of a page with their attributes, as a browser would read them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attributes}))


@pytest.mark.parametrize("url", HOSTILE_PAGES)
def test_no_payload_becomes_markup(hostile_app: FastAPI, url: str) -> None:
    elements = Markup(Client(hostile_app).get(url).text).elements
    assert elements
    dangerous = {"img", "iframe", "object", "embed", "base", "math", "noscript", "style", "template", "audio", "video"}
    if url.endswith("/download/html"):  # a file has one style of its own
        elements.remove(("style", {}))
    assert [tag for tag, _ in elements if tag in dangerous] == []
    for tag, attributes in elements:
        assert [name for name in attributes if name.startswith("on") or name in ("style", "srcdoc")] == [], tag
        for name in ("href", "src", "action", "formaction", "data"):
            target = attributes.get(name, "")
            assert re.match(r"(https?://|mailto:|/(?!/)|#|\?|$)", target), f"{tag} {name}={target}"
    scripts = [attributes for tag, attributes in elements if tag == "script"]
    assert scripts in ([], [{"src": "/static/keys.js", "defer": ""}])


@pytest.mark.parametrize("with_policy", [True, False], ids=["as-served", "without-its-content-policy"])
def test_no_payload_runs_in_a_real_browser(
    hostile_app: FastAPI, serve: Callable[[FastAPI], str], browser: Browser, with_policy: bool
) -> None:
    """Escaping alone must hold, so the second run switches the Content-Security-Policy off."""
    address = serve(hostile_app)
    context = browser.new_context(bypass_csp=not with_policy)
    asked: list[str] = []
    complaints: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()

    def refuse(dialog: Dialog) -> None:
        complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("dialog", refuse)
    page.on("console", lambda message: complaints.append(message.text) if "Policy" in message.text else None)
    for url in HOSTILE_PAGES if with_policy else HOSTILE_PAGES[3:12]:
        if url.endswith(".atom"):
            continue
        if url.endswith("/download/html"):
            page.goto("about:blank")
            page.set_content(page.request.get(address + url).text())
        else:
            page.goto(address + url)
        page.evaluate(_TOUCH)
        assert page.evaluate("window.pwned") is None, url
        assert page.evaluate("document.querySelectorAll('article script, article img, article iframe').length") == 0
        assert page.title() != "", url
    context.close()
    assert complaints == []
    assert [one for one in asked if not one.startswith(address)] == []


def test_the_redline_of_a_feed_is_safe_in_a_reader_that_trusts_it(hostile_app: FastAPI) -> None:
    import feedparser  # type: ignore[import-untyped]

    content = Client(hostile_app).get(f"/services/{hostile.SERVICE}/changes.atom").content
    parsed = feedparser.parse(content, sanitize_html=False)
    assert not parsed.bozo
    value = parsed.entries[0].content[0].value
    assert "window.pwned" in value
    elements = Markup(value).elements
    assert {tag for tag, _ in elements} <= {
        "div",
        "p",
        "h3",
        "ul",
        "li",
        "ins",
        "del",
        "a",
        "span",
        "table",
        "tr",
        "td",
        "blockquote",
        "pre",
        "code",
        "strong",
        "br",
        "em",
        "h2",
        "tbody",
    }
    assert all(set(attributes) <= {"class", "dir", "id", "href", "rel"} for _, attributes in elements)


def test_links_of_policies_pass_nothing_on(hostile_app: FastAPI) -> None:
    text = Client(hostile_app).get(f"/services/{hostile.SERVICE}/versions/{SECOND}").text
    leaving = re.findall(r"<a [^>]*href=\"https?://[^>]*>", text)
    assert leaving
    assert all('rel="nofollow noopener noreferrer"' in one for one in leaving)


def test_rendered_policies_survive_their_own_sanitiser() -> None:
    """What is sent has nothing left that another run of the sanitiser would take out."""
    for payload in hostile.PAYLOADS:
        html = str(rendering.policy(f"# {payload}\n\n{payload}\n\n  * {payload}\n"))
        assert html == nh3.clean(
            html,
            tags=set(re.findall(r"<(\w+)", html)) & {"h2", "p", "ul", "li", "a", "strong", "em", "code", "br", "span"},
            attributes={"*": {"dir"}, "a": {"href"}, "span": {"class"}, "li": {"class"}},
            link_rel="nofollow noopener noreferrer",
        )


@pytest.mark.parametrize("url", [*PAGES, *API[:3], *FEEDS, *FILES, *OPERATIONS, "/nothing", "/api/v1/nothing"])
def test_every_answer_bounds_what_a_browser_may_do(client: Client, url: str) -> None:
    headers = client.get(url).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    "url",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e%2f%2e%2e%2fconfig.py",
        "/static//etc/passwd",
        "/services/..%2f..%2fetc%2fpasswd",
        "/services/kettle.example/versions/..%2f..%2fapp",
    ],
)
def test_addresses_cannot_leave_their_folder(client: Client, url: str) -> None:
    answer = client.get(url)
    assert answer.status_code in (404, 422)
    assert "root:" not in answer.text
    assert "import " not in answer.text


def test_file_names_of_downloads_are_plain(client: Client) -> None:
    headers = client.get("/api/v1/services/kettle.example/versions/latest/document.md").headers
    assert headers["content-disposition"] == 'inline; filename="kettle.example-20191231235847.md"'


def test_oversized_requests_are_refused(client: Client) -> None:
    assert client.get("/search?q=" + "x" * 5_000).status_code == 414
    assert client.request("POST", "/api/v1/services", content=b"x" * 70_000).status_code == 413
    assert client.get("/search?q=" + "x" * 400).status_code == 422


def test_searches_are_limited_for_each_reader(settings: Settings, database: Database) -> None:
    few = settings.model_copy(update={"web": settings.web.model_copy(update={"searches_per_minute": 4})})
    client = Client(create_app(few, database, sample_clock))
    answers = [client.get("/api/v1/search?q=cookies") for _ in range(5)]
    assert answers[0].status_code == 200
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) in range(1, 61)
    assert answers[-1].headers["content-type"] == "application/problem+json"
    assert client.get("/search?q=cookies").status_code == 429
    assert client.get("/changes").status_code == 200


def test_the_token_is_never_shown(client: Client, settings: Settings) -> None:
    assert settings.web.token is not None
    secret = settings.web.token.get_secret_value()
    for url in ("/status", "/api/v1/status", "/metrics", "/api/v1/openapi.json", "/readyz"):
        assert secret not in client.get(url).text
