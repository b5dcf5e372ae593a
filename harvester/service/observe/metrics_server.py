"""``/metrics``, ``/healthz`` and ``/readyz`` of a process that serves no pages: the scheduler."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from prometheus_client import CONTENT_TYPE_LATEST

from harvester.clock import utc_now
from harvester.errors import ConfigurationError
from harvester.service.observe.metrics import page, registry
from harvester.service.observe.readiness import ready
from harvester.settings import Settings
from harvester.store.database import Database

log = logging.getLogger(__name__)


@contextmanager
def exposed(database: Database, settings: Settings, host: str, port: int | None) -> Iterator[int | None]:
    """Serve the metrics for the body of the ``with`` and yield the port; do nothing without a port (0: any free
    one).
    """
    if port is None:
        yield None
        return
    metrics = registry(database, settings, utc_now)

    class Handler(BaseHTTPRequestHandler):
        timeout = 10

        def do_GET(self) -> None:
            if self.path == "/metrics":
                self._answer(200, CONTENT_TYPE_LATEST, page(metrics))
            elif self.path == "/healthz":
                self._answer(200, "text/plain; charset=utf-8", b"alive\n")
            elif self.path == "/readyz":
                problems = ready(database, settings)
                text = "\n".join(problems or ["ready"]) + "\n"
                self._answer(503 if problems else 200, "text/plain; charset=utf-8", text.encode())
            else:
                self._answer(404, "text/plain; charset=utf-8", b"not here\n")

        def _answer(self, status: int, content_type: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            log.debug(format, *args)

    try:
        server = ThreadingHTTPServer((host, port), Handler)
    except OSError as error:
        raise ConfigurationError(
            f"metrics cannot be served at {host}:{port}: {error.strerror}; name another port or host"
        ) from error
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, name="metrics", daemon=True).start()
    log.info("metrics at http://%s:%d/metrics", host, server.server_port)
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
