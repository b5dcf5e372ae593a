"""``harvester export``: the store written out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import typer

from harvester.cli import installation
from harvester.cli.help import Command
from harvester.cli.options import Types, instant, types_of
from harvester.plurals import counted

export = typer.Typer(
    name="export", help="Write the store as corpus tree, git, WARC, WACZ, tables or site.", no_args_is_help=True
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
    types: Types = None,
) -> None:
    """Write the folder tree of the Princeton-Leuven corpus.

    Each document as i/im/iml/imlive.com.md, with the page beside it.
    """
    from harvester.exporting.corpus import export_corpus

    settings = installation.settings()
    with installation.present_database(settings) as database, database.reading() as session:
        until = instant(at, end=True) if at else None
        done = export_corpus(
            session, settings, destination, services=services or (), at=until, seasons=seasons, types=types_of(types)
        )
    print(f"{destination}: {counted(done.documents, 'document')} of {counted(done.services, 'service')}")
    if done.left_out:
        left_out = counted(done.left_out, "document")
        print(f"left out: {left_out} made of parts of a page or of several pages, as the corpus has none")


@export.command("git", cls=Command)
def git(
    destination: Destination,
    services: Services = None,
    versions: Annotated[bool, typer.Option("--versions", help="Commit versions only.")] = False,
    types: Types = None,
) -> None:
    """Write a git repository with a commit per snapshot.

    The commits have the dates of the captures.
    """
    from harvester.exporting.git import export_git

    settings = installation.settings()
    with installation.present_database(settings) as database, database.reading() as session:
        done = export_git(
            session, settings, destination, services=services or (), versions_only=versions, types=types_of(types)
        )
    print(f"{destination}: {counted(done.commits, 'commit')}, main is {done.head}")


@export.command("ota", cls=Command)
def ota(destination: Destination, services: Services = None) -> None:
    """Write a collection of Open Terms Archive.

    Its declarations, and git repositories of versions and of snapshots, with a commit per change.
    """
    from harvester.exporting.ota.collection import export_ota

    settings = installation.settings()
    listed = installation.catalogue(settings) if (settings.config / "services.toml").exists() else ()
    with installation.present_database(settings) as database, database.reading() as session:
        done = export_ota(session, settings, destination, listed, services=services or ())
    print(f"{destination}: {counted(done.declarations, 'service')} declared, ", end="")
    print(f"{counted(done.versions, 'commit')} of versions, {done.snapshots} of snapshots")


@export.command("warc", cls=Command)
def warc(destination: Destination, services: Services = None) -> None:
    """Write WARC files of the stored pages, for pywb and others."""
    from harvester.exporting.warc import export_warc

    settings = installation.settings()
    with installation.present_database(settings) as database, database.reading() as session:
        done = export_warc(session, destination, services=services or ())
    responses, revisits = counted(done.responses, "response"), counted(done.revisits, "revisit")
    print(f"{destination}: {responses} and {revisits} in {counted(done.files, 'file')}")


@export.command("wacz", cls=Command)
def wacz(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that ends in .wacz.")],
    services: Services = None,
) -> None:
    """Write the stored pages as WACZ, for ReplayWeb.page and pywb.

    Every capture replays; the first of each version is listed as a page, with its text.
    """
    from harvester.clock import utc_now
    from harvester.exporting.wacz import export_wacz

    settings = installation.settings()
    with installation.present_database(settings) as database, database.reading() as session:
        done = export_wacz(session, file, utc_now(), services=services or ())
    responses, revisits = counted(done.responses, "response"), counted(done.revisits, "revisit")
    print(f"{file}: {responses}, {revisits}, {counted(done.pages, 'page')} listed")


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


@export.command("panel", cls=Command)
def panel(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that ends in .csv, .jsonl or .parquet.")],
    services: Services = None,
) -> None:
    """Write a table of services by half-year.

    The version in force, what changed, and the outcome of each half-year.
    """
    from harvester.exporting.tables import export_panel

    settings = installation.settings()
    with installation.present_database(settings) as database, database.reading() as session:
        rows = export_panel(session, file, services=services or ())
    print(f"{file}: {counted(rows, 'row')}")


def _tables(form: Literal["jsonl", "csv", "parquet"], destination: Path, services: list[str] | None) -> None:
    from harvester.exporting.tables import export_tables

    settings = installation.settings()
    with installation.present_database(settings) as database, database.reading() as session:
        done = export_tables(session, destination, form, services=services or ())
    print(f"{destination}: {_counts(done.rows)}")


@export.command("dataset", cls=Command)
def dataset(
    destination: Destination,
    services: Services = None,
    form: Annotated[str, typer.Option("--format", metavar="FORMAT", help="parquet, csv or jsonl.")] = "parquet",
    title: Annotated[str | None, typer.Option(metavar="TITLE", help="The title of the data set.")] = None,
    creators: Annotated[
        list[str] | None, typer.Option("--creator", metavar="NAME", help="Who made it; may be repeated.")
    ] = None,
    publisher: Annotated[str, typer.Option(metavar="NAME", help="Who publishes it.")] = "",
    licence: Annotated[str, typer.Option(metavar="SPDX", help="Licence of the tables: CC0-1.0, ODC-By-1.0, ...")] = "",
) -> None:
    """Write a data set that can be published.

    Versions, changes, ledger, topics and statements as tables, a data card, notes on licences, checksums, and metadata
    for citation (CITATION.cff, DataCite, Data Package). Parquet needs harvester[research].
    """
    from harvester.errors import ConfigurationError
    from harvester.exporting.dataset import TITLE, About, export_dataset
    from harvester.insight.statements.of_service import statement_rows
    from harvester.insight.topics.kept import bring_up_to_date

    forms: dict[str, Literal["jsonl", "csv", "parquet"]] = {"parquet": "parquet", "csv": "csv", "jsonl": "jsonl"}
    if form not in forms:
        raise ConfigurationError(f"--format {form}: must be one of {', '.join(forms)}")
    about = About(title or TITLE, tuple(creators or ()), publisher, licence)
    with installation.present_database(installation.settings()) as database:
        bring_up_to_date(database)
        with database.reading() as session:
            done = export_dataset(
                session, destination, forms[form], statement_rows, about=about, services=services or ()
            )
    print(f"{destination}: {_counts(done.rows)}")


@export.command("site", cls=Command)
def site(destination: Destination) -> None:
    """Write the web pages as files; open index.html."""
    from harvester.web.static_site import export_site

    settings = installation.settings()
    with installation.present_database(settings) as database:
        done = export_site(settings, database, destination)
    print(f"{destination}: {counted(done.files, 'file')}; open {destination / 'index.html'}")


def _counts(rows: Mapping[str, int]) -> str:
    return ", ".join(f"{counted(count, 'row')} of {table}" for table, count in rows.items())
