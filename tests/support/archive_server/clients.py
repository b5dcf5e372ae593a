"""Clients of scripted servers, without the waiting."""

from __future__ import annotations

from harvester.archive.client import ArchiveClient
from harvester.archive.limiter.budget import Budget
from harvester.archive.limiter.limiter import Limiter
from harvester.archive.limiter.rules import Limits
from harvester.settings import ArchiveSettings, FetchSettings
from tests.support.archive_server.limiter_store import MemoryLimiterStore
from tests.support.archive_server.servers import Server

EAGER = Limits(0.0, 0.0, pause=0.05, block=0.2, backoff=0.0)
"""Limits that hardly wait: for tests of something else."""


def client_of(
    server: Server,
    *,
    limits: Limits = EAGER,
    fetch: FetchSettings | None = None,
    dialect: str = "wayback",
    budget: Budget | None = None,
) -> ArchiveClient:
    """Return a client of a scripted server."""
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
        fetch or FetchSettings(timeout=60),
        Limiter(settings, MemoryLimiterStore(), limits=limits, budget=budget),
    )
