"""``harvester copy-to``: the store copied to another database."""

from __future__ import annotations

from typing import Annotated

import typer

from harvester.cli import installation


def copy_to(
    url: Annotated[str, typer.Argument(metavar="URL", help="An empty database: sqlite:///PATH or postgresql://...")],
) -> None:
    """Copy the store to another database, all or nothing.

    From SQLite to PostgreSQL or back.
    """
    from contextlib import closing

    from harvester.store.admin.copy import copy_to as copy
    from harvester.store.database import Database

    settings = installation.settings()
    with installation.present_database(settings) as database, closing(Database.open(url)) as target:
        copied = copy(database, target)
        print(f"{target.name}: {sum(copied.values())} rows of {len(copied)} tables")
    print("set database_url to it for harvester to use it")
