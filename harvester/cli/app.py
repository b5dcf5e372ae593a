"""The commands of the command line, in the groups that ``harvester --help`` shows; each folder here is one group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.main import get_group

from harvester._version import __version__
from harvester.cli import installation
from harvester.cli.help import Command, Group
from harvester.cli.output import reader_has_gone

GROUPS = {
    "Services to watch": ("catalogue", "init add services rename remove"),
    "Harvest": ("harvest", "backfill gaps reclean render save archive"),
    "Read": ("read", "changes log show diff blame search trends similar topics summary watch ask status"),
    "Review": ("review", "review"),
    "Run as a service": ("service", "up serve web run pause resume worker ready notify"),
    "Keep the store": ("store", "verify backup restore copy-to rebuild"),
    "Export and import": ("transfer", "export evidence import"),
    "Without a store": ("tools", "clean conformance replay"),
}
"""The folder of each group and its commands: one is a function or a group of its own in the module of its name."""

_PLACES = {name: (title, folder) for title, (folder, names) in GROUPS.items() for name in names.split()}


class Commands(Mapping[str, Any]):
    """All commands by their names, in the order of `GROUPS`.

    One is imported and made when it is asked for: to make all of them takes longer than most of them take to run.
    """

    def __getitem__(self, name: str) -> Any:
        return _made(*_PLACES[name], name)

    def __iter__(self) -> Iterator[str]:
        return iter(_PLACES)

    def __len__(self) -> int:
        return len(_PLACES)


@cache
def _made(title: str, folder: str, name: str) -> Any:
    module = name.replace("-", "_") + "_" * iskeyword(name)
    found = getattr(import_module(f"harvester.cli.{folder}.{module}"), module)
    alone = typer.Typer(rich_markup_mode=None)
    if isinstance(found, typer.Typer):
        alone.add_typer(found, cls=Group, rich_help_panel=title)
    else:
        alone.command(name, cls=Command, rich_help_panel=title)(found)
    return get_group(alone).commands[name]


class Harvester(Group):
    """The group of all commands."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands: Any = Commands()

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the commands."""
        return list(self.commands)

    def invoke(self, ctx: Any) -> Any:
        """Run a command. That the reader of its output has gone is no error, as Typer has it."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            if not reader_has_gone():
                raise
            raise typer.Exit from None


app = typer.Typer(
    name="harvester",
    cls=Harvester,
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def print_version(wanted: bool) -> None:
    """Print the version and stop."""
    if wanted:
        typer.echo(f"harvester {__version__}")
        raise typer.Exit


@app.callback()
def harvester(
    config: Annotated[
        str | None,
        typer.Option(metavar="DIR", help="Folder of harvester.toml and services.toml."),
    ] = None,
    data: Annotated[
        str | None, typer.Option(metavar="DIR", help="Folder of the database; or a file, such as a backup, to read.")
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """How a privacy policy changed over the years.

    Fetches captures of policies from a web archive, and keeps their versions and the changes between them. Dates and
    times are in UTC.
    """
    installation.use(*(None if one is None else Path(one) for one in (config, data)))
