"""Several archives asked at once: one history, whatever their gaps, their order, and which of them fails."""

from __future__ import annotations

import os
import random
import shutil
import threading
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from harvester.archive.transport import TRIES
from harvester.clock import utc_now
from harvester.errors import SiteExcluded, TransientFailure, Unplayable
from harvester.harvest.backfill import backfill
from harvester.harvest.poll import poll
from harvester.harvest.reclean.rebuild import rebuilding
from harvester.harvest.report.progress import Progress, Silent
from harvester.harvest.report.summary import Summary
from harvester.harvest.steps.played import ArchiveAway, HiddenByAll, most_hopeful
from harvester.memento import timestamp_of
from harvester.replay.faults.file import Fault, FaultFile
from harvester.replay.server import ReplayServer
from harvester.settings import ArchiveSettings, Settings
from harvester.store.admin.verify import verify
from harvester.store.database import Database
from harvester.store.ledger import witnesses
from harvester.store.schema import Capture, TextRow, Version, Witness
from tests.support.archive_server.captures import MemoryArchive
from tests.support.archive_server.fixtures import StartArchive, busiest
from tests.support.harvest.harvests import QUICK, Noted, entry, order
from tests.support.harvest.pages import policy
from tests.support.harvest.pictures import Picture, picture
from tests.support.store.databases import emptied_of_rows

URL = "http://shop.example/privacy"
SHOP = entry("shop.example", URL)
DAYS = [f"{year}{month}15120000" for year in range(2010, 2016) for month in ("03", "10")]
SETTINGS = Settings(fetch=QUICK)
History = list[tuple[datetime, datetime, int, str]]


