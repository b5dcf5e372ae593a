"""Pure work on all cores: what is long hands pages and texts to processes of their own, what is short does it here."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait
from typing import ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

PAYS_FROM = 40
"""Pieces of work after which processes are worth their start (about a second; a page takes some 20 ms)."""


class Work(Protocol):
    """Calls a pure function of a module with arguments that can be pickled, here or in another process."""

    def __call__(self, pure: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `pure` gives."""
        ...


def here(pure: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Work in this thread."""
    return pure(*args, **kwargs)


@contextmanager
def working(processes: int, modules: Sequence[str]) -> Iterator[Work]:
    """`Work` for the body of the ``with`` that spreads what is much over processes; thread-safe.

    `modules` are those that the work needs: they are imported once for all processes.

    A page that kills its process is cleaned here: then it is this page's failure, with its reason in the ledger.
    """
    processes = min(processes, os.cpu_count() or 1)
    if processes < 2:
        yield here
        return
    done = 0
    counting = threading.Lock()
    # Not fork: this process has threads and connections, which a copy of it would share.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*modules])
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_begin) as pool:

        def work(pure: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
            nonlocal done
            with counting:
                done += 1
                alone = done <= PAYS_FROM
            if alone:
                return pure(*args, **kwargs)
            try:
                return pool.submit(pure, *args, **kwargs).result()
            except BrokenProcessPool:
                return pure(*args, **kwargs)

        yield work


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
