"""``harvester reclean``: every document made again by the present cleaner."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from harvester.cli import installation
from harvester.cli.backfill import ArchiveOption, Names
from harvester.cli.signals import stopped_by_signals


def reclean(
    services: Names = None,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes on this machine.")] = 1,
    everything: Annotated[
        bool, typer.Option("--all", help="Also what the present cleaner made; else only what another one made.")
    ] = False,
    distributed: Annotated[bool, typer.Option("--distributed", help="By the workers of the broker.")] = False,
    archive: ArchiveOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="The closing figures as JSON.")] = False,
) -> None:
    """Clean what is stored anew, without a request to any archive. Can be killed at any moment and run again."""
    from harvester.cli.output import print_json
    from harvester.clock import utc_now
    from harvester.harvest import sources as catalogue
    from harvester.harvest.reclean.processes import reclean as run
    from harvester.service.workers.dispatch import reclean_by_workers

    settings = installation.settings()
    entries = catalogue.choose(installation.catalogue(settings), services or ())
    snapshots = settings.archive_named(archive).snapshots
    with installation.database(settings) as database, stopped_by_signals() as stop:
        if distributed:
            done = reclean_by_workers(
                database, settings, entries, snapshots=snapshots, force=everything, clock=utc_now, stop=stop,
                told=_told,
            )  # fmt: skip
        else:
            done = run(
                database, settings, entries, snapshots=snapshots, force=everything, processes=workers,
                clock=utc_now, stop=stop, told=_told,
            )  # fmt: skip
    if as_json:
        print_json(done.as_dict())
        return
    print(f"{done.captures} captures re-cleaned, {done.documents} documents altered, {done.texts} texts altered")
    if done.texts:
        print(f"altered texts differ in {done.share / done.texts:.2%} of their words, at most {done.largest:.2%}")
    for step, number in sorted(done.outcomes.items()):
        print(f"{step:<32}{number:>8}")


def _told(done: int, of: int) -> None:
    if done == of or done % 50 == 0:
        print(f"{done} of {of} pieces", file=sys.stderr)
