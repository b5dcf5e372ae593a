"""A capture whose text scripts make is rendered: once, from the archive alone, and what it made is kept."""

from __future__ import annotations

import json
import os
import random
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import cast

import pytest
from sqlalchemy import select

from harvester.clock import utc_now
from harvester.errors import BudgetSpent, ConfigurationError
from harvester.harvest.reclean.rebuild import rebuilding
from harvester.harvest.reclean.reclean import reclean
from harvester.harvest.reclean.recleaned import Recleaned
from harvester.harvest.reclean.render_stored import render_stored
from harvester.harvest.report.progress import Silent
from harvester.harvest.session import Harvest
from harvester.harvest.steps.run_scripts import wish_of
from harvester.insight.reading import shown
from harvester.rendering.browser import Browser
from harvester.rendering.on_demand import BrowserOnDemand
from harvester.rendering.program import browser_program
from harvester.replay.server import ReplayServer
from harvester.settings import Settings
from harvester.store.admin.verify import verify
from harvester.store.content import documents, renderings
from harvester.store.database import Database
from harvester.store.ledger.ledger import Outcome
from harvester.store.schema import Capture, Part, Rendering, Version
from tests.support.archive_server.captures import MemoryArchive
from tests.support.archive_server.fixtures import StartArchive
from tests.support.forked import process
from tests.support.harvest.harvests import archive_at, entry, harvest, planned, settings
from tests.support.harvest.pages import policy
from tests.support.service.installations import until
from tests.support.store.databases import emptied_of_rows

