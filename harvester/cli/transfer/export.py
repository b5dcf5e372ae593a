"""``harvester export``: the store written out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from harvester.cli import installation
from harvester.cli.help import Command
from harvester.cli.options import instant

export = typer.Typer(
    name="export", help="Write the store as corpus tree, git, WARC, tables or site.", no_args_is_help=True
)

Destination = Annotated[
    Path, typer.Argument(metavar="DEST", help="A new or empty folder, or an earlier export to update.")
]

Services = Annotated[
    list[str] | None,
    typer.Option("--service", metavar="SERVICE", help="Only this service; may be repeated (default: all)."),
]


@export.command("corpus", cls=Command)
def corpus(
    destination: Destination,
    services: Services = None,
    at: Annotated[
        str | None, typer.Option(metavar="DATE", help="The versions in force at the end of 2015, 2015-06 ...")
    ] = None,
    seasons: Annotated[bool, typer.Option("--seasons", help="One tree per half-year: 2015-A, 2015-B ...")] = False,
) -> None:
    """Write the folder tree of the Princeton-Leuven corpus.

    Each document as i/im/iml/imlive.com.md, with the page beside it.
    """
    from harvester.exporting.corpus import export_corpus

    settings = installation.settings()
    with installation.present_database(settings) as database, database.reading() as session:
        until = instant(at, end=True) if at else None
        done = export_corpus(session, settings, destination, services=services or (), at=until, seasons=seasons)
    print(f"{destination}: {done.documents} documents of {done.services} services")


@export.command("git", cls=Command)
def git(
    destination: Destination,
    services: Services = None,
    versions: Annotated[bool, typer.Option("--versions", help="Commit versions only.")] = False,
) -> None:
    """Write a git repository with a commit per snapshot.

    The commits have the dates of the captures.
    """
    from harvester.exporting.git import export_git

    settings = installation.settings()
    with installation.present_database(settings) as database, database.reading() as session:
        done = export_git(session, settings, destination, services=services or (), versions_only=versions)
    print(f"{destination}: {done.commits} commits, main is {done.head}")


@export.command("warc", cls=Command)
def warc(destination: Destination, services: Services = None) -> None:
    """Write WARC files of the stored pages, for pywb and others."""
    from harvester.exporting.warc import export_warc

    settings = installation.settings()
    with installation.present_database(settings) as database, database.reading() as session:
        done = export_warc(session, destination, services=services or ())
    print(f"{destination}: {done.responses} responses and {done.revisits} revisits in {done.files} files")


@export.command("jsonl", cls=Command)
def jsonl(destination: Destination, services: Services = None) -> None:
    """Write versions, changes and ledger as JSON Lines."""
    _tables("jsonl", destination, services)


@export.command("csv", cls=Command)
def csv(destination: Destination, services: Services = None) -> None:
    """Write versions, changes and ledger as CSV."""
    _tables("csv", destination, services)


@export.command("parquet", cls=Command)
def parquet(destination: Destination, services: Services = None) -> None:
    """Write versions, changes and ledger as Parquet.

    Needs harvester[research].
    """
    _tables("parquet", destination, services)


def _tables(form: Literal["jsonl", "csv", "parquet"], destination: Path, services: list[str] | None) -> None:
    from harvester.exporting.tables import export_tables

    settings = installation.settings()
    with installation.present_database(settings) as database, database.reading() as session:
        done = export_tables(session, destination, form, services=services or ())
    print(f"{destination}: {', '.join(f'{count} {table}' for table, count in done.rows.items())}")


@export.command("site", cls=Command)
def site(destination: Destination) -> None:
    """Write the web pages as files; open index.html."""
    from harvester.web.static_site import export_site

    settings = installation.settings()
    with installation.present_database(settings) as database:
        done = export_site(settings, database, destination)
    print(f"{destination}: {done.files} files; open {destination / 'index.html'}")
