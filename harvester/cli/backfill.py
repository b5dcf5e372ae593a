"""``harvester backfill``: the history of services as one command."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from harvester.cli import installation
from harvester.cli.signals import STOPPED, stopped_by_signals
from harvester.errors import ConfigurationError

Names = Annotated[list[str] | None, typer.Argument(metavar="[SERVICE]...", help="Of the catalogue; none: all.")]
Since = Annotated[str | None, typer.Option("--from", metavar="DATE", help="2009, 2009-07 or 2009-07-31.")]
Until = Annotated[str | None, typer.Option("--to", metavar="DATE", help="Included: 2015 means to its end.")]
SampleOption = Annotated[
    str | None, typer.Option(metavar="SAMPLE", help="all, seasons, every:30d or changes; see docs/sampling.md.")
]
ArchiveOption = Annotated[
    str | None, typer.Option(metavar="NAME|BASE-URL", help="An archive of harvester.toml, a base URL, or pywb+URL.")
]


def backfill(
    services: Names = None,
    since: Since = None,
    until: Until = None,
    sample: SampleOption = None,
    archive: ArchiveOption = None,
    workers: Annotated[int | None, typer.Option(min=1, max=64, help="Downloads at once [fetch.threads].")] = None,
    plan: Annotated[bool, typer.Option("--plan", help="Search the index, say what it will cost, no more.")] = False,
    budget: Annotated[int | None, typer.Option(min=0, metavar="N", help="Stop cleanly after N requests.")] = None,
    distributed: Annotated[bool, typer.Option("--distributed", help="By the workers of the broker.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The closing figures as JSON.")] = False,
) -> None:
    """Harvest the policies of services between two dates. Can be killed at any moment and run again."""
    from harvester.archive.sampling import parse_sample
    from harvester.cli.progress import plain_or_bar, print_plan, print_summary
    from harvester.clock import utc_now
    from harvester.dates import parse_day
    from harvester.harvest import sources as catalogue
    from harvester.harvest.backfill import Order, estimate
    from harvester.harvest.backfill import backfill as run

    settings = installation.settings()
    entries = catalogue.choose(installation.catalogue(settings), services or ())
    try:
        order = Order(
            entries,
            parse_day(since) if since else None,
            parse_day(until, end=True) if until else None,
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
