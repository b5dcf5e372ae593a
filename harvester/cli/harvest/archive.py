"""``harvester archive``: how the archives have answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from harvester.cli import installation
from harvester.cli.help import Command
from harvester.cli.options import Json, Output, data_format
from harvester.cli.output import print_data, some
from harvester.plurals import counted

if TYPE_CHECKING:
    from harvester.harvest.session import Archive as ArchiveOf

archive = typer.Typer(name="archive", help="Show how the archives answer; clear a pause.", no_args_is_help=True)


@archive.command("status", cls=Command)
def archive_status(as_json: Json = False, form: Output = None) -> None:
    """Show requests, pauses and errors of each archive."""
    from harvester.clock import utc_now
    from harvester.service.observe.status import installation_status

    data = data_format(form, as_json)
    settings = installation.settings()
    with installation.present_database(settings) as database:
        found = installation_status(database, utc_now(), settings)
    if data:
        print_data(found.as_dict()["archives"], data)
        return
    for one in found.archives:
        print(f"{one.name}: {one.summary}")
    if not found.archives:
        print("no request has been sent to any archive yet")


@archive.command("list", cls=Command)
def archive_list(as_json: Json = False, form: Output = None) -> None:
    """List the archives by name, and which are asked."""
    from harvester.known_archives import known_archive

    data = data_format(form, as_json)
    settings = installation.settings()
    asked = settings.archive_named().names
    present = (settings.config / "services.toml").exists()
    services: dict[str, list[str]] = {}
    for entry in installation.catalogue(settings) if present else ():
        for name in settings.archive_for(entry.archives).names if entry.archives else ():
            services.setdefault(name, []).append(entry.name)
    rows: list[dict[str, Any]] = []
    for name in sorted({*settings.archive_names(), *asked, *services}):
        one, known = settings.archive_named(name), known_archive(name)
        rows.append(
            {
                "name": name,
                "title": known.title if known else "",
                "asked": name in asked,
                "services": services.get(name, []),
                "dialect": one.dialect,
                "cdx": one.cdx,
                "playback": one.playback,
                "cdx_per_minute": one.cdx_per_minute,
                "captures_per_second": one.captures_per_second,
                "stated": known.stated if known else "harvester.toml",
                "note": known.note if known else "",
            }
        )
    if data:
        print_data(rows, data)
        return
    for row in rows:
        mark = "*" if row["asked"] else " "
        print(f"{mark} {row['name']:20} {row['dialect']:12} {row['title'] or row['cdx']}")
        if row["note"]:
            print(f"    {row['note']}")
        if row["services"]:
            print(f"    asked for {some(row['services'])}, by the catalogue")
    print("* asked without --archive, of services for which the catalogue names no archives")


@archive.command("test", cls=Command)
def archive_test(
    name: Annotated[str, typer.Argument(metavar="ARCHIVE", help="As for --archive.")],
    url: Annotated[str, typer.Option(metavar="URL", help="The address to look up.")] = "http://example.com/",
) -> None:
    """Ask an archive for one address and for one capture.

    Exit code 3: it does not answer. Sends two to five requests, within its limits. The store is not changed, except for
    the state of the limits.
    """
    import threading

    from harvester.clock import utc_now
    from harvester.harvest.session import opened

    settings = installation.settings()
    chosen = settings.archive_named(name)
    with (
        installation.present_or_passing_database(settings) as database,
        opened(database, settings, chosen, clock=utc_now, stop=threading.Event()) as harvest,
    ):
        failed = False
        for client in harvest.clients:
            failed = _test(client, url) or failed
    if failed:
        raise typer.Exit(3)


def _test(client: ArchiveOf, url: str) -> bool:
    """Print how an archive answers; return whether it does not."""
    from harvester.errors import ArchiveError

    name = client.archive.name
    try:
        rows = next((page.rows for page in client.search(url) if page.rows), ())
        print(f"{name}: index answers, {counted(len(rows), 'capture')} of {url} on its first page")
        if rows:
            played = client.fetch(rows[-1].original, rows[-1].timestamp)
            print(f"{name}: capture of {played.timestamp:%Y-%m-%d} plays back, {len(played.body)} bytes")
    except ArchiveError as error:
        print(f"{name}: {error}")
        return True
    return False


@archive.command("reset", cls=Command)
def archive_reset(
    name: Annotated[
        str | None, typer.Argument(metavar="ARCHIVE", help="As for --archive (default: the setting).")
    ] = None,
) -> None:
    """Clear the pause and the circuit breaker of an archive.

    For when you know that it answers again. The request limits still apply.
    """
    import threading

    from harvester.archive.limiter.budget import Budget
    from harvester.harvest.limiter.shared import limiter_for

    settings = installation.settings()
    chosen = settings.archive_named(name)
    with installation.present_database(settings) as database:
        limiter_for(database, chosen, settings, Budget(), threading.Event()).reset()
    print(f"{chosen.name}: pause and circuit breaker cleared; the request limits still apply")
