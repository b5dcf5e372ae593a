"""The web server, as ``web`` and ``up`` run it."""

from __future__ import annotations

import gc
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from harvester.errors import ConfigurationError

if TYPE_CHECKING:
    from types import FrameType

    import uvicorn

    from harvester.settings import Settings
    from harvester.store.database import Database


@contextmanager
def listening(settings: Settings, host: str | None, port: int | None) -> Iterator[socket.socket]:
    """Listen on an address (default: the settings) for the body of the ``with``, and print it as a URL."""
    address, number = host or settings.web.host, settings.web.port if port is None else port
    # Without the protocol's number asyncio leaves Nagle's algorithm on: 40 ms for every answer.
    tcp = (socket.SOCK_STREAM, socket.IPPROTO_TCP)
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, *tcp) as bound:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind((address, number))
        except OSError as error:
            raise ConfigurationError(
                f"cannot listen on {address} port {number}: {error.strerror}; --port 0 takes a free one"
            ) from error
        # From here on a reader waits and is not refused.
        bound.listen()
        shown = f"[{address}]" if ":" in address else address
        print(f"http://{shown}:{bound.getsockname()[1]}", flush=True)
        yield bound


def web_server(settings: Settings, database: Database) -> uvicorn.Server:
    """Return the server of pages, API and feeds; streams end when it is told to end."""
    import uvicorn

    from harvester.web.app import create_app
    from harvester.web.http.slow_readers import ImpatientProtocol

    app = create_app(settings, database)

    class Server(uvicorn.Server):
        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            app.state.ending.set()
            super().handle_exit(sig, frame)

    # Each whole garbage collection, in the middle of a request, would look through all modules: 20 ms.
    gc.collect()
    gc.freeze()
    return Server(
        uvicorn.Config(
            app,
            http=ImpatientProtocol,
            log_config=None,
            log_level=settings.log_level,
            access_log=False,
            server_header=False,
            limit_concurrency=500,
            timeout_keep_alive=20,
            timeout_graceful_shutdown=8,
        )
    )
