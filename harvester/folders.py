"""The folders of an installation: its configuration, and its data with the store in it."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from harvester.errors import ConfigurationError

_MARKS = ("config/services.toml", "config/harvester.toml", "data/harvester.db")
"""Files that make a working folder an installation: nothing else is expected under these names."""


def folders(config: Path | None = None, data: Path | None = None) -> tuple[Path, Path]:
    """Return the configuration folder and the data folder.

    The arguments count first, then ``HARVESTER_CONFIG`` and ``HARVESTER_DATA``. Where neither names a folder and the
    working folder is an installation, they are its ``config`` and ``data``; elsewhere the folders that the platform
    has for such files. Whoever names one of the two folders has the other in the working folder.
    """
    config = config or _named("HARVESTER_CONFIG")
    data = data or _named("HARVESTER_DATA")
    if config is None and data is None and not any(Path(mark).exists() for mark in _MARKS):
        from platformdirs import user_config_path, user_data_path

        return user_config_path("harvester", appauthor=False), user_data_path("harvester", appauthor=False)
    if config is not None and config.exists() and not config.is_dir():
        raise ConfigurationError(f"{config} is not a folder; name the one that harvester.toml and services.toml are in")
    return config or Path("config"), data or Path("data")


def store_in(data: Path) -> str:
    """Return the SQLAlchemy URL of the store in a data folder; a file, such as a backup, is only read."""
    return f"{sqlite_url(data)}?mode=ro" if data.is_file() else sqlite_url(data / "harvester.db")


def sqlite_url(path: Path) -> str:
    """Return the SQLAlchemy URL of a SQLite file; unescaped, a ``?`` in its name would begin the options."""
    return "sqlite:///" + quote(str(path), safe="/ :@&=+$,;~!'()*[]#")


def _named(variable: str) -> Path | None:
    named = os.environ.get(variable)
    return Path(named) if named else None
