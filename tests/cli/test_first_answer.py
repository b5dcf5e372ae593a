"""From an empty folder to the first answer: two commands, no file edited; lists, renames and removals after that."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from harvester.catalogue.entries import load_catalogue
from harvester.replay.server import ReplayServer
from tests.support.forked import Command, ran

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def environment(tmp_path: Path, sample_archive: ReplayServer) -> dict[str, str]:
    """A user of this machine who has never run harvester; the stand-in is the archive."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("HARVESTER_", "XDG_"))}
    return clean | {"HOME": str(tmp_path / "home"), "HARVESTER_ARCHIVE": sample_archive.base_url}


@pytest.fixture
def here(tmp_path: Path) -> Path:
    folder = tmp_path / "empty"
    folder.mkdir()
    return folder


@pytest.fixture
def run(environment: dict[str, str], here: Path) -> Run:
    def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        return ran(Command(arguments, environment=environment, folder=here, stdin=stdin), timeout=100)

    return run


@pytest.mark.parametrize("named", ["http://www.kettle.example/privacy.html", "kettle.example"])
def test_two_commands_lead_from_an_empty_folder_to_the_first_redline(
    run: Run, here: Path, tmp_path: Path, named: str
) -> None:
    done = run("backfill", named)
    assert done.returncode == 0, done.stderr
    catalogue = tmp_path / "home" / ".config" / "harvester" / "services.toml"
    assert f"kettle.example: added to {catalogue}" in done.stderr
    (entry,) = load_catalogue(catalogue)
    assert (entry.name, entry.sample) == ("kettle.example", "changes")
    assert [source.url for source in entry.sources] == ([named] if "/" in named else [])
    next_steps = re.findall(r"^(?:next: |      )(harvester .+?)  ", done.stdout, re.MULTILINE)
    assert next_steps == ["harvester changes kettle.example", "harvester diff kettle.example", "harvester up"]
    redline = run(*next_steps[1].split()[1:])
    assert redline.returncode == 0, redline.stderr
    assert redline.stdout.startswith("--- kettle.example@")
    changes = run(*next_steps[0].split()[1:])
    assert changes.returncode == 0, changes.stderr
    dates = re.findall(r"^(\d{4}-\d{2}-\d{2})  kettle\.example  version \d+: ", changes.stdout, re.MULTILINE)
    assert dates == sorted(dates, reverse=True) != []
    assert list(here.iterdir()) == [], "the platform's folders are used"


def test_the_two_commands_of_the_readme_answer_in_an_empty_folder(run: Run) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"## The first answer\n.*?```sh\n(.*?)```", readme, re.DOTALL)
    (shown,) = re.findall(r"## The first answer\n.*?```text\n(.*?)```", readme, re.DOTALL)
    backfill, changes = block.replace("jivochat.com", "kettle.example").splitlines()
    assert run(*backfill.split()[1:]).returncode == 0
    assert shown in run(*changes.split()[1:]).stdout


def test_changes_are_shown_since_a_date_or_a_span_and_as_json(run: Run) -> None:
    assert run("backfill", "kettle.example").returncode == 0
    every = json.loads(run("changes", "--json").stdout)
    assert {one["service"] for one in every} == {"kettle.example"}
    assert [one["before"] for one in every] == sorted((one["before"] for one in every), reverse=True)
    assert all(one["passages"] for one in every)
    assert not {"cosmetic", "technical"} & {one["kind"] for one in every}
    late = json.loads(run("changes", "kettle.example", "--since", "2016", "--json").stdout)
    assert late == [one for one in every if one["before"] >= "2016"] != []
    none = run("changes", "--since", "1d")
    said = f"harvester: no change since 1d; the last one was first seen on {every[0]['before'][:10]}\n"
    assert (none.returncode, none.stdout, none.stderr) == (0, "", said)
    refused = run("changes", "--since", "lately")
    assert refused.returncode == 2
    assert "--since lately: give 1y" in refused.stderr
    first = run("changes", "--limit", "1")
    assert "more than 1 change; --limit N shows more" in first.stderr
    assert len(re.findall(r"version \d+:", first.stdout)) == 1


@pytest.mark.parametrize(
    ("named", "says"),
    [
        ("https://nobody.example/privacy", "has no capture of https://nobody.example/privacy"),
        ("nobody.example", "has no capture of http://nobody.example/"),
        ("localhost", "is not the domain of a site"),
        ("not a domain", "is not a domain or an address of a page"),
    ],
)
@pytest.mark.parametrize("command", ["backfill", "add"])
def test_what_the_archive_does_not_have_is_said_and_nothing_is_entered(
    run: Run, tmp_path: Path, command: str, named: str, says: str
) -> None:
    refused = run(command, named)
    assert (refused.returncode, refused.stdout) == (2, "")
    (line,) = refused.stderr.splitlines()
    assert says in line
    assert not list(tmp_path.rglob("services.toml"))
    if list(tmp_path.rglob("harvester.db")):
        assert json.loads(run("gaps", "--json").stdout) == []


