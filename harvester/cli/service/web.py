"""``harvester web``: the pages, the API and the feeds."""

from __future__ import annotations

from typing import Annotated

import typer

from harvester.cli import installation
from harvester.cli.signals import on_signal

Host = Annotated[str | None, typer.Option(metavar="ADDRESS", help="Address to listen on (default: web.host).")]
Port = Annotated[
    int | None, typer.Option(min=0, max=65535, metavar="PORT", help="Port (default: web.port); 0 takes a free one.")
]


def web(host: Host = None, port: Port = None) -> None:
    """Serve the web pages, the HTTP API and the feeds.

    Stops on SIGTERM or Ctrl-C.
    """
    from harvester.cli.service.web_server import listening, web_server
    from harvester.service.observe import logs

    settings = installation.settings()
    logs.configure(settings)
    with installation.present_database(settings) as database:
        server = web_server(settings, database)

        def end() -> None:
            server.should_exit = True

        # A reader may send a signal as soon as the address is printed. When uvicorn has stopped, it sends itself the
        # signal that stopped it: ending by that is not a failure.
        with on_signal(end), listening(settings, host, port) as bound:
            server.run(sockets=[bound])
