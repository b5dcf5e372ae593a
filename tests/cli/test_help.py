"""``harvester --help`` and ``--version``: commands in groups, whole sentences, values named plainly."""

from __future__ import annotations

import re
from pathlib import Path
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


def test_an_empty_path_is_refused_and_not_the_folder_of_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    tried = 0
    for name, command in every_command():
        for one in command.params:
            if one.metavar not in ("DEST", "DIR", "DIR|FILE", "FILE", "FOLDER|CSV", "PATH", "SRC", "VERSION|PATH"):
                assert "pathlib" not in str(one.type_descriptor.annotation), (name, one.name)
                continue
            before = [each for each in command.params if each.param_type_name == "argument"]
            words = ["x" for each in before[: before.index(one)]] if one in before else [one.opts[-1]]
            with pytest.raises(SystemExit) as ended:
                main([*name.split()[1:], *words, ""])
            assert ended.value.code == 2, (name, one.name)
            assert "must name a file or folder, and is empty" in capsys.readouterr().err, (name, one.name)
            tried += 1
    assert tried > 25
    assert not list(tmp_path.iterdir())
