"""Pages on a phone, on paper, and when something is wrong, in a real browser."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from harvester.settings import Settings
from harvester.store.database import Database
from harvester.web.app import create_app
from harvester.web.http import problems
from tests.support.paths import SAMPLE
from tests.support.times import sample_clock
from tests.support.web.client import Client
from tests.support.web.routes import CHANGE, PAGES, VERSION
from tests.support.web.site import TOKEN

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PHONE, HEIGHT = 360, 740  # CSS pixels
COMPARED = "/compare?old=kettle.example@20131020060340&new=kettle.example@20180526000305"
LONG = "a" * 60 + "." + "b" * 47 + ".example"


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": PHONE, "height": HEIGHT})
    yield context.new_page()
    context.close()


def beyond_the_edge(page: Page, selector: str) -> list[str]:
    """The texts of elements that are shown and of which a part is right of the screen."""
    found: list[str] = page.evaluate(
        "([selector, width]) => [...document.querySelectorAll(selector)]"
        ".filter(one => one.checkVisibility() && one.getBoundingClientRect().right > width + 1)"
        ".map(one => one.textContent.trim().slice(0, 60))",
        [selector, PHONE],
    )
    return found


@pytest.mark.parametrize("url", [*PAGES, "/nothing"])
def test_no_page_is_wider_than_a_phone(phone: Page, site: str, url: str) -> None:
    phone.goto(site + url)
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE
    assert (
        beyond_the_edge(phone, "table:is(.cards, .calendar, .services, .versions) *, main :is(button, .button)") == []
    )


def test_what_changed_is_on_the_screen_of_a_phone(phone: Page, site: str) -> None:
    phone.goto(f"{site}/services/kettle.example")
    assert phone.locator(".to-change").count() > 1
    phone.goto(site + CHANGE)
    said = phone.locator(".statements li, .redline :is(ins, del)").first.bounding_box()
    assert said is not None
    assert said["y"] + said["height"] <= HEIGHT, "one statement at least, without scrolling"


@pytest.mark.parametrize("url", [VERSION, COMPARED])
def test_a_text_or_a_redline_begins_on_the_first_screen_of_a_phone(phone: Page, site: str, url: str) -> None:
    phone.goto(site + url)
    begins = phone.locator("article :is(h2, p)").first.bounding_box()
    assert begins is not None
    assert begins["y"] + 40 <= HEIGHT


def test_both_sides_of_a_statement_are_written_alike(phone: Page, site: str) -> None:
    phone.goto(f"{site}/services/kettle.example/changes/20160802174655")  # age: 13 → 16
    old, new = (
        phone.locator(f".statements q.{side}").first.evaluate("one => getComputedStyle(one).font")
        for side in ("was", "is")
    )
    assert old == new


def test_a_time_line_shows_its_newest_end_first(phone: Page, site: str) -> None:
    phone.goto(f"{site}/services/kettle.example")
    box = phone.evaluate(
        "(() => { const line = document.querySelector('svg.timeline').getBoundingClientRect();"
        " return [line.right, line.width] })()"
    )
    assert box[1] > PHONE, "it is wider than the screen"
    assert box[0] <= PHONE


def test_side_by_side_shows_both_sides_on_a_phone(phone: Page, site: str) -> None:
    phone.goto(f"{site}{CHANGE}?view=side")
    assert phone.locator(".diff-side ins").count()
    assert phone.locator(".diff-side del").count()
    assert beyond_the_edge(phone, ".diff-side ins, .diff-side del") == []


def test_a_long_name_does_not_break_a_page(phone: Page, tmp_path: Path, serve: Callable[[FastAPI], str]) -> None:
    shutil.copyfile(SAMPLE / "services.toml", tmp_path / "services.toml")
    settings = Settings.model_validate({"web": {"token": TOKEN}, "data": tmp_path / "data", "config": tmp_path})
    database = Database.open(settings.database)
    app = create_app(settings, database, sample_clock)
    made = Client(app).request(
        "POST", "/api/v1/services", json={"name": LONG}, headers={"Authorization": f"Bearer {TOKEN}"}
    )
    assert made.status_code == 201
    address = serve(app)
    for url in ("/", f"/services/{LONG}", f"/changes?service={LONG}"):
        phone.goto(address + url)
        assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE, url
        assert beyond_the_edge(phone, "main h1, main th, main a") == [], url
    database.close()


def test_a_print_names_its_page_and_its_day(phone: Page, site: str) -> None:
    url = f"{site}{VERSION}?view=markdown"
    phone.goto(url)
    assert not phone.locator(".printed").is_visible()
    phone.emulate_media(media="print")
    printed = phone.locator(".printed")
    assert printed.is_visible()
    told = printed.inner_text()
    phone.emulate_media(media="screen")
    assert url in told
    assert str(sample_clock().year) in told


A4 = 718  # CSS pixels between the margins of a print

WRAPPED = """(() => {
  const lines = one => { const range = document.createRange(); range.selectNodeContents(one);
    return new Set([...range.getClientRects()].map(rect => Math.round(rect.top))).size };
  return [...document.querySelectorAll("table :is(time, .health:not(.trouble), .date, .span)")]
    .filter(one => one.checkVisibility() && lines(one) > 1).map(one => one.textContent) })()"""


@pytest.fixture(scope="module")
def paper(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": A4, "height": 1000})
    page = context.new_page()
    page.emulate_media(media="print")
    yield page
    context.close()


@pytest.mark.parametrize("url", PAGES)
def test_a_print_has_all_of_the_page_and_nothing_that_only_a_hand_can_use(paper: Page, site: str, url: str) -> None:
    paper.goto(site + url)
    # What only a screen reader reads is one pixel wide, and may begin where the last word ends.
    assert paper.evaluate("document.documentElement.scrollWidth") <= A4 + 1
    assert paper.evaluate(WRAPPED) == [], "a day, or how a service is, is in one line"
    shown = paper.evaluate(
        "[...document.querySelectorAll('button, input, select, textarea, .keys, kbd')]"
        ".filter(one => one.checkVisibility()).map(one => one.outerHTML)"
    )
    assert shown == []


def test_a_print_of_a_search_says_what_was_searched_for(paper: Page, site: str) -> None:
    paper.goto(f"{site}/search?q=cookies&service=kettle.example&since=2010&until=2019")
    said = paper.locator("main").inner_text()
    assert "Searched for: cookies, in kettle.example, from 2010, to 2019" in said


def test_each_part_of_an_address_that_can_be_refused_has_words_for_what_it_may_be(client: Client) -> None:
    routes = [one for one in client.app.routes if isinstance(one, APIRoute)]
    pages = [one for one in routes if not one.path.startswith(("/api/", "/desk"))]
    assert len(pages) > 20
    parts = {name for one in pages for name in parts_of(one.dependant)}
    assert parts - set(problems.MAY_BE) == set()


def parts_of(needed: Dependant) -> set[str]:
    own = {one.alias for one in (*needed.path_params, *needed.query_params)}
    return own.union(*(parts_of(one) for one in needed.dependencies))


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("/services/UPPER", "the name of a service"),
        ("/changes?since=yesterday", "2014-06-30"),
        ("/services/kettle.example/changes/1", "14 digits"),
        ("/search?q=" + "x" * 400, "300 characters"),
        ("/services/kettle.example/versions/nonsense", "latest"),
        ("/services/absent.example", "absent.example"),
        ("/nothing", "nothing"),
        ("/gaps?half_year=2014", "2014-H1"),
        ("/feeds/changes.atom?min_words=x", "a number of words"),
        ("/services/kettle.example/changes/x/download/md", "14 digits"),
        ("/services/kettle.example/versions/latest/download/md?open=perhaps", "true or false"),
        ("/watches/A", "the name of a watch"),
    ],
)
def test_errors_are_written_for_people(client: Client, url: str, says: str) -> None:
    text = client.get(url).text
    main = re.sub(r"<[^>]+>", " ", text[text.index("<main") : text.index("</main>")])
    assert says in main
    assert not re.search(r"\b4\d\d\b|pattern|\^|\\d|query\.|path\.", main), main


@pytest.mark.parametrize(
    ("url", "word"),
    [("/status", "breaker"), (VERSION, "Digest"), (VERSION, "Cleaner"), ("/", "Technical"), ("/changes", "Technical")],
)
def test_words_of_the_trade_are_explained_where_they_stand(client: Client, url: str, word: str) -> None:
    notes = re.findall(r'<p class="note">(.*?)</p>', client.get(url).text, re.DOTALL)
    assert any(re.search(word, note) for note in notes)
