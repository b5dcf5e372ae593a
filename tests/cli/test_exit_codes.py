"""Each command against the table of docs/exit-codes.md."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from typer.main import get_command

from harvester.cli import main
from harvester.cli.app import app
from harvester.store.database import Database
from harvester.store.history.differences import DIFFING_VERSION
from harvester.store.schema import Change, Payload, Version
from tests.support.exports.repositories import Repository
from tests.support.paths import SAMPLE

AWAY = "postgresql+psycopg://nobody@127.0.0.1:1/none?connect_timeout=2"
PAGE = (
    "<html><title>T</title><body><article>" + "<p>We keep your data for a year. </p>" * 40 + "</article></body></html>"
)


def all_commands() -> list[str]:
    """Every command, with its group's name before it: ``archive list``."""
    made: Any = get_command(app)
    return [
        " ".join(part for part in (name, sub) if part)
        for name, command in made.commands.items()
        for sub in getattr(command, "commands", [""])
    ]


# What each command is given to be done (0), and what makes it fail: 2 where a name or a file is wrong, 3 where the
# database is away (STORE). `{s}` is a service of the sample, `{t}` an empty folder.
STORE: dict[str, str] = {
    "services": "", "rename": "{s} new.example", "backfill": "--archive internet-archive", "gaps": "", "reclean": "",
    "render": "", "save": "{s}", "archive status": "", "archive reset": "", "changes": "", "log": "{s}", "show": "{s}",
    "diff": "{s}", "blame": "{s}", "search": "tea", "trends": "tea", "similar": "{s}", "topics": "{s}",
    "summary": "{s}", "watch test": "sale", "watch hits": "sale", "ask": "--sql SELECT_1", "status": "", "up": "",
    "serve": "", "web": "--port 0", "run": "{s}", "pause": "{s}", "resume": "{s}", "ready": "", "notify status": "",
    "verify": "", "backup": "{t}/b.db", "copy-to": "sqlite:///{t}/copy.db", "rebuild": "",
    "restore": "{d}/harvester.db", "export corpus": "{t}/x", "export git": "{t}/x", "export warc": "{t}/x",
    "export wacz": "{t}/x", "export jsonl": "{t}/x", "export csv": "{t}/x", "export parquet": "{t}/x",
    "export ota": "{t}/x", "export panel": "{t}/x.csv", "export dataset": "{t}/x", "export site": "{t}/x",
    "evidence": "{s} latest {t}/e",
    "import corpus": "{t}", "import ota": "{t}/clone", "import warc": "{t}/a.warc", "import pages": "{t}",
}  # fmt: skip
STORELESS = [
    "init", "add", "remove", "archive list", "archive test", "watch list", "watch add", "worker", "notify test",
    "clean", "conformance", "replay", "review set", "review list", "review show",
]  # fmt: skip
DONE = [
    "services", "gaps", "reclean", "archive status", "archive list", "changes", "log {s}", "show {s}", "diff {s}",
    "blame {s}", "search tea", "search nosuchword", "show {s}@1700", "trends tea", "similar {s}", "topics {s}",
    "watch list", "watch hits sale", "watch test sale", "status", "pause {s}", "resume {s}", "ready", "notify status",
    "verify", "backup {t}/b.db", "copy-to sqlite:///{t}/c.db", "rebuild", "export corpus {t}/x", "export jsonl {t}/x",
    "export panel {t}/x.csv", "evidence {s} latest {t}/e",
    "clean {t}/page.html --domain a.example --url http://a.example/ --timestamp 20200101000000",
]  # fmt: skip
WRONG = [
    "log nobody.example", "diff {s}@x", "blame nobody.example", "similar nobody.example", "topics nobody.example",
    "search (", "trends (", "changes --since never", "gaps nobody.example", "run nobody.example",
    "pause nobody.example", "rename nobody.example x.example", "remove nobody.example",
    "backfill --from 2020 --to 2010", "archive test nowhere", "watch test nowhere", "watch hits nowhere", "ask DELETE",
    "backfill --archive file:{t}", "backup {t}/page.html", "init", "restore {t}/none.db", "restore {t}/page.html",
    "copy-to mysql://x/y", "export panel {t}/x.txt", "export corpus {t}/page.html",
    "evidence nobody.example latest {t}/e", "notify test nowhere", "clean {t}/none.html", "replay {t}/none",
    "import warc {t}/none.warc", "worker", "add not_a_domain!",
]  # fmt: skip


