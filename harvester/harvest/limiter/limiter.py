"""The shared gate of an archive: its state in the store or in Redis, so that no process gets round the limits."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import asdict
from typing import TypeVar

from harvester.archive.limiter.limiter import Budget, Gate, GateStore
from harvester.archive.limiter.rules import GateState
from harvester.settings import ArchiveSettings, Settings
from harvester.store.database import Database
from harvester.store.ledger.limiter_state import SqlGateStore

T = TypeVar("T")


class StoredGateState:
    """Keeps `GateState` as JSON in the store's table of endpoints (`archive.gate.GateStore`)."""

    def __init__(self, database: Database) -> None:
        self._rows = SqlGateStore(database)

    def update(self, key: str, transition: Callable[[GateState], tuple[GateState, T]]) -> T:
        """See `archive.gate.GateStore.update`."""

        def on_json(stored: str | None) -> tuple[str, T]:
            state, result = transition(GateState(**json.loads(stored)) if stored else GateState())
            return json.dumps(asdict(state)), result

        return self._rows.update_json(key, on_json)


def gate_for(
    database: Database, archive: ArchiveSettings, settings: Settings, budget: Budget, stop: threading.Event
) -> Gate:
    """The gate in front of an archive for this process; its state is in Redis when `redis_url` says so."""
    store: GateStore = StoredGateState(database)
    if settings.redis_url is not None:
        from harvester.harvest.limiter.redis_state import RedisGateState

        store = RedisGateState(settings.redis_url.get_secret_value())
    return Gate(archive, store, budget=budget, stop=stop)


def gate_states(database: Database, settings: Settings) -> dict[str, str]:
    """The state (JSON of `GateState`) of every archive that was asked, for status and metrics."""
    if settings.redis_url is None:
        return SqlGateStore(database).states()
    from harvester.harvest.limiter.redis_state import RedisGateState

    return RedisGateState(settings.redis_url.get_secret_value()).states()


def reachable(settings: Settings) -> None:
    """Raises `StoreError` when the limiter is to be kept in a Redis that does not answer."""
    if settings.redis_url is not None:
        from harvester.harvest.limiter.redis_state import RedisGateState

        RedisGateState(settings.redis_url.get_secret_value()).ping()