def archives(*keeps: int) -> list[MemoryArchive]:
    """Return archives of one policy; each lacks each so-manieth of its captures."""
    found = []
    for gap in keeps:
        archive = MemoryArchive()
        for place, day in enumerate(DAYS):
            if gap == 0 or (place + 1) % gap:
                archive.add(URL, day, policy(place // 3))
        found.append(archive)
    return found


def harvested(database: Database, *bases: str, progress: Progress | None = None) -> Summary:
    asked, said = SETTINGS.archive_named(",".join(bases)), progress or Silent()
    return backfill(database, SETTINGS, asked, order([SHOP]), clock=utc_now, stop=threading.Event(), progress=said)


def history(database: Database) -> History:
    with database.reading() as session:
        rows = session.execute(
            select(Version.first_seen, Version.last_seen, Version.captures, TextRow.sha256)
            .join(TextRow, TextRow.id == Version.text_id)
            .order_by(Version.first_seen)
        )
        return [(first, last, captures, text) for first, last, captures, text in rows]


@pytest.fixture(scope="module")
def union(_migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[History, Picture]:
    """The history, and the rows, as one archive without gaps gives them."""
    file = tmp_path_factory.mktemp("whole") / "whole.sqlite3"
    shutil.copyfile(_migrated_sqlite, file)
    with closing(Database.open(f"sqlite:///{file}")) as database, ReplayServer(archives(0)[0]) as base:
        harvested(database, base)
        return history(database), picture(database)


@pytest.fixture
def whole(union: tuple[History, Picture]) -> History:
    """The history as one archive without gaps gives it."""
    return union[0]


def test_archives_with_different_gaps_make_one_history_though_one_fails_half_way(
    whole: History, database: Database, harsh_archive: StartArchive
) -> None:
    first, second, third = archives(2, 3, 7)
    servers = [
        harsh_archive(first),
        harsh_archive(second, FaultFile(fault=(Fault(kind="unplayable", on="playback", match="^201[2-5]"),))),
        harsh_archive(third),
    ]
    summary = harvested(database, *(one.base_url for one in servers))
    assert history(database) == whole
    assert not summary.unreachable
    assert [str(one) for one in verify(database, rebuilding(SETTINGS))] == []


def test_the_order_of_the_archives_does_not_decide_the_history(
    whole: History, sqlite: Database, harsh_archive: StartArchive
) -> None:
    servers = [harsh_archive(one) for one in archives(7, 3, 2)]
    harvested(sqlite, *(one.base_url for one in servers))
    assert history(sqlite) == whole


def test_an_archive_that_is_down_holds_up_nobody_and_is_read_later(
    whole: History, sqlite: Database, harsh_archive: StartArchive
) -> None:
    first, second = archives(2, 3)
    maintenance = FaultFile(most=6, fault=(Fault(kind="html", on="cdx"),))
    up, down = harsh_archive(first), harsh_archive(second, maintenance)
    said = Noted()
    summary = harvested(sqlite, down.base_url, up.base_url, progress=said)
    assert [down.base_url in one for one in said.notes] == [True]
    assert len(history(sqlite)) > 1
    assert [down.base_url in one for one in summary.unreachable] == [True]
    asked = SETTINGS.archive_named(f"{up.base_url},{down.base_url}")
    poll(sqlite, SETTINGS, asked, SHOP, clock=utc_now, stop=threading.Event(), progress=Silent())
    lacking = [day for number, day in enumerate(DAYS) if (number + 1) % 6 == 0]
    with sqlite.reading() as session:
        assert len(session.scalars(select(Capture.id)).all()) == len(DAYS) - len(lacking)


def test_a_search_that_fails_in_one_archive_is_noted_and_listed(sqlite: Database, harsh_archive: StartArchive) -> None:
    first, second = archives(2, 3)
    failing = FaultFile(most=99, fault=(Fault(kind="reset", on="cdx"),))
    up, down = harsh_archive(first), harsh_archive(second, failing)
    said = Noted()
    summary = harvested(sqlite, down.base_url, up.base_url, progress=said)
    for told in (said.notes, summary.unreachable):
        assert [down.base_url in one and "it will be retried" in one for one in told] == [True]


def test_equal_captures_are_one_with_several_witnesses(sqlite: Database, harsh_archive: StartArchive) -> None:
    same = archives(0, 0)
    one, other = (harsh_archive(archive) for archive in same)
    harvested(sqlite, one.base_url, other.base_url)
    with sqlite.reading() as session:
        captures = session.scalars(select(Capture)).all()
        assert len(captures) == len(DAYS)
        assert {capture.archive for capture in captures} == {one.base_url}
        assert set(session.scalars(select(Witness.archive))) == {other.base_url}
        version = session.scalars(select(Version).order_by(Version.first_seen)).first()
        assert version is not None
        span = (version.text_id, version.first_seen, version.last_seen)
        assert witnesses.of_text(session, version.service_id, *span) == sorted([one.base_url, other.base_url])
    assert not [request for request in other.log if request.endpoint == "playback"]


def test_a_site_that_one_archive_does_not_show_is_had_from_the_other(
    whole: History, sqlite: Database, harsh_archive: StartArchive
) -> None:
    hidden = harsh_archive(archives(0)[0], FaultFile(fault=(Fault(kind="excluded"),)))
    harvested(sqlite, hidden.base_url, harsh_archive(archives(0)[0]).base_url)
    assert history(sqlite) == whole


def test_the_budget_of_one_archive_ends_its_part_only_and_the_summary_counts_each(
    whole: History, sqlite: Database, harsh_archive: StartArchive
) -> None:
    first, second = (harsh_archive(one) for one in archives(0, 0))
    asked = SETTINGS.archive_named(f"{first.base_url},{second.base_url}").model_copy(update={"budget": 3})
    run = order([SHOP])
    clock, stop = utc_now, threading.Event()
    summary = backfill(sqlite, SETTINGS, asked, run, clock=clock, stop=stop, progress=Silent())
    assert history(sqlite) == whole
    assert not summary.unreachable, "the other had all that it could not be asked for"
    made = {name: sum(counted.values()) for name, counted in summary.requests_by_archive.items()}
    assert made == {first.base_url: len(first.log), second.base_url: len(second.log)}
    assert len(first.log) == 3
    assert sum(summary.requests.values()) == sum(made.values())
    assert summary.as_dict()["requests_by_archive"][first.base_url]["cdx"] == 1


@pytest.mark.parametrize("order_", [(0, 1), (1, 0)])
def test_what_one_archive_cannot_play_back_is_waited_for_while_another_fails_whichever_is_asked_first(
    whole: History, sqlite: Database, harsh_archive: StartArchive, order_: tuple[int, int]
) -> None:
    fault = Fault(kind="status", on="playback", match="^(201410|2015)")
    failing = FaultFile(most=TRIES["playback"] + 1, fault=(fault,))
    refusing = FaultFile(fault=(Fault(kind="unplayable", on="playback"),))
    pair = archives(0, 0)
    servers = [harsh_archive(pair[0], failing), harsh_archive(pair[1], refusing)]
    harvested(sqlite, *(servers[place].base_url for place in order_))
    assert history(sqlite) == whole


@pytest.mark.parametrize("order_", [(0, 1), (1, 0)])
def test_what_one_archive_cannot_play_back_waits_for_one_that_is_down(
    whole: History, sqlite: Database, harsh_archive: StartArchive, order_: tuple[int, int]
) -> None:
    refusing = FaultFile(fault=(Fault(kind="unplayable", on="playback"),))
    pair = archives(0, 0)
    servers = [harsh_archive(pair[0]), harsh_archive(pair[1], refusing)]
    asked = SETTINGS.archive_named(",".join(servers[place].base_url for place in order_))
    spent = tuple(
        one.model_copy(update={"others": (), "budget": 1 if one.name == servers[0].base_url else None})
        for one in asked.each
    )
    away = spent[0].model_copy(update={"others": spent[1:]})
    run, stop = order([SHOP]), threading.Event()
    first = backfill(sqlite, SETTINGS, away, run, clock=utc_now, stop=stop, progress=Silent())
    assert (first.outcomes["planned"], len(history(sqlite))) == (len(DAYS), 0), first.outcomes
    assert ["the budget of" in one for one in first.unreachable] == [True]
    backfill(sqlite, SETTINGS, asked, run, clock=utc_now, stop=stop, progress=Silent())
    assert history(sqlite) == whole


def test_of_a_site_that_one_archive_lists_and_hides_what_others_have_is_had_from_them(
    sqlite: Database, harsh_archive: StartArchive
) -> None:
    hiding = harsh_archive(archives(0)[0], FaultFile(fault=(Fault(kind="excluded", on="playback"),)))
    showing = harsh_archive(archives(2)[0])
    summary = harvested(sqlite, hiding.base_url, showing.base_url)
    there = len(DAYS) // 2
    assert summary.outcomes["excluded"] == len(DAYS) - there
    with sqlite.reading() as session:
        shown = session.scalars(select(Capture.timestamp).where(Capture.text_id.is_not(None))).all()
    assert len(shown) == there


@pytest.mark.parametrize(("kind", "on"), [("unplayable", "playback"), ("excluded", "playback"), ("excluded", "any")])
def test_what_one_archive_refuses_is_asked_of_one_that_is_asked_later(
    whole: History, sqlite: Database, harsh_archive: StartArchive, kind: str, on: str
) -> None:
    fault = Fault.model_validate({"kind": kind, "on": on})
    refusing, other = harsh_archive(archives(0)[0], FaultFile(fault=(fault,))), harsh_archive(archives(0)[0])
    harvested(sqlite, refusing.base_url)
    assert history(sqlite) == []
    harvested(sqlite, refusing.base_url, other.base_url)
    assert history(sqlite) == whole


@pytest.mark.parametrize("order_", [(0, 1), (1, 0)])
def test_one_capture_of_each_half_year_is_taken_from_whichever_archive_has_one(
    sqlite: Database, harsh_archive: StartArchive, order_: tuple[int, int]
) -> None:
    bases = [harsh_archive(one).base_url for one in archives(2, 3)]
    asked = SETTINGS.archive_named(",".join(bases[place] for place in order_))
    seasons, stop = order([SHOP], sample="seasons"), threading.Event()
    backfill(sqlite, SETTINGS, asked, seasons, clock=utc_now, stop=stop, progress=Silent())
    with sqlite.reading() as session:
        shown = session.scalars(select(Capture.timestamp).where(Capture.text_id.is_not(None))).all()
    assert sorted(map(timestamp_of, shown)) == [day for place, day in enumerate(DAYS, 1) if place % 6]


def test_each_archive_is_asked_within_its_own_limit(sqlite: Database, harsh_archive: StartArchive) -> None:
    rates, servers, workers, captures = (10, 20, 40), [], 8, 24
    for number in range(len(rates)):
        archive = MemoryArchive()
        for day in range(captures):
            archive.add(URL, f"201{number}03{day + 1:02}120000", policy(100 * number + day))
        servers.append(harsh_archive(archive))
    first, *others = (
        one.model_copy(update={"captures_per_second": rate, "others": ()})
        for one, rate in zip(SETTINGS.archive_named(",".join(one.base_url for one in servers)).each, rates, strict=True)
    )
    asked = first.model_copy(update={"others": tuple(others)})
    run, stop = order([SHOP], workers=workers), threading.Event()
    backfill(sqlite, SETTINGS, asked, run, clock=utc_now, stop=stop, progress=Silent())
    for server, rate in zip(servers, rates, strict=True):
        assert sum(one.endpoint == "playback" for one in server.log) == captures
        # As in test_politeness: a request leaves up to an interval late, and travels.
        assert busiest(server.log, "playback", 6 / rate) <= 6 + 1 + workers < captures


REFUSALS = st.sampled_from([ArchiveAway(), TransientFailure("later"), Unplayable("404"), SiteExcluded("blocked")])


@given(st.dictionaries(st.sampled_from("abcd"), REFUSALS, min_size=1), st.randoms())
def test_what_comes_of_a_capture_that_none_plays_back_is_decided_by_what_they_said_not_by_their_order(
    refusals: dict[str, Exception], chance: random.Random
) -> None:
    others = list(refusals.items())
    chance.shuffle(others)
    one, other = most_hopeful(refusals), most_hopeful(dict(others))
    assert type(one) is type(other)
    assert str(one) == str(other)
    assert isinstance(one, HiddenByAll) == all(isinstance(said, SiteExcluded) for said in refusals.values())


def test_the_archive_that_may_be_asked_more_often_is_asked_and_what_is_stored_is_asked_of_nobody(
    whole: History, sqlite: Database, harsh_archive: StartArchive
) -> None:
    pair = archives(0, 0)
    slow, quick = harsh_archive(pair[0]), harsh_archive(pair[1])
    first, second = SETTINGS.archive_named(f"{slow.base_url},{quick.base_url}").each
    asked = first.model_copy(update={"captures_per_second": 5, "others": (second,)})
    stop = threading.Event()
    backfill(sqlite, SETTINGS, asked, order([SHOP]), clock=utc_now, stop=stop, progress=Silent())
    assert history(sqlite) == whole
    assert not [one for one in slow.log if one.endpoint == "playback"]

    again = MemoryArchive()
    for place, day in enumerate(DAYS):
        again.add(URL, f"{day[:6]}16120000", policy(place // 3))
    later = harsh_archive(again)
    harvested(sqlite, quick.base_url, later.base_url)
    assert not [one for one in later.log if one.endpoint == "playback"]
    assert [one[2] for one in history(sqlite)] == [2 * one[2] for one in whole]


INSTANTS = int(os.environ.get("HARVESTER_KILLS", "3"))
"""How many kills each database has to bear; HARVESTER_KILLS=30 is what issue 16 asks for."""


class Killed(BaseException):
    """The process is gone: nothing of it is caught, and nothing it would do at its end is done."""


class MortalClock:
    """A clock at whose n-th reading the process is killed; whatever still runs then finds itself dead too."""

    def __init__(self, readings: int) -> None:
        self._left = readings
        self._lock = threading.Lock()

    def __call__(self) -> datetime:
        with self._lock:
            self._left -= 1
            if self._left < 0:
                raise Killed
        return utc_now()


def killed(database: Database, asked: ArchiveSettings, readings: int) -> bool:
    """One run that dies at the n-th reading of the clock, if it does not end before."""
    clock, stop = MortalClock(readings), threading.Event()
    try:
        backfill(database, SETTINGS, asked, order([SHOP], workers=1), clock=clock, stop=stop, progress=Silent())
    except Killed:
        return True
    return False


# The thread that renews the lock of a killed run finds itself dead as well.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.timeout(60 + 20 * INSTANTS)
def test_killed_at_any_instant_with_one_archive_failing_and_captures_coming_late_the_rows_are_those_of_the_union(
    union: tuple[History, Picture], database: Database, harsh_archive: StartArchive
) -> None:
    failing = FaultFile(most=1_000_000, fault=(Fault(kind="status", on="playback", match="^201[3-5]"),))
    kept = archives(2, 3, 7)
    servers = [harsh_archive(kept[0]), harsh_archive(kept[1], failing), harsh_archive(MemoryArchive())]
    asked = SETTINGS.archive_named(",".join(one.base_url for one in servers))
    chance = random.Random(7)
    deaths = 0
    while deaths < INSTANTS:
        if killed(database, asked, chance.randrange(1, 60)):
            deaths += 1
        else:
            emptied_of_rows(database)
        if deaths == INSTANTS // 2 and servers[2].archive is not kept[2]:
            # What the third archive has comes late, in the middle of the kills.
            servers[2].archive = kept[2]
            servers[2].refresh()
    assert not killed(database, asked, 1_000_000)
    found = picture(database)
    assert found.versions == union[1].versions
    assert found.changes == union[1].changes
    assert [str(one) for one in verify(database, rebuilding(SETTINGS))] == []
