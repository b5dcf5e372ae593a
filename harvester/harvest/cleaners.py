"""Cleaning on all cores: a long backfill hands its pages to processes of their own, a short one cleans them itself."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait

from harvester.harvest.clean import Acceptance, Cleaned, NoText, Page, clean_page

Clean = Callable[[Page, Acceptance], Cleaned | NoText]

PAYS_FROM = 40
"""Pages after which processes are worth their start (about a second each; a page takes some 20 ms)."""


@contextmanager
def cleaning(processes: int) -> Iterator[Clean]:
    """A `clean_page` for the body of the ``with`` that spreads long work over processes; thread-safe.

    A page that kills its process is cleaned here: then it is this page's failure, with its reason in the ledger.
    """
    processes = min(processes, os.cpu_count() or 1)
    if processes < 2:
        yield clean_page
        return
    cleaned = 0
    counting = threading.Lock()
    # Not fork: this process has threads and connections, which a copy of it would share.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_begin) as pool:

        def clean(page: Page, acceptance: Acceptance) -> Cleaned | NoText:
            nonlocal cleaned
            with counting:
                cleaned += 1
                alone = cleaned <= PAYS_FROM
            if alone:
                return clean_page(page, acceptance)
            try:
                return pool.submit(clean_page, page, acceptance).result()
            except BrokenProcessPool:
                return clean_page(page, acceptance)

        yield clean


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
