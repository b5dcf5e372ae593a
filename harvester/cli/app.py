"""The commands of the command line, gathered."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from harvester._version import __version__
from harvester.cli import (
    add as adding,
)
from harvester.cli import (
    ask as asking,
)
from harvester.cli import (
    backfill as harvesting,
)
from harvester.cli import (
    clean as cleaning,
)
from harvester.cli import (
    export as exporting,
)
from harvester.cli import (
    gaps as ledger,
)
from harvester.cli import (
    installation,
)
from harvester.cli import (
    keep as keeping,
)
from harvester.cli import (
    read as reading,
)
from harvester.cli import (
    reclean as recleaning,
)
from harvester.cli import (
    serve as serving,
)
from harvester.cli.conformance import conformance
from harvester.cli.replay import replay
from harvester.cli.web import web

app = typer.Typer(
    name="harvester",
    help="How a privacy policy changed over the years: captures of a web archive in, versions and redlines out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def folders(
    config: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder with harvester.toml and services.toml. [default: config]")
    ] = None,
    data: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder that holds the database. [default: data]")
    ] = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    """Options before (or after) every command."""
    if version:
        typer.echo(__version__)
        raise typer.Exit
    installation.use(config, data)


app.command()(harvesting.backfill)
app.command()(adding.add)
app.command()(serving.serve)
app.command()(web)
app.command()(serving.worker)
app.command()(serving.ready)
app.command()(serving.run)
app.command()(serving.pause)
app.command()(serving.resume)
app.add_typer(serving.notify, name="notify")
app.command()(reading.services)
app.command()(reading.log)
app.command()(reading.show)
app.command()(reading.diff)
app.command()(asking.blame)
app.command()(asking.search)
app.command()(asking.trends)
app.command()(asking.similar)
app.command()(reading.status)
app.command()(ledger.gaps)
app.add_typer(ledger.archive, name="archive")
app.command()(recleaning.reclean)
app.command()(keeping.verify)
app.command()(keeping.backup)
app.command()(keeping.restore)
app.command("copy-to")(keeping.copy_to)
app.command()(cleaning.clean)
app.command()(conformance)
app.command()(replay)
app.add_typer(exporting.export, name="export")
app.add_typer(exporting.importing, name="import")
