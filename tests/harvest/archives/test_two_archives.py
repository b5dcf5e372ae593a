"""Captures of two archives in one store: each is cleaned, re-cleaned and verified as its own archive names it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy import select

from harvester.cli import main
from harvester.clock import utc_now
from harvester.harvest.backfill import backfill
from harvester.harvest.reclean.rebuild import rebuilding, unnamed_archives
from harvester.harvest.reclean.reclean import reclean
from harvester.harvest.report.progress import Silent
from harvester.replay.server import ReplayServer
from harvester.settings import Settings
from harvester.store.admin.verify import verify
from harvester.store.database import Database
from harvester.store.schema import Capture
from tests.support.archive_server.captures import MemoryArchive
from tests.support.archive_server.fixtures import StartArchive
from tests.support.harvest.harvests import QUICK, entry, order, sample_services
from tests.support.harvest.pages import policy
from tests.support.harvest.pictures import picture

URL = "http://shop.example/privacy"
SHOP = entry("shop.example", URL)
# The links that show which archive a page was cleaned for: of its own site, of no scheme, and above its root.
LINKS = b"<p>Write <a href='/contact'>here</a>, <a href='//cdn.example/x'>there</a> or <a href='../../../../y'>up</a>."


def page(edition: int) -> bytes:
    return policy(edition).replace(b"</div>", LINKS + b"</div>")


def harvested(database: Database, server: ReplayServer, *, settings: Settings, budget: int | None = None) -> None:
    archive, asked = settings.archive_named(server.base_url), order([SHOP], budget=budget)
    backfill(database, settings, archive, asked, clock=utc_now, stop=threading.Event(), progress=Silent())


def recleaned(database: Database, settings: Settings) -> None:
    services = (SHOP, *sample_services())
    reclean(database, settings, services, force=True, processes=1, clock=utc_now, stop=threading.Event())


def problems(database: Database, settings: Settings) -> list[str]:
    return [str(finding) for finding in verify(database, rebuilding(settings))]


def test_an_archive_that_the_settings_do_not_name_any_more_is_named(
    database: Database, harsh_archive: StartArchive, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    shown = MemoryArchive()
    shown.add(URL, "20100601120000", page(1))
    server = harsh_archive(shown)
    base = server.base_url
    ours = {"cdx": f"{base}/cdx/search/cdx", "playback": f"{base}/web"}
    settings = Settings.model_validate({"fetch": QUICK, "archives": {"ours": ours}})
    backfill(
        database, settings, settings.archive_named("ours"), order([SHOP]),
        clock=utc_now, stop=threading.Event(), progress=Silent(),
    )  # fmt: skip
    assert unnamed_archives(database, settings) == []
    assert problems(database, settings) == []
    assert unnamed_archives(database, Settings()) == ["ours"]
    (tmp_path / "services.toml").write_text(f'[[service]]\nname = "shop.example"\nsources = ["{URL}"]\n')
    url = database.url.render_as_string(hide_password=False)
    (tmp_path / "harvester.toml").write_text(f'database_url = "{url}"\n')
    with pytest.raises(SystemExit) as ended:
        main(["--config", str(tmp_path), "verify"])
    assert ended.value.code == 1
    assert "the settings do not name the archive ours: documents of its captures" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["--config", str(tmp_path), "reclean", "--all"])
    assert "the settings do not name the archive ours: links" in capsys.readouterr().err


def test_a_store_of_two_archives_stays_whole_when_all_of_it_is_cleaned_again(
    database: Database, harsh_archive: StartArchive
) -> None:
    settings = Settings(fetch=QUICK)
    first, second = MemoryArchive(), MemoryArchive()
    for year in range(2010, 2014):
        first.add(URL, f"{year}0601120000", page(year // 2))
        second.add(URL, f"{year}1201120000", page(year // 2))
    one, other = harsh_archive(first), harsh_archive(second)
    harvested(database, one, settings=settings)
    harvested(database, other, settings=settings)
    with database.reading() as session:
        assert set(session.scalars(select(Capture.archive))) == {one.base_url, other.base_url}
    before = picture(database)
    assert problems(database, settings) == []
    recleaned(database, settings)
    assert problems(database, settings) == []
    assert picture(database) == before


def test_a_capture_is_of_the_archive_that_had_it_not_of_the_one_that_listed_it_first(
    sqlite: Database, harsh_archive: StartArchive
) -> None:
    settings = Settings(fetch=QUICK)
    archive = MemoryArchive()
    archive.add(URL, "20100601120000", page(1))
    one, other = harsh_archive(archive), harsh_archive(archive)
    harvested(sqlite, one, settings=settings, budget=1)
    with sqlite.reading() as session:
        assert list(session.scalars(select(Capture.archive))) == [one.base_url]
    harvested(sqlite, other, settings=settings)
    with sqlite.reading() as session:
        assert list(session.scalars(select(Capture.archive))) == [other.base_url]
    assert problems(sqlite, settings) == []


def test_a_store_recleaned_as_if_of_another_archive_is_found_and_mended(
    sqlite: Database, harsh_archive: StartArchive
) -> None:
    settings = Settings(fetch=QUICK)
    archive = MemoryArchive()
    for year in range(2010, 2014):
        archive.add(URL, f"{year}0601120000", page(year // 2))
    server = harsh_archive(archive)
    harvested(sqlite, server, settings=settings)
    before = picture(sqlite)
    mistaken = settings.archive_named(server.base_url).model_copy(update={"snapshots": "https://other.example/web"})
    recleaned(sqlite, settings.model_copy(update={"archives": {server.base_url: mistaken}}))
    found = problems(sqlite, settings)
    assert found
    assert any("harvester reclean --all" in line for line in found)
    recleaned(sqlite, settings)
    assert problems(sqlite, settings) == []
    assert picture(sqlite) == before
