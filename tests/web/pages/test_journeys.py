"""What readers come for, done in a real browser with nothing but what a page offers.

With HARVESTER_SCREENSHOTS=1 the pictures of docs/screenshots are made again.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import feedparser  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import expect

from tests.support.paths import ROOT
from tests.support.web.accessibility import NO_COLOURS, ONLY_COLOURS, serious_findings
from tests.support.web.routes import CHANGE, VERSION

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

PICTURES = ROOT / "docs" / "screenshots"
DESK: ViewportSize = {"width": 1160, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}


def picture(page: Page, name: str) -> None:
    """Keeps what the page shows as docs/screenshots/NAME.png, when that is asked for."""
    if os.environ.get("HARVESTER_SCREENSHOTS"):
        page.screenshot(path=PICTURES / f"{name}.png")


@pytest.fixture(params=[True, False], ids=["with-script", "without-script"])
def page(browser: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(base_url=site, viewport=DESK, java_script_enabled=request.param)
    yield context.new_page()
    context.close()


WITHOUT_SCRIPT = pytest.mark.parametrize("page", [False], ids=["without-script"], indirect=True)
"""For what needs no script; that ours do no harm is seen by the tests that run both ways."""


@pytest.fixture(scope="module")
def window(browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(base_url=site, viewport=DESK)
    yield context.new_page()
    context.close()


@pytest.fixture
def desk(window: Page) -> Iterator[Page]:
    """A page that tests open one after another: each begins with an address of its own."""
    yield window
    window.emulate_media(media="screen", color_scheme="light")


def test_find_what_changed_last_month_at_a_service_and_read_it(page: Page) -> None:
    """It is January 2020: what changed in December at Kettle?"""
    page.goto("/")
    picture(page, "overview")
    page.get_by_role("row", name=re.compile("kettle.example")).get_by_role("link", name="kettle.example").click()
    picture(page, "service")
    page.get_by_role("link", name="All changes").click()
    page.get_by_label("From").fill("2019-12")
    page.get_by_role("button", name="Filter").click()
    rows = page.locator("li.change")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Your rights in California")
    picture(page, "changes")
    rows.first.get_by_role("link", name=re.compile("^Read")).click()
    expect(page.locator("article ins").filter(has_text="California Consumer Privacy Act")).to_have_count(1)
    expect(page).to_have_url("/services/kettle.example/changes/20191231235847")


def test_read_a_change_inline_and_side_by_side_with_its_neighbours(page: Page) -> None:
    page.goto(CHANGE)
    assert page.locator(".diff-inline ins").count() > 3
    picture(page, "change")
    page.get_by_role("link", name="Side by side").click()
    expect(page.locator("td.old del").first).to_be_visible()
    expect(page.locator("td.new ins").first).to_be_visible()
    picture(page, "change-side-by-side")
    page.get_by_role("link", name="Whole text").click()
    expect(page.locator("tr.unchanged")).to_have_count(0)
    page.get_by_role("link", name="Later change").click()
    expect(page.locator("h1")).to_contain_text("31 Dec 2019")
    expect(page).to_have_url(re.compile("view=side"))
    expect(page.get_by_text("latest change")).to_be_visible()


@WITHOUT_SCRIPT
def test_see_when_a_sentence_came_in(page: Page) -> None:
    page.goto("/search")
    page.get_by_label("Words").fill('"standard contractual clauses"')
    page.get_by_role("button", name="Search").click()
    hit = page.locator(".hits li").filter(has_text="kettle.example")
    expect(hit).to_contain_text("from 26 May 2018 to 31 Dec 2019")
    expect(hit.locator("mark")).to_have_text("standard contractual clauses")
    picture(page, "search")
    hit.get_by_role("link", name=re.compile("The change that brought it")).click()
    expect(page).to_have_url(CHANGE)
    expect(page.locator("ins").filter(has_text="standard contractual clauses")).to_have_count(1)
    page.get_by_role("link", name="version 8").click()
    page.get_by_role("link", name="By age of its words").click()
    passage = page.locator(".age").filter(has_text="standard contractual clauses")
    expect(passage).to_have_attribute("title", "since version 8, 2018-05-26")
    picture(page, "version-by-age")


@WITHOUT_SCRIPT
def test_compare_two_services_by_choosing_them(page: Page) -> None:
    """From a version of one service to one of another, with nothing but the form."""
    page.goto(VERSION)
    page.get_by_role("link", name="Compare with another version").click()
    before = page.get_by_role("group", name="Before")
    before.get_by_label("Version").select_option(label="5: 20 Oct 2013 – 11 Sep 2014, 621 words")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("article ins").filter(has_text="standard contractual clauses")).to_have_count(1)
    expect(page).to_have_url("/compare?old=kettle.example%4020131020060340&new=kettle.example%4020180526000305")
    picture(page, "compare")
    page.get_by_text("Compare other versions").click()
    before.get_by_label("Service").select_option("tidebook.example")
    page.get_by_role("button", name="Compare").click()
    compared = page.locator("h1")
    expect(compared).to_contain_text("tidebook.example 27 Jul 2013 compared with kettle.example 26 May 2018")
    page.get_by_role("link", name="Swap").click()
    expect(compared).to_contain_text("kettle.example 26 May 2018 compared with tidebook")


@WITHOUT_SCRIPT
def test_subscribe(page: Page) -> None:
    page.goto("/services/kettle.example")
    href = page.get_by_role("link", name="Subscribe (Atom)").get_attribute("href")
    assert href == page.locator('link[rel="alternate"]').get_attribute("href")
    assert href is not None
    answer = page.request.get(href)
    parsed = feedparser.parse(answer.body())
    assert parsed.feed.title == "Changes of the privacy policy of kettle.example"
    assert page.request.get(parsed.entries[0].link).ok


def test_keys_lead_from_change_to_change(desk: Page) -> None:
    desk.goto(CHANGE)
    with desk.expect_navigation():
        desk.keyboard.press("j")
    assert desk.url.endswith("20191231235847")
    with desk.expect_navigation():
        desk.keyboard.press("ArrowLeft")
    assert desk.url.endswith(CHANGE)
    desk.goto("/search")
    desk.get_by_label("Words").fill("jjkk")
    assert desk.url.endswith("/search")


def test_keys_lead_from_passage_to_passage(desk: Page) -> None:
    desk.goto(CHANGE)
    for key, passage in (("n", 1), ("n", 2), ("p", 1), ("p", 1)):
        desk.keyboard.press(key)
        expect(desk).to_have_url(f"{CHANGE}#hunk-{passage}")


@WITHOUT_SCRIPT
def test_links_lead_from_passage_to_passage(page: Page) -> None:
    page.goto(CHANGE)
    page.get_by_role("link", name="First of").click()
    page.locator("#hunk-1").get_by_label("Next changed passage").click()
    expect(page).to_have_url(f"{CHANGE}#hunk-2")
    page.locator("#hunk-2").get_by_label("Previous changed passage").click()
    expect(page).to_have_url(f"{CHANGE}#hunk-1")


def test_the_first_tab_leads_past_the_menu(desk: Page) -> None:
    desk.goto(CHANGE)
    desk.keyboard.press("Tab")
    assert desk.evaluate("document.activeElement.textContent") == "To the content"


def test_a_phone_in_dark_colours_has_its_pictures(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, viewport=PHONE, color_scheme="dark")
    page = context.new_page()
    for url, name in ((VERSION, "version-phone-dark"), (CHANGE, "change-phone-dark")):
        page.goto(url)
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 28)"
        picture(page, name)
    context.close()


def test_a_redline_prints_with_marks_that_need_no_colour(desk: Page) -> None:
    desk.goto(CHANGE)
    desk.emulate_media(media="print")
    style = "element => { const s = getComputedStyle(element); return [s.textDecorationLine, s.color, s.fontWeight] }"
    added = desk.locator("article ins").first.evaluate(style)
    removed = desk.locator("article del").first.evaluate(style)
    assert added == ["underline", "rgb(0, 0, 0)", "700"]
    assert removed[:2] == ["line-through", "rgb(0, 0, 0)"]
    assert not desk.locator("header.site").is_visible()


SEEN_BY_ALL = (
    "/",
    "/changes",
    "/services/kettle.example",
    VERSION,
    f"{VERSION}?view=age",
    CHANGE,
    f"{CHANGE}?view=side",
    "/compare?old=tidebook.example@20140830121500&new=kettle.example@20180526000305",
    "/search?q=cookies",
    "/trends?q=cookies,sell&topic=retention",
    "/gaps?half_year=2014-H1",
    "/services/kettle.example/captures",
    "/services/tidebook.example/versions/20180606154210/similar",
    "/status",
    "/nothing",
)


COLOURFUL = (
    f"{VERSION}?view=age",
    "/compare?old=tidebook.example@20140830121500&new=kettle.example@20180526000305",
    "/search?q=cookies",
    "/services/kettle.example/captures",
    "/status",
)
"""Each colour of a text on its ground that is on one of the pages is on one of these too."""


@pytest.mark.parametrize("url", SEEN_BY_ALL)
def test_accessibility_has_no_serious_finding(desk: Page, url: str) -> None:
    """All rules of axe in light colours, and those of colours in dark ones too: nothing else differs in the dark."""
    desk.goto(url)
    findings = serious_findings(desk, None if url in COLOURFUL else NO_COLOURS)
    if url == "/status":
        picture(desk, "status")
    if url.startswith("/trends"):
        picture(desk, "trends")
    if url.endswith("/captures"):
        picture(desk, "captures")
    if url in COLOURFUL:
        desk.emulate_media(color_scheme="dark")
        findings += serious_findings(desk, ONLY_COLOURS)
    if url == "/services/kettle.example" and os.environ.get("HARVESTER_SCREENSHOTS"):
        desk.emulate_media(color_scheme="dark")
        picture(desk, "service-dark")
    assert findings == []
