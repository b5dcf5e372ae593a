"""``harvester --help`` and ``--version``: commands in groups, whole sentences, values named plainly."""

from __future__ import annotations

import re
from typing import Any

import pytest
from typer.main import get_command

from harvester import __version__
from harvester.cli import main
from harvester.cli.app import GROUPS, app
from harvester.cli.help import short_help


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run a command that succeeds; return its output."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert not ended.value.code
    return capsys.readouterr().out


def every_command() -> list[tuple[str, Any]]:
    """Return all commands, those of groups included, with their names."""
    found: list[tuple[str, Any]] = []
    left: list[tuple[str, Any]] = [("harvester", get_command(app))]
    while left:
        name, command = left.pop()
        found.append((name, command))
        left += [(f"{name} {child}", inner) for child, inner in getattr(command, "commands", {}).items()]
    return found


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_shows_each_command_once_in_its_group_on_one_whole_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    shown = printed(capsys, option)
    assert "..." not in shown.split("Options:")[1]
    for title, (_, names) in GROUPS.items():
        section = shown.split(f"\n{title}:\n")[1].split("\n\n")[0].rstrip("\n")
        assert [line.split()[0] for line in section.splitlines()] == names.split()


def test_the_first_line_of_every_command_is_a_short_sentence() -> None:
    for name, command in every_command():
        assert re.fullmatch(r"[A-Z].{5,62}\.", short_help(command)), name


def test_every_value_has_a_plain_name_and_every_parameter_a_help_text() -> None:
    for name, command in every_command():
        for one in command.params:
            if one.param_type_name == "argument" or not one.is_flag:
                assert re.fullmatch(r"[A-Z][A-Z0-9@|=\[\]/-]*", one.metavar or ""), (name, one.name)
            assert one.help, (name, one.name)
        help_page = command.get_help(command.make_context(name, [], resilient_parsing=True))
        assert not re.search(r"<\w|\{[A-Z]|\[\[", help_page), name


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "--version") == f"harvester {__version__}\n"


def test_a_shell_can_complete_the_commands(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name, value in {
        "_HARVESTER_COMPLETE": "complete_bash",
        "COMP_WORDS": "harvester re",
        "COMP_CWORD": "1",
    }.items():
        monkeypatch.setenv(name, value)
    offered = printed(capsys).split()
    assert {"remove", "rename", "reclean", "resume", "restore", "ready"} <= set(offered)
    assert all(name.startswith("re") for name in offered)
