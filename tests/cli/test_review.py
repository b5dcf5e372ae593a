"""``harvester review``: the alarms on the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from harvester.cli.app import app
from tests.support.paths import SAMPLE

CHANGE = "kettle.example/20180526000305"


@pytest.fixture
def data(sample_of_2020: Path, tmp_path: Path) -> Path:
    shutil.copyfile(sample_of_2020 / "harvester.db", tmp_path / "harvester.db")
    return tmp_path


def run(data: Path, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["--config", str(SAMPLE), "--data", str(data), "review", *arguments])
    return done.exit_code, done.output


def test_an_alarm_is_read_on_the_command_line_and_its_story_told(data: Path) -> None:
    before = json.loads(run(data, "list", "--json")[1])
    assert {one["state"] for one in before} == {"open"}
    code, said = run(data, "set", CHANGE, "--state", "read", "--note", "for legal", "--label", "gdpr", "--by", "Anna")
    assert (code, said) == (0, f"{CHANGE}: read\n")
    assert len(json.loads(run(data, "list", "--json")[1])) == len(before) - 1
    assert "gdpr" in run(data, "list", "--state", "read")[1]
    shown = run(data, "show", CHANGE)[1]
    assert "Anna: note: for legal" in shown
    assert shown.startswith(f"{CHANGE}: read, ")
    run(data, "set", CHANGE, "--label", "sale", "--by", "Bert")
    assert json.loads(run(data, "show", CHANGE, "--json")[1])["labels"] == ["gdpr", "sale"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("set", CHANGE),
        ("set", CHANGE, "--state", "gone"),
        ("set", "kettle.example", "--state", "read"),
        ("set", "kettle.example/20180526000306", "--state", "read"),
        ("show", "absent.example/20180526000305"),
        ("list", "--state", "gone"),
    ],
)
def test_what_is_not_understood_is_said(data: Path, arguments: tuple[str, ...]) -> None:
    assert run(data, *arguments)[0] != 0