def test_a_name_that_is_nearly_one_of_the_catalogue_is_taken_for_a_mistake(run: Run, tmp_path: Path) -> None:
    assert run("add", "kettle.example").returncode == 0
    refused = run("backfill", "kettel.example")
    assert refused.returncode == 2
    assert "did you mean kettle.example?" in refused.stderr
    other = run("backfill", "https://kettle.example/other")
    assert other.returncode == 2
    assert "is in " in other.stderr
    assert str(tmp_path / "home" / ".config" / "harvester" / "services.toml") in other.stderr


def test_each_line_of_a_list_has_its_outcome_and_none_stops_the_others(run: Run, tmp_path: Path) -> None:
    lines = ["# ours", "kettle.example", "http://[", "http://mossnote.example/no", "kettle.example", "nobody.example",
             "tidebook.example", "com"]  # fmt: skip
    done = run("add", "--from", "-", stdin="\n".join(lines))
    assert done.returncode == 1
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == ["line 3", "line 4", "line 6", "line 8"]
    assert "kettle.example: added\n" in done.stdout
    assert "kettle.example: already in the catalogue\n" in done.stdout
    assert "2 added, 4 not added, 1 already there; catalogue: " in done.stdout
    catalogue = tmp_path / "home" / ".config" / "harvester" / "services.toml"
    assert [one.name for one in load_catalogue(catalogue)] == ["kettle.example", "tidebook.example"]
    again = run("add", "--from", "-", stdin="kettle.example\ntidebook.example\n")
    assert again.returncode == 0
    assert "2 already there" in again.stdout


def test_a_service_is_renamed_with_its_history_and_removed_without_it(run: Run, here: Path, tmp_path: Path) -> None:
    assert run("init").returncode == 0
    catalogue = here / "config" / "services.toml"
    again = run("init")
    assert again.returncode == 2
    assert "already exists; nothing was written" in again.stderr
    assert run("backfill", "kettle.example").returncode == 0
    assert (here / "data" / "harvester.db").exists(), "a folder with a configuration is an installation"
    before = run("log", "kettle.example").stdout
    renamed = run("rename", "kettle.example", "samovar.example")
    assert renamed.returncode == 0, renamed.stderr
    assert run("log", "samovar.example").stdout == before
    assert run("log", "kettle.example").returncode == 2
    assert [one.name for one in load_catalogue(catalogue)] == ["samovar.example"]
    removed = run("remove", "samovar.example")
    assert removed.returncode == 0, removed.stderr
    assert load_catalogue(catalogue) == ()
    assert run("log", "samovar.example").stdout == before
    unknown = run("remove", "samovar.example")
    assert unknown.returncode == 2
    assert "services.toml has no service 'samovar.example'" in unknown.stderr


def test_the_configuration_that_init_writes_is_the_one_of_the_repository(run: Run, here: Path) -> None:
    assert run("init", "new").returncode == 0
    written = (here / "new" / "config" / "harvester.toml").read_text(encoding="utf-8")
    ours = Path(__file__).parents[2] / "config" / "harvester.toml"
    assert written == ours.read_text(encoding="utf-8")


def test_init_writes_into_the_configuration_that_is_named_and_not_into_two(run: Run, here: Path) -> None:
    done = run("--config", "settings", "init")
    assert done.returncode == 0, done.stderr
    assert "next: harvester --config settings add example.com" in done.stdout
    assert {one.name for one in (here / "settings").iterdir()} == {"harvester.toml", "services.toml"}
    assert not (here / "config").exists()
    two = run("--config", "settings", "init", "new")
    assert two.returncode == 2
    assert "name one of them" in two.stderr
    assert not (here / "new").exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_up_prints_the_address_polls_and_serves_the_pages_until_it_is_stopped(
    run: Run, here: Path, environment: dict[str, str], number: signal.Signals
) -> None:
    assert run("add", "kettle.example").returncode == 0
    process = Command(["up", "--port", "0"], environment=environment, folder=here)
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+", address)
        with urllib.request.urlopen(address, timeout=30) as answer:
            assert answer.status == 200
        until = time.monotonic() + 60
        while "scheduler: none" in (status := run("status").stdout):
            assert time.monotonic() < until, status
        process.send_signal(number)
        _, err = process.communicate(timeout=60)
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == 0, err
    assert "Traceback" not in err
