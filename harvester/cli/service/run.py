"""``harvester run``: one service polled now."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from harvester.cli import installation
from harvester.cli.options import Archive, Render, Service, given_archive
from harvester.cli.signals import stopped_by_signals
from harvester.errors import UnknownName


def run(
    service: Service,
    archive: Archive = None,
    render: Render = None,
    now: Annotated[bool, typer.Option("--now", hidden=True, help="Kept for older scripts: always so.")] = False,
) -> None:
    """Poll one service now.

    The running scheduler does it; without one, this process.
    """
    with stopped_by_signals() as stop:
        from harvester.catalogue.entries import WatchedCatalogue
        from harvester.catalogue.present_settings import PresentSettings
        from harvester.clock import utc_now
        from harvester.service.observe import logs
        from harvester.service.schedule import pausing, scheduler
        from harvester.service.schedule.leadership import leader

        settings = installation.settings()
        entry = installation.entry(settings, service)
        with installation.database(settings) as database:
            if pausing.is_paused(database, service):
                raise UnknownName(f"{service} is paused; `harvester resume {service}` first")
            if render:
                entry = entry.model_copy(update={"render": render.value})
            if not (archive or render) and (holder := leader(database, utc_now)) is not None:
                scheduler.hurry(database, service, utc_now())
                print(f"{service}: the running scheduler ({holder}) polls it now")
                return
            logs.configure(settings)
            given = given_archive(settings, archive)
            catalogue = WatchedCatalogue(settings.config / "services.toml", settings)
            here = scheduler.Installation(database, PresentSettings(settings), given, catalogue, utc_now, stop)
            polled = scheduler.poll_once(here, entry, stop)
    tally = polled.tally
    print(f"{service}: {tally.fetched} fetched, {tally.adopted} unchanged, {tally.new_changes} new changes")
    if polled.unavailable:
        print(f"harvester: {polled.unavailable}", file=sys.stderr)
        raise typer.Exit(3)
