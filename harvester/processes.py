"""Pure work in separate processes: it uses all cores, and a page can only harm its own process.

A worker has a limit of memory and of processor time for each piece of work. It serves one piece after another, for any
thread, as long as this process lives; a worker that was killed is replaced.
"""

from __future__ import annotations

import atexit
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Any, ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

PAYS_FROM = 0.6
"""Seconds of processor time of the work after which workers are worth their start, which takes about as long."""
PATIENCE = 120.0
"""Wall-clock seconds after which a worker that does nothing is given up; processor time ends others."""

_FROM_OUTSIDE = (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP)
"""Signals by which others end a process: the system when memory is short, or an operator. The work may be harmless."""


class WorkerLost(Exception):
    """The work ended its worker, which passed a limit or crashed; the text says how."""


class Work(Protocol):
    """Calls a pure function of a module with arguments that can be pickled, here or in another process."""

    def __call__(self, pure: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what `pure` returns."""
        ...


def here(pure: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Work in this thread."""
    return pure(*args, **kwargs)


def apart(pure: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Work in a worker, whatever it does to it; thread-safe, waits while all workers are busy.

    Raises what `pure` raises, and WorkerLost. Work whose worker was killed from outside is repeated.
    """
    asked = pickle.dumps((pure, args, kwargs))
    with _slots:
        try:
            answer = _answer(asked)
        except _KilledFromOutside:
            answer = _answer(asked)
    done, value = answer
    if not done:
        raise value
    result: T = value
    return result


@contextmanager
def working(processes: int) -> Iterator[Work]:
    """Yield `Work` for the body of the ``with``, thread-safe: large work is spread over workers, small work is done
    here unless they are up already.

    Work that kills its worker is done here: for what must not fail, and is made from what was cleaned apart.
    """
    if min(processes, os.cpu_count() or 1) < 2:
        yield here
        return
    spent = 0.0
    counting = threading.Lock()

    def work(pure: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        nonlocal spent
        if spent < PAYS_FROM and not _up:
            begun = time.thread_time()
            result = pure(*args, **kwargs)
            with counting:
                spent += time.thread_time() - begun
            return result
        try:
            return apart(pure, *args, **kwargs)
        except (WorkerLost, MemoryError):
            return pure(*args, **kwargs)

    yield work


class _KilledFromOutside(WorkerLost):
    """Others ended the worker."""


class _Worker:
    """A process that runs `harvester.worker`."""

    def __init__(self) -> None:
        ours, theirs = Pipe()
        self._connection: Connection[bytes, bytes] = ours
        # It imports what this process could import; -P: and nothing else that lies in the working directory.
        paths = os.pathsep.join(path or str(Path.cwd()) for path in sys.path)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "harvester.worker", str(theirs.fileno())],
            pass_fds=(theirs.fileno(),),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": paths},
            start_new_session=True,  # Ctrl-C is for the process that reads the command line
        )
        theirs.close()
        _up.add(self)

    @property
    def lives(self) -> bool:
        return self._process.poll() is None

    def ask(self, work: bytes) -> tuple[bool, Any, bool]:
        """Return whether the work was done, its result or error, and whether the worker takes more."""
        try:
            self._connection.send_bytes(work)
            if not self._connection.poll(PATIENCE):
                raise WorkerLost(f"it took more than {PATIENCE:.0f} seconds")
            return pickle.loads(self._connection.recv_bytes())  # type: ignore[no-any-return]
        except (EOFError, OSError) as error:
            raise self._lost() from error

    def end(self) -> None:
        _up.discard(self)
        self._connection.close()
        self._process.kill()
        self._process.wait()

    def _lost(self) -> WorkerLost:
        try:
            code = self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            return WorkerLost("its process stopped answering")
        if code == -signal.SIGPROF:
            return WorkerLost("it took too much processor time")
        if -code in _FROM_OUTSIDE:
            return _KilledFromOutside(f"its process was killed (signal {-code})")
        return WorkerLost(f"its process ended with {f'signal {-code}' if code < 0 else f'exit code {code}'}")


_slots = threading.BoundedSemaphore(os.cpu_count() or 1)
_idle: list[_Worker] = []
_up: set[_Worker] = set()
"""All workers of this process, idle or at work."""
_taking = threading.Lock()
_of_thread = threading.local()


def _answer(work: bytes) -> tuple[bool, Any]:
    worker = _of_thread.worker = _take()
    takes_more = False
    try:
        done, value, takes_more = worker.ask(work)
    finally:
        if takes_more:
            with _taking:
                _idle.append(worker)
        else:
            worker.end()
    return done, value


def _take() -> _Worker:
    """Return a worker that is idle, if there is one the last of this thread: it may have read what comes now."""
    with _taking:
        while _idle:
            last = getattr(_of_thread, "worker", None)
            worker = _idle.pop(_idle.index(last) if last in _idle else -1)
            if worker.lives:
                return worker
            worker.end()
    return _Worker()


def _end_all() -> None:
    while _idle:
        _idle.pop().end()


def _forget() -> None:
    """Forget the workers in a fork: they are its parent's."""
    global _slots, _taking
    _slots, _taking = threading.BoundedSemaphore(os.cpu_count() or 1), threading.Lock()
    _idle.clear()
    _up.clear()


atexit.register(_end_all)
os.register_at_fork(after_in_child=_forget)
