"""Show 2 of issue 2: the whole way from a real pywb over ten policies."""

from __future__ import annotations

import json
import threading
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from harvester.catalogue.entries import ServiceEntry
from harvester.catalogue.samples import All
from harvester.clock import utc_now
from harvester.harvest.backfill import Order, backfill
from harvester.harvest.report.progress import Silent
from harvester.harvest.report.summary import Summary
from harvester.insight import reading
from harvester.store.database import Database
from harvester.store.ledger.ledger import Outcome
from tests.support.harvest.harvests import entry, settings
from tests.support.harvest.pictures import picture

START, END = datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 12, 31, 23, 59, 59, tzinfo=UTC)
"""A year in which all ten have captures: policies, redirects and errors."""


def harvested(database: Database, pywb: str, entries: list[ServiceEntry]) -> Summary:
    chosen = settings()
    return backfill(
        database,
        chosen,
        chosen.archive_named(f"pywb+{pywb}"),
        Order(entries, start=START, end=END, sample=All()),
        clock=utc_now,
        stop=threading.Event(),
        progress=Silent(),
    )


@pytest.mark.timeout(300)
def test_ten_real_policies_from_pywb_to_their_redlines(sqlite: Database, pywb: str, shared: Path) -> None:
    captures = json.loads((shared / "archive" / "captures.json").read_text())
    listed = [one for one in captures if one["timestamp"].startswith("2024")]
    urls = sorted({capture["url"] for capture in listed})
    entries = [entry(f"service-{place}.example", url) for place, url in enumerate(urls)]
    summary = harvested(sqlite, pywb, entries)
    before = picture(sqlite)
    assert summary.known == len(before.captures) == len(listed) == 100
    outcomes = Counter(row[8] for row in before.captures)
    assert outcomes[Outcome.STORED] + outcomes[Outcome.UNCHANGED] > 80
    assert set(outcomes) <= {"stored", "unchanged", "gone", "redirected-away"}
    assert summary.exit_code == 0
    assert {row[0] for row in before.versions} == {one.name for one in entries}
    assert len(before.changes) == len(before.versions) - len(entries)
    with sqlite.reading() as session:
        for one in entries:
            shown = reading.shown(session, settings(), one.name, "latest")
            assert shown.text.startswith("---\n") or one.name in shown.text
    again = harvested(sqlite, pywb, entries)
    assert again.requests["playback"] == again.fetched == again.adopted == 0
    assert (again.new_versions, again.new_changes) == (0, 0)
    assert picture(sqlite) == before
