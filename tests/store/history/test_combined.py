"""A document of several pages: its history is one of what all pages said, whichever capture of them came first."""

from __future__ import annotations

from datetime import datetime
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update

from harvester.catalogue.entries import ServiceEntry
from harvester.cleaner.document import Document
from harvester.cleaner.quality import assess
from harvester.harvest.reclean.pieces import finish
from harvester.harvest.reclean.rebuild import rebuilding
from harvester.insight.reading import shown
from harvester.settings import Settings
from harvester.store.admin.verify import verify
from harvester.store.content import documents
from harvester.store.database import Database
from harvester.store.history import history
from harvester.store.history.combined_parts import changed_pages
from harvester.store.ledger import sources
from harvester.store.ledger.ledger import Outcome
from harvester.store.read import recent, versions
from harvester.store.schema import Capture, Change, Source, TextRow, Version
from tests.support.store.contents import put
from tests.support.store.rows import NOW, a_capture

RULES, FEES, OLD = (f"https://acme.example/{page}" for page in ("rules", "fees", "old"))
COMBINED = {"combine": [{"url": OLD, "to": "2011"}, {"url": RULES, "from": "2012"}, FEES]}
NAME = "acme/terms-of-service"


def entry(**more: Any) -> ServiceEntry:
    """The terms of a service."""
    return ServiceEntry.model_validate({"name": NAME, **more})


def moment(text: str) -> datetime:
    """A day at noon."""
    return datetime.fromisoformat(f"{text}T12:00:00+00:00")


def enter(database: Database, declared: ServiceEntry) -> int:
    """Enters a document; gives its number."""
    with database.writing() as session:
        return sources.enter(session, declared, NOW).service.id


def observe(database: Database, service_id: int, *seen: tuple[str, str, str]) -> None:
    """Enters captures (page, day, what it says) and brings the history up to them."""
    with database.writing() as session:
        for url, day, said in seen:
            source = session.scalars(
                select(Source).where(Source.service_id == service_id, Source.url == url, Source.part.is_not(None))
            ).one()
            snapshot = f"https://web.archive.org/web/20100101000000id_/{url}"
            body = f"We say {said} here, [and more](https://web.archive.org/web/20100101000000id_/{url}/more).\n"
            document = Document("", said.split()[0].title(), body, "acme.example", snapshot)
            capture = a_capture(session, source, moment(day), None)
            capture.document_id, capture.text_id = put(session, document, assess(document.title, body))
    prepared = history.prepare(database, service_id)
    with database.writing() as session:
        history.refresh(session, service_id, now=NOW, prepared=prepared)


def seen(database: Database) -> list[tuple[str, str, int, str]]:
    """The versions: first and last day, captures, and what the pages say."""
    with database.reading() as session:
        found = []
        for one in session.scalars(select(Version).order_by(Version.first_seen)):
            text = documents.text(session, one.text_id)
            said = " + ".join(part.split("We say ")[1].split(" here")[0] for part in text.split("* * *"))
            found.append((f"{one.first_seen:%Y-%m-%d}", f"{one.last_seen:%Y-%m-%d}", one.captures, said))
        return found


CAPTURES = (
    (OLD, "2010-01-01", "first rules"),
    (FEES, "2011-01-01", "low fees"),
    (RULES, "2012-06-01", "second rules"),
    (FEES, "2013-01-01", "high fees"),
)
HISTORY = [
    ("2010-01-01", "2011-01-01", 2, "first rules + low fees"),
    ("2012-06-01", "2012-06-01", 1, "second rules + low fees"),
    ("2013-01-01", "2013-01-01", 1, "second rules + high fees"),
]


