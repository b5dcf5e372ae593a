"""Serve captures as a stand-in Wayback Machine: ``harvester replay``, and the archive of the test suite.

Two dialects at once: the Wayback Machine's at ``/cdx/search/cdx`` and ``/web/``, pywb's at ``/pywb/``. A thread per
connection, HTTP/1.1 with keep-alive, one write per answer.
"""

from __future__ import annotations

import contextlib
import html
import json
import re
import select
import socket
import struct
import threading
import time
from collections import deque
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler
from itertools import chain
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from harvester.errors import ConfigurationError
from harvester.replay.archives.replayable import Replayable
from harvester.replay.crawls import file_of_crawl, index_of_crawl, is_of_crawls, list_of_crawls, year_of
from harvester.replay.faults.behaviours import Delivery, Endpoint, Request
from harvester.replay.faults.faults import Faults
from harvester.replay.faults.limits import too_many
from harvester.replay.index import BadQuery, Index, ReplayQuery
from harvester.replay.memento_pages import timegate_of, timemap_of
from harvester.replay.playback import ReplayAnswer, page, pywb, split_capture_path, wayback
from harvester.replay.routes import request_of, save_of, timemap_asked
from harvester.replay.save_jobs import SaveJobs

LOGGED = 200_000
"""Requests that the log of a server holds."""


@dataclass(frozen=True, slots=True)
class LoggedRequest:
    """One request as the server saw it.

    `started` and `answered` (when the answer begins to be sent) are seconds of `time.monotonic`; `status` 0 means a
    reset; `fault` is the kind of fault that it met, ``limit`` if it was over a limit; `client_port` distinguishes
    connections
    apart.
    """

    started: float
    answered: float
    endpoint: Endpoint
    path: str
    status: int
    fault: str
    retry_after: float | None
    client_port: int
    user_agent: str


