"""Captures taken on request: asked for when the newest is too old, harvested when the index shows them."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr
from sqlalchemy import select, text, update

from harvester.archive.saving.codes import CODES, Remedy, delay_of, remedy_of
from harvester.archive.saving.saving_archive import saving_archive
from harvester.catalogue.entries import ServiceEntry
from harvester.clock import utc_now
from harvester.errors import ConfigurationError
from harvester.harvest.keep import GUARD, addresses_of, due_sources, is_due, saver
from harvester.harvest.poll import poll
from harvester.harvest.report.progress import Silent
from harvester.memento import timestamp_of
from harvester.replay.faults.file import Fault, FaultFile, ReplayLimits
from harvester.replay.server import ReplayServer
from harvester.service.schedule.keeping import Keeper
from harvester.settings import ArchiveSettings, SaveSettings, Settings
from harvester.store.database import Database
from harvester.store.saves import SaveState
from harvester.store.schema import Base, Capture, Save, Version
from tests.support.archive_server.captures import MemoryArchive
from tests.support.archive_server.fixtures import StartArchive, busiest
from tests.support.harvest.harvests import QUICK, archive_at, entry
from tests.support.harvest.pages import policy

URL = "http://shop.example/privacy"
SHOP = entry("shop.example", URL, keep="30d")
SECRET = "k3ySecretOfTheAccount"
KEYS = SaveSettings(access_key=SecretStr("accessOfTheAccount"), secret_key=SecretStr(SECRET))
SETTINGS = Settings(fetch=QUICK, save=KEYS)


def archive(*days: int) -> MemoryArchive:
    """Captures so many days old, each with its own text."""
    made = MemoryArchive()
    for place, ago in enumerate(days):
        made.add(URL, timestamp_of(datetime.now(UTC) - timedelta(days=ago)), policy(place))
    return made


def polled(database: Database, server: ReplayServer, settings: Settings = SETTINGS) -> None:
    stop = threading.Event()
    poll(database, settings, archive_at(server.base_url), SHOP, clock=utc_now, stop=stop, progress=Silent())


def keeper(database: Database, server: ReplayServer, settings: Settings = SETTINGS, *entries: ServiceEntry) -> Keeper:
    return Keeper(database, settings, archive_at(server.base_url), lambda: entries or (SHOP,), utc_now)


def kept(database: Database, server: ReplayServer, settings: Settings = SETTINGS) -> int:
    return keeper(database, server, settings).keep_due(threading.Event())


def requested(server: ReplayServer) -> list[str]:
    return [one.path for one in server.log if one.endpoint in ("save", "save-status")]


def rows(database: Database) -> list[Save]:
    with database.reading() as session:
        return list(session.scalars(select(Save).order_by(Save.id)))


def test_a_policy_nobody_archives_is_saved_and_the_capture_harvested_by_the_polls_that_come_anyway(
    database: Database, harsh_archive: StartArchive
) -> None:
    server = harsh_archive(archive(400, 90))
    server.list_saves = False
    polled(database, server)
    assert kept(database, server) == 1
    (made,) = rows(database)
    assert (made.state, made.tries) == (SaveState.SAVED, 1)
    assert made.captured_at is not None
    assert made.answer["job_id"].startswith("spn2-")
    assert kept(database, server) == 0
    # Not in the index yet; a capture that others made later must not hide it from the polls after.
    polled(database, server)
    assert rows(database)[0].state == SaveState.SAVED
    server.list_saves = True
    server.refresh()
    before = len(server.log)
    polled(database, server)
    assert [one.endpoint for one in server.log[before:]] == ["cdx"]
    assert rows(database)[0].state == SaveState.INDEXED
    with database.reading() as session:
        last = session.scalars(select(Version.last_seen).order_by(Version.last_seen.desc())).first()
    assert last == made.captured_at
    assert kept(database, server) == 0
    assert len([path for path in requested(server) if path.startswith("/save?")]) == 1


def test_a_saved_capture_that_the_index_shows_behind_newer_ones_is_found(
    database: Database, harsh_archive: StartArchive
) -> None:
    made = archive(90)
    server = harsh_archive(made)
    polled(database, server)
    assert kept(database, server) == 1
    with database.writing() as session:
        moment = utc_now().replace(microsecond=0) - timedelta(days=40)
        session.execute(update(Save).values(captured_at=moment))
    made.add(URL, timestamp_of(datetime.now(UTC) - timedelta(days=1)), policy(7))
    server.list_saves = False
    server.refresh()
    polled(database, server)
    made.add(URL, timestamp_of(moment), policy(8))
    server.refresh()
    polled(database, server)
    with database.reading() as session:
        assert moment in session.scalars(select(Capture.timestamp)).all()


def test_without_keys_one_line_says_so_and_nothing_is_sent(
    database: Database, harsh_archive: StartArchive, caplog: pytest.LogCaptureFixture
) -> None:
    server = harsh_archive(archive(90))
    bare = Settings(fetch=QUICK)
    polled(database, server, bare)
    without = keeper(database, server, bare)
    with caplog.at_level(logging.WARNING):
        assert [without.keep_due(threading.Event()) for _ in range(3)] == [0, 0, 0]
    (line,) = caplog.messages
    assert "HARVESTER_SAVE__ACCESS_KEY" in line
    assert "nothing was sent" in line
    assert requested(server) == []
    with (
        pytest.raises(ConfigurationError, match="HARVESTER_SAVE__SECRET_KEY"),
        saver(database, bare, archive_at(server.base_url), utc_now, threading.Event()),
    ):
        pass


def test_every_error_of_the_archive_is_given_up_retried_or_waited_for() -> None:
    assert len(CODES) == 38
    assert remedy_of("a-code-of-tomorrow") is Remedy.GIVE_UP
    for code, remedy in CODES.items():
        assert remedy_of(code) is remedy
        assert timedelta() < delay_of(code, 1) <= delay_of(code, 6) <= timedelta(days=1)
    assert delay_of("browsing-timeout", 1) < delay_of("browsing-timeout", 2)
    assert delay_of("user-session-limit", 1) == delay_of("user-session-limit", 4)


@pytest.mark.parametrize(
    ("code", "on", "state"),
    [
        ("blocked-url", "save", SaveState.GIVEN_UP),
        ("not-found", "save-status", SaveState.GIVEN_UP),
        ("a-code-of-tomorrow", "save", SaveState.GIVEN_UP),
        ("browsing-timeout", "save-status", SaveState.DUE_AGAIN),
        ("too-many-requests", "save-status", SaveState.DUE_AGAIN),
        ("too-many-daily-captures", "save", SaveState.DUE_AGAIN),
    ],
)
def test_an_error_of_a_request_or_of_its_job_is_kept_with_its_reason_and_not_repeated_before_its_time(
    code: str, on: str, state: SaveState, sqlite: Database, harsh_archive: StartArchive
) -> None:
    faults = FaultFile(most=9, fault=(Fault.model_validate({"kind": "save-error", "mode": code, "on": on}),))
    server = harsh_archive(archive(90), faults)
    polled(sqlite, server)
    assert kept(sqlite, server) == 0
    (made,) = rows(sqlite)
    assert (made.state, made.answer["status_ext"]) == (state, f"error:{code}")
    assert made.reason is not None
    assert made.reason.startswith(f"{code}: ")
    assert made.due_at is not None
    assert made.due_at > utc_now()
    sent = len(requested(server))
    assert kept(sqlite, server) == 0
    assert len(requested(server)) == sent


def test_a_failure_is_retried_when_it_is_due_and_given_up_after_as_many_tries_as_a_capture(
    sqlite: Database, harsh_archive: StartArchive
) -> None:
    server = harsh_archive(archive(90), FaultFile(most=99, fault=(Fault(kind="save-error", on="save"),)))
    polled(sqlite, server)
    for _ in range(QUICK.tries + 2):
        kept(sqlite, server)
        with sqlite.writing() as session:
            past = utc_now() - timedelta(minutes=1)
            session.execute(text("UPDATE saves SET due_at = :past WHERE state = 'due-again'"), {"past": str(past)[:26]})
    made = rows(sqlite)
    assert [one.tries for one in made] == list(range(1, QUICK.tries + 1))
    assert [one.state for one in made] == [SaveState.DUE_AGAIN] * (QUICK.tries - 1) + [SaveState.GIVEN_UP]


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (Fault(kind="save-busy", mode="system"), "overloaded"),
        (Fault(kind="save-busy", mode="sessions"), "no free session"),
        (Fault(kind="save-busy", mode="daily"), "captures of the day"),
        (Fault(kind="status", on="save-status", status=502), "answer 502"),
        (Fault(kind="html", on="save-status"), "overloaded or down"),
    ],
)
def test_an_archive_or_an_account_without_room_is_asked_for_nothing_and_for_a_while_not_at_all(
    fault: Fault, says: str, sqlite: Database, harsh_archive: StartArchive
) -> None:
    server = harsh_archive(archive(90), FaultFile(most=99, fault=(fault,)))
    polled(sqlite, server)
    asking = keeper(sqlite, server)
    assert asking.keep_due(threading.Event()) == 0
    (made,) = rows(sqlite)
    assert (made.state, made.tries) == (SaveState.DUE_AGAIN, 0)
    assert says in (made.reason or "")
    sent = requested(server)
    assert not [path for path in sent if path.startswith("/save?")]
    assert asking.keep_due(threading.Event()) == 0
    assert requested(server) == sent


def test_a_request_that_got_no_answer_is_repeated_and_a_job_under_way_is_only_asked_about(
    sqlite: Database, harsh_archive: StartArchive
) -> None:
    server = harsh_archive(archive(90), FaultFile(most=1, fault=(Fault(kind="reset", on="save"),)))
    polled(sqlite, server)
    assert kept(sqlite, server) == 0
    assert rows(sqlite)[0].state == SaveState.DUE_AGAIN
    with sqlite.writing() as session:
        session.execute(update(Save).values(due_at=utc_now() - timedelta(minutes=1)))
    assert kept(sqlite, server) == 1
    # As if the process had been killed while the job ran.
    with sqlite.writing() as session:
        session.execute(text("UPDATE saves SET state = 'requested', captured_at = NULL WHERE id = 2"))
    posts = [path for path in requested(server) if path.startswith("/save?")]
    assert kept(sqlite, server) == 1
    assert [path for path in requested(server) if path.startswith("/save?")] == posts
    assert rows(sqlite)[1].captured_at is not None


def test_what_the_archive_has_already_is_not_taken_again(sqlite: Database, harsh_archive: StartArchive) -> None:
    made = archive(90)
    server = harsh_archive(made)
    polled(sqlite, server)
    made.add(URL, timestamp_of(datetime.now(UTC) - timedelta(days=3)), policy(5))
    server.refresh()
    assert kept(sqlite, server) == 0
    assert rows(sqlite)[0].state == SaveState.RECENT
    polled(sqlite, server)
    assert kept(sqlite, server) == 0
    assert len(rows(sqlite)) == 1


def test_no_more_is_requested_than_the_day_allows_and_the_minute(sqlite: Database, harsh_archive: StartArchive) -> None:
    urls = [f"http://shop.example/privacy{place}" for place in range(4)]
    shop = entry("shop.example", *urls, keep="30d")
    made = MemoryArchive()
    for url in urls:
        made.add(url, timestamp_of(datetime.now(UTC) - timedelta(days=90)), policy(1))
    server = harsh_archive(made, FaultFile(limits=ReplayLimits(saves_per_minute=3)))
    few = Settings(fetch=QUICK, save=KEYS.model_copy(update={"per_day": 3}))
    stop = threading.Event()
    poll(sqlite, few, archive_at(server.base_url), shop, clock=utc_now, stop=stop, progress=Silent())
    assert keeper(sqlite, server, few, shop).keep_due(stop) == 3
    assert keeper(sqlite, server, few, shop).keep_due(stop) == 0
    assert busiest(server.log, "save", 60) == 3
    oldest, last = rows(sqlite)[0], rows(sqlite)[-1]
    assert last.due_at is not None
    assert abs(last.due_at - oldest.asked_at - timedelta(days=1)) < timedelta(seconds=1)
    assert f"(save.per_day); try again after {oldest.asked_at + timedelta(days=1):%Y-%m-%d %H:%M:%S} UTC" in (
        last.reason or ""
    )


def test_the_keys_are_in_no_row_no_log_and_no_error(
    sqlite: Database, harsh_archive: StartArchive, caplog: pytest.LogCaptureFixture
) -> None:
    fault = Fault(kind="save-error", on="save", mode="unauthorized")
    server = harsh_archive(archive(90), FaultFile(most=1, fault=(fault, Fault(kind="reset", on="save-status"))))
    polled(sqlite, server)
    with caplog.at_level(logging.DEBUG):
        for _ in range(3):
            kept(sqlite, server)
            with sqlite.writing() as session:
                session.execute(text("UPDATE saves SET due_at = NULL"))
    said = caplog.text + repr(SETTINGS) + repr(server.log)
    with sqlite.reading() as session:
        for table in Base.metadata.sorted_tables:
            said += repr(session.execute(select(table)).all())
    assert "unauthorized" in said
    assert SECRET not in said
    assert "accessOfTheAccount" not in said


def test_keys_are_not_sent_openly_over_a_network(sqlite: Database) -> None:
    place = ArchiveSettings(
        name="x", cdx="http://a.example/cdx", playback="http://a.example", save="http://a.example/s"
    )
    with (
        pytest.raises(ConfigurationError, match="openly"),
        saver(sqlite, SETTINGS, place, utc_now, threading.Event()),
    ):
        pass


def test_refused_keys_end_the_round_and_say_which_variables_to_check(
    sqlite: Database, harsh_archive: StartArchive, caplog: pytest.LogCaptureFixture
) -> None:
    server = harsh_archive(archive(90))
    polled(sqlite, server)
    wrong = Settings(fetch=QUICK, save=SaveSettings(access_key=SecretStr("a b"), secret_key=SecretStr(SECRET)))
    with caplog.at_level(logging.WARNING):
        assert kept(sqlite, server, wrong) == 0
    assert "refuses the keys (401)" in caplog.text
    assert SECRET not in caplog.text
    assert rows(sqlite)[0].state == SaveState.DUE_AGAIN


NOW = datetime(2026, 6, 1, tzinfo=UTC)
MONTH = timedelta(days=30)


@pytest.mark.parametrize(
    ("newest", "read", "due"),
    [
        (40, 1, True),
        (20, 1, False),
        (40, 15, False),  # a capture may have come since the index was read
        (None, 1, True),
        (None, None, False),
        (30, 0, True),
    ],
)
def test_a_capture_is_wanted_when_the_newest_is_too_old_and_the_index_was_read_since(
    newest: int | None, read: int | None, due: bool
) -> None:
    newest_at = None if newest is None else NOW - timedelta(days=newest)
    read_at = None if read is None else NOW - timedelta(days=read)
    assert is_due(newest_at, read_at, None, MONTH, NOW) is due


def test_only_present_addresses_of_the_catalogue_are_saved(sqlite: Database, harsh_archive: StartArchive) -> None:
    past = ServiceEntry.model_validate(
        {"name": "shop.example", "keep": "30d", "sources": [{"url": f"{URL}-old", "to": "2015"}, URL]}
    )
    server = harsh_archive(archive(90))
    polled(sqlite, server)
    assert [one.url for one in addresses_of(sqlite, past, utc_now())] == [URL]
    chosen = archive_at(server.base_url)
    assert [one.url for one in due_sources(sqlite, chosen, past, utc_now())] == [URL]
    assert due_sources(sqlite, chosen, entry("shop.example", f"{URL}-new", keep="30d"), utc_now()) == []
    assert due_sources(sqlite, chosen, entry("shop.example", URL), utc_now()) == []
    assert timedelta(hours=1) == GUARD


def test_an_address_can_be_kept_before_anything_of_it_is_in_the_store(sqlite: Database) -> None:
    assert [one.url for one in addresses_of(sqlite, SHOP, utc_now())] == [URL]
    moved = entry("shop.example", URL, f"{URL}-new", keep="30d")
    assert [one.url for one in addresses_of(sqlite, moved, utc_now())] == [URL, f"{URL}-new"]


def test_archives_that_take_no_captures_are_named() -> None:
    with pytest.raises(ConfigurationError, match=r"arquivo\.pt: no captures are taken on request"):
        saving_archive(SETTINGS.archive_named("arquivo.pt"))
    both = SETTINGS.archive_named("arquivo.pt,internet-archive")
    assert saving_archive(both).name == "internet-archive"
