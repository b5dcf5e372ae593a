"""History is a function of what was observed; a late capture redoes only what it touches."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from harvester.diffing import codec
from harvester.errors import UnknownName
from harvester.store.admin.verify import verify
from harvester.store.admin.verify_history import history_problems
from harvester.store.content import payloads
from harvester.store.database import Database
from harvester.store.history.differences import DIFFING_VERSION, Difference, TwoSides, differences
from harvester.store.history.history import is_outdated, prepare, refresh, set_aside
from harvester.store.ledger.ledger import Outcome
from harvester.store.schema import Capture, Change, Payload, Service, Source, TextRow, Version
from harvester.store.search.fulltext import index_missing
from tests.support.store.filled import fill
from tests.support.store.removal import remove_source
from tests.support.store.rows import NOW, a_capture, a_service, a_source, a_text

START = datetime.fromisoformat("2014-01-01T00:00:00+00:00")
TEXTS = {
    letter: f"# Policy\n\nWe keep the {letter} of what you tell us for {place} years.\n\nMore."
    for place, letter in enumerate("ABCDE", 2)
}


def day(number: int) -> datetime:
    return START + timedelta(days=number)


def history(database: Database, service_id: int) -> tuple[list[Any], list[Any]]:
    """All that a reader can see of versions and changes, with texts by content."""
    with database.reading() as session:
        digest = {row.id: row.sha256 for row in session.execute(select(TextRow.id, TextRow.sha256))}
        urls = {row.id: row.original for row in session.execute(select(Capture.id, Capture.original))}
        versions = session.scalars(
            select(Version).where(Version.service_id == service_id).order_by(Version.first_seen)
        ).all()
        changes = session.scalars(select(Change).where(Change.service_id == service_id).order_by(Change.before)).all()
        return (
            [
                (digest[v.text_id], urls[v.capture_id], v.first_seen, v.last_seen, v.captures, v.texts, v.repeats)
                for v in versions
            ],
            [
                (
                    *(digest[c.old_text_id], digest[c.new_text_id], c.after, c.before, c.kind),
                    *(c.words_added, c.words_removed, c.words_moved, c.share, c.headings, c.operations),
                    *(c.reasons, c.standing),
                )
                for c in changes
            ],
        )


def observe(database: Database, source: Source, *shown: tuple[int, str]) -> tuple[list[Change], int]:
    with database.writing() as session:
        for number, letter in shown:
            a_capture(session, source, day(number), TEXTS[letter])
        done = refresh(session, source.service_id, now=NOW)
        return done.added, len(done.removed)


@pytest.fixture
def source(database: Database) -> Source:
    with database.writing() as session:
        return a_source(session)


def test_runs_of_one_text_are_versions_with_a_change_between_each_two(database: Database, source: Source) -> None:
    added, removed = observe(database, source, (1, "A"), (5, "A"), (9, "B"), (17, "B"), (25, "A"))
    versions, changes = history(database, source.service_id)
    assert [(v[2], v[3], v[4], v[6]) for v in versions] == [
        (day(1), day(5), 2, None),
        (day(9), day(17), 2, None),
        (day(25), day(25), 1, day(1)),
    ]
    assert [(c[2], c[3]) for c in changes] == [(day(5), day(9)), (day(17), day(25))]
    assert len(added) == 2
    assert removed == 0
    with database.reading() as session:
        assert not session.scalars(select(Service.stale)).one()


def test_only_captures_that_show_the_policy_make_versions(database: Database, source: Source) -> None:
    with database.writing() as session:
        a_capture(session, source, day(1), TEXTS["A"])
        a_capture(session, source, day(2), TEXTS["B"], Outcome.BLOCK_PAGE)
        a_capture(session, source, day(3), None, Outcome.UNCHANGED)
        a_capture(session, source, day(4), TEXTS["A"], Outcome.UNCHANGED)
        refresh(session, source.service_id, now=NOW)
    versions, changes = history(database, source.service_id)
    assert [(v[2], v[3], v[4]) for v in versions] == [(day(1), day(4), 2)]
    assert changes == []


def test_a_late_capture_redoes_only_the_changes_that_touch_it(database: Database, source: Source) -> None:
    observe(database, source, (1, "A"), (10, "B"), (20, "C"), (30, "D"))

    def ids() -> tuple[dict[datetime, int], dict[datetime, int]]:
        with database.reading() as session:
            return (
                {row.first_seen: row.id for row in session.execute(select(Version.first_seen, Version.id))},
                {row.before: row.id for row in session.execute(select(Change.before, Change.id))},
            )

    versions, changes = ids()
    added, removed = observe(database, source, (15, "E"))
    assert [(change.after, change.before) for change in added] == [(day(10), day(15)), (day(15), day(20))]
    assert removed == 1
    new_versions, new_changes = ids()
    assert {first: new_versions[first] for first in versions} == versions
    assert new_changes[day(10)] == changes[day(10)]
    assert new_changes[day(30)] == changes[day(30)]
    assert new_changes[day(20)] != changes[day(20)]


def test_a_late_capture_of_a_known_text_tightens_a_change_without_making_it_anew(
    database: Database, source: Source
) -> None:
    observe(database, source, (1, "A"), (10, "B"))
    with database.reading() as session:
        was = session.scalars(select(Change.id)).one()
    assert observe(database, source, (4, "A"), (7, "B")) == ([], 0)
    with database.reading() as session:
        change = session.scalars(select(Change)).one()
        assert (change.id, change.after, change.before) == (was, day(4), day(7))


def test_a_second_refresh_writes_nothing(database: Database, source: Source) -> None:
    observe(database, source, (1, "A"), (10, "B"), (20, "A"))
    with database.writing() as session:
        assert refresh(session, source.service_id, now=NOW).rows_written == 0


def test_a_stand_in_counts_at_its_true_time(database: Database, source: Source) -> None:
    with database.writing() as session:
        a_capture(session, source, day(1), TEXTS["A"]).seen_at = day(3)
        refresh(session, source.service_id, now=NOW)
    assert history(database, source.service_id)[0][0][2] == day(3)


def test_the_same_bytes_read_by_another_cleaner_are_a_technical_change(database: Database, source: Source) -> None:
    with database.writing() as session:
        payload = payloads.put(session, b"the page", source_id=source.id)
        a_capture(session, source, day(1), TEXTS["A"], payload_id=payload)
        a_capture(session, source, day(2), TEXTS["B"], payload_id=payload)
        a_capture(session, source, day(3), TEXTS["C"])
        refresh(session, source.service_id, now=NOW)
    assert [change[4] for change in history(database, source.service_id)[1]] == ["technical", "substantive"]


def test_an_unknown_service_is_refused(database: Database) -> None:
    with database.writing() as session, pytest.raises(UnknownName, match="4711"):
        refresh(session, 4711, now=NOW)


ENGLISH = """We collect your name and your address. We use them to deliver what you order. We do not sell your data.

