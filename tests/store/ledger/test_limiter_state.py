"""The shared state of an endpoint is altered by one at a time, and a lease has one holder."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import timedelta

import pytest

from harvester.store.database import Database
from harvester.store.ledger import leases
from harvester.store.ledger.limiter_state import LimiterRows
from tests.support.store.rows import NOW

_COUNT = """
import sys
from harvester.store.database import Database
from harvester.store.ledger.limiter_state import LimiterRows
limiters = LimiterRows(Database(sys.argv[1]))
print("begun", flush=True)
for _ in range(20):
    limiters.update_json("playback", lambda state: (str(int(state or 0) + 1), None))
"""


def _more(state: str | None) -> tuple[str, int]:
    number = int(state or 0) + 1
    return str(number), number


def test_the_first_transition_is_given_none_and_its_result_comes_back(database: Database) -> None:
    limiters = LimiterRows(database)
    assert limiters.update_json("cdx", lambda state: ("{}", state)) is None
    assert limiters.update_json("cdx", lambda state: ("{}", state)) == "{}"
    assert limiters.states() == {"cdx": "{}"}


def test_a_transition_that_fails_alters_nothing(database: Database) -> None:
    limiters = LimiterRows(database)
    limiters.update_json("cdx", _more)

    def fail(state: str | None) -> tuple[str, None]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        limiters.update_json("cdx", fail)
    assert limiters.states() == {"cdx": "1"}


def test_no_transition_of_any_thread_is_lost(database: Database) -> None:
    limiters = LimiterRows(database)
    numbers: list[int] = []
    threads = [
        threading.Thread(target=lambda: numbers.extend(limiters.update_json("cdx", _more) for _ in range(25)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == list(range(1, 101))


def test_no_transition_of_any_process_is_lost(database: Database, database_url: str) -> None:
    limiters = LimiterRows(database)
    other = subprocess.Popen([sys.executable, "-c", _COUNT, database_url], stdout=subprocess.PIPE)
    assert other.stdout is not None
    assert other.stdout.readline() == b"begun\n"
    for _ in range(20):
        limiters.update_json("playback", _more)
    assert other.wait(60) == 0
    other.stdout.close()
    assert limiters.states() == {"playback": "40"}


def test_a_lease_has_one_holder_until_it_runs_out(database: Database) -> None:
    with database.writing() as session:
        assert leases.acquire(session, "scheduler", "a", NOW, 60)
        assert leases.acquire(session, "scheduler", "a", NOW, 60)
        assert not leases.acquire(session, "scheduler", "b", NOW + timedelta(seconds=59), 60)
        assert leases.renew(session, "scheduler", "a", NOW + timedelta(seconds=30), 60)
        assert not leases.acquire(session, "scheduler", "b", NOW + timedelta(seconds=89), 60)
        assert leases.acquire(session, "scheduler", "b", NOW + timedelta(seconds=90), 60)
        assert not leases.renew(session, "scheduler", "a", NOW + timedelta(seconds=91), 60)


def test_a_lease_given_back_is_free_at_once_and_only_its_holder_gives_it_back(database: Database) -> None:
    with database.writing() as session:
        assert leases.acquire(session, "scheduler", "a", NOW, 60)
        leases.release(session, "scheduler", "b")
        assert not leases.acquire(session, "scheduler", "b", NOW, 60)
        leases.release(session, "scheduler", "a")
        assert leases.acquire(session, "scheduler", "b", NOW, 60)


def test_of_many_that_want_a_lease_at_once_one_gets_it(database: Database) -> None:
    start, got = threading.Barrier(4), []

    def want(holder: str) -> None:
        start.wait()
        with database.writing() as session:
            got.append(leases.acquire(session, "scheduler", holder, NOW, 60))

    threads = [threading.Thread(target=want, args=(holder,)) for holder in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == [False, False, False, True]


@pytest.mark.parametrize("ahead", [timedelta(days=2), timedelta(days=4000)])
def test_a_lease_that_a_clock_ahead_of_its_time_wrote_has_run_out(database: Database, ahead: timedelta) -> None:
    with database.writing() as session:
        assert leases.acquire(session, "scheduler", "elsewhere:1:a", NOW + ahead, 60)
        assert leases.holder_of(session, "scheduler", NOW) is None
        assert leases.holders(session, "", NOW) == []
        assert leases.acquire(session, "scheduler", "here:2:b", NOW, 60)
        assert not leases.acquire(session, "scheduler", "elsewhere:1:a", NOW, 60)
