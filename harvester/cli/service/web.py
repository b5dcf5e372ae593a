"""``harvester web``: the pages, the API and the feeds."""

from __future__ import annotations

from typing import Annotated

import typer

from harvester.cli import installation
from harvester.cli.signals import on_signal
from harvester.errors import ConfigurationError


def web(
    host: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Address to listen on (default: web.host).")
    ] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, metavar="PORT", help="Port (default: web.port); 0 takes a free one.")
    ] = None,
) -> None:
    """Serve the web pages, the HTTP API and the feeds.

    Stops on SIGTERM or Ctrl-C.
    """
    import socket

    import uvicorn

    from harvester.service.observe import logs
    from harvester.web.app import create_app

    settings = installation.settings()
    logs.configure(settings)
    address, number = host or settings.web.host, settings.web.port if port is None else port
    # Without the protocol's number asyncio leaves Nagle's algorithm on: 40 ms for every answer.
    tcp = (socket.SOCK_STREAM, socket.IPPROTO_TCP)
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with installation.database(settings) as database, socket.socket(family, *tcp) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((address, number))
        except OSError as error:
            raise ConfigurationError(f"web: cannot listen at {address} port {number}: {error.strerror}") from error
        # From here on a reader waits and is not refused.
        listening.listen()
        shown = f"[{address}]" if ":" in address else address
        print(f"http://{shown}:{listening.getsockname()[1]}", flush=True)
        config = uvicorn.Config(
            create_app(settings, database),
            log_config=None,
            log_level=settings.log_level,
            access_log=False,
            server_header=False,
            limit_concurrency=500,
            timeout_keep_alive=20,
            timeout_graceful_shutdown=8,
        )
        server = uvicorn.Server(config)

        def end() -> None:
            server.should_exit = True

        # uvicorn, when it has ended its work, sends itself the signal that told it to: to end by it is no failure.
        with on_signal(end):
            server.run(sockets=[listening])
