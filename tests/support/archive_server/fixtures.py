"""The harsh archive: a stand-in Wayback Machine over the sample (or a test's own captures), with faults.

Its fixtures are there for every test (`tests.conftest`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

import pytest

from harvester.replay.archives.folder import FolderArchive
from harvester.replay.archives.replayable import Replayable
from harvester.replay.faults.faults import Faults
from harvester.replay.faults.file import FaultFile, read_faults
from harvester.replay.server import LoggedRequest, ReplayServer
from tests.support.paths import SAMPLE

FAULTS = Path(__file__).parent / "faults"


class StartArchive(Protocol):
    """Starts an archive; `faults` is the name of a file in ``tests/support/archive_server/faults``, or its content."""

    def __call__(
        self, archive: Replayable | None = None, faults: str | FaultFile | None = None, *, late: bool = False
    ) -> ReplayServer: ...


@pytest.fixture
def harsh_archive() -> Iterator[StartArchive]:
    """A factory of running servers; each has ``base_url`` and ``log``, and is stopped after the test."""
    started: list[ReplayServer] = []

    def start(
        archive: Replayable | None = None, faults: str | FaultFile | None = None, *, late: bool = False
    ) -> ReplayServer:
        file = read_faults(FAULTS / f"{faults}.toml") if isinstance(faults, str) else faults
        server = ReplayServer(archive or FolderArchive(SAMPLE), Faults(file), late=late)
        server.start()
        started.append(server)
        return server

    yield start
    for server in started:
        server.stop()


@pytest.fixture
def sample_archive(harsh_archive: StartArchive) -> ReplayServer:
    """The sample archive, well behaved."""
    return harsh_archive()


def busiest(log: Iterable[LoggedRequest], endpoint: str, seconds: float) -> int:
    """The most requests to an endpoint that began within any window of so many seconds."""
    times = sorted(request.started for request in log if request.endpoint == endpoint)
    most = first = 0
    for last, at in enumerate(times):
        while times[first] <= at - seconds:
            first += 1
        most = max(most, last - first + 1)
    return most


def during_pauses(log: Iterable[LoggedRequest], grace: float = 0.0) -> list[LoggedRequest]:
    """The requests that began while the archive had asked for quiet (Retry-After), `grace` seconds after it did so.

    The grace is for requests that were on their way when the answer with Retry-After was sent.
    """
    log = list(log)
    pauses = [(r.answered + grace, r.answered + r.retry_after) for r in log if r.retry_after is not None]
    return [request for request in log if any(begin < request.started < end for begin, end in pauses)]
