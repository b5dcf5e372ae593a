"""Work spread over processes gives what it gives here, and outlives what ends one of them."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from harvester import processes
from harvester.processes import here, working

HERE = os.getpid()


def where() -> int:
    return os.getpid()


def dies_elsewhere(parent: int) -> str:
    if os.getpid() != parent:
        os._exit(9)
    return "done here"


def fails() -> None:
    raise ValueError("of the page")


def test_a_little_work_is_done_here_and_much_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "PAYS_FROM", 3)
    with working(2, []) as work:
        places = [work(where) for _ in range(6)]
    assert places[:3] == [HERE] * 3
    assert HERE not in places[3:]


def test_one_process_is_this_one() -> None:
    with working(1, []) as work:
        assert work is here


def test_work_that_kills_its_process_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "PAYS_FROM", 0)
    with working(2, []) as work, ThreadPoolExecutor(4) as threads:
        assert set(threads.map(lambda _: work(dies_elsewhere, HERE), range(4))) == {"done here"}
        assert work(where) == HERE, "there is no pool any more, and the work goes on"


def test_what_work_raises_is_raised_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "PAYS_FROM", 0)
    with working(2, []) as work, pytest.raises(ValueError, match="of the page"):
        work(fails)
