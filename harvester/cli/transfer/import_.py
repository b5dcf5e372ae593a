"""``harvester import``: published histories taken into the store."""

from __future__ import annotations

from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from harvester.cli import installation
from harvester.cli.help import Command
from harvester.cli.options import types_of
from harvester.plurals import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from harvester.archive.local.archive_files import ArchiveFile, Broken
    from harvester.importing.published import Skipped
    from harvester.store.content.publication import Published

BROKEN = 1
"""The exit code when files, or places of them, could not be read: the rest is imported."""

Listed = Annotated[
    list[str] | None,
    typer.Option("--service", metavar="SERVICE", help="Only this service of the catalogue; may be repeated."),
]
Urls = Annotated[
    list[str] | None, typer.Option("--url", metavar="URL", help="Only captures of this page; may be repeated.")
]
Everything = Annotated[bool, typer.Option("--all", help="Every page of text, also those that do not read as a policy.")]

import_ = typer.Typer(name="import", help="Read published histories into the store.", no_args_is_help=True)


@import_.command("corpus", cls=Command)
def import_corpus(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A git checkout of the corpus, or a plain folder.")],
    services: Annotated[
        list[str] | None,
        typer.Option("--service", metavar="SERVICE", help="Only this service; may be repeated (default: all)."),
    ] = None,
    revision: Annotated[
        str | None, typer.Option(metavar="COMMIT", help="The tree of one commit (default: the whole history).")
    ] = None,
) -> None:
    """Import documents of the Princeton-Leuven corpus.

    Can be stopped or killed at any moment: run it again to resume.
    """
    from harvester.importing.importer import corpus_files

    _import(corpus_files(path, revision, services or ()))


@import_.command("ota", cls=Command)
def import_ota(
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="A clone of a versions, snapshots or declarations repository.")
    ],
    services: Annotated[
        list[str] | None,
        typer.Option(
            "--service", metavar="THEIRS[=OURS]", help="Only this service, and its name here; may be repeated."
        ),
    ] = None,
    terms: Annotated[
        list[str] | None, typer.Option(metavar="TYPE", help="Only documents of a type; may be repeated (default: all).")
    ] = None,
) -> None:
    """Import documents of an Open Terms Archive repository.

    If PATH has a folder declarations, the services declared there are added to the catalogue instead, with the
    addresses, selectors and combined pages of their documents and the dates between which each was valid. Can be
    stopped or killed at any moment: run it again to resume.
    """
    from harvester.importing.importer import ota_files

    names = {theirs: ours for theirs, _, ours in (one.partition("=") for one in services or ())}
    types = types_of(terms) if terms else []
    if (path / "declarations").is_dir():
        _declare(path / "declarations", types, names)
    else:
        _import(ota_files(path, types, names, only_named=bool(names)))


def _declare(folder: Path, types: Sequence[str], names: dict[str, str]) -> None:
    from collections import Counter

    from harvester.catalogue import services_file
    from harvester.catalogue.entries import ServiceEntry
    from harvester.importing.declarations import declared

    file = installation.settings().config / "services.toml"
    found = list(declared(folder, types, names, only_named=bool(names)))
    entries = [one for one in found if isinstance(one, ServiceEntry)]
    before = {entry.name for entry in installation.catalogue(installation.settings())} if file.exists() else set()
    services_file.add_missing(file, entries)
    new = [one for one in entries if one.name not in before]
    services = {one.service for one in entries}
    entered = f"{counted(len(new), 'document')} added to {file}, {len(entries) - len(new)} already there"
    print(f"{entered}; {counted(len(services), 'service')}")
    left_out = [one for one in found if not isinstance(one, ServiceEntry)]
    for reason, count in Counter(one.reason for one in left_out).most_common():
        example = next(one.path for one in left_out if one.reason == reason)
        print(f"left out: {count} × {reason} (as {_shown(example)})")


