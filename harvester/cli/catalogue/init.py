"""``harvester init``: a configuration to edit, with a comment on every setting."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Annotated

import typer

from harvester.errors import ConfigurationError


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder (default: this one).")] = Path(),
) -> None:
    """Write a commented configuration into a folder.

    Makes config/harvester.toml, with every setting and its default, and config/services.toml. Commands that run in the
    folder use them and keep their database in data/. Without them the platform's folders are used.
    """
    from harvester.catalogue.services_file import FIRST_LINES

    config = folder / "config"
    written = {"harvester.toml": _commented(), "services.toml": FIRST_LINES}
    for name in written:
        if (config / name).exists():
            raise ConfigurationError(f"{config / name} already exists; nothing was written")
    try:
        config.mkdir(parents=True, exist_ok=True)
        for name, text in written.items():
            with (config / name).open("x", encoding="utf-8") as out:
                out.write(text)
            print(config / name)
    except OSError as error:
        raise ConfigurationError(f"{config} cannot be written: {error.strerror}; name another folder") from error
    print("next: harvester add example.com" + (f", in {folder}" if folder != Path() else ""))


def _commented() -> str:
    return (resources.files("harvester.cli.catalogue") / "harvester.toml").read_text(encoding="utf-8")
