"""Fixtures of the archive client's tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harvester.archive.client import ArchiveClient
from harvester.archive.limiter.limiter import Limiter
from harvester.archive.transport import new_session
from harvester.settings import INTERNET_ARCHIVE, FetchSettings
from tests.support.archive_server.clients import EAGER, client_of
from tests.support.archive_server.limiter_store import MemoryLimiterStore
from tests.support.archive_server.servers import Answerer, Detour, Server, recording, replaying
from tests.support.data import DATA


@pytest.fixture
def responses(shared: Path) -> Path:
    """The folder of recorded answers of the real service."""
    return shared / "responses"


@pytest.fixture
def scripted() -> Iterator[Callable[..., tuple[ArchiveClient, Server]]]:
    """Makes a client and the server that answers it as a test says."""
    made: list[tuple[ArchiveClient, Server]] = []

    def make(answer: Answerer, **options: object) -> tuple[ArchiveClient, Server]:
        server = Server(answer)
        client = client_of(server, **options)  # type: ignore[arg-type]
        made.append((client, server))
        return client, server

    yield make
    for client, server in made:
        client.close()
        server.close()


@pytest.fixture
def answering() -> Iterator[Callable[[Path], ArchiveClient]]:
    """Make clients of the Internet Archive that get the answers of a cassette, over a real socket."""
    made: list[tuple[ArchiveClient, Server]] = []

    def make(cassette: Path) -> ArchiveClient:
        server = Server(replaying(recording(cassette)))
        session = new_session(FetchSettings())
        session.mount("https://", Detour(server.base))
        client = ArchiveClient(
            INTERNET_ARCHIVE,
            FetchSettings(page_rows=1000),
            Limiter(INTERNET_ARCHIVE, MemoryLimiterStore(), limits=EAGER),
            session=session,
        )
        made.append((client, server))
        return client

    yield make
    for client, server in made:
        client.close()
        server.close()


@pytest.fixture
def recorded(responses: Path, answering: Callable[[Path], ArchiveClient]) -> Callable[[str], ArchiveClient]:
    """Make clients that get the recorded answers of the real service."""
    return lambda name: answering(responses / "wayback" / f"{name}.yaml")


@pytest.fixture
def answers(answering: Callable[[Path], ArchiveClient]) -> Callable[[str], ArchiveClient]:
    """Make clients that get the answers of tests/data."""
    return lambda name: answering(DATA / "answers" / f"{name}.yaml")
