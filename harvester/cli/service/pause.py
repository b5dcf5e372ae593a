"""``harvester pause``: a service that is not polled for now."""

from __future__ import annotations

from harvester.cli import installation
from harvester.cli.options import Service


def pause(service: Service) -> None:
    """Stop polling a service until it is resumed.

    Its history stays and can be read.
    """
    from harvester.clock import utc_now
    from harvester.service.schedule import pausing

    settings = installation.settings()
    with installation.present_database(settings) as database:
        altered = pausing.pause(database, service, utc_now(), lambda: installation.entry(settings, service))
    print(f"{service} is paused" if altered else f"{service} was already paused")