@import_.command("warc", cls=Command)
def import_warc(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="WARC, ARC and WACZ files, or folders of them.")],
    services: Listed = None,
    urls: Urls = None,
    everything: Everything = False,
) -> None:
    """Import captures from web archive files.

    Pages of the catalogue's services are imported. Every other page that reads as a policy becomes a service named by
    its domain. Can be stopped or killed at any moment: run it again to resume.
    """
    from harvester.archive.local.archive_files import archive_files

    _import_files(list(archive_files(paths)), services or (), urls or (), everything=everything)


@import_.command("pages", cls=Command)
def import_pages(
    path: Annotated[Path, typer.Argument(metavar="FOLDER|CSV", help="Pages with their addresses and times.")],
    services: Listed = None,
    urls: Urls = None,
    everything: Everything = False,
) -> None:
    """Import pages kept as files.

    A CSV file names url, time and file of each (in a folder: pages.csv). A folder without one has files such as
    20150101120000/example.com/privacy.html.
    """
    import tempfile

    from harvester.archive.local.archive_files import ArchiveFile
    from harvester.archive.local.kept_pages import kept_pages, write_pages

    with tempfile.TemporaryDirectory(prefix="harvester-pages-") as folder:
        file = Path(folder) / "pages.warc.gz"
        with file.open("wb") as stream:
            broken = list(write_pages(kept_pages(path), stream))
        _import_files([*broken, ArchiveFile(file)], services or (), urls or (), everything=everything)


def _import_files(
    found: Sequence[ArchiveFile | Broken], services: Sequence[str], urls: Sequence[str], *, everything: bool
) -> None:
    from harvester.archive.local.archive_files import Broken
    from harvester.catalogue.entries import load_catalogue
    from harvester.cli.harvest.progress import plain_or_bar
    from harvester.cli.signals import STOPPED, stopped_by_signals
    from harvester.clock import utc_now
    from harvester.harvest.imports.import_files import Choice, import_files

    choice = Choice(services, urls, everything)
    settings = installation.settings()
    file = settings.config / "services.toml"
    catalogue = load_catalogue(file) if services or file.exists() else ()
    files = [one for one in found if not isinstance(one, Broken)]
    broken = [one for one in found if isinstance(one, Broken)]
    with (
        installation.database(settings) as database,
        stopped_by_signals() as stop,
        plain_or_bar(quiet=False) as progress,
    ):
        done = import_files(
            database,
            settings,
            files,
            catalogue,
            choice,
            clock=utc_now,
            stop=stop,
            progress=progress,
            report=broken.append,
        )
    of = counted(len(done.services), "service")
    print(f"{counted(done.captures, 'capture')} of {of} in {counted(len(files), 'file')}: ", end="")
    new = counted(done.tally.new_changes, "new change")
    print(f"{done.tally.fetched} read, {done.tally.adopted} with a known body, {new}")
    if done.found:
        print(f"new services, not in the catalogue: {', '.join(done.found)}")
    for url in done.nameless:
        print(f"left out: {_shown(url)}: its host is not the domain of a site")
    for one in broken:
        print(f"broken: {_shown(one.file)} at {one.offset}: {_shown(one.reason)}")
    if done.stopped:
        print("stopped; run the same command again to resume")
        raise typer.Exit(STOPPED)
    if broken:
        raise typer.Exit(BROKEN)


def _import(published: Iterator[Published | Skipped]) -> None:
    from harvester.cli.signals import STOPPED, stopped_by_signals
    from harvester.clock import utc_now
    from harvester.importing.importer import import_documents

    settings = installation.settings()
    # Read before a store is made: a path that holds nothing makes none.
    first = list(islice(published, 1))
    with installation.database(settings) as database, stopped_by_signals() as stop:
        done = import_documents(database, chain(first, published), utc_now, stop)
    of, new = counted(len(done.services), "service"), counted(done.changes, "new change")
    print(f"{counted(done.new, 'document')} imported, {done.known} already known; {of}, {new}")
    for reason, count in done.skipped.most_common():
        print(f"left out: {count} × {reason} (as {_shown(done.examples[reason])})")
    if done.stopped:
        print("stopped; run the same command again to resume")
        raise typer.Exit(STOPPED)


def _shown(path: str) -> str:
    """Return a path of a foreign repository in a form that is safe for a terminal."""
    return path if path.isprintable() else repr(path)
