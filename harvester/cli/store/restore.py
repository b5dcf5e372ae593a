"""``harvester restore``: a store made from a backup."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from harvester.cli import installation
from harvester.plurals import counted


def restore(source: Annotated[Path, typer.Argument(metavar="SRC", help="A file that `backup` wrote.")]) -> None:
    """Fill an empty store from a backup."""
    from harvester.store.admin.backup import refuse_unless_backup
    from harvester.store.admin.backup import restore as fill
    from harvester.store.read import recent

    # Before the store is opened, which would make it: nothing is left behind by a name typed wrong.
    refuse_unless_backup(source)
    settings = installation.settings()
    with installation.database(settings) as database:
        fill(source, database)
        with database.reading() as session:
            held = recent.totals(session)
    versions, changes = counted(held.versions, "version"), counted(held.changes, "change")
    print(f"restored: {counted(held.services, 'service')}, {versions}, {changes}")
