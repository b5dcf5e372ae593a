"""Completion in shells: what the installed script asks for is answered, after global options too."""

from __future__ import annotations

import os
import subprocess

import pytest

from tests.support.harvest.commands import HARVESTER


def _completed(line: str) -> list[str]:
    words = line.split(" ")
    asked = {"_HARVESTER_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    done = subprocess.run([HARVESTER], env={**os.environ, **asked}, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("harvester ba", ["backfill", "backup"]),
        ("harvester --data elsewhere archive r", ["reset"]),
        ("harvester log --form", ["--format"]),
        ("harvester log --format j", ["json", "jsonl"]),
    ],
)
def test_commands_options_and_values_are_completed(line: str, expected: list[str]) -> None:
    assert _completed(line) == expected


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_a_script_that_names_the_command(shell: str) -> None:
    asked = {**os.environ, "_HARVESTER_COMPLETE": f"source_{shell}"}
    script = subprocess.run([HARVESTER], env=asked, capture_output=True, text=True, check=True).stdout
    assert f"complete_{shell}" in script
    assert "harvester" in script
