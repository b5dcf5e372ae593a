"""The shared limiter of an archive: its state in the store or in Redis, so that no process gets round the limits."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import asdict
from typing import TypeVar

from harvester.archive.limiter.budget import Budget
from harvester.archive.limiter.limiter import Limiter, LimiterStore
from harvester.archive.limiter.rules import LimiterState
from harvester.settings import ArchiveSettings, Settings
from harvester.store.database import Database
from harvester.store.ledger.limiter_state import LimiterRows

T = TypeVar("T")


class DatabaseLimiterStore:
    """Keeps `LimiterState` as JSON in the store's table of endpoints (`archive.limiter.LimiterStore`)."""

    def __init__(self, database: Database) -> None:
        self._rows = LimiterRows(database)

    def update(self, key: str, transition: Callable[[LimiterState], tuple[LimiterState, T]]) -> T:
        """Update the state; see `archive.limiter.LimiterStore.update`."""

        def on_json(stored: str | None) -> tuple[str, T]:
            state, result = transition(LimiterState.read(stored))
            return json.dumps(asdict(state)), result

        return self._rows.update_json(key, on_json)


def limiter_for(
    database: Database, archive: ArchiveSettings, settings: Settings, budget: Budget, stop: threading.Event
) -> Limiter:
    """Return the limiter in front of an archive for this process; its state is in Redis when `redis_url` says so."""
    store: LimiterStore = DatabaseLimiterStore(database)
    if settings.redis_url is not None:
        from harvester.harvest.limiter.redis_store import RedisLimiterStore

        store = RedisLimiterStore(settings.redis_url.get_secret_value())
    return Limiter(archive, store, budget=budget, stop=stop)


def limiter_states(database: Database, settings: Settings) -> dict[str, str]:
    """Return the state (JSON of `LimiterState`) of every archive used so far, for status and metrics."""
    if settings.redis_url is None:
        return LimiterRows(database).states()
    from harvester.harvest.limiter.redis_store import RedisLimiterStore

    return RedisLimiterStore(settings.redis_url.get_secret_value()).states()


def reachable(settings: Settings) -> None:
    """Raise `StoreAway` when the limiter is to be in a Redis that does not answer."""
    if settings.redis_url is not None:
        from harvester.harvest.limiter.redis_store import RedisLimiterStore

        RedisLimiterStore(settings.redis_url.get_secret_value()).ping()