pytestmark = pytest.mark.usefixtures("_a_browser")
ARCHIVE = "internet-archive"
URL = "http://shop.example/privacy"
SHELL = b"<!DOCTYPE html><title>Privacy</title><body><div id=root></div><script src=app.js></script></body>"
AGAIN = SHELL.replace(b"<body>", b"<body class=again>")
APPLICATION = (
    b"fetch('text.json').then((answer) => answer.json()).then((found) => {"
    b"document.getElementById('root').innerHTML = found.text })"
)
HANGS = b"<!DOCTYPE html><title>Privacy</title><body><div id=app></div><script>location.reload()</script></body>"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser of this module: to start one costs more than to render a page."""
    pytest.importorskip("playwright")
    with Browser(browser_program()) as started:
        yield started


@pytest.fixture
def _a_browser(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BrowserOnDemand, "render", lambda _, page, answering: browser.render(page, answering))


@dataclass
class Shop:
    """An archive of a shop whose policy is an application, and a store."""

    archive: MemoryArchive
    server: ReplayServer
    database: Database
    rendered: int = 0

    def harvest(self, render: str, budget: int | None = None) -> dict[str, int]:
        """Harvests the shop; gives the requests made."""
        shop = entry("shop.example", URL, render=render)
        summary = harvest(self.database, self.server.base_url, [shop], budget=budget, name=ARCHIVE)
        self.rendered = summary.rendered
        return dict(summary.requests)

    def render(self, budget: int | None = None, *, again: bool = False) -> Recleaned:
        """Renders what is stored."""
        return render_stored(
            self.database,
            settings(),
            archive_at(self.server.base_url).model_copy(update={"name": ARCHIVE}),
            [entry("shop.example", URL)],
            everything=False,
            again=again,
            budget=budget,
            clock=utc_now,
            stop=threading.Event(),
            progress=Silent(),
        )

    def captures(self) -> list[tuple[str, str | None, str | None]]:
        """Outcome, recipe and reason of each capture."""
        with self.database.reading() as session:
            rows = session.scalars(select(Capture).order_by(Capture.timestamp))
            return [(row.outcome, row.recipe, row.reason) for row in rows]

    def texts(self) -> list[str]:
        """The text of each version."""
        with self.database.reading() as session:
            rows = session.scalars(select(Version).order_by(Version.first_seen))
            return [documents.text(session, row.text_id) for row in rows]


@pytest.fixture
def shop(sqlite: Database, harsh_archive: StartArchive) -> Shop:
    archive = MemoryArchive()
    archive.add("http://shop.example/app.js", "20190101000000", APPLICATION, mimetype="text/javascript")
    for year, edition in ((2018, 2018), (2019, 2018), (2020, 2020)):
        said = {"text": policy(edition).decode()}
        archive.add(
            "http://shop.example/text.json", f"{year}0601000000", json.dumps(said).encode(), mimetype="application/json"
        )
    archive.add(URL, "20180601000000", SHELL)
    archive.add(URL, "20190601000000", SHELL)
    archive.add(URL, "20200601000000", AGAIN)
    return Shop(archive, harsh_archive(archive), sqlite)


RENDERED = [
    (Outcome.STORED, "rendered", None),
    (Outcome.UNCHANGED, "rendered", None),
    (Outcome.STORED, "rendered", None),
]


@pytest.mark.parametrize(
    ("render", "there", "each"), [("never", True, 0), ("needed", True, 60), ("always", True, 60), ("auto", False, 5)]
)
def test_a_plan_counts_what_pages_may_ask_for(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, render: str, there: bool, each: int
) -> None:
    monkeypatch.setattr(BrowserOnDemand, "is_there", there)
    found = planned(shop.database, shop.server.base_url, [entry("shop.example", URL, render=render)])
    # Two of the three captures are one page, which may show texts of their time each; each address may be two redirects
    # away.
    assert found.of_pages == 3 * each * 3
    assert found.downloads < found.of_pages or not each


def test_a_plan_counts_what_home_pages_may_ask_for_where_only_they_are_known(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BrowserOnDemand, "is_there", True)
    for year in (2018, 2020):
        shop.archive.add("http://shop.example/", f"{year}0601000000", SHELL + str(year).encode())
    shop.server.refresh()
    found = planned(shop.database, shop.server.base_url, [entry("shop.example", render="always")])
    assert found.downloads == 2
    assert found.of_pages == 2 * 60 * 3


KILLS = int(os.environ.get("HARVESTER_KILLS_RENDERING", "1"))
"""How often a harvest is killed while it renders; 10 by hand."""


def harvest_in_a_process(url: str, base: str, folder: str) -> None:
    """Harvest the shop, with what the browser leaves in a folder."""
    os.environ["TMPDIR"] = folder
    harvest(Database(url), base, [entry("shop.example", URL, render="needed")], name=ARCHIVE)


def browsers_of(folder: Path) -> list[str]:
    """The processes of the browser whose profile is in a folder."""
    found = []
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if f"--user-data-dir={folder}" in line.read_text(encoding="utf-8", errors="replace"):
                found.append(line.parent.name)
    return found


@pytest.mark.timeout(120 + 60 * KILLS)
def test_killed_while_it_renders_it_leaves_nothing_and_ends_with_the_same_rows(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()  # each harvest here starts and ends a browser of its own
    chance = random.Random(KILLS)
    with TemporaryDirectory() as name:  # so short that the browser's socket fits into it
        folder = Path(name)
        for _ in range(KILLS):
            emptied_of_rows(shop.database)
            asked = len(shop.server.log)
            child = process(harvest_in_a_process, shop.database.name, shop.server.base_url, name)
            child.start()
            until(lambda: any("app.js" in one.path for one in shop.server.log[asked:]))  # noqa: B023
            child.join(chance.uniform(0, 2) if KILLS > 1 else 0)
            assert KILLS > 1 or browsers_of(folder)
            child.kill()
            child.join()
            until(lambda: not browsers_of(folder) and not list(folder.iterdir()))
            shop.harvest("needed")
            assert shop.captures() == RENDERED
            assert ["edition 2018" in text or "edition 2020" in text for text in shop.texts()] == [True, True]
            parts = [one.path for one in shop.server.log[asked:] if "text.json" in one.path]
            # One answer may have been on its way for each of three pages.
            assert len(parts) <= 6


def test_where_every_page_is_rendered_each_is_once(shop: Shop) -> None:
    found = []
    for _ in range(2):
        shop.harvest("always")
        found.append(shop.rendered)
    assert found == [3, 0]


def test_a_page_whose_text_scripts_make_is_rendered_in_its_harvest(shop: Shop) -> None:
    asked = shop.harvest("needed")
    assert shop.captures() == RENDERED
    assert shop.rendered == 3
    assert ["edition 2018" in text or "edition 2020" in text for text in shop.texts()] == [True, True]
    # Two pages, and for each capture its script and its text, that of the archive's nearest capture.
    assert asked["playback"] >= 2 + 6
    with shop.database.reading() as session:
        one, _, two = session.scalars(select(Rendering).order_by(Rendering.address))
        assert len(one.answered) == 2
        assert one.browser is not None
        assert shown(session, settings(), "shop.example", "1").provenance["browser"] == one.browser
        assert one.address.startswith("https://web.archive.org/web/20180601000000id_/")
        assert {part.timestamp for part in session.scalars(select(Part))} == {
            f"{year}0601000000" for year in (2018, 2019, 2020)
        }
        assert two.problem is None
    before = shop.texts()
    again = shop.harvest("needed")
    assert again.get("playback", 0) == 0
    reclean(
        shop.database,
        settings(),
        [entry("shop.example", URL)],
        force=True,
        processes=1,
        clock=utc_now,
        stop=threading.Event(),
    )
    assert shop.captures() == RENDERED
    assert shop.texts() == before
    assert list(verify(shop.database, rebuilding(settings()))) == []


def add_text(shop: Shop, timestamp: str, edition: int) -> None:
    """Add what the script of the page loads."""
    said = json.dumps({"text": policy(edition).decode()}).encode()
    shop.archive.add("http://shop.example/text.json", timestamp, said, mimetype="application/json")


def test_captures_with_equal_bytes_show_what_their_scripts_loaded_at_their_own_time(shop: Shop) -> None:
    for year, edition in ((2021, 5), (2022, 6)):
        add_text(shop, f"{year}0615000000", edition)
        shop.archive.add(URL, f"{year}0601000000", SHELL)
    shop.archive.add(URL, "20230601000000", SHELL)  # a year behind the last text
    shop.server.refresh()
    for _ in range(2):
        shop.harvest("needed")
        assert [recipe for _, recipe, _ in shop.captures()] == ["rendered"] * 5 + [None]
        assert str(shop.captures()[-1][2]).startswith("not-rendered: ")
        editions = [next(n for n in (2018, 2020, 5, 6) if f"edition {n} " in text) for text in shop.texts()]
        assert editions == [2018, 2020, 5, 6]
        assert list(verify(shop.database, rebuilding(settings()))) == []
    asked = len(shop.server.log)
    assert shop.render(again=True).captures == 6
    assert len(shop.server.log) == asked
    assert len(shop.texts()) == 4


def test_a_capture_that_comes_later_with_known_bytes_is_rendered_as_itself(shop: Shop) -> None:
    shop.harvest("needed")
    add_text(shop, "20210615000000", 5)
    shop.archive.add(URL, "20210601000000", SHELL)
    shop.server.refresh()
    shop.harvest("needed")
    assert "edition 5 " in shop.texts()[-1]


def test_a_page_whose_scripts_load_no_text_is_rendered_once(sqlite: Database, harsh_archive: StartArchive) -> None:
    archive = MemoryArchive()
    writes = f"document.getElementById('root').innerHTML = {json.dumps(policy(3).decode())}"
    archive.add("http://shop.example/app.js", "20190101000000", writes.encode(), mimetype="text/javascript")
    for year in (2018, 2019, 2020):
        archive.add(URL, f"{year}0601000000", SHELL)
    shop = Shop(archive, harsh_archive(archive), sqlite)
    shop.harvest("needed")
    assert [recipe for _, recipe, _ in shop.captures()] == ["rendered"] * 3
    assert sum("app.js" in one.path for one in shop.server.log) <= 2
    with sqlite.reading() as session:
        assert [one.taken_at for one in session.scalars(select(Rendering))] == [None]


def test_a_page_that_was_only_stored_is_rendered_on_request_and_a_spent_budget_resumes(shop: Shop) -> None:
    shop.harvest("never")
    assert {recipe for _, recipe, _ in shop.captures()} == {None}
    assert all(str(reason).startswith("needs-a-browser: few-words") for *_, reason in shop.captures())
    with shop.database.reading() as session:
        assert renderings.count_needed(session) == 3
    with pytest.raises(BudgetSpent):
        shop.render(budget=2)
    with shop.database.reading() as session:
        kept = len(session.scalars(select(Part)).all())
    done = shop.render(budget=20)
    assert kept >= 1
    assert done.captures == 3
    assert [recipe for _, recipe, _ in shop.captures()] == ["rendered"] * 3
    with shop.database.reading() as session:
        assert renderings.count_needed(session) == 0
    texts, asked = shop.texts(), len(shop.server.log)
    assert shop.render().captures == 0
    assert shop.render(again=True).captures == 3
    assert shop.texts() == texts
    assert len(shop.server.log) == asked, "what a page asked for is kept"


def test_a_page_that_cannot_be_rendered_keeps_its_text_with_the_reason(shop: Shop) -> None:
    shop.archive.add(URL, "20210601000000", HANGS)
    shop.server.refresh()
    shop.harvest("needed")
    assert shop.captures()[:3] == RENDERED
    outcome, recipe, reason = shop.captures()[3]
    assert outcome == Outcome.NO_TEXT
    assert recipe is None
    assert str(reason).startswith("not-rendered: sends-on: rendering https://web.archive.org/web/20210601000000id_/")
    assert shop.render().captures == 0
    with shop.database.reading() as session:
        assert renderings.count_needed(session) == 0


def test_a_link_that_scripts_write_into_a_home_page_is_found(sqlite: Database, harsh_archive: StartArchive) -> None:
    archive = MemoryArchive()
    script = "document.getElementById('app').innerHTML = '<a href=\"http://tea.example/legal\">Privacy Policy</a>'"
    home = f"<!DOCTYPE html><title>Tea</title><body><div id=app></div><script>{script}</script></body>"
    archive.add("http://tea.example/", "20190601000000", home.encode())
    archive.add("http://tea.example/legal", "20190701000000", policy(1))
    base = harsh_archive(archive).base_url
    assert harvest(sqlite, base, [entry("tea.example", render="never")], name=ARCHIVE).versions == 0
    assert harvest(sqlite, base, [entry("tea.example", render="needed")], name=ARCHIVE).versions == 1


def test_a_notice_that_a_page_embeds_is_its_document_where_the_archive_has_it(
    sqlite: Database, harsh_archive: StartArchive
) -> None:
    listed, notice = (f"https://privacyportal-cdn.onetrust.com/a/privacy-notices/{name}.json" for name in ("1", "2"))
    archive = MemoryArchive()
    shell = f"<title>Privacy</title><div class=otnotice></div><script>N.LoadNotices(['{listed}'])</script>"
    archive.add(URL, "20200601000000", shell.encode())
    languages = {"languages": {"en-us": {"policyUrl": notice}}}
    archive.add(listed, "20200601000000", json.dumps(languages).encode(), mimetype="application/json")
    content = {"notices": [{"content": policy(7).decode()}]}
    archive.add(notice, "20200601000000", json.dumps(content).encode(), mimetype="application/json")
    shop = Shop(archive, harsh_archive(archive), sqlite)
    shop.harvest("never")
    assert str(shop.captures()[0][2]).startswith("needs-a-browser: embeds-a-notice, few-words; ")
    assert shop.harvest("needed")["playback"] == 2
    assert shop.captures() == [(Outcome.STORED, "data", None)]
    assert "in edition 7 of this privacy policy" in shop.texts()[0]
    assert list(verify(sqlite, rebuilding(settings()))) == []


UUID, SITE = "01234567-89ab-cdef-0123-456789abcdef", "76543210-89ab-cdef-0123-456789abcdef"
SNIPPETS = "https://app.termly.io/api/v1/snippets"
CONTENT = json.dumps({"success": True, "content": policy(7).decode()}).encode()


@pytest.mark.parametrize(
    ("shell", "archived", "requests"),
    [
        (
            "<a href=//www.iubenda.com/privacy-policy/1 class=iubenda-embed>Privacy</a>",
            {"https://www.iubenda.com/privacy-policy/1": policy(7)},
            1,
        ),
        (
            "<iframe src=//www.iubenda.com/privacy-policy/1></iframe>",
            {"https://www.iubenda.com/api/privacy-policy/1/no-markup": CONTENT},
            3,
        ),
        (
            f"<div name=termly-embed data-id={UUID}></div>",
            {
                f"https://app.termly.io/document/privacy-policy/{UUID}": b"<title>T</title><div id=app></div>",
                f"{SNIPPETS}/documents/{UUID}": json.dumps({"uuid": SITE}).encode(),
                f"{SNIPPETS}/websites/{SITE}/documents/{UUID}/preview": CONTENT,
            },
            5,
        ),
    ],
    ids=["a page", "an API", "an API of earlier years"],
)
def test_a_notice_is_read_in_whatever_form_the_archive_has_it(
    sqlite: Database, harsh_archive: StartArchive, shell: str, archived: dict[str, bytes], requests: int
) -> None:
    archive = MemoryArchive()
    archive.add(URL, "20200601000000", f"<title>Privacy</title>{shell}".encode())
    for url, body in archived.items():
        archive.add(url, "20200601000000", body)
    shop = Shop(archive, harsh_archive(archive), sqlite)
    assert shop.harvest("auto")["playback"] == 1 + requests
    assert shop.captures() == [(Outcome.STORED, "data", None)]
    assert "in edition 7 of this privacy policy" in shop.texts()[0]
    assert list(verify(sqlite, rebuilding(settings()))) == []


def test_a_text_in_the_state_of_a_page_is_its_document_until_a_browser_shows_it(
    sqlite: Database, harsh_archive: StartArchive
) -> None:
    archive = MemoryArchive()
    state = json.dumps({"page": {"html": policy(8).decode()}}).replace("</", "<\\/")
    shell = f"<title>Privacy</title><div id=root></div><script type='application/json' id=s>{state}</script>"
    write = "const root = document.getElementById('root'); root.innerHTML = JSON.parse(s.textContent).page.html"
    archive.add(URL, "20200601000000", f"{shell}<script>start()</script>".encode())
    archive.add(URL, "20210601000000", f"{shell}<script>{write}</script>".encode())
    shop = Shop(archive, harsh_archive(archive), sqlite)
    shop.harvest("never")
    assert [recipe for _, recipe, _ in shop.captures()] == ["data", "data"]
    shop.harvest("needed")
    assert [recipe for _, recipe, _ in shop.captures()] == ["data", "rendered"]
    assert [str(reason).partition(":")[0] for *_, reason in shop.captures()] == ["not-rendered", "None"]
    assert list(verify(sqlite, rebuilding(settings()))) == []


def test_a_long_text_of_another_type_or_language_is_not_rendered_for_its_noscript(
    sqlite: Database, harsh_archive: StartArchive
) -> None:
    archive = MemoryArchive()
    story = "".join(
        f"<p>Our shop number {n} opened in spring and it sells tea, cups and kettles.</p>" for n in range(60)
    )
    asks = "<noscript>Please enable JavaScript.</noscript><script>window.a = 1</script>"
    archive.add(URL, "20200601000000", f"<title>Terms</title><article>{story}</article>{asks}".encode())
    base = harsh_archive(archive).base_url
    harvest(sqlite, base, [entry("shop.example/terms-of-service", URL, render="never")], name=ARCHIVE)
    harvest(sqlite, base, [entry("shop.example", URL, render="never")], name=ARCHIVE)
    with sqlite.reading() as session:
        reasons = session.scalars(select(Capture.reason).order_by(Capture.id)).all()
    assert reasons == [None, "needs-a-browser: asks-for-scripts"]


def test_a_browser_that_the_settings_name_and_that_is_none_is_refused() -> None:
    """With ``render = "auto"``, which is the default, too: else pages would silently not be rendered."""
    of = SimpleNamespace(settings=Settings(browser="/nowhere/chromium"), browser=SimpleNamespace(is_there=False))
    with pytest.raises(ConfigurationError, match="browser: /nowhere/chromium is no program"):
        wish_of(cast("Harvest", of), entry("shop.example", URL))
