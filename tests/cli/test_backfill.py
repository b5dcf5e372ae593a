"""``harvester backfill`` as a user runs it: what it prints, and how it ends."""

from __future__ import annotations

import json
import re
import signal
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from harvester.cli.harvest.progress import Lines
from harvester.replay.archives.folder import FolderArchive
from harvester.replay.faults.file import Fault, FaultFile
from harvester.replay.server import ReplayServer
from harvester.store.ledger.ledger import Outcome
from tests.support.archive_server.fixtures import StartArchive
from tests.support.harvest.commands import configuration, run, start
from tests.support.paths import SAMPLE
from tests.support.service.ports import free_port

OTHER_HOST = "127.0.0.2"
"""A host of this machine to which the patience shown to loopback archives does not apply."""


def test_without_a_network_it_says_so_in_one_line_and_the_same_command_later_goes_on(tmp_path: Path) -> None:
    port = free_port(OTHER_HOST)
    config = configuration(tmp_path / "config", f"http://{OTHER_HOST}:{port}")
    refused = run(config, tmp_path / "data", "backfill")
    assert refused.returncode == 3
    assert refused.stdout == ""
    (line,) = refused.stderr.splitlines()
    assert line.startswith("harvester: ")
    assert f"{OTHER_HOST}:{port}" in line
    reset = run(config, tmp_path / "data", "archive", "reset")
    assert reset.returncode == 0, reset.stderr
    with ReplayServer(FolderArchive(SAMPLE), host=OTHER_HOST, port=port):
        done = run(config, tmp_path / "data", "backfill", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["captures_known"] == 62


def test_the_closing_figures_as_json_and_as_a_table(tmp_path: Path, sample_archive: ReplayServer) -> None:
    config = configuration(tmp_path / "config", sample_archive.base_url)
    plan = json.loads(run(config, tmp_path / "data", "backfill", "--plan", "--json").stdout)
    assert plan["captures_known"] == 62
    figures = json.loads(run(config, tmp_path / "data", "backfill", "--json", "--workers", "2").stdout)
    assert plan["capture_requests_at_least"] <= figures["requests"]["playback"] <= plan["capture_requests"]
    assert figures["captures_known"] == sum(figures["outcomes"].values()) == 62
    assert figures["new_versions"] == figures["versions"]
    again = run(config, tmp_path / "data", "backfill", "kettle.example", "--from", "2010", "--to", "2012-06")
    assert again.returncode == 0
    table = dict(line.rsplit(maxsplit=1) for line in again.stdout.splitlines() if line[-1:].isdigit())
    assert table["requests for captures"] == "0"
    assert int(table["captures known"]) == sum(int(number) for name, number in table.items() if name.startswith("  "))


def test_a_plan_says_of_each_service_how_many_requests_it_is_of_all(
    tmp_path: Path, sample_archive: ReplayServer
) -> None:
    config = configuration(tmp_path / "config", sample_archive.base_url)
    printed = run(config, tmp_path / "data", "backfill", "--plan").stdout
    services = re.findall(r"^[a-z]+\.example +([0-9]+) requests for captures$", printed, re.MULTILINE)
    (most,) = re.findall(r"^requests for captures +([0-9]+) at most", printed, re.MULTILINE)
    assert len(services) == 5
    assert sum(map(int, services)) == int(most)


def test_lines_of_services_harvested_side_by_side_never_share_one(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    monkeypatch.setattr(sys, "stderr", SimpleNamespace(write=written.append, flush=lambda: None))
    lines = Lines()
    lines.planned("kettle.example", 9)
    lines.settled("kettle.example", Outcome.STORED, None, "a capture")
    lines.finished("kettle.example")
    assert written == ["kettle.example: index read, at most 9 downloads\n", "kettle.example: done, 1 download\n"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_with_130_and_nothing_is_lost(
    tmp_path: Path, harsh_archive: StartArchive, number: signal.Signals
) -> None:
    server = harsh_archive(faults=FaultFile(most=1_000, fault=(Fault(kind="latency", seconds=0.2),)))
    config = configuration(tmp_path / "config", server.base_url, captures_per_second=5)
    process = start(config, tmp_path / "data", "backfill")
    try:
        until = time.monotonic() + 60
        while sum(one.endpoint == "playback" for one in server.log) < 4:
            assert time.monotonic() < until
            time.sleep(0.05)
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 130
    assert "Traceback" not in err
    assert "stopped early" in out
    fetched = next(int(line.split()[-1]) for line in out.splitlines() if line.startswith("fetched in this run"))
    assert fetched >= 1
    asked = len({one.path for one in server.log if one.endpoint == "playback"})
    assert fetched >= asked - 4


def test_a_spent_budget_is_said_and_is_no_failure(tmp_path: Path, sample_archive: ReplayServer) -> None:
    config = configuration(tmp_path / "config", sample_archive.base_url)
    done = run(config, tmp_path / "data", "backfill", "--budget", "9")
    assert done.returncode == 0
    assert "stopped early: request budget (9) used up" in done.stdout
    assert len(sample_archive.log) == 9


def test_a_data_folder_that_cannot_be_written_is_one_line_and_exit_3(
    tmp_path: Path, sample_archive: ReplayServer
) -> None:
    config = configuration(tmp_path / "config", sample_archive.base_url)
    refused = run(config, Path("/proc/harvester"), "backfill")
    assert refused.returncode == 3
    (line,) = refused.stderr.splitlines()
    assert "/proc/harvester" in line


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("backfill", "kettel.example"), "did you mean kettle.example?"),
        (("backfill", "--from", "soon"), "'soon'"),
        (("backfill", "--sample", "some"), "allowed: all"),
        (("backfill", "--archive", "nowhere"), "no archive named"),
    ],
)
def test_wrong_use_is_one_line_and_exit_2(tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    config = configuration(tmp_path / "config", "http://127.0.0.1:9")
    refused = run(config, tmp_path / "data", *arguments)
    assert refused.returncode == 2
    (line,) = refused.stderr.splitlines()
    assert says in line