def test_each_instant_has_what_all_pages_of_that_time_said(database: Database) -> None:
    service_id = enter(database, entry(**COMBINED))
    observe(database, service_id, *CAPTURES)
    assert seen(database) == HISTORY, "that the second page was captured later is no change"
    with database.reading() as session:
        changes = session.scalars(select(Change).order_by(Change.before)).all()
        pages = [changed_pages(session, service_id, one.after, one.before) for one in changes]
        assert pages == [[OLD, RULES], [FEES]]
        rows = versions.log(session, NAME)
        assert [one.incomplete for one in rows] == [False, False, False]
        assert [one.pages for one in recent.changes(session, recent.ChangesWanted())] == [[FEES], [OLD, RULES]]
        provenance = shown(session, Settings(), NAME, "1").provenance
        assert provenance["recipe"] == "combined"
        assert [(one["url"], one["captured"], one["by_then"]) for one in provenance["parts"]] == [
            (OLD, "2010-01-01T12:00:00Z", True),
            (FEES, "2011-01-01T12:00:00Z", False),
        ]
        latest = shown(session, Settings(), NAME, "latest").provenance["snapshot"]
        assert latest.endswith(f"/20130101120000id_/{FEES.replace(':', '%3A', 1)}"), "the page that was captured then"
        assert provenance["parts"][0]["snapshot"].endswith(f"/20100101120000id_/{OLD.replace(':', '%3A', 1)}")
        text = shown(session, Settings(), NAME, "latest").text
        assert f"[and more]({RULES}/more)" in text.replace("%3A", ":")
        assert "\n\n* * *\n\n" in text
        outcomes = session.execute(select(Capture.outcome, func.count()).group_by(Capture.outcome)).all()
        assert sorted(tuple(one) for one in outcomes) == [("part", 4), ("stored", 4)]
    assert list(verify(database, rebuilding(Settings()))) == []
    with database.writing() as session:
        session.execute(update(Capture).where(Capture.outcome == "stored").values(reason="incomplete"))
    assert {one.problem.partition(" of ")[0] for one in verify(database)} == {"the combined capture"}


def test_the_order_of_arrival_does_not_matter(sqlite: Database) -> None:
    found = []
    for order in list(permutations(CAPTURES))[::8]:
        service_id = enter(sqlite, entry(**COMBINED))
        for one in order:
            observe(sqlite, service_id, one)
        found.append(seen(sqlite))
        with sqlite.writing() as session:
            for table in (Change, Version, Capture, Source):
                session.execute(delete(table))
    assert found == [HISTORY] * len(found)


def test_a_page_that_was_never_captured_leaves_the_document_incomplete(sqlite: Database) -> None:
    service_id = enter(sqlite, entry(**COMBINED))
    observe(sqlite, service_id, (OLD, "2010-01-01", "first rules"), (OLD, "2011-01-01", "first rules"))
    with sqlite.reading() as session:
        [row] = versions.log(session, NAME)
        assert (row.incomplete, row.captures) == (True, 2)
    # It came, and that is no change.
    observe(sqlite, service_id, (FEES, "2011-06-01", "low fees"))
    assert seen(sqlite) == [("2010-01-01", "2011-06-01", 3, "first rules + low fees")]
    with sqlite.reading() as session:
        assert [one.incomplete for one in versions.log(session, NAME)] == [False]


def test_a_document_can_be_combined_later_and_taken_apart_again(database: Database) -> None:
    service_id = enter(database, entry(**COMBINED))
    observe(database, service_id, *CAPTURES)
    enter(database, entry(sources=[RULES, FEES]))
    observe(database, service_id)
    assert [one[3] for one in seen(database)] == ["first rules", "low fees", "second rules", "high fees"]
    with database.reading() as session:
        assert session.scalars(select(Source.origin).distinct()).all() == ["catalogue"]
        assert set(session.scalars(select(Capture.outcome))) == {Outcome.UNCHANGED}
    # A page that the catalogue dropped is none of the document.
    enter(database, entry(combine=[RULES, FEES]))
    observe(database, service_id)
    assert [one[3] for one in seen(database)] == ["second rules + low fees", "second rules + high fees"]
    assert list(verify(database, rebuilding(Settings()))) == []


@pytest.mark.parametrize("url", [FEES, RULES])
def test_what_a_page_said_before_its_span_is_not_of_the_document(sqlite: Database, url: str) -> None:
    service_id = enter(sqlite, entry(combine=[{"url": url, "from": "2012"}, OLD]))
    observe(sqlite, service_id, (url, "2010-01-01", "early"), (OLD, "2011-01-01", "rules"), (url, "2013-01-01", "late"))
    assert [one[3] for one in seen(sqlite)] == ["rules", "late + rules"]


def test_the_text_of_several_pages_is_measured_again_by_recleaning(database: Database) -> None:
    service_id = enter(database, entry(**COMBINED))
    observe(database, service_id, *CAPTURES)
    joined = select(Capture.text_id).join(Source, Source.id == Capture.source_id).where(Source.origin == "combined")
    measures = select(TextRow.id, TextRow.words, TextRow.policy_likelihood).where(TextRow.id.in_(joined))
    with database.reading() as session:
        before = session.execute(measures.order_by(TextRow.id)).all()
    assert len(before) == 3
    with database.writing() as session:
        session.execute(update(TextRow).where(TextRow.id.in_(joined)).values(words=1, policy_likelihood=0.9))
    finish(database, NAME, NOW)
    with database.reading() as session:
        assert session.execute(measures.order_by(TextRow.id)).all() == before
