"""``harvester add``: a service of which only the domain is known."""

from __future__ import annotations

from typing import Annotated

import typer

from harvester.cli import installation
from harvester.cli.options import Archive, From, To, instant
from harvester.cli.signals import stopped_by_signals
from harvester.errors import ConfigurationError


def add(
    domain: Annotated[str, typer.Argument(metavar="DOMAIN", help="As in jivochat.com.")],
    archive: Archive = None,
    since: From = None,
    until: To = None,
) -> None:
    """Add a service and find its policy in the archive.

    Looks for the policy on the home pages that the archive holds. Nothing is written before the search is over.
    """
    from pydantic import ValidationError

    from harvester.catalogue import ServiceEntry, append
    from harvester.cli.output import day, print_table
    from harvester.clock import utc_now
    from harvester.harvest.backfill import Order, find_sources

    settings = installation.settings()
    file = settings.config / "services.toml"
    try:
        entry = ServiceEntry(name=domain.strip().lower())
    except ValidationError as error:
        raise ConfigurationError(f"{domain!r} is not a domain such as jivochat.com") from error
    start, end = instant(since, end=False), instant(until, end=True)
    if file.exists() and entry.name in {one.name for one in installation.catalogue(settings)}:
        raise ConfigurationError(f"{file} has {entry.name} already; `harvester backfill {entry.name}` harvests it")
    chosen = settings.archive_named(archive)
    try:
        append(file, f'[[service]]\nname = "{entry.name}"\n', entry.name)
    except OSError as error:
        raise ConfigurationError(f"{file}: the service cannot be entered: {error}") from error
    print(f"{entry.name} is entered in {file}")
    with installation.database(settings) as database, stopped_by_signals() as stop:
        sources = find_sources(database, settings, chosen, Order((entry,), start, end), clock=utc_now, stop=stop)
    if not sources:
        print("no home page in the archive links to a privacy policy; write its address as a source in the catalogue")
        return
    print_table(
        ("from", "to", "address", ""),
        ((day(one.since), day(one.until), one.url, one.note or "") for one in sources),
    )
    print(f"next: harvester backfill {entry.name}")
