"""``harvester backfill``: the history of services as one command."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from harvester.cli import installation
from harvester.cli.options import Archive, From, Render, To, asked_of, given_archive, instant
from harvester.cli.signals import STOPPED, stopped_by_signals
from harvester.errors import ConfigurationError, UnknownName

if TYPE_CHECKING:
    import threading

    from harvester.catalogue.entries import ServiceEntry
    from harvester.cli.options import RenderedPages
    from harvester.harvest.backfill import Order
    from harvester.settings import ArchiveSettings, Settings
    from harvester.store.database import Database

SampleOption = Annotated[
    str | None, typer.Option(metavar="SAMPLE", help="all, seasons, every:30d or changes; see docs/sampling.md.")
]


def backfill(
    services: Annotated[
        list[str] | None,
        typer.Argument(metavar="SERVICE", help="A service, a domain or the address of a policy (default: all)."),
    ] = None,
    since: From = None,
    until: To = None,
    sample: SampleOption = None,
    archive: Archive = None,
    render: Render = None,
    workers: Annotated[
        int | None, typer.Option(min=1, max=64, metavar="N", help="Downloads at once (default: fetch.threads).")
    ] = None,
    plan: Annotated[bool, typer.Option("--plan", help="Estimate the requests; fetch nothing.")] = False,
    budget: Annotated[int | None, typer.Option(min=0, metavar="N", help="Send at most N requests, then stop.")] = None,
    distributed: Annotated[bool, typer.Option("--distributed", help="Use Celery workers.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Fetch the history of policies between two dates.

    SERVICE is a service of the catalogue, a domain, whose policy is then searched for, or the address of a policy. New
    services are added to the catalogue. Can be stopped or killed at any moment: run it again to resume.
    """
    from harvester.catalogue.samples import parse_sample
    from harvester.cli.catalogue.new_services import split
    from harvester.cli.harvest.progress import Pieces, plain_or_bar, print_next_steps, print_plan, print_summary
    from harvester.clock import utc_now
    from harvester.harvest.backfill import Order, estimate
    from harvester.harvest.backfill import backfill as run

    settings = installation.settings()
    file = settings.config / "services.toml"
    listed = installation.catalogue(settings) if file.exists() or not services else ()
    known, new = split(file, listed, services) if services else (list(listed), [])
    try:
        sampling = parse_sample(sample) if sample is not None else None
        begin, end = instant(since, end=False), instant(until, end=True)
        order = Order([*known, *new], begin, end, sampling, workers or settings.fetch.threads, budget)
    except ValueError as error:
        raise ConfigurationError(str(error)) from error
    given = given_archive(settings, archive)
    with installation.database(settings) as database, stopped_by_signals() as stop:
        if plan:
            order = _rendering(order, render)
            print_plan(estimate(database, settings, given, order, clock=utc_now, stop=stop), as_json)
            return
        order = _rendering(_entered(database, settings, given, order, new, stop), render)
        if distributed:
            from harvester.service.workers.dispatch import backfill_by_workers

            counted = Pieces("services")
            summary = backfill_by_workers(
                database, settings, asked_of(archive), order, clock=utc_now, stop=stop, on_progress=counted
            )
        else:
            with plain_or_bar(as_json) as progress:
                summary = run(database, settings, given, order, clock=utc_now, stop=stop, progress=progress)
    if summary.known or not summary.unreachable:
        print_summary(summary, as_json)
        if new and not as_json:
            print_next_steps(order.entries[-1].name, summary)
    for reason in summary.unreachable:
        print(f"harvester: {reason}", file=sys.stderr)
    if summary.exit_code:
        raise typer.Exit(summary.exit_code)
    if stop.is_set():
        raise typer.Exit(STOPPED)


def _rendering(order: Order, render: RenderedPages | None) -> Order:
    """Return the order with what the command line says of rendering, which the catalogue does not learn."""
    if render is None:
        return order
    return replace(order, entries=[one.model_copy(update={"render": render.value}) for one in order.entries])


def _entered(
    database: Database,
    settings: Settings,
    given: ArchiveSettings | None,
    order: Order,
    new: Sequence[ServiceEntry],
    stop: threading.Event,
) -> Order:
    """Add the new services to the catalogue; return the order without those unknown to the archive."""
    from harvester.catalogue.services_file import add_missing
    from harvester.cli.catalogue.new_services import advice, search
    from harvester.clock import utc_now
    from harvester.harvest.session import opened

    if not new:
        return order
    file = settings.config / "services.toml"
    missing: dict[str, str] = {}
    with opened(
        database, settings, settings.archive_for(None, given), clock=utc_now, stop=stop, budget=order.budget
    ) as harvest:
        for entry in new:
            found = search(harvest, entry)
            if found.sources:
                add_missing(file, [entry])
                print(f"{entry.name}: added to {file}", file=sys.stderr)
            else:
                missing[entry.name] = f"{entry.name} was not added: {found.reason}; {advice(entry)}"
        left = None if order.budget is None else max(order.budget - sum(harvest.budget.spent.values()), 0)
    entries = [entry for entry in order.entries if entry.name not in missing]
    if not entries:
        raise UnknownName("; ".join(missing.values()))
    for problem in missing.values():
        print(f"harvester: {problem}", file=sys.stderr)
    return replace(order, entries=entries, budget=left)
