"""The desk in a real browser: signed in, a service added and watched, with the mouse, with keys alone, on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fastapi import FastAPI
from playwright.sync_api import expect

from harvester.service.schedule.pausing import is_paused
from harvester.settings import Settings, load_settings
from harvester.store.database import Database
from harvester.store.ledger import leases
from tests.support.times import sample_clock
from tests.support.web.accessibility import NO_COLOURS, serious_findings
from tests.support.web.desk import Hands
from tests.support.web.site import ANNA, BERT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PHONE = 360  # CSS pixels
PAGES = (
    "/desk/sign-in",
    "/desk",
    "/desk/services/kettle.example",
    "/desk/services/kettle.example/sources",
    "/desk/services/kettle.example/captures",
    "/desk/services/kettle.example/progress",
    "/desk/services/kettle.example/remove",
    "/desk/review",
    "/desk/review/kettle.example/20180526000305",
    "/desk/notices",
    "/desk/new-target",
    "/desk/notices/team",
    "/desk/remove-target/team",
    "/desk/watches",
    "/desk/watches/sale",
    "/desk/watches/sale/remove",
    "/desk/new-watch",
    "/watches",
    "/watches/sale",
    "/subscribe?service=kettle.example",
    "/subscribe?watch=sale",
)
COLOURFUL = ("/desk", "/desk/services/kettle.example/sources", "/desk/review/kettle.example/20180526000305")
"""Each colour of a text on its ground that is on one of the pages is on one of these too."""


@pytest.fixture
def desk_settings(config: Path) -> Settings:
    web = {"accounts": {"Anna": ANNA, "Bert": BERT}, "base_url": "http://127.0.0.1"}
    notify = "[notify.team]\nurl = 'https://hooks.example/x'\nsecret = 'x'\nwatches = ['sale']\n"
    (config / "harvester.toml").write_text(f"{notify}[watch.sale]\nwords = ['sell']\n")
    mail, written = {"sender": "policies@pages.example"}, load_settings(config, config)
    more = {"watch": written.watch, "notify": written.notify}
    return Settings.model_validate({"web": web, "config": config, "mail": mail}).model_copy(update=more)


@pytest.fixture
def address(desk_app: FastAPI, serve: Callable[[FastAPI], str]) -> str:
    return serve(desk_app)


def opened(browser: Browser, address: str, **options: object) -> Page:
    """A page of a browser of its own."""
    return browser.new_context(base_url=address, **options).new_page()  # type: ignore[arg-type]


def sign_in(page: Page, token: str = ANNA) -> None:
    page.goto("/desk")
    page.get_by_label("Token").fill(token)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Signed in as")).to_be_visible()


@pytest.fixture(params=[True, False], ids=["with-script", "without-script"])
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    page = opened(browser, address, java_script_enabled=request.param)
    yield page
    page.context.close()


def test_prints_of_the_desk_have_no_buttons_and_no_keys(browser: Browser, address: str) -> None:
    page = opened(browser, address, viewport={"width": 718, "height": 1000})
    sign_in(page)
    page.emulate_media(media="print")
    for url in (*COLOURFUL, "/desk/review", "/desk/watches", "/desk/notices"):
        page.goto(url)
        assert page.evaluate("document.documentElement.scrollWidth") <= 718, url
        hands = page.locator("button, input, select, textarea, .keys, kbd").all()
        assert [one.inner_text() for one in hands if one.is_visible()] == [], url
        assert page.locator(".printed").is_visible(), url
    page.context.close()


def test_sign_in_add_a_service_watch_it_pause_it_and_sign_out(page: Page, store: Database, hands: Hands) -> None:
    with store.writing() as session:
        leases.acquire(session, "scheduler", "elsewhere:1:1", sample_clock(), 3600)
    page.goto("/")
    page.get_by_role("link", name="Desk").click()
    page.get_by_label("Token").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_have_text("This is not a token of this installation.")
    page.get_by_label("Token").fill(ANNA)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Signed in as Anna")).to_be_visible()
    page.get_by_label("Domain, or the address of its policy").fill("https://www.new.example/privacy")
    page.get_by_role("button", name="Add").click()
    expect(page).to_have_url("/desk/services/new.example/progress?said=added")
    expect(page.get_by_text("Waiting for the scheduler.")).to_be_visible()
    with store.writing() as session:
        leases.acquire(session, "harvest:new.example", "elsewhere:1:1", sample_clock(), 3600)
    page.get_by_text("Comparing the texts.").wait_for()
    page.get_by_role("link", name="Stop that").click()
    page.get_by_role("link", name="new.example", exact=True).click()
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("It is paused.")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Resume")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url("/")
    page.go_back()
    page.reload()
    expect(page).to_have_url(re.compile("/desk/sign-in"))


def test_everything_is_reached_by_keys_alone(browser: Browser, address: str) -> None:
    page = opened(browser, address)
    page.goto("/desk/sign-in")
    page.wait_for_function("document.activeElement.getAttribute('name') === 'token'")
    page.keyboard.type(ANNA)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk")
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate("(document.activeElement.getAttribute('name') || document.activeElement.textContent).trim()")
        )
    assert {"Sign out", "address", "tags", "sample", "Add", "kettle.example", "Pause kettle.example"} <= reached
    page.get_by_role("button", name="Pause kettle.example").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("It is paused.")).to_be_visible()
    page.context.close()


def test_every_page_of_the_desk_fits_a_phone_and_axe_finds_nothing_serious(browser: Browser, address: str) -> None:
    page = opened(browser, address, viewport={"width": PHONE, "height": 740})
    sign_in(page)
    serious: list[str] = []
    beyond = "[...document.querySelectorAll('main :is(button, .button, input, select, th, td)')].filter("
    beyond += f"one => one.checkVisibility() && one.getBoundingClientRect().right > {PHONE} + 1).length"

    def look(url: str, colours: bool = True) -> None:
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE, url
        assert page.evaluate(beyond) == 0, url
        serious.extend(f"{url} {one}" for one in serious_findings(page, None if colours else NO_COLOURS))

    for url in PAGES[1:]:
        page.goto(url)
        look(url, url in COLOURFUL)
    page.goto("/desk/new-watch")
    page.get_by_label("Phrases").fill("sell")
    page.get_by_role("button", name="Try it on all history").click()
    page.get_by_role("heading", name="What it would have told").wait_for()
    look("what a rule would have told")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Write small letters").wait_for()
    look("an error beside its field")
    page.context.close()
    assert serious == []


def test_fields_of_a_row_begin_at_one_height_and_buttons_of_a_row_are_as_high(browser: Browser, address: str) -> None:
    page = opened(browser, address, viewport={"width": 1280, "height": 900})
    sign_in(page)
    places = "all => all.filter(one => one.checkVisibility()).map(one => (one = one.getBoundingClientRect(), "
    for url in ("/desk/new-watch", "/desk/new-target"):
        page.goto(url)
        found = page.eval_on_selector_all("form.rows > label", f"{places}[one.top, one.bottom]))")
        assert len(found) > 6
        for (top, bottom), (after, _) in pairwise(found):
            assert after == top or after >= bottom, f"{url}: a field begins beside the middle of another one"
    for url in ("/desk/notices", "/desk/watches"):
        page.goto(url)
        assert len({*page.eval_on_selector_all("td .buttons :is(button, .button)", f"{places}one.height))")}) == 1, url
    page.context.close()


def test_what_an_alarm_is_about_is_on_the_first_screen_of_a_phone(browser: Browser, address: str) -> None:
    page = opened(browser, address, viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    sign_in(page)
    page.goto("/desk/review/kettle.example/20180526000305")
    mark = page.locator(".redline :is(ins, del)").first.bounding_box()
    assert mark is not None
    assert mark["y"] + mark["height"] <= 844
    page.get_by_role("link", name="Note and mark it").click()
    expect(page.get_by_label("Note", exact=True)).to_be_in_viewport()
    page.context.close()


def test_a_page_of_another_site_cannot_send_a_form(
    browser: Browser, address: str, serve: Callable[[FastAPI], str], store: Database
) -> None:
    """In the browser itself: the cookie is not sent along with a form of another site."""
    from starlette.responses import HTMLResponse

    evil = FastAPI()
    target = f"{address}/desk/services/kettle.example/pause"
    form = f'<form method="post" action="{target}"><input name="form_token" value="x.y"><button>Win</button></form>'
    evil.add_api_route("/", lambda: HTMLResponse(form))
    page = opened(browser, address)
    sign_in(page)
    page.goto(serve(evil).replace("127.0.0.1", "localhost"))
    page.get_by_role("button", name="Win").click()
    page.wait_for_url("**/desk")
    assert not is_paused(store, "kettle.example")
    page.context.close()


def test_two_people_review_at_once_and_the_second_is_told_what_the_first_did(browser: Browser, address: str) -> None:
    anna, bert = opened(browser, address), opened(browser, address, java_script_enabled=False)
    sign_in(anna)
    sign_in(bert, BERT)
    for page in (anna, bert):
        page.goto("/desk/review?of=kettle.example")
        page.get_by_role("link", name=re.compile("change of 26 May 2018")).click()
        expect(page).to_have_url(re.compile("20180526000305"))
    bert.get_by_label("Note").fill("Bert looks into it.")
    anna.get_by_label("Note").fill("Anna has read it.")
    anna.get_by_role("button", name="Read, then the next").click()
    expect(anna.get_by_role("status")).to_have_text("Noted.")
    assert "20180526000305" not in anna.url
    bert.get_by_role("button", name="Set aside, then the next").click()
    expect(bert.get_by_role("alert")).to_contain_text("Anna reviewed this change meanwhile")
    done = bert.get_by_role("region", name="Who did what")
    expect(done).to_contain_text("Anna has read it.")
    expect(bert.get_by_label("Note")).to_have_value("Bert looks into it.")
    bert.get_by_role("button", name="Save").click()
    expect(done).to_contain_text(re.compile("Anna has read it.*Bert looks into it", re.DOTALL))
    bert.goto("/desk/review?of=kettle.example&state=read")
    assert bert.locator("[data-alarm]").count() == 1
    anna.context.close()
    bert.context.close()


def test_the_list_of_alarms_is_driven_by_keys(browser: Browser, address: str) -> None:
    page = opened(browser, address)
    sign_in(page)
    page.goto("/desk/review")
    alarms = page.locator("[data-alarm]").count()
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.evaluate("document.activeElement.getAttribute('href')")
    assert second == page.locator("[data-alarm] a").nth(1).get_attribute("href")
    page.keyboard.press("k")
    with page.expect_navigation():
        page.keyboard.press("r")
    page.goto("/desk/review")
    assert page.locator("[data-alarm]").count() == alarms - 1
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    with page.expect_navigation():
        page.keyboard.press("s")
    page.get_by_label("Note").press("r")
    assert page.get_by_label("Note").input_value() == "r", "in a field it is a letter"
    page.context.close()
