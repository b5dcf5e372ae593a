"""The commands of the command line, in the groups that ``harvester --help`` shows; each folder here is one group."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from harvester._version import __version__
from harvester.cli import installation
from harvester.cli.catalogue.add import add
from harvester.cli.catalogue.init import init
from harvester.cli.catalogue.remove import remove
from harvester.cli.catalogue.rename import rename
from harvester.cli.catalogue.services import services
from harvester.cli.harvest.archive import archive
from harvester.cli.harvest.backfill import backfill
from harvester.cli.harvest.gaps import gaps
from harvester.cli.harvest.reclean import reclean
from harvester.cli.harvest.render import render
from harvester.cli.harvest.save import save
from harvester.cli.help import Command, Group
from harvester.cli.read.ask import ask
from harvester.cli.read.blame import blame
from harvester.cli.read.changes import changes
from harvester.cli.read.diff import diff
from harvester.cli.read.log import log
from harvester.cli.read.search import search
from harvester.cli.read.show import show
from harvester.cli.read.similar import similar
from harvester.cli.read.status import status
from harvester.cli.read.summary import summary
from harvester.cli.read.topics import topics
from harvester.cli.read.trends import trends
from harvester.cli.read.watch import watch
from harvester.cli.review.review import review
from harvester.cli.service.notify import notify
from harvester.cli.service.pause import pause
from harvester.cli.service.ready import ready
from harvester.cli.service.resume import resume
from harvester.cli.service.run import run
from harvester.cli.service.serve import serve
from harvester.cli.service.up import up
from harvester.cli.service.web import web
from harvester.cli.service.worker import worker
from harvester.cli.store.backup import backup
from harvester.cli.store.copy_to import copy_to
from harvester.cli.store.rebuild import rebuild
from harvester.cli.store.restore import restore
from harvester.cli.store.verify import verify
from harvester.cli.tools.clean import clean
from harvester.cli.tools.conformance import conformance
from harvester.cli.tools.replay import replay
from harvester.cli.transfer.evidence import evidence
from harvester.cli.transfer.export import export
from harvester.cli.transfer.import_ import import_

GROUPS: dict[str, tuple[typer.Typer | Callable[..., None], ...]] = {
    "Services to watch": (init, add, services, rename, remove),
    "Harvest": (backfill, gaps, reclean, render, save, archive),
    "Read": (changes, log, show, diff, blame, search, trends, similar, topics, summary, watch, ask, status),
    "Review": (review,),
    "Run as a service": (up, serve, web, run, pause, resume, worker, ready, notify),
    "Keep the store": (verify, backup, restore, copy_to, rebuild),
    "Export and import": (export, evidence, import_),
    "Without a store": (clean, conformance, replay),
}


class Harvester(Group):
    """All commands, in the order of `GROUPS` (Typer would list groups of commands last)."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the commands."""
        return [name_of(one) for commands in GROUPS.values() for one in commands]


def name_of(command: typer.Typer | Callable[..., None]) -> str:
    """Return the name by which a command is called."""
    if isinstance(command, typer.Typer):
        return str(command.info.name)
    return command.__name__.replace("_", "-")


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
        Path | None,
        typer.Option(metavar="DIR", help="Folder of harvester.toml and services.toml."),
    ] = None,
    data: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder of the database; or a file, such as a backup, to read.")
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """How a privacy policy changed over the years.

    Fetches captures of policies from a web archive, and keeps their versions and the changes between them.
    """
    installation.use(config, data)


for _title, _commands in GROUPS.items():
    for _command in _commands:
        if isinstance(_command, typer.Typer):
            app.add_typer(_command, cls=Group, rich_help_panel=_title)
        else:
            app.command(name_of(_command), cls=Command, rich_help_panel=_title)(_command)
