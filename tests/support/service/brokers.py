"""The brokers that tests use, and whether they run."""

from __future__ import annotations

import os
import socket
from urllib.parse import urlsplit

REDIS = os.environ.get("HARVESTER_TEST_REDIS", "redis://127.0.0.1:6379")
RABBITMQ = os.environ.get("HARVESTER_TEST_RABBITMQ", "amqp://guest:guest@127.0.0.1:5672")


def answers(url: str) -> bool:
    parts = urlsplit(url)
    try:
        socket.create_connection((parts.hostname, parts.port), timeout=3).close()
    except OSError:
        return False
    return True
