"""``harvester resume``: a paused service polled again."""

from __future__ import annotations

from harvester.cli import installation
from harvester.cli.options import Service


def resume(service: Service) -> None:
    """Poll a paused service again."""
    from harvester.clock import utc_now
    from harvester.service.schedule import pausing

    settings = installation.settings()
    with installation.present_database(settings) as database:
        altered = pausing.resume(database, service, utc_now(), lambda: installation.entry(settings, service))
    print(f"{service} is polled again" if altered else f"{service} was not paused")
