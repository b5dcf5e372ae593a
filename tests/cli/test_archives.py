"""``harvester archive list`` and ``test``."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from harvester.store.admin.backup import backup
from harvester.store.database import Database
from tests.support.archive_server.captures import MemoryArchive
from tests.support.archive_server.fixtures import StartArchive
from tests.support.harvest.commands import run
from tests.support.harvest.pages import policy

URL = "http://shop.example/privacy"


def test_the_archives_are_listed_with_those_that_are_asked(tmp_path: Path) -> None:
    (tmp_path / "harvester.toml").write_text('archive = ["arquivo.pt", "common-crawl"]')
    listed = json.loads(run(tmp_path, tmp_path, "archive", "list", "--json").stdout)
    assert {one["name"] for one in listed if one["asked"]} == {"arquivo.pt", "common-crawl"}
    assert all(one["cdx"] and one["stated"] for one in listed)


def test_the_archives_of_a_service_are_listed_planned_and_reported_and_unknown_ones_refused(
    tmp_path: Path, harsh_archive: StartArchive
) -> None:
    archive = MemoryArchive()
    archive.add(URL, "20200101120000", policy(1))
    base, there = harsh_archive(archive).base_url, f'[[service]]\nname = "shop.example"\nsources = ["{URL}"]\n'
    (tmp_path / "harvester.toml").write_text(f'archive = "iceland"\n[archives.mine]\ncdx = "{base}/cdx/search/cdx"\n'
        f'playback = "{base}/web"\ncdx_per_minute = 6000\ncaptures_per_second = 1000\n')  # fmt: skip
    catalogue = tmp_path / "services.toml"
    catalogue.write_text(f'{there}archives = ["mine"]\n')
    listed = {one["name"]: one for one in json.loads(run(tmp_path, tmp_path, "archive", "list", "--json").stdout)}
    assert {name: one["services"] for name, one in listed.items() if one["services"]} == {"mine": ["shop.example"]}
    plan = run(tmp_path, tmp_path, "backfill", "--plan")
    assert "archives asked for shop.example: mine\n" in plan.stdout, plan.stderr
    assert (
        "archives asked by default: iceland\narchives asked for shop.example: mine\n"
        in run(tmp_path, tmp_path, "status").stdout
    )
    assert json.loads(run(tmp_path, tmp_path, "services", "--json").stdout)[0]["archives"] == ["mine"]

    catalogue.write_text(f'{there}archives = ["mein"]\n')
    refused = run(tmp_path, tmp_path, "backfill", "--plan")
    assert refused.returncode == 2
    assert f"{catalogue}:4: archives of shop.example: no archive named 'mein'; name one of " in refused.stderr
    assert ", mine, " in refused.stderr


@pytest.mark.parametrize("data", ["typo", "backup.db"])
def test_an_archive_is_tried_without_a_store_and_none_is_made(
    tmp_path: Path, harsh_archive: StartArchive, data: str
) -> None:
    archive = MemoryArchive()
    archive.add(URL, "20200101120000", policy(1))
    if data == "backup.db":
        with closing(Database.open(f"sqlite:///{tmp_path / 'first' / 'harvester.db'}")) as store:
            backup(store, tmp_path / data)
    before = sorted(one.name for one in tmp_path.iterdir())
    tried = run(tmp_path, tmp_path / data, "archive", "test", harsh_archive(archive).base_url, "--url", URL)
    assert "of 2020-01-01 plays back" in tried.stdout, tried.stderr
    assert sorted(one.name for one in tmp_path.iterdir()) == before


def test_each_archive_says_whether_it_answers(tmp_path: Path, harsh_archive: StartArchive) -> None:
    archive = MemoryArchive()
    archive.add(URL, "20200101120000", policy(1))
    base = harsh_archive(archive).base_url
    good = run(tmp_path, tmp_path, "archive", "test", base, "--url", URL)
    assert "1 capture of" in good.stdout
    assert "of 2020-01-01 plays back" in good.stdout
    both = run(tmp_path, tmp_path, "archive", "test", f"{base},pywb+{base}/nowhere", "--url", URL)
    assert both.returncode == 3
    assert "plays back" in both.stdout
