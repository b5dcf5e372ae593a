"""A proxy in front of a shared server: its connections can be cut, and new ones refused, as a restart does."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from urllib.parse import urlsplit, urlunsplit


class Proxy:
    """Passes connections on to a server while it is up."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._open: list[socket.socket] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self._lock = threading.Lock()
        self.is_up = True
        self.url = ""
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Breaks every connection, and those that come until `mend`."""
        with self._lock:
            self.is_up = False
            for one in self._open:
                _end(one)
            self._open.clear()

    def mend(self) -> None:
        """Lets connections through again."""
        with self._lock:
            self.is_up = True

    def close(self) -> None:
        """Ends it."""
        self.cut()
        self._listening.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            with self._lock:
                if not self.is_up:
                    client.close()
                    continue
                server = socket.create_connection(self._target)
                self._open += [client, server]
            for source, sink in ((client, server), (server, client)):
                threading.Thread(target=_pump, args=(source, sink), daemon=True).start()


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65_536):
            sink.sendall(data)
    _end(source)
    _end(sink)


def _end(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()


def proxy_of(url: str) -> Proxy:
    """A proxy in front of the server of a URL; its `url` leads through it."""
    parts = urlsplit(url)
    made = Proxy(parts.hostname or "127.0.0.1", parts.port or 5432)
    user, at, _ = parts.netloc.rpartition("@")
    made.url = urlunsplit(parts._replace(netloc=f"{user}{at}127.0.0.1:{made.port}"))
    return made
