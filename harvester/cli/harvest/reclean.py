"""``harvester reclean``: every document made again by the present cleaner."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from harvester.cli import installation
from harvester.cli.options import Names
from harvester.cli.signals import stopped_by_signals
from harvester.plurals import counted


def reclean(
    services: Names = None,
    workers: Annotated[int, typer.Option(min=1, max=64, metavar="N", help="Processes on this machine.")] = 1,
    everything: Annotated[
        bool, typer.Option("--all", help="Also documents of the present cleaner (default: only older ones).")
    ] = False,
    distributed: Annotated[bool, typer.Option("--distributed", help="Use Celery workers.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Make every document again with the present cleaner.

    Reads the stored pages; sends no request to any archive. Can be stopped or killed at any moment: run it again to
    resume.
    """
    from harvester.catalogue.entries import choose
    from harvester.cli.harvest.progress import Pieces
    from harvester.cli.output import print_json, some
    from harvester.clock import utc_now
    from harvester.harvest.reclean.pieces import left_out
    from harvester.harvest.reclean.rebuild import unnamed_archives
    from harvester.harvest.reclean.reclean import reclean as run
    from harvester.service.workers.dispatch import reclean_by_workers

    settings = installation.settings()
    entries = choose(installation.catalogue(settings), services or ())
    with installation.present_database(settings) as database, stopped_by_signals() as stop:
        if distributed:
            done = reclean_by_workers(
                database, settings, entries, force=everything, clock=utc_now, stop=stop,
                on_progress=Pieces("batches"),
            )  # fmt: skip
        else:
            done = run(
                database, settings, entries, force=everything, processes=workers,
                clock=utc_now, stop=stop, on_progress=Pieces("batches"),
            )  # fmt: skip
        left = left_out(database, entries) if not services else []
        unnamed = unnamed_archives(database, settings)
    if unnamed:
        print(
            f"harvester: the settings do not name the archive {', '.join(unnamed)}: links that lead into it are now of "
            "the Wayback Machine; run it again with the settings of the harvest (--config)",
            file=sys.stderr,
        )
    if left:
        print(f"harvester: not cleaned again, as the catalogue does not name them: {some(left)}", file=sys.stderr)
    if as_json:
        print_json(done.as_dict())
        return
    differ = f"{counted(done.documents, 'document')} and {counted(done.texts, 'text')} differ from before"
    print(f"{counted(done.captures, 'capture')} cleaned again: {differ}")
    if done.measures:
        print(f"{counted(done.measures, 'text')} measured differently than before (language, likelihood, words, ...)")
    if done.texts:
        print(f"these texts differ in {done.share / done.texts:.2%} of their words, at most {done.largest:.2%}")
    for step, number in sorted(done.outcomes.items()):
        print(f"{step:<32}{number:>8}")
