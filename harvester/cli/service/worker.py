"""``harvester worker``: a Celery worker."""

from __future__ import annotations

from typing import Annotated

import typer

from harvester.cli import installation


def worker(
    concurrency: Annotated[
        int | None, typer.Option(min=1, max=64, metavar="N", help="Processes (default: one per core).")
    ] = None,
) -> None:
    """Run a Celery worker for --distributed commands.

    Needs the setting broker_url. Stops on SIGTERM.
    """
    from harvester.service.observe import logs
    from harvester.service.workers.tasks import work

    settings = installation.settings()
    logs.configure(settings)
    work(settings, concurrency)
