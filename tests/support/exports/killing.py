"""Work that is killed (SIGKILL) at random instants and begun again until it is done."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from multiprocessing.context import ForkServerProcess
from typing import Any

from tests.support.forked import process

KILLS = int(os.environ.get("HARVESTER_KILLS", "2"))
"""How many kills the work of each test has to bear."""
_PATIENCE_SECONDS = 60


def undisturbed(work: Callable[..., None], *arguments: Any) -> float:
    """Does work in a process of its own; gives the seconds that it took."""
    ready = process(os.getpid)  # the first of all waits for the fork server to import harvester
    ready.start()
    ready.join()
    begun = time.monotonic()
    child = process(work, *arguments)
    child.start()
    child.join(_PATIENCE_SECONDS)
    if child.exitcode is None:
        child.kill()
    assert child.exitcode == 0, f"the work did not end well: {child.exitcode}"
    return time.monotonic() - begun


def killed_and_begun_again(
    work: Callable[..., None],
    *arguments: Any,
    longest: float,
    afresh: Callable[[], None],
    after_kill: Callable[[], None],
    when_done: Callable[[], None],
) -> None:
    """Kills work `KILLS` times, each within `longest` seconds of its begin, and lets the last run end.

    `afresh` takes away what was made; `after_kill` looks at what a killed run left, `when_done` at what stands when a
    run has come to its end.
    """
    seed = random.randrange(1_000_000)
    print(f"seed {seed}")
    chance = random.Random(seed)
    kills = 0
    while kills < KILLS:
        afresh()
        while True:
            child = process(_leading, work, *arguments)
            child.start()
            child.join(chance.uniform(0, longest) if kills < KILLS else _PATIENCE_SECONDS)
            if child.exitcode is not None:
                break
            assert kills < KILLS, "the last run did not end"
            _kill(child, with_its_own=chance.random() < 0.5)
            kills += 1
            after_kill()
        assert child.exitcode == 0
        when_done()


def _leading(work: Callable[..., None], *arguments: Any) -> None:
    """Work in a process group of its own, so that it can be killed with the programs that it has started."""
    os.setpgid(0, 0)
    work(*arguments)


def _kill(child: ForkServerProcess, *, with_its_own: bool) -> None:
    """Kills a process as `kill -9` does, or with all that it started as a power cut does."""
    assert child.pid is not None
    try:
        if with_its_own:
            os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass  # it has not come to lead a group yet
    child.kill()
    child.join()
