"""PostgreSQL taken away in the middle: what was being done fails clearly or waits, and continues afterwards.

The server itself is everybody's: its connections are cut through a proxy of the test's own, which then refuses new ones
for a while, as a restart does.
"""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlsplit, urlunsplit

import pytest
from sqlalchemy import func, select, text

from harvester.store.admin.verify import verify
from harvester.store.schema import Capture
from tests.support.archive_server.captures import MemoryArchive
from tests.support.archive_server.fixtures import StartArchive
from tests.support.service.installations import Place, history_of, until
from tests.support.service.schedules import polls, serving


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


@pytest.fixture
def proxy(place: Place) -> Iterator[Proxy]:
    """Stands between the installation's processes and the database; the test itself looks past it."""
    parts = urlsplit(place.database_url)
    made = Proxy(parts.hostname or "127.0.0.1", parts.port or 5432)
    user, at, _ = parts.netloc.rpartition("@")
    made.url = urlunsplit(parts._replace(netloc=f"{user}{at}127.0.0.1:{made.port}"))
    yield made
    place.end()
    made.close()


def settled(place: Place) -> int:
    database = place.open()
    with database.reading() as session:
        found = session.scalar(select(func.count()).select_from(Capture).where(Capture.outcome == "stored"))
    return found or 0


def test_a_backfill_says_that_the_database_went_away_and_the_next_one_goes_on(
    place: Place, proxy: Proxy, harsh_archive: StartArchive
) -> None:
    archive = MemoryArchive()
    history_of(archive, "a.example", 60)
    place.watches("a.example")
    base = harsh_archive(archive).base_url
    address = f'cdx = "{base}/cdx/search/cdx"\nplayback = "{base}/web"\ncaptures_per_second = 10\n'
    place.has_settings("slow", f"[archives.slow]\n{address}")
    backfill = place.start("backfill", HARVESTER_DATABASE_URL=proxy.url)
    until(lambda: settled(place) >= 3, 60, lambda: place.log(backfill))
    proxy.cut()
    assert backfill.wait(60) not in (0, 1), place.log(backfill)
    said = place.log(backfill)
    assert "Traceback" not in said
    assert re.search(r"^harvester: .*the database .* refused", said, re.MULTILINE), said
    kept = settled(place)
    assert 3 <= kept < 60
    proxy.mend()
    quick = {"HARVESTER_ARCHIVES__SLOW__CAPTURES_PER_SECOND": "10000"}
    again = place.run("backfill", "--json", HARVESTER_DATABASE_URL=proxy.url, **quick)
    assert again.returncode == 0, again.stderr
    assert settled(place) == 60
    assert json.loads(again.stdout)["fetched"] == 60 - kept, "nothing that was committed is downloaded again"
    assert list(verify(place.open())) == []


def test_the_scheduler_survives_a_restart_of_the_database_and_polls_again(
    place: Place, proxy: Proxy, harsh_archive: StartArchive
) -> None:
    serving(place, harsh_archive, "a.example", every="2s")
    process = place.start("serve", HARVESTER_DATABASE_URL=proxy.url)
    until(lambda: bool(polls(place)), 60, lambda: place.log(process))
    proxy.cut()
    threading.Event().wait(4)
    assert process.poll() is None, place.log(process)
    before = len(polls(place))
    proxy.mend()
    until(lambda: len(polls(place)) >= before + 2, 60, lambda: place.log(process))
    assert polls(place)[-1].outcome == "done"
    process.terminate()
    assert process.wait(10) == 0, place.log(process)


def test_connections_that_the_server_ends_are_made_anew(place: Place, harsh_archive: StartArchive) -> None:
    serving(place, harsh_archive, "a.example", every="2s")
    process = place.start("serve")
    until(lambda: bool(polls(place)), 60, lambda: place.log(process))
    database = place.open()
    with database.writing() as session:
        statement = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        ended = session.execute(text(f"{statement} AND pid <> pg_backend_pid()")).all()
    assert ended
    before = len(polls(place))
    until(lambda: len(polls(place)) >= before + 2, 60, lambda: place.log(process))
    process.terminate()
    assert process.wait(10) == 0, place.log(process)
