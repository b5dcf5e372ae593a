"""Writes docs/commands.md and the man page docs/harvester.1 from the command line itself.

`--print` shows both instead.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

os.environ.update(COLUMNS="100", TERM="dumb", NO_COLOR="1")

from typer.main import get_command

from harvester._version import __version__
from harvester.cli.app import app

INTRODUCTION = """# Commands

Written by `python docs/make_commands.py` from the commands themselves. `--config DIR` and `--data DIR` may stand before
or after every command. Exit codes are in [exit-codes.md](exit-codes.md).

`harvester --install-completion` adds completion of commands, options and their values to your shell (bash, zsh, fish);
`--show-completion` prints it for a file of your own. `man harvester` shows this page in a terminal: the wheel puts it
in `share/man/man1` of the environment.
"""

EXITS = (
    ("0", "done"),
    ("1", "finished, with something that failed or differs"),
    ("2", "wrong usage or configuration"),
    ("3", "the archive or the database is unavailable; run the same command again"),
    ("130", "stopped by Ctrl\\-C or SIGTERM; run the same command again"),
)


def sections(command: Any, name: str) -> list[str]:
    """The help of a command, or of all commands of a group."""
    children = getattr(command, "commands", None)
    if children is not None:
        return [text for child in sorted(children) for text in sections(children[child], f"{name} {child}")]
    with command.make_context(name, [], resilient_parsing=True, help_option_names=["-h", "--help"]) as context:
        return [f"## {name}\n\n```text\n{command.get_help(context).strip()}\n```\n"]


def pages() -> dict[str, str]:
    """The reference and the man page, by the names of their files."""
    root = get_command(app)
    found = sections(root, "harvester")
    return {"commands.md": "\n".join([INTRODUCTION, *found]), "harvester.1": man_page(root, found)}


def man_page(root: Any, found: list[str]) -> str:
    """The man page, in the macros of man(7): a section for each command, with its help as it is printed."""
    lines = [
        f'.TH HARVESTER 1 "" "harvester {__version__}" "User Commands"',
        *(".SH NAME", "harvester \\- how a privacy policy changed over the years"),
        *(".SH SYNOPSIS", ".B harvester", "[\\-\\-config DIR] [\\-\\-data DIR] COMMAND [ARGUMENT ...]"),
        *(".SH DESCRIPTION", _roff(" ".join(root.help.split("\n\n", 1)[1].split())), ".SH COMMANDS"),
    ]
    for section in found:
        title, text = section.removeprefix("## ").removesuffix("\n```\n").split("\n\n```text\n")
        lines += [f".SS {_roff(title)}", ".nf", *(_roff(line) for line in text.splitlines()), ".fi"]
    lines += [".SH EXIT STATUS", *(f".TP\n{code}\n{meaning}." for code, meaning in EXITS), ""]
    return "\n".join(lines)


def _roff(text: str) -> str:
    """A line of text for roff: no hyphen is a dash, and no line a command."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped


made = pages()
if "--print" in sys.argv:
    sys.stdout.write(made["commands.md"] + made["harvester.1"])
else:
    for name, page in made.items():
        Path(__file__).with_name(name).write_text(page, encoding="utf-8")
