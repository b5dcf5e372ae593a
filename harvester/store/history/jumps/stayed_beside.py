"""What stayed in a text beside the passages that it lost. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from harvester.store.history.jumps.said import is_sentence


def stayed_beside(said: Sequence[str], lost: set[int], *, over_a_name: bool = False) -> list[tuple[str, ...]]:
    """Return for each passage of a text the nearest sentences before and behind it that are not lost; `over_a_name`
    those with a passage behind them that is none, each with this, unless there are none.

    By these it is counted how many copies of the text a page has. Those in the data of scripts have sentences, but
    names of their own between two passages.
    """
    found: list[tuple[str, ...]] = []
    last: tuple[str, ...] = ()
    since = 0
    for place, one in enumerate(said):
        found.append(last)
        if place in lost or not is_sentence(one):
            continue
        if over_a_name:
            if place + 1 in lost or place + 1 == len(said) or is_sentence(said[place + 1]):
                continue
            one = f"{one} {said[place + 1]}"
        last = (one,)
        for earlier in range(since, place):
            found[earlier] += last
        since = place
    return found if last or not over_a_name else stayed_beside(said, lost)
