"""``harvester serve``: the scheduler that polls each service."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from harvester.cli import installation
from harvester.cli.options import Archive, given_archive
from harvester.cli.signals import stopped_by_signals

MetricsPort = Annotated[
    int | None,
    typer.Option(
        "--metrics-port", min=0, max=65535, metavar="PORT", help="Serve /metrics, /healthz and /readyz on this port."
    ),
]


def serve(
    archive: Archive = None,
    metrics_port: MetricsPort = None,
    metrics_host: Annotated[
        str, typer.Option("--metrics-host", metavar="ADDRESS", help="Address of --metrics-port.")
    ] = "127.0.0.1",
) -> None:
    """Poll each service on its schedule until stopped.

    On SIGTERM or Ctrl-C, polls in progress are finished first.
    """
    # First of all, since importing the rest takes a second in which a supervisor may already change its mind.
    with stopped_by_signals() as stop:
        from harvester.catalogue.entries import WatchedCatalogue
        from harvester.catalogue.present_settings import PresentSettings
        from harvester.clock import utc_now
        from harvester.service.observe import logs
        from harvester.service.observe.metrics_server import exposed
        from harvester.service.schedule.scheduler import Installation
        from harvester.service.schedule.scheduler import serve as run

        settings = installation.settings()
        logs.configure(settings)
        given = given_archive(settings, archive)
        installation.catalogue(settings)  # refuses what would never match, before anything begins
        catalogue = WatchedCatalogue(settings.config / "services.toml", settings)
        with installation.database(settings) as database, exposed(database, settings, metrics_host, metrics_port):
            ended = run(Installation(database, PresentSettings(settings), given, catalogue, utc_now, stop))
    if not ended:
        # A thread still waits for the archive. All that counts is committed, and Python would wait for it.
        sys.stderr.flush()
        os._exit(0)