You may ask us to delete what we hold about you. We keep it for 30 days. Cookies remember your settings and your cart.

Write to us if you have a question about this policy, and we answer within a month."""
FRENCH = """Nous recueillons votre nom et votre adresse. Nous les utilisons pour livrer vos commandes, et rien de plus.

Vous pouvez demander leur effacement. Nous les gardons deux mois. Les cookies gardent vos choix et votre panier.

Écrivez-nous si vous avez une question sur cette politique, et nous répondons dans le mois."""
POOL = {
    "policy": (f"# Privacy\n\n{ENGLISH}", "en", 0.95),
    "longer kept": (f"# Privacy\n\n{ENGLISH.replace('30', '90')}", "en", 0.95),
    "dated": (f"# Privacy\n\nLast updated: 1 May 2020\n\n{ENGLISH}", "en", 0.95),
    "dated again": (f"# Privacy\n\nLast updated: 2 June 2021\n\n{ENGLISH}", "en", 0.95),
    "half a page": (f"# Privacy\n\n{ENGLISH[:130]}", "en", 0.5),
    "menus": (f"# Privacy\n\nHome > Legal > Privacy\n\n{ENGLISH}\n\nBack to top", "en", 0.95),
    "a cookie note": (f"# Privacy\n\nThis site uses cookies. Accept\n\n{ENGLISH}", "en", 0.95),
    "French": (f"# Confidentialité\n\n{FRENCH}", "fr", 0.9),
    "longer kept, French": (f"# Confidentialité\n\n{FRENCH.replace('deux', 'trois')}", "fr", 0.9),
    "a notice": ("# Wait\n\nChecking your browser. This takes a few seconds.", "en", 0.02),
    "the home page": ("# Shop\n\nMeet our new shoes. Download the app. Read the stories of others.", "en", 0.05),
}
"""What an address shows: the policy and its revisions, parts of it, what surrounds it, and what is not the policy."""


def page_with(name: str, place: int) -> bytes:
    """The page that a text came from: one source keeps the policy hidden below, the other shows some under one page."""
    if place:
        return (ENGLISH if name in ("menus", "a cookie note") else POOL[name][0]).encode()
    return f"<div>{POOL[name][0]}</div><div hidden>{ENGLISH}</div>".encode()


def see(session: Session, source: Source, number: int, name: str, place: int) -> None:
    page = payloads.put(session, page_with(name, place), source_id=source.id)
    a_capture(session, source, day(number), POOL[name][0], payload_id=page)


def aside(database: Database, service_id: int) -> list[tuple[datetime, str, str]]:
    """The captures that make no version, each with its reason."""
    with database.reading() as session:
        found = set_aside(session, service_id)
        rows = session.scalars(select(Capture).where(Capture.id.in_(found)))
        return sorted((row.timestamp, row.original, found[row.id]) for row in rows)


sightings = st.tuples(
    st.one_of(st.integers(0, 45), st.integers(0, 1500)), st.sampled_from(sorted(POOL)), st.integers(0, 1)
)


@settings(
    max_examples=int(os.environ.get("HARVESTER_TEST_HISTORIES", "5")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(shown=st.lists(sightings, unique=True, max_size=14), remove=st.booleans(), data=st.data())
def test_any_order_any_batches_and_a_source_removed_give_the_chronological_history(
    database: Database, shown: list[tuple[int, str, int]], remove: bool, data: st.DataObject
) -> None:
    with database.writing() as session:
        names = session.scalar(select(func.count(Service.id))) or 0
        pair = [a_service(session, f"service-{names}"), a_service(session, f"service-{names + 1}")]
        services = [service.id for service in pair]
        sources = [[a_source(session, service, f"http://example.com/{place}") for place in (0, 1)] for service in pair]
        for text in POOL.values():
            a_text(session, *text)
        for number, name, place in sorted(shown):
            if not (remove and place):
                see(session, sources[0][place], number, name, place)
        refresh(session, services[0], now=NOW)
    order = data.draw(st.permutations(shown))
    size = data.draw(st.integers(1, 5))
    for start in range(0, len(order), size):
        with database.writing() as session:
            for number, name, place in order[start : start + size]:
                see(session, sources[1][place], number, name, place)
            refresh(session, services[1], now=NOW)
    if remove:
        with database.writing() as session:
            remove_source(session, sources[1][1].id, now=NOW)
    assert history(database, services[0]) == history(database, services[1])
    assert aside(database, services[0]) == aside(database, services[1])
    with database.reading() as session:
        assert list(history_problems(session, services[1])) == []


def test_a_removed_source_leaves_nothing_but_its_bodies(database: Database) -> None:
    fill(database)
    with database.writing() as session:
        remove_source(session, session.scalars(select(Source.id)).first() or 0, now=NOW)
    assert list(verify(database)) == []
    with database.reading() as session:
        counted = [session.scalar(select(func.count(table.id))) for table in (Source, Capture, Payload)]
    assert counted == [1, 5, 8], "six pages, one after its scripts, and one script"
    with database.writing() as session, pytest.raises(UnknownName, match="source with the number 99"):
        remove_source(session, 99, now=NOW)


def test_two_writers_at_once_give_the_history_of_one(database: Database, source: Source) -> None:
    shown = [(number, "ABCDE"[number // 3 % 5]) for number in range(24)]
    failures: list[BaseException] = []
    start = threading.Barrier(2)

    def write(mine: list[tuple[int, str]]) -> None:
        try:
            start.wait()
            for number, letter in mine:
                with database.writing() as session:
                    a_capture(session, source, day(number), TEXTS[letter])
                    session.execute(update(Service).values(stale=True))
                    refresh(session, source.service_id, now=NOW)
        except BaseException as error:  # noqa: BLE001 - raised again below
            failures.append(error)

    threads = [threading.Thread(target=write, args=(shown[place::2],)) for place in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with database.writing() as session:
        other = a_source(session, a_service(session, "other.example"))
        other.url = source.url
    observe(database, other, *shown)
    assert history(database, source.service_id) == history(database, other.service_id)


def test_texts_are_compared_while_others_may_write(
    database: Database, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.writing() as session:
        for number, letter in ((1, "A"), (5, "B"), (9, "C")):
            a_capture(session, source, day(number), TEXTS[letter])

    def compare(changes: Sequence[TwoSides]) -> Sequence[Difference]:
        with database.writing() as session:
            session.execute(update(Service).values(added_at=NOW))
        return differences(changes)

    prepared = prepare(database, source.service_id, compare)
    monkeypatch.setattr("harvester.store.history.history.difference", None)  # none is made in the transaction
    with database.writing() as session:
        assert len(refresh(session, source.service_id, now=NOW, prepared=prepared).added) == 2
    assert not prepare(database, source.service_id, compare).differences, "what is there is not compared again"


def test_the_store_and_the_diffs_agree_on_the_version_of_the_diffs() -> None:
    assert DIFFING_VERSION == codec.VERSION


def test_changes_that_an_earlier_version_of_the_diffs_made_are_made_again_in_place(
    database: Database, source: Source
) -> None:
    observe(database, source, (1, "A"), (60, "B"))
    with database.writing() as session:
        index_missing(session)
        change = session.scalars(select(Change)).one()
        before = (change.id, change.found_at)
        change.diffing, change.kind, change.reasons, change.operations = 1, "minor", None, b"HD"
    assert "changes" in {finding.table for finding in verify(database)}
    with database.writing() as session:
        assert is_outdated(session, source.service_id)
        assert refresh(session, source.service_id, now=NOW + timedelta(days=1)).added == []
    with database.reading() as session:
        assert not is_outdated(session, source.service_id)
        change = session.scalars(select(Change)).one()
        assert (change.id, change.found_at) == before
        assert (change.kind, change.reasons) == (
            "substantive",
            ['words altered: "A" -> "B"', 'words altered: "2" -> "3"'],
        )
    assert list(verify(database)) == []
