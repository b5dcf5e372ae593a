"""The installation that a command works on: its settings, catalogue and database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from harvester.catalogue.entries import ServiceEntry
    from harvester.settings import Settings
    from harvester.store.database import Database

_folders: dict[str, Path | None] = {"config": None, "data": None}


def use(config: Path | None, data: Path | None) -> None:
    """Set the folders that the user named; None leaves them to the environment and the defaults."""
    _folders.update(config=config, data=data)


def settings() -> Settings:
    """Return the settings of this installation."""
    from harvester.archive.sampling import parse_sample
    from harvester.settings import load_settings

    found = load_settings(_folders["config"], _folders["data"])
    parse_sample(found.sample)
    return found


def catalogue(of: Settings) -> tuple[ServiceEntry, ...]:
    """Return the services of this installation's catalogue."""
    from harvester.archive.sampling import parse_sample
    from harvester.catalogue.entries import load_catalogue, refuse_unknown_receivers
    from harvester.errors import ConfigurationError

    entries = load_catalogue(of.config / "services.toml", of)
    refuse_unknown_receivers(of.notify, entries)
    for one in entries:
        try:
            parse_sample(one.sample or of.sample)
        except ConfigurationError as error:
            raise ConfigurationError(f"{of.config / 'services.toml'}: {one.name}: {error}") from error
    return entries


def entry(of: Settings, service: str) -> ServiceEntry:
    """Return the catalogue's entry of one service."""
    from harvester.catalogue.entries import choose

    return choose(catalogue(of), (service,))[0]


@contextmanager
def database(of: Settings) -> Iterator[Database]:
    """Open the database of this installation for the body of the ``with``."""
    from harvester.store.database import Database

    opened = Database.open(of.database)
    try:
        yield opened
    finally:
        opened.close()


@contextmanager
def present_database(of: Settings) -> Iterator[Database]:
    """Open a database that is there. None is made where there is none, so that a typo is noticed."""
    from harvester.errors import ConfigurationError
    from harvester.store.database import Database, sqlite_file

    if not Database.present(of.database):
        where = sqlite_file(of.database) or Database(of.database).name
        raise ConfigurationError(
            f"there is no store at {where}; `harvester backfill` creates one, --data DIR names another folder"
        )
    with database(of) as opened:
        yield opened