@pytest.fixture
def ended(sample_of_2020: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], int]:
    """Runs a command on the sample in this process; gives its exit code."""
    config, away, data = tmp_path / "config", tmp_path / "t", tmp_path / "data"
    for folder in (config, away, data):
        folder.mkdir()
    shutil.copyfile(sample_of_2020 / "harvester.db", data / "harvester.db")
    (away / "page.html").write_text(PAGE)
    (away / "a.warc").write_bytes(b"WARC/1.0\r\n")
    kept = away / "20150101120000" / "kettle.example"
    kept.mkdir(parents=True)
    (kept / "privacy.html").write_text(PAGE)
    (config / "harvester.toml").write_text('[watch.sale]\nwords = ["sell"]\n')
    shutil.copyfile(SAMPLE / "services.toml", config / "services.toml")
    monkeypatch.chdir(tmp_path)

    def run(command: str) -> int:
        words = [word.format(s="kettle.example", t=away, d=data) for word in command.split()]
        words = ["SELECT 1" if word == "SELECT_1" else word for word in words]
        try:
            main(["--config", str(config), "--data", str(data), *words])
        except SystemExit as end:
            return int(end.code or 0)
        return 0

    return run


def test_every_command_is_in_the_table() -> None:
    assert sorted(all_commands()) == sorted([*STORE, *STORELESS])


def ended_without_a_store(command: str) -> int:
    """The exit code of a command that ends before it looks for its store."""
    with pytest.raises(SystemExit) as end:
        main(["--data", "/nowhere", *command.split()])
    return int(end.value.code or 0)


@pytest.mark.parametrize("command", all_commands())
def test_wrong_usage_is_2_and_help_is_0(command: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert ended_without_a_store(f"{command} --help") == 0
    assert capfd.readouterr().err == ""
    assert ended_without_a_store(f"{command} --no-such-option") == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert "--no-such-option" in err
    assert "Traceback" not in err


@pytest.mark.parametrize("command", [f"{name} {arguments}".strip() for name, arguments in STORE.items()])
def test_a_database_that_is_away_is_3_and_one_line(
    command: str,
    ended: Callable[[str], int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    if command.startswith("import ota"):
        Repository(tmp_path / "t" / "clone").record("Acme/Privacy Policy.md", "# Privacy", "2020-01-01T00:00:00Z")
    monkeypatch.setenv("HARVESTER_DATABASE_URL", AWAY)
    monkeypatch.setenv("HARVESTER_SAVE__ACCESS_KEY", "key")  # without keys nothing is asked of the database
    monkeypatch.setenv("HARVESTER_SAVE__SECRET_KEY", "secret")
    assert ended(command) == 3, capfd.readouterr().err
    err = capfd.readouterr().err
    assert err.startswith("harvester: "), err
    assert err.count("\n") == 1, err


@pytest.mark.parametrize("command", DONE)
def test_what_was_done_is_0(command: str, ended: Callable[[str], int], capfd: pytest.CaptureFixture[str]) -> None:
    assert ended(command) == 0, capfd.readouterr().err


@pytest.mark.parametrize("command", WRONG)
def test_wrong_names_and_settings_are_2_and_one_line(
    command: str, ended: Callable[[str], int], capfd: pytest.CaptureFixture[str]
) -> None:
    assert ended(command) == 2, capfd.readouterr().err
    err = capfd.readouterr().err
    assert err.startswith(("harvester: ", "Usage: ")), err
    assert "Traceback" not in err


def test_what_is_done_and_not_well_is_1(
    ended: Callable[[str], int], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "t" / "page.html").write_text("")
    assert ended("clean {t}/page.html --domain a.example --url http://a.example/ --timestamp 20200101000000") == 1
    database = Database(f"sqlite:///{tmp_path / 'data' / 'harvester.db'}")
    with database.writing() as session:
        session.execute(update(Payload).values(size=1))
    database.close()
    assert ended("verify") == 1
    assert "rows differ" in capfd.readouterr().err


def test_a_history_of_an_earlier_version_is_sent_to_reclean_and_not_to_a_backup(
    ended: Callable[[str], int], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    database = Database(f"sqlite:///{tmp_path / 'data' / 'harvester.db'}")
    with database.writing() as session:
        session.execute(update(Change).values(diffing=DIFFING_VERSION - 1))
        session.execute(update(Version).values(switches=99))
    database.close()
    assert ended("verify") == 1
    said = capfd.readouterr().err
    assert "run `harvester reclean`" in said
    assert "backup" not in said


@pytest.mark.parametrize(
    "command", ["services", "log kettle.example --all --json", "search tea", "show kettle.example"]
)
def test_a_reader_that_has_gone_ends_a_command_without_an_error(sample_data: Path, command: str) -> None:
    """As with ``harvester log x | head -1``, when `head` is quicker."""
    reader, writer = os.pipe()
    os.close(reader)
    arguments = ["--config", str(SAMPLE), "--data", str(sample_data), *command.split()]
    ended = subprocess.run([sys.executable, "-m", "harvester", *arguments], stdout=writer, stderr=subprocess.PIPE)
    os.close(writer)
    assert (ended.returncode, ended.stderr) == (0, b"")
