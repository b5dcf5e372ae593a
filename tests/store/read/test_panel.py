"""Services by half-year: what each row counts."""

from __future__ import annotations

from datetime import timedelta

from harvester.store.database import Database
from harvester.store.history.history import refresh
from harvester.store.ledger import sources
from harvester.store.ledger.ledger import Outcome
from harvester.store.read.panel import panel_rows
from tests.support.store.rows import NOW, a_capture, a_service, a_source
from tests.support.times import at


def test_a_half_year_counts_the_captures_of_all_addresses_once_and_no_home_page(sqlite: Database) -> None:
    with sqlite.writing() as session:
        service = a_service(session)
        one, other = (a_source(session, service, f"http://example.com/{name}") for name in ("privacy", "legal"))
        elsewhere = a_source(session, a_service(session, "other.example"), "http://other.example/privacy")
        home = sources.home(session, service.id, "http://example.com/")
        first = at("20200201000000")
        a_capture(session, one, first, "We keep your data.")
        a_capture(session, other, first + timedelta(days=1), "We keep your data.")
        a_capture(session, one, first + timedelta(days=400), None, Outcome.GONE)
        a_capture(session, home, first + timedelta(days=2), None, Outcome.NOT_A_POLICY)
        a_capture(session, elsewhere, first, "We sell your data.")
        refresh(session, service.id, now=NOW)
        rows = list(panel_rows(session, service.id, service.name))
    assert [(row["captures"], row["seen"], row["outcome"], row["version"]) for row in rows] == [
        (2, 2, "stored", 1),
        (0, 0, None, 1),
        (1, 0, "gone", 1),
    ]
