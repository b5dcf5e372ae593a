"""The limiter's state in a real Redis: atomic over threads and processes, and found again after a restart."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from pydantic import SecretStr

from harvester.archive.limiter.budget import Budget
from harvester.archive.limiter.rules import LimiterState, on_refused
from harvester.errors import StoreAway, StoreError
from harvester.harvest.limiter import redis_store
from harvester.harvest.limiter.redis_store import RedisLimiterStore
from harvester.harvest.limiter.shared import limiter_for, limiter_states, reachable
from harvester.settings import Settings
from harvester.store.database import Database
from tests.support.service.brokers import REDIS

ADD = """
import sys
from dataclasses import replace
from harvester.harvest.limiter import redis_store
redis_store.PREFIX = sys.argv[3]
limiter = redis_store.RedisLimiterStore(sys.argv[1])
for _ in range(100):
    limiter.update(sys.argv[2], lambda state: (replace(state, cdx_requests=state.cdx_requests + 1), None))
"""


@pytest.fixture
def url(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A Redis, with keys that are this test's alone."""
    parts = urlsplit(REDIS)
    try:
        socket.create_connection((parts.hostname, parts.port), timeout=30).close()
    except OSError:
        assert not os.environ.get("CI"), f"CI has {REDIS}"
        pytest.skip(f"no Redis answers at {REDIS}")
    monkeypatch.setattr(redis_store, "PREFIX", f"harvester-test:{uuid.uuid4().hex}:")
    yield f"{REDIS}/12"
    import redis

    client = redis.Redis.from_url(f"{REDIS}/12")
    for key in client.scan_iter(match=redis_store.PREFIX + "*"):
        client.delete(key)
    client.close()


def test_no_update_of_two_processes_and_four_threads_is_lost(url: str) -> None:
    key = uuid.uuid4().hex
    command = [sys.executable, "-c", ADD, url, key, redis_store.PREFIX]
    processes = [subprocess.Popen(command) for _ in range(2)]
    limiter = RedisLimiterStore(url)

    def add() -> None:
        from dataclasses import replace

        for _ in range(25):
            limiter.update(key, lambda state: (replace(state, cdx_requests=state.cdx_requests + 1), None))

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for process in processes:
        assert process.wait(60) == 0
    assert limiter.update(key, lambda state: (state, state.cdx_requests)) == 300


def test_the_breaker_is_seen_by_every_process_of_the_installation(database: Database, url: str) -> None:
    settings = Settings(redis_url=SecretStr(url))
    archive = settings.archive_named("http://archive.example")
    one, other = (limiter_for(database, archive, settings, Budget(), threading.Event()) for _ in range(2))
    for _ in range(3):
        one.refused("no connection")
    assert other.state().blocked_until > 0
    assert set(limiter_states(database, settings)) == {"archive.example"}
    assert limiter_states(database, Settings()) == {}, "the store's own table is not used"
    other.reset()
    assert one.state() == LimiterState()


def test_a_redis_that_is_away_lets_no_request_through(database: Database) -> None:
    away = Settings(redis_url=SecretStr("redis://:hidden@127.0.0.1:9/0"))
    limiter = limiter_for(database, away.archive_named("http://archive.example"), away, Budget(), threading.Event())
    with pytest.raises(StoreError) as refused:
        limiter.enter("cdx")
    assert "hidden" not in str(refused.value)


def test_the_transition_is_the_one_of_the_store(url: str) -> None:
    archive = Settings().archive_named("http://archive.example")
    from harvester.archive.limiter.rules import Limits

    limits = Limits.of(archive)
    key = uuid.uuid4().hex
    limiter = RedisLimiterStore(url)
    state = LimiterState()
    for _ in range(4):
        state = on_refused(state, limits, 1000.0, "refused")
        limiter.update(key, lambda kept: (on_refused(kept, limits, 1000.0, "refused"), None))
    assert limiter.update(key, lambda kept: (kept, kept)) == state


def test_a_redis_that_is_away_is_named_and_a_limiter_in_the_store_is_asked_nothing() -> None:
    reachable(Settings())
    with pytest.raises(StoreAway, match=r"Redis at 127\.0\.0\.1"):
        reachable(Settings(redis_url=SecretStr("redis://127.0.0.1:1/0")))
