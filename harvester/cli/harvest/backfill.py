"""``harvester backfill``: the history of services as one command."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from harvester.cli import installation
from harvester.cli.options import Archive, From, Names, To, instant
from harvester.cli.signals import STOPPED, stopped_by_signals
from harvester.errors import ConfigurationError

SampleOption = Annotated[
    str | None, typer.Option(metavar="SAMPLE", help="all, seasons, every:30d or changes; see docs/sampling.md.")
]


def backfill(
    services: Names = None,
    since: From = None,
    until: To = None,
    sample: SampleOption = None,
    archive: Archive = None,
    workers: Annotated[
        int | None, typer.Option(min=1, max=64, metavar="N", help="Downloads at once (default: fetch.threads).")
    ] = None,
    plan: Annotated[bool, typer.Option("--plan", help="Estimate the requests; fetch nothing.")] = False,
    budget: Annotated[int | None, typer.Option(min=0, metavar="N", help="Send at most N requests, then stop.")] = None,
    distributed: Annotated[bool, typer.Option("--distributed", help="Use Celery workers.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Fetch the history of policies between two dates.

    Can be stopped or killed at any moment: run it again to resume.
    """
    from harvester.archive.sampling import parse_sample
    from harvester.catalogue import choose
    from harvester.cli.harvest.progress import plain_or_bar, print_plan, print_summary
    from harvester.clock import utc_now
    from harvester.harvest.backfill import Order, estimate
    from harvester.harvest.backfill import backfill as run

    settings = installation.settings()
    entries = choose(installation.catalogue(settings), services or ())
    try:
        order = Order(
            entries,
            instant(since, end=False),
            instant(until, end=True),
            parse_sample(sample) if sample else None,
            workers or settings.fetch.threads,
            budget,
        )
    except ValueError as error:
        raise ConfigurationError(str(error)) from error
    chosen = settings.archive_named(archive)
    with installation.database(settings) as database, stopped_by_signals() as stop:
        if plan:
            print_plan(estimate(database, settings, chosen, order, clock=utc_now, stop=stop), as_json)
            return
        if distributed:
            from harvester.service.workers.dispatch import backfill_by_workers

            summary = backfill_by_workers(database, settings, archive, order, clock=utc_now, stop=stop)
        else:
            with plain_or_bar(as_json) as progress:
                summary = run(database, settings, chosen, order, clock=utc_now, stop=stop, progress=progress)
    if summary.known or not summary.unreachable:
        print_summary(summary, as_json)
    for reason in summary.unreachable:
        print(f"harvester: {reason}", file=sys.stderr)
    if summary.exit_code:
        raise typer.Exit(summary.exit_code)
    if stop.is_set():
        raise typer.Exit(STOPPED)
