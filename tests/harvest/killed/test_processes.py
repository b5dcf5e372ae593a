"""Work spread over processes gives what it gives here, and outlives what ends one of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from harvester import processes
from harvester.processes import WorkerLost, apart, here, working
from tests.support.service.installations import until


def where() -> int:
    return os.getpid()


def dies_elsewhere(parent: int) -> str:
    if os.getpid() != parent:
        os._exit(9)
    return "done here"


def fails() -> None:
    raise ValueError("of the page")


def aborts() -> None:
    os.abort()


def never_ends() -> None:
    signal.setitimer(signal.ITIMER_PROF, 0.05)  # as the worker does, with less patience
    while True:
        pass


def takes(megabytes: int) -> int:
    return len(bytearray(megabytes << 20))


def killed_once(marks: str) -> str:
    if not os.path.exists(marks):  # noqa: PTH110
        with open(marks, "w") as file:  # noqa: PTH123
            file.write("tried")
        os.kill(os.getpid(), signal.SIGKILL)
    return "done"


def killed_always() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def cannot_be_sent() -> object:
    return lambda: None


def busy() -> int:
    """Take 10 ms of processor time, and say where."""
    until = time.thread_time() + 0.01
    while time.thread_time() < until:
        pass
    return os.getpid()


@pytest.fixture
def without_workers() -> None:
    processes._end_all()
    assert not processes._up


@pytest.mark.usefixtures("without_workers")
def test_a_little_work_is_done_here_and_much_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "PAYS_FROM", 0.025)
    with working(2) as work:
        places = [work(busy) for _ in range(6)]
    assert places[:3] == [where()] * 3
    assert where() not in places[3:]


@pytest.mark.usefixtures("without_workers")
def test_workers_that_are_up_do_a_little_work_too() -> None:
    with working(2) as work:
        assert work(where) == where()
        apart(where)
        assert work(where) != where()


def test_one_process_is_this_one() -> None:
    with working(1) as work:
        assert work is here


def test_work_that_kills_its_process_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "PAYS_FROM", 0)
    with working(2) as work, ThreadPoolExecutor(2) as threads:
        assert set(threads.map(lambda _: work(dies_elsewhere, where()), range(2))) == {"done here"}
        assert work(where) != where(), "a worker that was lost is replaced"


def test_what_work_raises_is_raised_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "PAYS_FROM", 0)
    with working(2) as work, pytest.raises(ValueError, match="of the page"):
        work(fails)


def test_a_worker_serves_one_piece_after_another() -> None:
    assert apart(where) == apart(where) != where()


@pytest.mark.parametrize(
    ("work", "says"), [(aborts, "signal 6"), (never_ends, "too much processor time"), (killed_always, "was killed")]
)
def test_work_that_kills_its_worker_is_said_to_and_costs_nothing_else(work: object, says: str) -> None:
    assert callable(work)
    with pytest.raises(WorkerLost, match=says):
        apart(work)
    assert apart(where) != where()


def test_what_others_kill_is_done_once_more(tmp_path: object) -> None:
    assert apart(killed_once, f"{tmp_path}/tried") == "done"


def test_a_worker_has_a_gigabyte() -> None:
    assert apart(takes, 600) == 600 << 20
    with pytest.raises(MemoryError):
        apart(takes, 1_100)
    assert apart(takes, 600) == 600 << 20, "what one piece of work took is given back before the next"


def test_a_result_that_cannot_be_sent_is_an_error_here() -> None:
    with pytest.raises(RuntimeError, match="cannot be sent"):
        apart(cannot_be_sent)


def test_a_worker_that_died_idle_is_replaced() -> None:
    number = apart(where)
    os.kill(number, signal.SIGKILL)
    assert apart(where) != number


def test_many_threads_share_the_workers() -> None:
    with ThreadPoolExecutor(8) as threads:
        places = set(threads.map(lambda _: apart(where), range(40)))
    assert len(places) <= (os.cpu_count() or 1)


def test_a_worker_ends_with_its_parent() -> None:
    read, write = os.pipe()
    child = os.fork()
    if not child:  # its workers are its own
        os.write(write, str(apart(where)).encode())
        os._exit(0)
    os.waitpid(child, 0)
    worker = int(os.read(read, 20))
    os.close(read)
    os.close(write)
    until(lambda: not _runs(worker), every=0.01)


def _runs(process: int) -> bool:
    try:
        with open(f"/proc/{process}/stat") as stat:  # noqa: PTH123
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_worker_of_a_large_process_serves_one_piece_after_another_too() -> None:
    program = (
        "import os; held = bytearray(500 << 20); held[::4096] = b'x' * len(held[::4096])\n"
        "from harvester.processes import apart; print(len({apart(os.getpid) for _ in range(3)}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "1\n"


def test_a_thread_that_asks_again_asks_the_same_worker(tmp_path: Path) -> None:
    # With two threads each keeps its own, whichever was idle last.
    with ThreadPoolExecutor(2) as threads:
        both = threading.Barrier(2)

        def twice(_number: int) -> tuple[int, int]:
            first = apart(meets_another, f"{tmp_path}/first")
            both.wait(60)
            return first, apart(meets_another, f"{tmp_path}/second")

        found = list(threads.map(twice, range(2)))
    assert all(first == second for first, second in found)
    assert len({first for first, _ in found}) == 2


def meets_another(folder: str) -> int:
    place = Path(folder)
    place.mkdir(exist_ok=True)
    (place / str(os.getpid())).touch()
    until(lambda: len(list(place.iterdir())) == 2, 30, every=0.01)
    return os.getpid()
