"""How long watches take: milliseconds a change, for each sort of rule, over the changes of a store.

    python bench/watches.py DATA     DATA is the data folder of a store, such as `bench/signal.py --keep` leaves

Reading and decoding a change is measured apart: it is done once, however many watches there are. The peer is a scan of
both texts with `re` for one phrase, which tells neither what was edited nor where. Exit 1 when a rule takes 5 ms a
change or more on average.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from harvester.diffing import Diff
from harvester.folders import sqlite_url
from harvester.insight.redline import diff_of
from harvester.insight.statements.edits import visible
from harvester.insight.statements.seen import SeenChange
from harvester.insight.statements.watch import watch_of
from harvester.settings import WatchSettings
from harvester.store.database import Database
from harvester.store.read import recent

ASKED = 5.0
RULES = {
    "a phrase": WatchSettings(words=("do not sell",)),
    "a regular expression": WatchSettings(words=(r"/\b(sell|share)s? (your|any) (personal )?(data|information)\b/",)),
    "a topic": WatchSettings(topic="sale"),
    "a kind of statement": WatchSettings(statement="third-party"),
    "a bound": WatchSettings(crosses="period > 90 days"),
}


def changes_of_store(data: Path) -> Iterator[Diff]:
    """Yield the changes of a store."""
    database = Database(sqlite_url(data / "harvester.db"))
    with database.reading() as session:
        for row in recent.changes(session, recent.ChangesWanted(), limit=100_000):
            yield diff_of(session, row)
    database.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    data = parser.parse_args().data
    start = time.process_time()
    diffs = list(changes_of_store(data))
    size = sum(len(block.inline.visible) for diff in diffs for block in (*diff.old_blocks, *diff.new_blocks))
    print(f"{len(diffs)} changes, on average {size / 2000 / len(diffs):.0f} kB of text on a side;")
    print(f"to read one takes {(time.process_time() - start) * 1000 / len(diffs):.2f} ms\n")
    texts = [(visible(diff.old_blocks), visible(diff.new_blocks)) for diff in diffs]
    phrase = re.compile(r"\bdo\s+not\s+sell\b", re.IGNORECASE)
    peer, hits = timed(lambda place: any(map(phrase.search, texts[place])), len(diffs))
    print(f"{'plain re (the peer)':<24}{peer:>8.3f} ms a change{hits:>7} hits")
    watches = [watch_of("bench", rule) for rule in RULES.values()]
    slowest = 0.0
    for name, watch in zip(RULES, watches, strict=True):
        watch.passages(SeenChange(diffs[0]))
        each, hits = timed(lambda place: watch.passages(SeenChange(diffs[place])), len(diffs))  # noqa: B023
        slowest = max(slowest, each)
        print(f"{name:<24}{each:>8.3f} ms a change{hits:>7} hits{each / peer:>8.1f} x the peer   asked {ASKED:.0f}")

    def together(place: int) -> int:
        seen = SeenChange(diffs[place])
        return sum(bool(watch.passages(seen)) for watch in watches)

    each, hits = timed(together, len(diffs))
    print(f"{'all five together':<24}{each:>8.3f} ms a change{hits:>7} hits{each / peer:>8.1f} x the peer")
    return int(slowest >= ASKED)


def timed(act: Callable[[int], object], times: int) -> tuple[float, int]:
    """The milliseconds of the processor that each call takes, and how many gave something; the best of three rounds."""
    best, found = float("inf"), 0
    for _ in range(3):
        start = time.process_time()
        found = sum(bool(act(place)) for place in range(times))
        best = min(best, (time.process_time() - start) * 1000 / times)
    return best, found


if __name__ == "__main__":
    sys.exit(main())
