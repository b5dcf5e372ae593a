"""The installation that a command works on: its settings, catalogue and database."""

from __future__ import annotations

import os
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


def config_named() -> Path | None:
    """Return the folder of the configuration that the user named before the command; None if none was."""
    return _folders["config"]


def settings() -> Settings:
    """Return the settings of this installation."""
    from harvester.catalogue.samples import parse_sample
    from harvester.settings import load_settings

    found = load_settings(_folders["config"], _folders["data"])
    parse_sample(found.sample)
    return found


def catalogue(of: Settings) -> tuple[ServiceEntry, ...]:
    """Return the services of this installation's catalogue."""
    from harvester.catalogue.entries import load_catalogue, refuse_unknown_receivers, warn_of_unknown_tags

    entries = load_catalogue(of.config / "services.toml", of)
    refuse_unknown_receivers(of.notify, entries)
    warn_of_unknown_tags(of.review.tags, entries)
    if of.watch:
        from harvester.insight.statements.watch import watch_of

        for name, rule in of.watch.items():
            watch_of(name, rule)
    return entries


def entry(of: Settings, service: str) -> ServiceEntry:
    """Return the catalogue's entry of one service."""
    from harvester.catalogue.entries import choose

    return choose(catalogue(of), (service,))[0]


@contextmanager
def database(of: Settings) -> Iterator[Database]:
    """Open the database of this installation, which is to be written, for the body of the ``with``."""
    with _opened(of.database) as opened:
        opened.refuse_if_read_only()
        yield opened


@contextmanager
def present_database(of: Settings | None = None) -> Iterator[Database]:
    """Open a database that is there. None is made where there is none, so that a typo is noticed."""
    from harvester.errors import ConfigurationError
    from harvester.store.database import Database

    url = of.database if of is not None else _database()
    if not Database.present(url):
        raise ConfigurationError(no_store(url))
    with _opened(url) as opened:
        yield opened


@contextmanager
def present_or_passing_database(of: Settings) -> Iterator[Database]:
    """Open the database of this installation; where there is none to be written, one that is gone afterwards."""
    from tempfile import TemporaryDirectory

    from harvester.folders import store_in
    from harvester.store.database import Database

    if Database.present(of.database):
        with _opened(of.database) as opened:
            if not opened.read_only:
                yield opened
                return
    with TemporaryDirectory() as folder, _opened(store_in(Path(folder))) as opened:
        yield opened


def no_store(url: str) -> str:
    """Return what to say where a store is looked for and there is none."""
    from harvester.store.database import Database, sqlite_file

    where = sqlite_file(url) or Database(url).name
    return f"there is no store at {where}; `harvester backfill` creates one, --data DIR names another folder"


def _database() -> str:
    """Return the URL of the store for a command that needs nothing else of the settings.

    Where nothing is set, nothing is to be checked: importing what checks settings takes a fifth of a short command.
    """
    from harvester.environment import sets_nothing
    from harvester.folders import folders, store_in

    config, data = folders(_folders["config"], _folders["data"])
    if sets_nothing(os.environ, config / "harvester.toml"):
        return store_in(data)
    return settings().database


@contextmanager
def _opened(url: str) -> Iterator[Database]:
    from harvester.store.database import Database

    opened = Database.open(url)
    try:
        yield opened
    finally:
        opened.close()
