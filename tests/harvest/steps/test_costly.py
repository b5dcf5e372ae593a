"""A page that passes the limits of cleaning costs one capture, not the run, and is not tried again unasked."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select

from harvester.clock import utc_now
from harvester.harvest.reclean.reclean import reclean
from harvester.harvest.steps import clean as cleaning
from harvester.harvest.steps import clean_page
from harvester.harvest.steps.capture_page import CapturePage
from harvester.harvest.steps.clean_page import Acceptance, NoText
from harvester.store.database import Database
from harvester.store.ledger.ledger import Outcome
from harvester.store.schema import Capture
from tests.support.archive_server.captures import MemoryArchive
from tests.support.archive_server.fixtures import StartArchive
from tests.support.harvest.crashing import clean_or_crash
from tests.support.harvest.harvests import entry, harvest, settings
from tests.support.harvest.pages import policy

URL = "http://shop.example/privacy"
SHOP = entry("shop.example", URL)


def outcomes(database: Database) -> list[tuple[str, str | None]]:
    with database.reading() as session:
        rows = session.scalars(select(Capture).order_by(Capture.timestamp))
        return [(row.outcome, row.reason) for row in rows]


def test_a_page_that_kills_its_worker_costs_one_capture_and_is_cleaned_again_only_by_force(
    sqlite: Database, harsh_archive: StartArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cleaning, "clean_page", clean_or_crash)
    archive = MemoryArchive()
    archive.add(URL, "20100101000000", policy(1))
    archive.add(URL, "20110101000000", policy(2) + b"<!-- crash -->")
    archive.add(URL, "20120101000000", policy(3) + b"<!-- memory -->")
    archive.add(URL, "20130101000000", policy(4))
    server = harsh_archive(archive)
    summary = harvest(sqlite, server.base_url, [SHOP])
    found = outcomes(sqlite)
    assert [outcome for outcome, _ in found] == [Outcome.STORED, Outcome.NO_TEXT, Outcome.NO_TEXT, Outcome.STORED]
    assert [str(reason).partition(":")[0] for _, reason in found[1:3]] == ["too-costly"] * 2
    assert "signal 6" in str(found[1][1])
    assert "20110101000000" in str(found[1][1])
    assert summary.new_versions == 2
    again = harvest(sqlite, server.base_url, [SHOP])
    assert again.requests["playback"] == 0
    assert outcomes(sqlite) == found
    monkeypatch.undo()

    def recleaned(*, force: bool) -> int:
        done = reclean(sqlite, settings(), [SHOP], force=force, processes=1, clock=utc_now, stop=threading.Event())
        return done.captures

    assert recleaned(force=False) == 0
    assert outcomes(sqlite) == found
    assert recleaned(force=True) == 4
    assert [outcome for outcome, _ in outcomes(sqlite)] == [Outcome.STORED] * 4


@pytest.mark.parametrize("where", ["assess", "words_shown", "sends_on", "needs_a_browser"])
def test_what_goes_wrong_with_one_page_at_any_step_costs_that_page(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise ValueError("more digits than Python reads")

    monkeypatch.setattr(clean_page, where, fails)
    body = b"<title>Privacy</title><p>We keep it.</p><script>x</script>"
    page = CapturePage(body, URL, "20200101000000", "shop.example", "text/html", f"http://archive.example/{URL}", 200)
    made = clean_page.clean_page(page, Acceptance())
    assert isinstance(made, NoText)
    assert made.reason == "cleaner-failed: ValueError: more digits than Python reads"
