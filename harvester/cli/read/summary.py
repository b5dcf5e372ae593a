"""``harvester summary``: what a language model says of a change, in sentences that quote it."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from harvester.cli import installation
from harvester.cli.options import Json, Known


def summary(
    service: Known,
    reference: Annotated[
        str, typer.Argument(metavar="REF", help="A date, a number, first, latest or ~2 (default: latest).")
    ] = "latest",
    as_json: Json = False,
) -> None:
    """Summarize a change with the configured model.

    REF names the version that the change led to. Needs [summary] in harvester.toml. Each sentence quotes the change;
    others are dropped. The answer is kept, so a change is sent once.
    """
    from harvester.cli.output import print_json
    from harvester.clock import utc_now
    from harvester.dates import iso
    from harvester.service.machine_summary import summary as made
    from harvester.store.read import versions

    settings = installation.settings()
    with installation.present_database(settings) as database:
        with database.reading() as session:
            version = versions.resolve(session, service, reference)
            change = versions.change(session, service, version.first_seen)
        sentences = made(database, settings.summary, change, utc_now)
    if as_json:
        print_json(
            {
                "service": service,
                "before": iso(change.before),
                "machine_written": True,
                "model": settings.summary.model,
                "sentences": list(sentences),
            }
        )
        return
    if sentences:
        print(f"Written by a machine ({settings.summary.model}); each sentence quotes the change:")
    for one in sentences:
        print(f"  {one}")
    if not sentences:
        print("harvester: no sentence of the model quotes the change", file=sys.stderr)
