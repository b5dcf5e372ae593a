"""``harvester gaps``: the ledger; ``harvester archive``: how the archives have answered."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from harvester.cli import installation
from harvester.cli.output import day, iso, print_json, print_table

archive = typer.Typer(help="How archives have answered, and clearing what keeps us away.", no_args_is_help=True)


def gaps(
    service: Annotated[str | None, typer.Argument(metavar="[SERVICE]", help="None: all services.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Every line of the ledger as JSON.")] = False,
) -> None:
    """What became of every planned interval and every capture: one outcome each, with its reason."""
    from harvester.insight import gaps as ledger

    settings = installation.settings()
    with installation.database(settings) as database, database.reading() as session:
        if as_json:
            print_json([_entry(one) for one in ledger.entries(session, service)])
            return
        holes = ledger.holes(session, service)
        stretches = ledger.stretches(session, service)
        excluded = ledger.excluded(session, service)
    print("half-years without a policy:" if holes else "no half-year without a policy")
    if holes:
        heads = ("service", "from", "to", "outcome", "reason")
        print_table(
            heads, ((one.service, day(one.start), day(one.end), one.outcome, one.reason or "") for one in holes)
        )
    if excluded:
        print("\nsources that the archive does not show:")
        heads = ("service", "source", "asked", "next try", "reason")
        print_table(
            heads, ((one.service, one.url, day(one.start), day(one.next_try), one.reason or "") for one in excluded)
        )
    print("\ncaptures:")
    print_table(
        ("service", "first", "last", "captures", "outcome", "next try", "reason"),
        (
            (one.service, day(one.first), day(one.last), one.captures, one.outcome, day(one.next_try), one.reason or "")
            for one in stretches
        ),
    )


@archive.command("status")
def archive_status(as_json: Annotated[bool, typer.Option("--json", help="The same as JSON.")] = False) -> None:
    """Requests made to each archive so far, and whether it is paused or left alone."""
    from harvester.clock import utc_now
    from harvester.harvest.report.health import health

    settings = installation.settings()
    with installation.database(settings) as database:
        found = health(database, utc_now(), settings)
    if as_json:
        print_json(found.as_dict()["archives"])
        return
    for one in found.archives:
        print(f"{one.name}: {one.summary}")
    if not found.archives:
        print("no archive has been asked yet")


@archive.command("reset")
def archive_reset(
    name: Annotated[
        str | None, typer.Argument(metavar="[ARCHIVE]", help="As for --archive; none: the default.")
    ] = None,
) -> None:
    """Forget pause and circuit breaker of an archive: for when you know that it answers again."""
    import threading

    from harvester.archive.limiter.budget import Budget
    from harvester.harvest.limiter.shared import limiter_for

    settings = installation.settings()
    chosen = settings.archive_named(name)
    with installation.database(settings) as database:
        limiter_for(database, chosen, settings, Budget(), threading.Event()).reset()
    print(f"{chosen.name}: pause and breaker are cleared; the limits still hold")


def _entry(one: Any) -> dict[str, Any]:
    return {
        "service": one.service,
        "url": one.url,
        "kind": "capture" if one.end is None else "interval",
        "start": iso(one.start),
        "end": iso(one.end),
        "plan": one.plan,
        "outcome": one.outcome,
        "reason": one.reason,
        "tries": one.tries,
        "next_try": iso(one.next_try),
    }
