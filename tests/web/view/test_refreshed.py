"""What grows old is made again beside its readers; they wait only for what is not there, or too old."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from harvester.errors import StoreError
from harvester.web.view.refreshed import THREAD, Refreshed


def settle() -> None:
    for thread in threading.enumerate():
        if thread.name == THREAD:
            thread.join()


def failing() -> int:
    raise StoreError("the database does not answer")


def test_a_reader_gets_the_old_value_while_one_thread_makes_the_new_one() -> None:
    now, making, go_on = [0.0], [0], threading.Event()
    kept = Refreshed[str, int](2, 10.0, lambda: now[0])

    def slow() -> int:
        making[0] += 1
        go_on.wait(10)
        return 2

    first = kept.get("a", lambda: 1)
    now[0] = 9.9
    assert kept.get("a", failing) == first
    now[0] = 10.0
    assert kept.get("a", slow) == kept.get("a", slow) == first
    go_on.set()
    settle()
    assert making == [1]
    second = kept.get("a", failing)
    assert (second.value, second.at) == (2, 10.0)


@pytest.mark.parametrize("forget", [lambda kept, now: kept.drop("a"), lambda kept, now: now.append(now.pop() + 20.0)])
def test_what_was_dropped_or_is_twice_as_old_is_waited_for(forget: Callable[..., None]) -> None:
    now = [0.0]
    kept = Refreshed[str, int](2, 10.0, lambda: now[0])
    assert kept.get("a", lambda: 1).value == 1
    forget(kept, now)
    assert kept.get("a", lambda: 2).value == 2
    forget(kept, now)
    with pytest.raises(StoreError):
        kept.get("a", failing)


def test_when_it_cannot_be_made_the_next_reader_has_it_tried_again() -> None:
    now = [0.0]
    kept = Refreshed[str, int](2, 10.0, lambda: now[0])
    kept.get("a", lambda: 1)
    now[0] = 12.0
    assert kept.get("a", failing).value == 1
    settle()
    assert kept.get("a", lambda: 2).value == 1
    settle()
    assert kept.get("a", failing).value == 2
