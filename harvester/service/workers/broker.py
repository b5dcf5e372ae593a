"""The broker of the workers: whether it answers, and its errors as ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from harvester.errors import BrokerUnavailable, ConfigurationError
from harvester.settings import Settings

CONNECT_SECONDS = 5
VISIBILITY_SECONDS = 300
"""On Redis, the task of a worker that was killed comes again after so long (``?visibility_timeout=`` alters it)."""


def url_and_options(url: str) -> tuple[str, dict[str, int]]:
    """Return the broker's URL without what is ours in its query, and the options of its transport.

    On Redis lost tasks are looked for every few seconds, not every hundred as by default.
    """
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    seconds = query.pop("visibility_timeout", str(VISIBILITY_SECONDS))
    if not seconds.isdecimal():
        raise ConfigurationError("broker_url: visibility_timeout is a whole number of seconds")
    options = {"visibility_timeout": int(seconds), "unacked_restore_interval": 5, "unacked_restore_throttle": 1}
    return urlunsplit(parts._replace(query=urlencode(query))), options if url.startswith("redis") else {}


def broker_answers(settings: Settings) -> None:
    """Raise `BrokerUnavailable` when a broker is set and does not answer."""
    if settings.broker_url is None:
        return
    try:
        from kombu.connection import Connection
    except ImportError as error:
        raise ConfigurationError(
            "broker_url is set, and the extra `workers` is not installed; pip install 'harvester[workers]'"
        ) from error
    url = settings.broker_url.get_secret_value().partition("?")[0]
    limits = {"socket_connect_timeout": CONNECT_SECONDS, "socket_timeout": CONNECT_SECONDS}
    options = limits if url.startswith("redis") else {}
    made: Any = Connection
    with explained(settings), made(url, connect_timeout=CONNECT_SECONDS, transport_options=options) as connection:
        connection.connect()


@contextmanager
def explained(settings: Settings) -> Iterator[None]:
    """Turn the broker's errors into a `BrokerUnavailable` that says what to do."""
    from kombu.exceptions import KombuError

    where = urlsplit(settings.broker_url.get_secret_value() if settings.broker_url else "")
    try:
        yield
    except Exception as error:
        foreign = type(error).__module__.partition(".")[0] in ("amqp", "redis")
        if not (foreign or isinstance(error, KombuError | OSError)):
            raise
        reason = " ".join(str(error).split()) or type(error).__name__
        raise BrokerUnavailable(
            f"the broker at {where.hostname}:{where.port or where.scheme} (broker_url) does not answer: {reason}; "
            "start it and run the same command again"
        ) from error
