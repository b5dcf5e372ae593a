"""The process that `harvester.processes` starts: does one piece of work after another, each within its limits."""

from __future__ import annotations

import os
import pickle
import resource
import signal
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

SECONDS = 10.0
"""Processor time of one piece of work; SIGPROF ends the process that needs more."""
MEMORY_BYTES = 1 << 30
"""Address space of the process."""
LARGE = 400 << 20
"""Bytes after which a worker ends when its work is done, so that the next has all of the memory."""


def main(descriptor: int) -> None:
    """Serve the process at the other end of `descriptor` until it closes it."""
    connection: Connection[bytes, bytes] = Connection(descriptor)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    takes_more = True
    while takes_more:
        try:
            work = connection.recv_bytes()
        except (EOFError, OSError):
            break
        pure, args, kwargs = pickle.loads(work)
        del work
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        done = False
        try:
            value, done = pure(*args, **kwargs), True
        except Exception as error:  # noqa: BLE001 (it is raised at the other end)
            value = error
        signal.setitimer(signal.ITIMER_PROF, 0)
        takes_more = not isinstance(value, MemoryError) and _most_used() < LARGE
        connection.send_bytes(_pickled(done, value, takes_more))
    os._exit(0)


def _pickled(done: bool, value: object, takes_more: bool) -> bytes:
    try:
        return pickle.dumps((done, value, takes_more))
    except MemoryError as error:
        return pickle.dumps((False, error, False))
    except Exception as error:  # noqa: BLE001 (whatever pickle finds wrong with it)
        return pickle.dumps((False, RuntimeError(f"{value!r}: cannot be sent: {error}"), takes_more))


def _most_used() -> int:
    """Return the most bytes that this program has held at once.

    Not by getrusage where it can be helped: on Linux its figure begins with that of the process that started this one.
    """
    with suppress(OSError):
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return int(status.partition("VmHWM:")[2].split()[0]) * 1024
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used if sys.platform == "darwin" else used * 1024


if __name__ == "__main__":
    main(int(sys.argv[1]))
