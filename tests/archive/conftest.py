"""Fixtures of the archive client's tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from harvester.archive.client import ArchiveClient
from harvester.archive.limiter.budget import Budget
from harvester.archive.limiter.limiter import Limiter, MemoryLimiterStore
from harvester.archive.limiter.rules import Limits
from harvester.archive.transport import new_session
from harvester.settings import INTERNET_ARCHIVE, ArchiveSettings, FetchSettings
from tests.support.archive_server.servers import Answerer, Detour, Server, recording, replaying

#: No waiting: what is tested with these is not the limits.
EAGER = Limits(0.0, 0.0, pause=0.05, block=0.2, backoff=0.0)


def at(text: str) -> datetime:
    """A UTC instant from 14 digits or an ISO date."""
    if text.isdigit():
        return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def client_of(
    server: Server,
    *,
    limits: Limits = EAGER,
    fetch: FetchSettings | None = None,
    dialect: str = "wayback",
    budget: Budget | None = None,
) -> ArchiveClient:
    """A client of a scripted server."""
    settings = ArchiveSettings.model_validate(
        {
            "name": "test",
            "cdx": f"{server.base}/cdx/search/cdx" if dialect == "wayback" else f"{server.base}/coll/cdx",
            "playback": f"{server.base}/web" if dialect == "wayback" else f"{server.base}/coll",
            "dialect": dialect,
        }
    )
    return ArchiveClient(
        settings,
        fetch or FetchSettings(timeout=5),
        Limiter(settings, MemoryLimiterStore(), limits=limits, budget=budget),
    )


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
def recorded(responses: Path) -> Iterator[Callable[[str], ArchiveClient]]:
    """Makes a client of the Internet Archive that gets the answers of a recording, over a real socket."""
    made: list[tuple[ArchiveClient, Server]] = []

    def make(name: str) -> ArchiveClient:
        server = Server(replaying(recording(responses / "wayback" / f"{name}.yaml")))
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
