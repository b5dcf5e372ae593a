"""Processes that begin with harvester imported: a fork server imports it once, and each process is a fork of that.

To start Python and import a command takes half a second to two of processor time, a fork some hundredths. All else is
as in a shell: environment, folder, streams, signals, exit code. The workers that such a process starts
(`harvester.processes`) are forks as well; those of a test's own process are started as users' are.
"""

from __future__ import annotations

import atexit
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from multiprocessing import forkserver
from multiprocessing.connection import Connection, Pipe
from multiprocessing.context import ForkServerProcess
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import IO, Any

from harvester import processes, worker

forks = multiprocessing.get_context("forkserver")
forks.set_forkserver_preload(["tests.support.preloaded"])


def process(target: Callable[..., object], *arguments: object) -> ForkServerProcess:
    """Return a process, not begun yet, that calls a function with these arguments."""
    forkserver.ensure_running()
    server = {name: getattr(_server, name) for name in _REACHED_BY if hasattr(_server, name)}
    return forks.Process(target=_beside, args=(server, target, arguments))


_server: Any = forkserver._forkserver
_REACHED_BY = ("_forkserver_address", "_forkserver_authkey")


def _beside(server: Mapping[str, object], target: Callable[..., object], arguments: Sequence[object]) -> None:
    """Call a function in a process whose own workers the same server forks."""
    vars(_server).update(server, ensure_running=lambda: None)
    vars(processes)["_Worker"] = _ForkedWorker
    target(*arguments)


class _ForkedWorker(processes._Worker):
    """A worker that need not import what it works with."""

    def __init__(self) -> None:
        if not isinstance(multiprocessing.current_process(), BaseProcess):  # one of Celery's, which asks no server
            super().__init__()
            return
        ours, theirs = Pipe()
        errors = Connection(os.dup(2), readable=False)
        self._connection = ours
        self._process: Any = _Ended(
            forks.Process(target=_as_a_worker, args=(theirs, errors, dict(os.environ)), daemon=True)
        )
        theirs.close()
        errors.close()


class _Ended:
    """What a worker's owner asks of its `subprocess.Popen`."""

    def __init__(self, begun: ForkServerProcess) -> None:
        self._begun = begun
        begun.start()

    def poll(self) -> int | None:
        return self._begun.exitcode

    def kill(self) -> None:
        self._begun.kill()

    def wait(self, timeout: float | None = None) -> int:
        self._begun.join(timeout)
        if self._begun.exitcode is None:
            raise subprocess.TimeoutExpired("harvester.worker", timeout or 0)
        return self._begun.exitcode


def _as_a_worker(theirs: Connection[Any, Any], errors: Connection[Any, Any], environment: Mapping[str, str]) -> None:
    os.setsid()
    os.environ.clear()
    os.environ.update(environment)
    nothing = os.open(os.devnull, os.O_RDWR)
    for number, one in enumerate((nothing, nothing, errors.fileno())):
        os.dup2(one, number)
    worker.main(theirs.fileno())


class Command:
    """``harvester`` with these arguments in a process of its own; what it has of `subprocess.Popen` works alike.

    `log` takes its output and errors; without it they are in `stdout` and `stderr`.
    """

    def __init__(
        self,
        arguments: Sequence[object],
        *,
        environment: Mapping[str, str],
        folder: Path | None = None,
        log: Path | None = None,
        stdin: str = "",
        session: bool = False,
    ) -> None:
        given, into = os.pipe()
        with os.fdopen(into, "w", encoding="utf-8") as file:
            file.write(stdin)
        self.stdout: IO[str] | None = None
        self.stderr: IO[str] | None = None
        theirs = [Connection(given, writable=False)]
        if log is not None:
            for _ in range(2):
                opened = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
                theirs.append(Connection(opened, readable=False))
        else:
            (out, out_end), (err, err_end) = os.pipe(), os.pipe()
            self.stdout, self.stderr = os.fdopen(out, encoding="utf-8"), os.fdopen(err, encoding="utf-8")
            theirs += [Connection(out_end, readable=False), Connection(err_end, readable=False)]
        words = [str(one) for one in arguments]
        self._process = process(_as_a_command, words, dict(environment), str(folder or Path.cwd()), theirs, session)
        self._process.start()
        for one in theirs:
            one.close()
        assert self._process.pid is not None
        self.pid: int = self._process.pid

    @property
    def returncode(self) -> int | None:
        """The exit code, negative for a signal; None while it runs."""
        return self._process.exitcode

    def poll(self) -> int | None:
        """Return the exit code, if it has ended."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """Return the exit code when it has ended; raises `subprocess.TimeoutExpired`."""
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired("harvester", timeout or 0)
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        """Send a signal, if it still runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Send SIGTERM."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """Send SIGKILL."""
        self.send_signal(signal.SIGKILL)

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """Return its output and errors when it has ended; raises `subprocess.TimeoutExpired`."""
        end = None if timeout is None else time.monotonic() + timeout
        texts = ["", ""]

        def read(place: int, stream: IO[str]) -> None:
            texts[place] = stream.read()

        streams = [one for one in (self.stdout, self.stderr) if one is not None and not one.closed]
        readers = [threading.Thread(target=read, args=(place, one), daemon=True) for place, one in enumerate(streams)]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join(None if end is None else max(0.0, end - time.monotonic()))
            if reader.is_alive():
                raise subprocess.TimeoutExpired("harvester", timeout or 0)
        for one in streams:
            one.close()
        self.wait(None if end is None else max(0.1, end - time.monotonic()))
        return texts[0], texts[1]


def ran(command: Command, timeout: float) -> subprocess.CompletedProcess[str]:
    """Return what a command answered at its end; one that takes longer is killed."""
    try:
        out, err = command.communicate(timeout)
    finally:
        command.kill()
    assert command.returncode is not None
    return subprocess.CompletedProcess("harvester", command.returncode, out, err)


def _as_a_command(
    words: list[str], environment: dict[str, str], folder: str, streams: list[Connection[Any, Any]], session: bool
) -> None:
    from harvester.cli import main

    if session:
        os.setsid()
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for number, one in enumerate(streams):
        os.dup2(one.fileno(), number)
        one.close()
    at_once = bool(environment.get("PYTHONUNBUFFERED"))
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 (they stay open to the end)
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout.reconfigure(write_through=at_once)
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False, errors="backslashreplace")  # noqa: SIM115
    sys.stderr.reconfigure(line_buffering=True)
    sys.argv = ["harvester", *words]
    try:
        main()
    finally:
        # multiprocessing ends a process without the functions that Python would call.
        run: Callable[[], None] = atexit._run_exitfuncs
        run()
