"""``harvester remove``: a service that is no longer watched."""

from __future__ import annotations

from harvester.cli import installation
from harvester.cli.options import Service


def remove(service: Service) -> None:
    """Take a service out of the catalogue; its history stays.

    The store keeps its versions, and `log`, `diff` and the pages still show them.
    """
    from harvester.catalogue import services_file

    settings = installation.settings()
    file = settings.config / "services.toml"
    installation.catalogue(settings)  # says so if there is none
    services_file.remove(file, service, settings.notify)
    print(f"{service}: removed from {file}; its history stays in the store")
