"""``harvester up``: the scheduler and the pages in one process, for one machine and one person."""

from __future__ import annotations

import os
import sys
import threading

from harvester.cli import installation
from harvester.cli.options import Archive, given_archive
from harvester.cli.service.web import Host, Port
from harvester.cli.signals import on_signal


def up(host: Host = None, port: Port = None, archive: Archive = None) -> None:
    """Poll on schedule and serve the pages, in one process.

    Prints the address of the pages. Stops on SIGTERM or Ctrl-C; polls in progress are finished first. Does what `serve`
    and `web` do; run those two where they need to be restarted apart.
    """
    stop = threading.Event()
    with on_signal(stop.set):
        from harvester.catalogue.entries import WatchedCatalogue
        from harvester.catalogue.present_settings import PresentSettings
        from harvester.cli.service.web_server import listening, web_server
        from harvester.clock import utc_now
        from harvester.service.observe import logs
        from harvester.service.schedule.scheduler import Installation, serve

        settings = installation.settings()
        logs.configure(settings)
        given = given_archive(settings, archive)
        installation.catalogue(settings)  # refuses what would never match, before anything begins
        catalogue = WatchedCatalogue(settings.config / "services.toml", settings)
        failed: list[BaseException] = []
        ended = True
        with installation.database(settings) as database, listening(settings, host, port) as bound:
            server = web_server(settings, database)

            def poll() -> None:
                nonlocal ended
                try:
                    ended = serve(Installation(database, PresentSettings(settings), given, catalogue, utc_now, stop))
                except BaseException as error:  # noqa: BLE001 - raised below, in the thread that ends the process
                    failed.append(error)
                server.should_exit = True

            scheduler = threading.Thread(target=poll, name="scheduler")
            scheduler.start()
            try:
                # uvicorn takes the signals while it runs, and sends itself the one that ended it when it is done.
                if not stop.is_set():
                    server.run(sockets=[bound])
            finally:
                stop.set()
                scheduler.join()
    if failed:
        raise failed[0]
    if not ended:
        # A thread still waits for the archive. All that counts is committed, and Python would wait for it.
        sys.stderr.flush()
        os._exit(0)
