"""Keeping the store: ``verify``, ``backup``, ``restore``, ``copy-to``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from harvester.cli import installation

DIFFERS = 1
"""The exit code of a ``verify`` that found something."""


def verify(as_json: Annotated[bool, typer.Option("--json", help="The findings as JSON.")] = False) -> None:
    """Hash all bytes and texts again, make documents and history again, and name every row that differs (exit 1)."""
    from harvester.cli.output import print_json
    from harvester.harvest.reclean.rebuild import rebuilding
    from harvester.store.admin.verify import verify as check

    def stage(what: str) -> None:
        if sys.stderr.isatty():
            print(f"looking at {what} ...", file=sys.stderr)

    settings = installation.settings()
    findings = []
    with installation.database(settings) as database:
        for finding in check(database, rebuilding(settings), stage):
            findings.append(finding)
            if not as_json:
                print(finding, flush=True)
    if as_json:
        rows = [{"table": one.table, "id": one.id, "problem": one.problem} for one in findings]
        print_json({"whole": not findings, "findings": rows})
    elif not findings:
        print("the store is whole: every payload, text, document, version and change is what was stored")
    if findings:
        rows_that = "row differs" if len(findings) == 1 else "rows differ"
        print(f"harvester: {len(findings)} {rows_that}; see docs/errors.md, or restore a backup", file=sys.stderr)
        raise typer.Exit(DIFFERS)


def backup(
    dest: Annotated[Path, typer.Argument(metavar="DEST", help="A new file: SQLite, whatever the store is kept in.")],
) -> None:
    """Write the whole store into one file, while harvests go on."""
    from harvester.store.admin.backup import backup as write

    settings = installation.settings()
    with installation.database(settings) as database:
        size = write(database, dest)
    print(f"{dest}: {size:,} bytes")


def restore(source: Annotated[Path, typer.Argument(metavar="SRC", help="A file that `backup` wrote.")]) -> None:
    """Fill an empty store from a backup; one that holds anything is refused."""
    from harvester.store.admin.backup import refuse_unless_backup
    from harvester.store.admin.backup import restore as fill
    from harvester.store.read import recent as read_recent

    # Before the store is opened, which would make it: nothing is left behind by a name typed wrong.
    refuse_unless_backup(source)
    settings = installation.settings()
    with installation.database(settings) as database:
        fill(source, database)
        with database.reading() as session:
            held = read_recent.totals(session)
    print(f"restored: {held.services} services, {held.versions} versions, {held.changes} changes")


def copy_to(
    url: Annotated[str, typer.Argument(metavar="URL", help="An empty database: sqlite:///PATH or postgresql://...")],
) -> None:
    """Copy the store into another database, SQLite to PostgreSQL or back; everything or nothing."""
    from contextlib import closing

    from harvester.store.admin.copy import copy_to as copy
    from harvester.store.database import Database

    settings = installation.settings()
    with installation.database(settings) as database, closing(Database.open(url)) as target:
        copied = copy(database, target)
        print(f"{target.name}: {sum(copied.values())} rows of {len(copied)} tables")
    print("set database_url to it for harvester to use it")
