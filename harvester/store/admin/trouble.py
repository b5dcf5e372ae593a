"""What the errors of a database mean, and what to do."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy.exc import DBAPIError, OperationalError

BUSY_SECONDS = 60
"""How long a writer of SQLite waits for another."""


def only_read(file: Path | None, *, is_named: bool) -> str:
    """Return what to say when a store that was opened for reading only is to be written; `is_named`: its user named a
    file and not a folder, as for a backup.
    """
    why = (
        f"--data names a file, as for a backup: `harvester --data FOLDER restore {file}` makes a store of it; to write "
        "into a store, name its folder"
        if is_named
        else "this user may not write it: make it writable, with its folder, or name another folder with --data"
    )
    return f"{file} was opened for reading only, because {why}"


def is_damage(error: DBAPIError) -> bool:
    """Return whether SQLite says that its file is not what it wrote."""
    return code_of(error) == sqlite3.SQLITE_CORRUPT


def code_of(error: DBAPIError) -> int:
    """Return SQLite's own number of an error; 0 if it has none."""
    code: int = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    return code


def one_line(error: DBAPIError) -> str:
    """Return what the database said, without its line breaks."""
    return " ".join(str(error.orig).split()).rstrip("?.")


_NO_CONNECTION = ("connection failed", "connection timeout", "failed to resolve")
"""How psycopg begins what it says where no connection was made: no step may have begun yet."""

_NOT_LET_IN = ("authentication failed", "does not exist", "no password supplied", "pg_hba.conf", "permission denied")


def advice(error: OperationalError) -> str:
    """Return what the database said, with what to do."""
    reason = one_line(error)
    lowered = reason.lower()
    if "full" in lowered or "no space" in lowered:
        return f"{reason}. Nothing of this step was kept; free space and run the same command again."
    if "readonly" in lowered or "read-only" in lowered:
        return f"{reason}. It was opened for reading only: make it writable for this user, or restore the backup."
    if "deadlock" in lowered:
        return f"{reason}. Nothing of this step was kept; run the same command again."
    if lowered.startswith(_NO_CONNECTION):
        if "does not exist" in lowered and "database" in lowered.rpartition("fatal:")[2]:
            return f"{reason}. Create it (`createdb`), or correct database_url."
        if any(sign in lowered for sign in _NOT_LET_IN):
            return f"{reason}. Correct the user or the password of database_url, or let this user in."
        return f"{reason}. What was committed is kept; run the same command again once the database answers."
    if "is locked" in lowered:
        return f"{reason}. Another process has been writing for {BUSY_SECONDS} s; run the same command again."
    return f"{reason}. Nothing of this step was kept; run it again to resume once the database answers."
