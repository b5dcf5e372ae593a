"""The brokers that tests use, and whether they run."""

from __future__ import annotations

import os
import socket
from urllib.parse import urlsplit

from pydantic import SecretStr

from harvester.service.workers.tasks import application
from harvester.settings import Settings

REDIS = os.environ.get("HARVESTER_TEST_REDIS", "redis://127.0.0.1:6379")
RABBITMQ = os.environ.get("HARVESTER_TEST_RABBITMQ", "amqp://guest:guest@127.0.0.1:5672")


def answers(url: str) -> bool:
    parts = urlsplit(url)
    try:
        socket.create_connection((parts.hostname, parts.port), timeout=30).close()
    except OSError:
        return False
    return True


def forget(url: str, queue: str) -> None:
    """Delete a queue with all that a broker keeps of it; who has not declared it deletes nothing on Redis."""
    settings = Settings(broker_url=SecretStr(url), broker_queue=queue)
    with application(settings) as app, app.connection_for_write() as connection:
        connection.SimpleQueue(queue).queue.delete()
