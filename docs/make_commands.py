"""Writes docs/commands.md from the command line itself; `--print` shows it instead."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

os.environ.update(COLUMNS="100", TERM="dumb", NO_COLOR="1")

from typer.main import get_command

from harvester.cli.app import app

INTRODUCTION = """# Commands

Written by `python docs/make_commands.py` from the commands themselves. `--config DIR` and `--data DIR` may stand before
or after every command. Exit codes are in [exit-codes.md](exit-codes.md).
"""


def sections(command: Any, name: str) -> list[str]:
    """The help of a command, or of all commands of a group."""
    children = getattr(command, "commands", None)
    if children is not None:
        return [text for child in sorted(children) for text in sections(children[child], f"{name} {child}")]
    with command.make_context(name, [], resilient_parsing=True, help_option_names=["-h", "--help"]) as context:
        return [f"## {name}\n\n```text\n{command.get_help(context).strip()}\n```\n"]


page = "\n".join([INTRODUCTION, *sections(get_command(app), "harvester")])
if "--print" in sys.argv:
    sys.stdout.write(page)
else:
    Path(__file__).with_name("commands.md").write_text(page, encoding="utf-8")
