"""Bytes that the store has already: no request, and nobody waits while they are cleaned."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select

from harvester.harvest.steps import fetch
from harvester.harvest.steps.capture_page import CapturePage
from harvester.harvest.steps.clean_page import Acceptance, Cleaned, NoText, clean_page
from harvester.replay.server import ReplayServer
from harvester.store.database import Database
from harvester.store.ledger import ledger
from harvester.store.ledger.ledger import Outcome
from harvester.store.schema import Capture
from tests.support.archive_server.captures import MemoryArchive
from tests.support.archive_server.fixtures import StartArchive
from tests.support.harvest.harvests import entry, harvest, sample_services
from tests.support.harvest.pages import policy
from tests.support.harvest.pictures import differences, picture

OLD, NEW = "http://shop.example/privacy.html", "http://shop.example/legal/privacy"
DAYS = [f"20{year:02}0601120000" for year in range(10, 16)]


def test_bytes_of_another_source_are_cleaned_while_others_may_write(
    sqlite: Database, harsh_archive: StartArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = MemoryArchive()
    for number, day in enumerate(DAYS):
        archive.add(OLD, day, policy(number // 2))
    server = harsh_archive(archive)
    harvest(sqlite, server.base_url, [entry("shop.example", OLD)])
    for number, day in enumerate(DAYS):
        archive.add(NEW, f"{day[:4]}1201120000", policy(number // 2))
    server.refresh()
    writable: list[bool] = []

    def watched(page: CapturePage, acceptance: Acceptance) -> Cleaned | NoText:
        writer = threading.Thread(target=lambda: _write(sqlite), daemon=True)
        writer.start()
        writer.join(timeout=60)
        writable.append(not writer.is_alive())
        return clean_page(page, acceptance)

    monkeypatch.setattr(fetch, "clean_apart", watched)
    asked = len(server.log)
    summary = harvest(sqlite, server.base_url, [entry("shop.example", OLD, NEW)])
    assert writable == [True] * 3, "each content once for the new address; its equals take after it"
    assert summary.requests["playback"] == 0
    assert {request.endpoint for request in server.log[asked:]} == {"cdx"}
    with sqlite.reading() as session:
        found = select(Capture.outcome).where(Capture.original == NEW).order_by(Capture.timestamp)
        outcomes = session.scalars(found).all()
        assert ledger.waiting(session, 1) == []
    assert outcomes == [Outcome.STORED, Outcome.UNCHANGED] * 3, "as if it had been fetched before the other address was"


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_where_a_run_ended_leaves_no_trace_in_the_outcomes(
    sqlite: Database, database: Database, sample_archive: ReplayServer
) -> None:
    requests = 7
    moved = [one for one in sample_services() if one.name == "orchardpay.example"]
    harvest(sqlite, sample_archive.base_url, moved)
    runs, made = 0, requests
    while made == requests:
        made = sum(harvest(database, sample_archive.base_url, moved, workers=1, budget=requests).requests.values())
        runs += 1
    assert runs > 2
    assert differences(picture(database), picture(sqlite)) == []


def _write(database: Database) -> None:
    with database.writing():
        pass
