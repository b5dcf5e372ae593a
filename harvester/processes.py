"""Processes that compute for this one, on all cores: started anew, deaf to Ctrl-C, and gone when this one is."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.connection import wait


def pool(processes: int) -> ProcessPoolExecutor:
    """So many processes; each takes about a second to start, when the first work is given to it."""
    # Not fork: this process has threads and connections, which a copy of it would share.
    return ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn"), initializer=_begin)


def _begin() -> None:
    # Ctrl-C reaches every process of the terminal; the one that reads the command line says what happens then.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Ends this process when its parent is gone (kill -9), which a pool by itself never notices."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
