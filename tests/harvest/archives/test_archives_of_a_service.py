"""The archives that the catalogue names for one service: asked for it, and for no other."""

from __future__ import annotations

import logging
import threading

import pytest
from pydantic import SecretStr

from harvester.catalogue.entries import ServiceEntry
from harvester.clock import utc_now
from harvester.harvest.backfill import backfill, estimate
from harvester.harvest.poll import poll
from harvester.harvest.report.progress import Silent
from harvester.harvest.report.summary import Summary
from harvester.harvest.session import all_asked
from harvester.replay.faults.file import Fault, FaultFile
from harvester.replay.server import ReplayServer
from harvester.service.schedule.keeping import Keeper
from harvester.settings import ArchiveSettings, SaveSettings, Settings
from harvester.store.database import Database
from harvester.store.read import versions
from tests.support.archive_server.captures import MemoryArchive
from tests.support.archive_server.fixtures import StartArchive
from tests.support.harvest.harvests import QUICK, entry, order
from tests.support.harvest.pages import policy

SHOP, BANK = "http://shop.example/privacy", "http://bank.example/privacy"


def both(harsh_archive: StartArchive, faults: FaultFile | None = None) -> ReplayServer:
    """An archive of both policies."""
    archive = MemoryArchive()
    for url in (SHOP, BANK):
        for place, day in enumerate(("20120315120000", "20140315120000")):
            archive.add(url, day, policy(place))
    return harsh_archive(archive, faults) if faults else harsh_archive(archive)


def asked_about(server: ReplayServer) -> set[str]:
    """The services that an archive was asked about so far."""
    return {one for one in ("shop", "bank") if any(f"{one}.example" in request.path for request in server.log)}


def backfilled(
    database: Database, settings: Settings, entries: list[ServiceEntry], given: ArchiveSettings | None = None
) -> Summary:
    stop = threading.Event()
    return backfill(database, settings, given, order(entries), clock=utc_now, stop=stop, progress=Silent())


def test_each_service_is_asked_of_its_own_archives_else_of_those_of_the_settings_and_the_command_line_wins(
    sqlite: Database, harsh_archive: StartArchive
) -> None:
    first, second = both(harsh_archive), both(harsh_archive)
    settings = Settings(fetch=QUICK, archive=first.base_url)
    shop, bank = entry("shop.example", SHOP), entry("bank.example", BANK, archives=[second.base_url])
    stop = threading.Event()

    plan = estimate(sqlite, settings, None, order([shop, bank]), clock=utc_now, stop=stop)
    assert plan.archives == {"shop.example": (first.base_url,), "bank.example": (second.base_url,)}
    summary = backfilled(sqlite, settings, [shop, bank])
    assert not summary.unreachable
    with sqlite.reading() as session:
        assert {row.name: row.versions for row in versions.services(session)} == {"shop.example": 2, "bank.example": 2}

    poll(sqlite, settings, None, bank, clock=utc_now, stop=stop, progress=Silent())
    assert (asked_about(first), asked_about(second)) == ({"shop"}, {"bank"})
    given = settings.archive_named(first.base_url)
    poll(sqlite, settings, given, bank, clock=utc_now, stop=stop, progress=Silent())
    assert (asked_about(first), asked_about(second)) == ({"shop", "bank"}, {"bank"})


@pytest.mark.parametrize(
    ("own", "given", "asked"),
    [
        ((), None, ("internet-archive",)),
        ((None,), None, ("internet-archive",)),
        (("uk-web-archive", "arquivo.pt"), None, ("uk-web-archive", "arquivo.pt")),
        (("uk-web-archive", None, "uk-web-archive"), None, ("uk-web-archive", "internet-archive")),
        (("uk-web-archive", None), "arquivo.pt", ("arquivo.pt",)),
    ],
)
def test_a_run_asks_the_archives_of_its_services_and_without_any_those_of_the_settings(
    own: tuple[str | None, ...], given: str | None, asked: tuple[str, ...]
) -> None:
    settings = Settings()
    entries = [entry(f"{n}.example", SHOP, archives=one and [one]) for n, one in enumerate(own)]
    named = settings.archive_named(given) if given else None
    assert tuple(all_asked(settings, entries, named).names) == asked


def test_an_archive_that_is_down_ends_the_services_that_ask_no_other(
    sqlite: Database, harsh_archive: StartArchive
) -> None:
    down, up = both(harsh_archive, FaultFile(most=9, fault=(Fault(kind="html", on="cdx"),))), both(harsh_archive)
    settings = Settings(fetch=QUICK, archive=down.base_url)
    shop, bank = entry("shop.example", SHOP), entry("bank.example", BANK, archives=[up.base_url])
    summary = backfilled(sqlite, settings, [shop, bank])
    assert len(summary.unreachable) == 1
    with sqlite.reading() as session:
        assert {row.name: row.versions for row in versions.services(session)} == {"shop.example": 0, "bank.example": 2}


def test_a_service_of_archives_that_take_no_captures_keeps_no_other_from_being_kept(
    sqlite: Database, harsh_archive: StartArchive, caplog: pytest.LogCaptureFixture
) -> None:
    server = both(harsh_archive)
    keys = SaveSettings(access_key=SecretStr("a"), secret_key=SecretStr("s"))
    settings = Settings(fetch=QUICK, archive=server.base_url, save=keys)
    bank = entry("bank.example", BANK, keep="30d", archives=["arquivo.pt"])
    shop = entry("shop.example", SHOP, keep="30d")
    backfilled(sqlite, settings, [shop])
    with caplog.at_level(logging.WARNING):
        assert Keeper(sqlite, settings, None, lambda: (bank, shop), utc_now).keep_due(threading.Event()) == 1
    assert "keep of bank.example: arquivo.pt: no captures are taken on request" in caplog.text
