"""A package of evidence in the hands of a stranger: ReplayWeb.page shows each of its captures, in a real browser."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from harvester.exporting.evidence.facts import gather
from harvester.exporting.evidence.package import write_package
from harvester.settings import Settings
from harvester.store.database import Database
from tests.support.exports.replaywebpage import replaying
from tests.support.harvest.harvests import entry
from tests.support.harvest.pages import policy
from tests.support.harvest.warcs import Warc, imported
from tests.support.web.browser import QUIET

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page

CHROMIUM = shutil.which("chromium")
URL = "http://shop.example.com/privacy"
MOVED = "http://shop.example.com/legal/privacy"
_TRIES = 4
WORKER_RUNS = "async () => (await navigator.serviceWorker.getRegistration('/replay/'))?.active?.state === 'activated'"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """The change of a policy whose second edition is reached by a redirect, as a WACZ file."""
    with Warc(tmp_path / "a.warc.gz") as warc:
        warc.response(URL, "2010-03-01T12:00:00Z", policy(1))
        warc.redirect(URL, "2011-03-01T12:00:00Z", "/legal/privacy")
        warc.response(MOVED, "2011-03-01T12:00:01Z", policy(2))
    database = Database.open(f"sqlite:///{tmp_path}/store.db")
    imported(database, [tmp_path / "a.warc.gz"], [entry("shop.example", URL)])
    with database.reading() as session:
        found = gather(session, Settings(), "shop.example", "latest", datetime(2026, 1, 2, tzinfo=UTC))
        write_package(session, found, tmp_path / "change.wacz")
    database.close()
    return tmp_path / "change.wacz"


def test_each_capture_of_a_package_is_replayed_with_its_words(package: Path, tmp_path: Path) -> None:
    if CHROMIUM is None:
        assert not os.environ.get("CI"), "CI must have chromium"
        pytest.skip("no chromium on this machine: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with replaying(package, tmp_path) as viewer, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_page()
        # Until its service worker runs, the viewer asks the server for its own pages, and gives up after some tries.
        page.goto(viewer)
        page.wait_for_function(WORKER_RUNS, timeout=60_000)
        for edition, instant in ((1, "20100301120000"), (2, "20110301120000")):
            frame = _opened(page, f"{viewer}?{urlencode({'url': URL, 'ts': instant})}")
            words = f"in edition {edition} of this privacy policy"
            frame.get_by_text(words).first.wait_for(timeout=60_000)
        browser.close()


def _opened(page: Page, address: str) -> Frame:
    """The frame in which the viewer shows a capture; it now and then loads its own page and nothing more."""
    from playwright.sync_api import TimeoutError as PlaywrightTimeout

    for _ in range(_TRIES):
        try:
            with page.expect_event("framenavigated", lambda frame: "mp_/" in frame.url, timeout=30_000) as shown:
                page.goto(address)
        except PlaywrightTimeout:
            continue
        frame: Frame = shown.value
        return frame
    raise AssertionError(f"the viewer showed no capture in {_TRIES} tries: {address}")
