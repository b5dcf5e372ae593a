"""``harvester backup``: the store in one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from harvester.cli import installation


def backup(
    dest: Annotated[Path, typer.Argument(metavar="DEST", help="A new file (SQLite, for every kind of store).")],
) -> None:
    """Write the whole store to one file, also during a harvest."""
    from harvester.store.admin.backup import backup as write

    settings = installation.settings()
    with installation.present_database(settings) as database:
        size = write(database, dest)
    print(f"{dest}: {size:,} bytes")
