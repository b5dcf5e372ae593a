"""``harvester rename``: another name for a service."""

from __future__ import annotations

from typing import Annotated

import typer

from harvester.cli import installation
from harvester.cli.options import Service


def rename(
    service: Service,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its new name, a domain.")],
) -> None:
    """Rename a service in the catalogue and in the store.

    Its history goes with it. Stop `harvester serve` or `up` first, or it may enter the old name again meanwhile.
    """
    from pydantic import ValidationError

    from harvester.catalogue import ServiceEntry, choose
    from harvester.clock import utc_now
    from harvester.errors import ConfigurationError
    from harvester.harvest import rename as renaming

    try:
        ServiceEntry(name=name)
    except ValidationError as error:
        raise ConfigurationError(f"{name!r} is not a domain in lower-case letters, digits, dots and hyphens") from error
    settings = installation.settings()
    choose(installation.catalogue(settings), (service,))
    file = settings.config / "services.toml"
    with installation.database(settings) as database:
        known = renaming.rename(database, file, service, name, utc_now)
    print(f"{service} is now {name} in {file}" + (" and in the store" if known else ""))
