"""New SQLite stores for tests: copies of one that the migrations made, which take a quarter of a second each time."""

from __future__ import annotations

import functools
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Engine

from harvester.store import migrations
from harvester.store.database import Database


def upgrade(engine: Engine) -> None:
    """Do what `harvester.store.migrations.upgrade` does, by a copy where there is no file yet."""
    if engine.dialect.name == "sqlite" and engine.url.database:
        # Where no copy can be made, the migrations say why.
        with suppress(OSError):
            _put(Path(engine.url.database))
    migrations.upgrade(engine)


@functools.cache
def migrated() -> bytes:
    """Return the file of a store without rows at the newest schema."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "harvester.db"
        database = Database(f"sqlite:///{file}")
        migrations.upgrade(database.engine)
        database.close()
        return file.read_bytes()


def _put(file: Path) -> None:
    """Write the file whole, unless it is there: as with migrations, of many at once one makes it."""
    if file.exists():
        return
    with tempfile.NamedTemporaryFile(dir=file.parent) as new:
        new.write(migrated())
        new.flush()
        Path(new.name).chmod(0o644)
        os.link(new.name, file)
