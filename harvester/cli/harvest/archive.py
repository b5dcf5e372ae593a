"""``harvester archive``: how the archives have answered."""

from __future__ import annotations

from typing import Annotated

import typer

from harvester.cli import installation
from harvester.cli.help import Command
from harvester.cli.options import Json, Output, data_format
from harvester.cli.output import print_data

archive = typer.Typer(name="archive", help="Show how the archives answer; clear a pause.", no_args_is_help=True)


@archive.command("status", cls=Command)
def archive_status(as_json: Json = False, form: Output = None) -> None:
    """Show requests, pauses and errors of each archive."""
    from harvester.clock import utc_now
    from harvester.service.observe.status import installation_status

    data = data_format(form, as_json)
    settings = installation.settings()
    with installation.present_database(settings) as database:
        found = installation_status(database, utc_now(), settings)
    if data:
        print_data(found.as_dict()["archives"], data)
        return
    for one in found.archives:
        print(f"{one.name}: {one.summary}")
    if not found.archives:
        print("no request has been sent to any archive yet")


@archive.command("reset", cls=Command)
def archive_reset(
    name: Annotated[
        str | None, typer.Argument(metavar="ARCHIVE", help="As for --archive (default: the setting).")
    ] = None,
) -> None:
    """Clear the pause and the circuit breaker of an archive.

    For when you know that it answers again. The request limits still apply.
    """
    import threading

    from harvester.archive.limiter.budget import Budget
    from harvester.harvest.limiter.shared import limiter_for

    settings = installation.settings()
    chosen = settings.archive_named(name)
    with installation.present_database(settings) as database:
        limiter_for(database, chosen, settings, Budget(), threading.Event()).reset()
    print(f"{chosen.name}: pause and circuit breaker cleared; the request limits still apply")