class ReplayServer:
    """A stand-in archive on a socket. As a context manager it gives its address: ``with ReplayServer(a) as base:``.

    `port` 0 takes a free one. `late` shows the rows marked late too; tests set it while the server runs and call
    `refresh`, as they do after their archive has got new captures. `list_saves` shows the captures that
    Save Page Now took, which the real index does hours later.
    """

    def __init__(
        self,
        archive: Replayable,
        faults: Faults | None = None,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        late: bool = False,
    ) -> None:
        self.archive = archive
        self.faults = faults or Faults()
        self.late = late
        self._log: deque[LoggedRequest] = deque(maxlen=LOGGED)
        self._log_lock = threading.Lock()
        self._host, self._port = host, port
        self._listener: socket.socket | None = None
        self._connections: set[socket.socket] = set()
        self._threads: set[threading.Thread] = set()
        self._stopping = threading.Event()
        self._waking: tuple[socket.socket, socket.socket] | None = None
        self._acceptor: threading.Thread | None = None
        self.list_saves = True
        self.saves = SaveJobs(archive.captures, self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Read the index of the archive again."""
        shown = (capture for capture in self.archive.captures() if self.late or not capture.late)
        self.index = Index(self.faults.captures(chain(shown, self.saves.taken if self.list_saves else ())))

    @property
    def base_url(self) -> str:
        """The address for ``--archive``: ``http://127.0.0.1:8091``."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._port}"

    @property
    def log(self) -> list[LoggedRequest]:
        """The requests answered so far, in the order of the answers."""
        with self._log_lock:
            return list(self._log)

    def remember(self, request: LoggedRequest) -> None:
        """Put a request in the log."""
        with self._log_lock:
            self._log.append(request)

    def start(self) -> str:
        """Listen, and serve from separate threads until `stop`; return `base_url`."""
        self._listener = self._listen()
        self._waking = socket.socketpair()
        self._port = self._listener.getsockname()[1]
        self._acceptor = threading.Thread(target=self._accept, name="replay", daemon=True)
        self._acceptor.start()
        return self.base_url

    def stop(self) -> None:
        """Close the socket and every connection, and wait for the threads."""
        self._stopping.set()
        self.wake()
        if self._acceptor is not None:
            self._acceptor.join()
        self._drop_connections()
        for thread in tuple(self._threads):
            thread.join(timeout=5)
        for end in self._waking or ():
            end.close()

    def __enter__(self) -> str:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.stop()

    def answer(self, request: Request) -> ReplayAnswer:
        """Answer a request as a well-behaved archive."""
        path, base = request.path, f"http://{request.host}" if request.host else self.base_url
        if is_of_crawls(path.partition("?")[0]):
            return self._of_crawls(request, base)
        try:
            if (wanted := timemap_asked(path)) is not None:
                return timemap_of(self.index, base, *wanted)
            if request.endpoint == "cdx":
                query = ReplayQuery(urlsplit(path).query, pywb=request.pywb)
                if query.beyond:
                    return _beyond() if request.pywb else ReplayAnswer(200, b"", [("Content-Type", query.content_type)])
                rows, next_key = query.select(self.index.rows(query.url))
                if not request.pywb:
                    headers = [("Content-Type", query.content_type), ("Set-Cookie", "wb-cdx-SERVER=replay; path=/")]
                    return ReplayAnswer(200, query.text(rows, next_key).encode(), headers)
                if not rows:
                    nothing = json.dumps({"message": f"No captures found for: {query.url}"})
                    return ReplayAnswer(404, nothing.encode(), [("Content-Type", "application/json")])
                return ReplayAnswer(200, query.pywb_text(rows).encode(), [("Content-Type", "text/x-ndjson")])
        except BadQuery as error:
            return ReplayAnswer(400, f"{error}\n".encode(), [("Content-Type", "text/plain;charset=UTF-8")])
        if request.endpoint == "playback":
            if request.pywb:
                return pywb(self.index, self.archive, base, path.removeprefix("/pywb/"))
            if request.accept_datetime and split_capture_path(request.target) is None:
                return timegate_of(self.index, base, request.target, request.accept_datetime)
            return wayback(self.index, self.archive, base, path.removeprefix("/web/"))
        if request.endpoint == "save":
            return self.saves.request(request.form, request.signed)
        if request.endpoint == "save-status":
            return self.saves.state(request.target)
        if path.startswith("/save/"):
            return too_many(None)
        urls = "".join(f"<li>{html.escape(url)}</li>" for url in self.index.urls())
        return page(200 if path == "/" else 404, "harvester replay", f"{len(self.index)} captures of <ul>{urls}</ul>")

    def _of_crawls(self, request: Request, base: str) -> ReplayAnswer:
        path = request.path.partition("?")[0]
        if (year := year_of(path)) is None:
            if path == "/collinfo.json":
                return list_of_crawls(self.index, base)
            return file_of_crawl(self.index, self.archive, path, request.span)
        query = ReplayQuery(urlsplit(request.path).query, pywb=True)
        if query.beyond:
            return _beyond()
        return index_of_crawl(self.index, self.archive, year, query.url, query.first, query.last)

    def wake(self) -> None:
        """Have the accepting thread look whether it is to stop or to refuse."""
        if self._waking is not None:
            with contextlib.suppress(OSError):
                self._waking[1].send(b"!")

    def pause(self, seconds: float) -> None:
        """Wait, but not beyond `stop`."""
        self._stopping.wait(seconds)

    def _listen(self) -> socket.socket:
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        try:
            listener = socket.create_server((self._host, self._port), family=family, backlog=128)
        except OSError as error:
            raise ConfigurationError(
                f"replay: cannot listen on {self._host}:{self._port}: {error.strerror}; choose another --port"
            ) from error
        listener.setblocking(False)
        return listener

    def _accept(self) -> None:
        while not self._stopping.is_set():
            assert self._listener is not None
            assert self._waking is not None
            woken = self._waking[0]
            ready = select.select([self._listener, woken], [], [])[0]
            if woken in ready:
                woken.recv(4096)
            # Before the next connection is taken: its request would be counted, though it gets no answer.
            if (refused := self.faults.refuse_for(time.monotonic())) > 0:
                self._refuse(refused)
                continue
            if self._listener not in ready:
                continue
            with contextlib.suppress(BlockingIOError, ConnectionError):
                connection, address = self._listener.accept()
                connection.setblocking(True)
                self._connections.add(connection)
                thread = threading.Thread(target=self._serve, args=(connection, address), daemon=True)
                self._threads.add(thread)
                thread.start()
        if self._listener is not None:
            self._listener.close()

    def _refuse(self, seconds: float) -> None:
        """Refuse connections like a firewall: no listening socket, and no connection stays open."""
        assert self._listener is not None
        self._listener.close()
        self._drop_connections()
        self._stopping.wait(seconds)
        if not self._stopping.is_set():
            self._listener = self._listen()

    def _drop_connections(self) -> None:
        for connection in tuple(self._connections):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def _serve(self, connection: socket.socket, address: Any) -> None:
        try:
            with contextlib.suppress(ConnectionError, TimeoutError):
                _Handler(connection, address, self)
        finally:
            self._connections.discard(connection)
            self._threads.discard(threading.current_thread())
            connection.close()


def _beyond() -> ReplayAnswer:
    """Return pywb's answer to a page behind the last: everything is on the first."""
    return ReplayAnswer(400, b"Page invalid: First Page is 0, Last Page is 0\n", [("Content-Type", "text/plain")])


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    replay: ReplayServer

    def __init__(self, connection: socket.socket, address: Any, replay: ReplayServer) -> None:
        self.replay = replay
        super().__init__(connection, address, replay)  # type: ignore[arg-type]

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        form = self.rfile.read(min(int(length), 100_000) if length.isdigit() else 0).decode("utf-8", "replace")
        signed = re.fullmatch(r"LOW [^:\s]+:[^:\s]+", self.headers.get("Authorization", "")) is not None
        started = time.monotonic()
        self._answer(save_of(self.path, form, signed, self.headers.get("Host", ""), started), started)

    def do_GET(self) -> None:
        started = time.monotonic()
        request = request_of(self.path, self.headers.get("Cookie", ""), self.headers.get("Host", ""), started)
        accept, span = self.headers.get("Accept-Datetime", ""), self.headers.get("Range", "")
        self._answer(replace(request, accept_datetime=accept, span=span), started)

    def _answer(self, request: Request, started: float) -> None:
        delivery = self.replay.faults.deliver(request, self.replay)
        if delivery.wait:
            self.replay.pause(delivery.wait)
        self.replay.remember(
            LoggedRequest(
                started=started,
                answered=time.monotonic(),
                endpoint=request.endpoint,
                path=request.path,
                status=delivery.answer.status,
                fault=delivery.fault,
                retry_after=delivery.retry_after,
                client_port=self.client_address[1],
                user_agent=self.headers.get("User-Agent", ""),
            )
        )
        self._send(delivery)
        if delivery.fault == "limit":
            self.replay.wake()

    do_HEAD = do_GET

    def _send(self, delivery: Delivery) -> None:
        if delivery.reset:
            self.close_connection = True
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return
        answer = delivery.answer
        head = [f"HTTP/1.1 {answer.status} {answer.reason}", f"Date: {self.date_time_string()}", "Server: replay"]
        head += [re.sub(r"[\r\n]", " ", f"{name}: {value}") for name, value in answer.headers]
        head.append(f"Content-Length: {len(answer.body)}")
        if delivery.cut is not None:
            head.append("Connection: close")
            self.close_connection = True
        body = b"" if self.command == "HEAD" else answer.body[: delivery.cut]
        start = "\r\n".join(head).encode("latin-1", "replace") + b"\r\n\r\n"
        if not delivery.drip:
            self.wfile.write(start + body)
            return
        self.wfile.write(start)
        for place in range(0, len(body), delivery.drip):
            self.wfile.write(body[place : place + delivery.drip])
            self.replay.pause(delivery.drip_wait)

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing: the requests are in `ReplayServer.log`."""
