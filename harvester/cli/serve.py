"""The long-running side: ``serve``, ``worker``, ``run``, ``pause``, ``resume``, ``notify test``."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from harvester.cli import installation
from harvester.cli.backfill import ArchiveOption
from harvester.cli.signals import stopped_by_signals
from harvester.errors import UnknownName

if TYPE_CHECKING:
    from harvester.catalogue import ServiceEntry
    from harvester.settings import Settings

notify = typer.Typer(help="Who is told of changes: see docs/notices.md.", no_args_is_help=True)

Service = Annotated[str, typer.Argument(metavar="SERVICE", help="Of the catalogue.")]
MetricsPort = Annotated[
    int | None,
    typer.Option("--metrics-port", min=0, max=65535, help="Serve /metrics, /healthz and /readyz there (loopback)."),
]


def serve(
    archive: ArchiveOption = None,
    metrics_port: MetricsPort = None,
    metrics_host: Annotated[str, typer.Option("--metrics-host", help="Address for --metrics-port.")] = "127.0.0.1",
) -> None:
    """Poll each service at its own pace until SIGTERM or Ctrl-C; what is in hand is finished first."""
    # First of all, since importing the rest takes a second in which a supervisor may already change its mind.
    with stopped_by_signals() as stop:
        from harvester.clock import utc_now
        from harvester.service.observe import logs
        from harvester.service.observe.metrics_server import exposed
        from harvester.service.schedule.catalogue import WatchedCatalogue
        from harvester.service.schedule.scheduler import Installation
        from harvester.service.schedule.scheduler import serve as run

        settings = installation.settings()
        logs.configure(settings)
        chosen = settings.archive_named(archive)
        catalogue = WatchedCatalogue(settings.config / "services.toml")
        with installation.database(settings) as database, exposed(database, settings, metrics_host, metrics_port):
            ended = run(Installation(database, settings, chosen, catalogue, utc_now, stop))
    if not ended:
        # A thread still waits for the archive. All that counts is committed, and Python would wait for it.
        sys.stderr.flush()
        os._exit(0)


def worker(
    concurrency: Annotated[int | None, typer.Option(min=1, max=64, help="Processes. [default: one a core]")] = None,
) -> None:
    """Do the tasks of `backfill --distributed` and `reclean --distributed` until SIGTERM. Needs broker_url."""
    from harvester.service.observe import logs
    from harvester.service.workers.tasks import work

    settings = installation.settings()
    logs.configure(settings)
    work(settings, concurrency)


def run(
    service: Service,
    archive: ArchiveOption = None,
    now: Annotated[bool, typer.Option("--now", help="Do not wait for its turn; without it nothing is done.")] = False,
) -> None:
    """Poll one service now: by the running scheduler, or by this process when there is none."""
    with stopped_by_signals() as stop:
        from harvester.clock import utc_now
        from harvester.service.observe import logs
        from harvester.service.schedule import pausing, scheduler
        from harvester.service.schedule.catalogue import WatchedCatalogue
        from harvester.service.schedule.leadership import leader

        if not now:
            raise typer.BadParameter("say --now: without it a service is polled by its schedule")
        settings = installation.settings()
        entry = _entry(settings, service)
        with installation.database(settings) as database:
            if pausing.is_paused(database, service):
                raise UnknownName(f"{service} is paused; `harvester resume {service}` first")
            if archive is None and (holder := leader(database, utc_now)) is not None:
                scheduler.hurry(database, service, utc_now())
                print(f"{service}: the running scheduler ({holder}) polls it now")
                return
            logs.configure(settings)
            chosen = settings.archive_named(archive)
            catalogue = WatchedCatalogue(settings.config / "services.toml")
            here = scheduler.Installation(database, settings, chosen, catalogue, utc_now, stop)
            polled = scheduler.poll_once(here, entry, stop)
    tally = polled.tally
    print(f"{service}: {tally.fetched} fetched, {tally.adopted} unchanged, {tally.new_changes} new changes")
    if polled.unavailable:
        print(f"harvester: {polled.unavailable}", file=sys.stderr)
        raise typer.Exit(3)


def pause(service: Service) -> None:
    """Leave a service alone until it is resumed; its history stays and can be read."""
    from harvester.clock import utc_now
    from harvester.service.schedule import pausing

    settings = installation.settings()
    with installation.database(settings) as database:
        altered = pausing.pause(database, _entry(settings, service), utc_now())
    print(f"{service} is paused" if altered else f"{service} was paused already")


def resume(service: Service) -> None:
    """Poll a paused service again, from its next turn on."""
    from harvester.clock import utc_now
    from harvester.service.schedule import pausing

    settings = installation.settings()
    with installation.database(settings) as database:
        altered = pausing.resume(database, _entry(settings, service), utc_now())
    print(f"{service} is polled again" if altered else f"{service} was not paused")


def ready(
    url: Annotated[str | None, typer.Argument(metavar="[URL]", help="Ask this /readyz, not the store itself.")] = None,
) -> None:
    """Whether this installation can work: the health check of containers and supervisors. Exit code 3: it cannot."""
    problems = _problems() if url is None else _answer(url)
    for problem in problems:
        print(f"harvester: {problem}", file=sys.stderr)
    if problems:
        raise typer.Exit(3)
    print("ready")


@notify.command("test")
def notify_test(target: Annotated[str, typer.Argument(metavar="TARGET", help="Of [notify.TARGET].")]) -> None:
    """Send a test message to a target, to see that it arrives."""
    from harvester.clock import utc_now
    from harvester.service.notify.outbox import send_test

    settings = installation.settings()
    send_test(settings, target, utc_now())
    print(f"{target}: the test message was taken")


@notify.command("status")
def notify_status() -> None:
    """How many notices each target is owed, has got, and was given up on."""
    from harvester.cli.output import print_table
    from harvester.service.notify.outbox import outbox

    settings = installation.settings()
    with installation.database(settings) as database:
        states = outbox(database)
    rows = [(name, *states.get(name, {}).values()) for name in sorted(states)]
    if rows:
        print_table(("target", "owed", "sent", "withdrawn", "given up"), rows)
    else:
        print("no notice has been entered yet")


def _problems() -> list[str]:
    from harvester.service.observe.health import ready as problems
    from harvester.store.database import Database

    settings = installation.settings()
    # Not `Database.open`, which would bring the schema up to date: a check alters nothing.
    database = Database(settings.database)
    try:
        return problems(database, settings)
    finally:
        database.close()


def _answer(url: str) -> list[str]:
    import requests

    try:
        answer = requests.get(url, timeout=10, allow_redirects=False)
    except requests.RequestException as error:
        return [f"{url} does not answer ({type(error).__name__})"]
    return [] if answer.ok else answer.text.splitlines()


def _entry(settings: Settings, service: str) -> ServiceEntry:
    from harvester.harvest import sources as catalogue

    return catalogue.choose(installation.catalogue(settings), (service,))[0]
