"""The limiter's state in Redis, for installations where many workers ask for it many times a second."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any, TypeVar
from urllib.parse import urlsplit

from harvester.archive.limiter.rules import LimiterState
from harvester.errors import ConfigurationError, StoreAway

T = TypeVar("T")

PREFIX = "harvester:gate:"
_clients: dict[str, Any] = {}


class RedisLimiterStore:
    """Keeps `LimiterState` as JSON, one key for each archive (`archive.limiter.LimiterStore`); thread-safe.

    A transition is put in place only if nobody wrote meanwhile (WATCH), else it is made again from the new state.
    The keys never expire: run Redis with ``appendonly yes``, or a restart forgets pauses and the breaker.
    """

    def __init__(self, url: str) -> None:
        self._client = _client(url)
        self._name = urlsplit(url).hostname or "redis"

    def update(self, key: str, transition: Callable[[LimiterState], tuple[LimiterState, T]]) -> T:
        """Update the state; see `archive.limiter.LimiterStore.update`."""
        import redis

        name = PREFIX + key
        with self._explained(), self._client.pipeline() as pipe:
            while True:
                try:
                    pipe.watch(name)
                    stored = pipe.get(name)
                    state, result = transition(LimiterState.read(stored))
                    content = json.dumps(asdict(state)).encode()
                    if content == stored:
                        return result
                    pipe.multi()
                    pipe.set(name, content)
                    pipe.execute()
                except redis.WatchError:
                    continue
                return result

    def states(self) -> dict[str, str]:
        """Return the state of every archive, for status and metrics."""
        with self._explained():
            names = sorted(self._client.scan_iter(match=PREFIX + "*"))
            found = ((name.decode().removeprefix(PREFIX), self._client.get(name)) for name in names)
            return {name: stored.decode() for name, stored in found if stored}

    def ping(self) -> None:
        """Raise `StoreAway` when Redis does not answer."""
        with self._explained():
            self._client.ping()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        import redis

        try:
            yield
        except redis.RedisError as error:
            raise StoreAway(
                f"Redis at {self._name}, which keeps the limiter (redis_url), does not answer: "
                f"{type(error).__name__}; no request is sent without it; start it and run the same command again"
            ) from error


def _client(url: str) -> Any:
    """Return the connection pool of a URL, one for each in this process."""
    try:
        import redis
    except ImportError as error:
        raise ConfigurationError(
            "redis_url is set, and the extra `workers` is not installed; pip install 'harvester[workers]'"
        ) from error
    if url not in _clients:
        try:
            _clients[url] = redis.Redis.from_url(url, socket_timeout=10, socket_connect_timeout=5)
        except ValueError as error:
            raise ConfigurationError(
                f"redis_url is not a Redis URL: {error}; write redis://127.0.0.1:6379/0"
            ) from error
    return _clients[url]
