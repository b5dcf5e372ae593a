"""``harvester init``: a configuration to edit, with a comment on every setting."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Annotated

import typer

from harvester.cli import installation
from harvester.errors import ConfigurationError


def init(
    folder: Annotated[Path | None, typer.Argument(metavar="DIR", help="The folder (default: this one).")] = None,
) -> None:
    """Write a commented configuration into a folder.

    Makes config/harvester.toml, with every setting and its default, and config/services.toml. Commands that run in the
    folder use them and keep their database in data/. Without them the platform's folders are used. With --config the
    two files are written into the folder that it names.
    """
    from harvester.catalogue.services_file import FIRST_LINES

    named = installation.config_named()
    if named is not None and folder is not None:
        raise ConfigurationError(f"--config names {named}, and DIR {folder}; name one of them")
    config = named or (folder or Path()) / "config"
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
    where = f", in {folder}" if folder else ""
    print(f"next: harvester {f'--config {named} ' if named else ''}add example.com{where}")


def _commented() -> str:
    return (resources.files("harvester.cli.catalogue") / "harvester.toml").read_text(encoding="utf-8")
