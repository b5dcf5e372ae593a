"""Captures on request, as users have them taken: ``harvester save``, and `keep` while the scheduler runs."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from harvester.memento import timestamp_of
from harvester.replay.faults.file import Fault, FaultFile
from tests.support.archive_server.captures import MemoryArchive
from tests.support.archive_server.fixtures import StartArchive
from tests.support.harvest.pages import policy
from tests.support.service.installations import Place, until

URL = "http://shop.example/privacy"
KEYS = {"HARVESTER_SAVE__ACCESS_KEY": "access", "HARVESTER_SAVE__SECRET_KEY": "s3cret"}


def test_a_user_saves_a_policy_and_sees_what_the_archive_said(small_place: Place, harsh_archive: StartArchive) -> None:
    archive = MemoryArchive()
    archive.add(URL, timestamp_of(datetime.now(UTC) - timedelta(days=90)), policy(1))
    refusing = Fault(kind="save-error", on="save", mode="blocked-url")
    server = harsh_archive(archive, FaultFile(most=1, fault=(refusing,)))
    small_place.has_settings(server.base_url)
    (small_place.config / "services.toml").write_text(
        f'[[service]]\nname = "shop.example"\nkeep = "30d"\nsources = ["{URL}"]\n'
    )
    without = small_place.run("save", "shop.example")
    assert (without.returncode, [one for one in server.log if one.endpoint != "other"]) == (2, [])
    assert "HARVESTER_SAVE__ACCESS_KEY" in without.stderr
    refused = small_place.run("save", "shop.example", **KEYS)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith(f"{URL}: given-up: blocked-url: Cannot save: blocked-url; try again after 20")
    shown = small_place.run("status").stdout
    assert "keep of shop.example: saving needs the keys" in shown
    assert f"shop.example: save of {URL} given-up: blocked-url" in shown
    saved = small_place.run("save", "shop.example", **KEYS)
    assert saved.returncode == 0
    assert saved.stdout.startswith(f"{URL}: saved at ")
    counted = json.loads(small_place.run("status", "--json", **KEYS).stdout)
    assert counted["service"]["saves"]["saved"] == 1
    assert counted["service"]["keep_problem"] is None
    (made,) = counted["archives"].values()
    assert made["save_requests"] == 2
    assert "s3cret" not in saved.stdout + saved.stderr + json.dumps(counted)
    spent = small_place.run("save", "shop.example", **KEYS, HARVESTER_SAVE__PER_DAY="2")
    assert (spent.returncode, spent.stdout) == (3, "")
    assert "harvester: no capture is requested: 2 were in the last 24 hours" in spent.stderr
    again = datetime.fromisoformat(spent.stderr.strip().partition("try again after ")[2].replace(" UTC", "+00:00"))
    assert timedelta(hours=23) < again - datetime.now(UTC) < timedelta(days=1)


def test_the_running_scheduler_saves_what_is_to_be_kept(small_place: Place, harsh_archive: StartArchive) -> None:
    archive = MemoryArchive()
    archive.add(URL, timestamp_of(datetime.now(UTC) - timedelta(days=90)), policy(1))
    server = harsh_archive(archive)
    small_place.has_settings(server.base_url)
    (small_place.config / "services.toml").write_text(
        f'[[service]]\nname = "shop.example"\nkeep = "30d"\nsources = ["{URL}"]\n'
    )
    assert small_place.run("run", "shop.example").returncode == 0
    running = small_place.start("serve", **KEYS)
    until(lambda: bool(server.saves.taken), why=lambda: small_place.log(running))
    until(lambda: f"save of {URL}: saved" in small_place.log(running), why=lambda: small_place.log(running))
    assert "s3cret" not in small_place.log(running)
