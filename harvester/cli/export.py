"""``harvester export``: what leaves; ``harvester import``: what comes in from elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from harvester.cli import installation
from harvester.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from harvester.importing.published import Skipped
    from harvester.store.ledger.imported import Published

export = typer.Typer(help="Write the store out: corpus tree, git, WARC, tables.", no_args_is_help=True)

importing = typer.Typer(help="Take published histories into the store, with where they are from.", no_args_is_help=True)

Destination = Annotated[Path, typer.Argument(metavar="DEST", help="An empty or new folder, or one to go on with.")]
Services = Annotated[
    list[str] | None, typer.Option("--service", metavar="NAME", help="Only this one; may be repeated. [default: all]")
]


@export.command("corpus")
def corpus(
    destination: Destination,
    services: Services = None,
    at: Annotated[str | None, typer.Option(metavar="DATE", help="As it stood at the end of 2015, 2015-06…")] = None,
    seasons: Annotated[bool, typer.Option("--seasons", help="A tree for each half-year: 2015-A, 2015-B…")] = False,
) -> None:
    """The tree of the Princeton-Leuven corpus: i/im/iml/imlive.com.md with the page beside it."""
    from harvester.exporting.corpus import export_corpus

    settings = installation.settings()
    with installation.present_database(settings) as database, database.reading() as session:
        until = _end(at) if at else None
        done = export_corpus(session, settings, destination, services=services or (), at=until, seasons=seasons)
    print(f"{destination}: {done.documents} documents of {done.services} services")


@export.command("git")
def git(
    destination: Destination,
    services: Services = None,
    versions: Annotated[bool, typer.Option("--versions", help="A commit for each version only.")] = False,
) -> None:
    """A git repository of that tree: a commit for each snapshot, dated by the capture."""
    from harvester.exporting.git import export_git

    settings = installation.settings()
    with installation.present_database(settings) as database, database.reading() as session:
        done = export_git(session, settings, destination, services=services or (), versions_only=versions)
    print(f"{destination}: {done.commits} commits, main is {done.head}")


@export.command("warc")
def warc(destination: Destination, services: Services = None) -> None:
    """WARC 1.1 files of the stored bytes, for pywb or any other replay."""
    from harvester.exporting.warc import export_warc

    settings = installation.settings()
    with installation.present_database(settings) as database, database.reading() as session:
        done = export_warc(session, destination, services=services or ())
    print(f"{destination}: {done.responses} responses and {done.revisits} revisits in {done.files} files")


@export.command("jsonl")
def jsonl(destination: Destination, services: Services = None) -> None:
    """Versions, changes and ledger as JSON Lines, with a data card."""
    _tables("jsonl", destination, services)


@export.command("csv")
def csv(destination: Destination, services: Services = None) -> None:
    """Versions, changes and ledger as CSV, with a data card."""
    _tables("csv", destination, services)


@export.command("parquet")
def parquet(destination: Destination, services: Services = None) -> None:
    """Versions, changes and ledger as Parquet (needs harvester[research]), with a data card."""
    _tables("parquet", destination, services)


def _tables(form: Literal["jsonl", "csv", "parquet"], destination: Path, services: list[str] | None) -> None:
    from harvester.exporting.tables import export_tables

    settings = installation.settings()
    with installation.present_database(settings) as database, database.reading() as session:
        done = export_tables(session, destination, form, services=services or ())
    print(f"{destination}: {', '.join(f'{count} {table}' for table, count in done.rows.items())}")


@export.command("site")
def site(destination: Destination) -> None:
    """The web pages as files that work from a disk; begin at index.html."""
    from harvester.web.static_site import export_site

    settings = installation.settings()
    with installation.present_database(settings) as database:
        done = export_site(settings, database, destination)
    print(f"{destination}: {done.files} files; open {destination / 'index.html'}")


@importing.command("corpus")
def import_corpus(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A git checkout of the corpus, or a plain folder.")],
    services: Annotated[
        list[str] | None, typer.Option("--service", metavar="DOMAIN", help="Only this one; may be repeated.")
    ] = None,
    revision: Annotated[
        str | None, typer.Option(metavar="COMMIT", help="The tree of one commit. [default: the whole history]")
    ] = None,
) -> None:
    """Documents of the Princeton-Leuven corpus; can be killed and run again."""
    from harvester.importing.importer import corpus_files

    _import(corpus_files(path, revision, services or ()))


@importing.command("ota")
def import_ota(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A clone of a versions or snapshots repository.")],
    services: Annotated[
        list[str] | None,
        typer.Option("--service", metavar="THEIRS[=OURS]", help="Only this one, and its name here; may be repeated."),
    ] = None,
    terms: Annotated[
        list[str] | None, typer.Option(metavar="TYPE", help="May be repeated. [default: Privacy Policy]")
    ] = None,
) -> None:
    """Documents of an Open Terms Archive repository; can be killed and run again."""
    from harvester.importing.importer import PRIVACY, ota_files

    names = {theirs: ours for theirs, _, ours in (one.partition("=") for one in services or ())}
    _import(ota_files(path, terms or (PRIVACY,), names, only_named=bool(names)))


def _import(published: Iterator[Published | Skipped]) -> None:
    from harvester.cli.signals import STOPPED, stopped_by_signals
    from harvester.clock import utc_now
    from harvester.importing.importer import import_documents

    settings = installation.settings()
    with installation.database(settings) as database, stopped_by_signals() as stop:
        done = import_documents(database, published, utc_now, stop)
    print(f"{done.new} documents imported, {done.known} known before; {len(done.services)} services, ", end="")
    print(f"{done.changes} new changes")
    for reason, count in done.skipped.most_common():
        print(f"left out: {count} × {reason} (as {_shown(done.examples[reason])})")
    if done.stopped:
        print("stopped; run the same command again to go on")
        raise typer.Exit(STOPPED)


def _shown(path: str) -> str:
    """A path of a stranger's repository as a terminal can bear it."""
    return path if path.isprintable() else repr(path)


def _end(date: str) -> datetime:
    from harvester.dates import parse_day

    try:
        return parse_day(date, end=True)
    except ValueError as error:
        raise ConfigurationError(str(error)) from error
