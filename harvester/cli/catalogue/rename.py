"""``harvester rename``: another name for a service."""

from __future__ import annotations

from typing import Annotated

import typer

from harvester.cli import installation
from harvester.cli.options import Service


def rename(
    service: Service,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its new name.")],
) -> None:
    """Rename a service in the catalogue and in the store.

    Its documents go with it, and their histories. Stop `harvester serve` or `up` first, or it may enter the old name
    again meanwhile.
    """
    from pydantic import ValidationError

    from harvester.catalogue.entries import NO_NAME, entries_of
    from harvester.clock import utc_now
    from harvester.errors import ConfigurationError
    from harvester.harvest import rename as renaming

    try:
        entries_of({"name": name})
    except ValidationError as error:
        raise ConfigurationError(f"{name!r} {NO_NAME}") from error
    if "/" in service:
        raise ConfigurationError(
            f"{service} is a document; rename its service: `harvester rename {service.partition('/')[0]} NEW`"
        )
    settings = installation.settings()
    file = settings.config / "services.toml"
    installation.catalogue(settings)  # says so if there is none
    with installation.present_database(settings) as database:
        known = renaming.rename(database, file, service, name, utc_now, settings.notify)
    print(f"{service} is now {name} in {file}" + (" and in the store" if known else ""))
