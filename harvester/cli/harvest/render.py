"""``harvester render``: stored captures whose text is made by scripts, rendered in a browser."""

from __future__ import annotations

from typing import Annotated

import typer

from harvester.cli import installation
from harvester.cli.options import Archive, Names, given_archive
from harvester.cli.signals import stopped_by_signals
from harvester.plurals import counted


def render(
    services: Names = None,
    archive: Archive = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Every page (default: only those that need a browser).")
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Also pages that were rendered before, or could not be.")
    ] = False,
    budget: Annotated[int | None, typer.Option(min=0, metavar="N", help="Send at most N requests, then stop.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Render stored pages whose text is made by scripts.

    Opens each in Chromium as it was on its day, and makes its document from the result. What a page asks for is
    requested from the archive once, and kept. Can be stopped or killed at any moment: run it again to resume.
    """
    from harvester.catalogue.entries import choose
    from harvester.cli.harvest.progress import plain_or_bar
    from harvester.cli.output import print_json
    from harvester.clock import utc_now
    from harvester.harvest.reclean.render_stored import render_stored

    settings = installation.settings()
    entries = choose(installation.catalogue(settings), services or ())
    given = given_archive(settings, archive)
    with (
        installation.present_database(settings) as database,
        stopped_by_signals() as stop,
        plain_or_bar(as_json) as progress,
    ):
        done = render_stored(
            database, settings, given, entries, everything=everything, again=again,
            budget=budget, clock=utc_now, stop=stop, progress=progress,
        )  # fmt: skip
    if as_json:
        print_json(done.as_dict())
        return
    differ = f"{counted(done.documents, 'document')} and {counted(done.texts, 'text')} differ from before"
    print(f"{counted(done.captures, 'capture')} rendered: {differ}")
    for step, number in sorted(done.outcomes.items()):
        print(f"{step:<32}{number:>8}")
