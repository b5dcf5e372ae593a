"""Alembic's migrations, and `upgrade`, which brings a database to the newest of them. There is no downgrade."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from harvester.errors import StoreError

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0030"
"""The newest revision; a test holds it equal to what `versions/` says."""

# Any fixed number will do: it only has to be the same for all processes that upgrade one PostgreSQL database.
_ADVISORY_LOCK = 7_305_801_266_391


def upgrade(engine: Engine, revision: str = HEAD) -> None:
    """Migrate the database at `engine` to `revision`, in one transaction; do nothing when it is there.

    Processes that start at once wait for each other: only one of them makes the tables. Raises `StoreError` when the
    database was made by a newer release, whose revision this one does not know.
    """
    with engine.connect() as connection:
        if revision_of(connection) == revision:
            return
    how = {"harvester_begin": "IMMEDIATE"}
    with engine.connect().execution_options(**how) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
        present = revision_of(connection)
        if present == revision:
            return
        if present is not None and present > HEAD:
            raise StoreError(
                f"the database is at schema {present} and this release knows {HEAD} as the newest; "
                "it was opened by a newer harvester; install that version"
            )
        # Alembic takes half a second to import, which a database that is current need not wait for.
        from alembic import command

        command.upgrade(configuration(connection), revision)


def refuse_other_revisions(engine: Engine) -> None:
    """Raise `StoreError` unless the database, which cannot be written, is at the newest revision."""
    with engine.connect() as connection:
        if (present := revision_of(connection)) != HEAD:
            raise StoreError(
                f"the database is at schema {present}, this release reads {HEAD}, and it cannot be written to migrate "
                "it; copy it to a place that can be written, or restore it with `harvester restore`"
            )


def revision_of(connection: Connection) -> str | None:
    """Return the revision of the database; None if it has no tables yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def configuration(connection: Connection) -> Config:
    """Return Alembic's configuration for one open connection; there is no alembic.ini."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
