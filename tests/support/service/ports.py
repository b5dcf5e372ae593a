"""A port for a server that must be told one."""

from __future__ import annotations

import random
import socket
from contextlib import suppress


def free_port(host: str = "127.0.0.1") -> int:
    """Return a port on which nobody listens, below those that the system gives away: nobody is given it meanwhile."""
    while True:
        port = random.randrange(20_000, 32_000)
        with suppress(OSError), socket.socket() as probe:
            probe.bind((host, port))
            return port
