"""Real HTTP servers on loopback for the client's tests: one that a test scripts, one that replays a recording."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests
import yaml
from requests.adapters import HTTPAdapter


@dataclass(frozen=True)
class Asked:
    """A request as the server got it: path with query, headers in lower case, port of the client's socket, instant."""

    path: str
    headers: Mapping[str, str]
    client_port: int
    at: float

    @property
    def query(self) -> dict[str, str]:
        """The parameters of the query, each once."""
        return {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}


@dataclass
class Reply:
    """What to answer: `headers` may repeat a name; `cut` sends so many bytes and resets; `pace` sleeps per byte."""

    status: int = 200
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""
    cut: int | None = None
    pace: float = 0.0
    hang: float = 0.0
    chunked: bool = False


Answerer = Callable[[Asked], Reply]


class Server:
    """Answers as `answer` says and remembers what was asked."""

    def __init__(self, answer: Answerer) -> None:
        self.asked: list[Asked] = []
        asked, lock = self.asked, threading.Lock()

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                request = Asked(self.path, headers, self.client_address[1], time.monotonic())
                with lock:
                    asked.append(request)
                    reply = answer(request)
                try:
                    self._send(reply)
                except OSError:
                    self.close_connection = True

            def _send(self, reply: Reply) -> None:
                if reply.hang:
                    time.sleep(reply.hang)
                if reply.cut == 0:
                    self._reset()
                    return
                self.send_response(reply.status)
                for name, value in reply.headers:
                    self.send_header(name, value)
                if reply.chunked:
                    self.send_header("Transfer-Encoding", "chunked")
                else:
                    self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                body = reply.body if reply.cut is None else reply.body[: reply.cut]
                if reply.pace:
                    for i in range(len(body)):
                        self.wfile.write(body[i : i + 1])
                        time.sleep(reply.pace)
                elif reply.chunked:
                    self.wfile.write(b"%x\r\n%b\r\n" % (len(body), body))
                    if reply.cut is None:
                        self.wfile.write(b"0\r\n\r\n")
                else:
                    self.wfile.write(body)
                if reply.cut is not None:
                    self.wfile.flush()
                    self.close_connection = True

            def _reset(self) -> None:
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.close_connection = True
                self.connection.close()

            def log_message(self, format: str, *args: Any) -> None:
                pass

        class Quiet(ThreadingHTTPServer):
            daemon_threads = True
            block_on_close = False

            def server_bind(self) -> None:
                """Bind without asking the resolver for a name."""
                TCPServer.server_bind(self)
                self.server_name, self.server_port = "localhost", self.server_address[1]

            def handle_error(self, request: Any, client_address: Any) -> None:
                pass

        self._server = Quiet(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        self.base = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop; connections to it are refused from now on."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@contextmanager
def serving(answer: Answerer) -> Iterator[Server]:
    """A server for the length of a test."""
    server = Server(answer)
    try:
        yield server
    finally:
        server.close()


def in_turn(*replies: Reply) -> Answerer:
    """Answer with one reply after the other, the last again and again."""
    left = list(replies)
    return lambda asked: left.pop(0) if len(left) > 1 else left[0]


class Detour(HTTPAdapter):
    """Sends what is addressed to a public archive to a server on loopback instead, path and all."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self._base = base

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        assert request.url is not None
        parts = urlsplit(request.url)
        request.url = self._base + parts.path + (f"?{parts.query}" if parts.query else "")
        return super().send(request, *args, **kwargs)


@dataclass(frozen=True)
class Recorded:
    """One exchange of a recording."""

    uri: str
    reply: Reply


def recording(file: Path) -> list[Recorded]:
    """The exchanges of a VCR cassette, bodies as they travelled (still compressed)."""
    content = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    exchanges = []
    for interaction in content["interactions"]:
        response = interaction["response"]
        body = response["body"]["string"]
        headers = [
            (name, value)
            for name, values in response["headers"].items()
            if name.lower() not in ("transfer-encoding", "content-length", "connection", "date", "server")
            for value in values
        ]
        reply = Reply(response["status"]["code"], headers, body if isinstance(body, bytes) else body.encode())
        exchanges.append(Recorded(interaction["request"]["uri"], reply))
    return exchanges


def replaying(exchanges: list[Recorded]) -> Answerer:
    """Answer a playback request by its path, an index request by its URL and resume key, as recorded."""
    known: dict[tuple[str, ...], Reply] = {}
    for exchange in exchanges:
        parts = urlsplit(exchange.uri)
        known.setdefault(_identity(parts.path, parts.query), exchange.reply)

    def answer(asked: Asked) -> Reply:
        parts = urlsplit(asked.path)
        identity = _identity(parts.path, parts.query)
        return known.get(identity) or Reply(418, [], f"not recorded: {identity}".encode())

    return answer


def _identity(path: str, query: str) -> tuple[str, ...]:
    if not path.startswith("/cdx"):
        return (path, query)
    values = parse_qs(query)
    return (path, *(values.get(name, [""])[0] for name in ("url", "from", "to", "resumeKey")))
