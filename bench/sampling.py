"""What each sampling strategy finds and costs, replayed on real histories of 27 documents.

    python bench/sampling.py [--json] [--histories FILE] [--shifted N] [STRATEGY ...]

A change counts when the texts before and after it stood at least 7 days each (until the next text came; the last
one, until its last capture). It is *found* when the captures just before and just after it were both probed, and
*dated* when it lies between two captures probed one after the other, with the texts of its two sides. Requests are
a share of all captures. ``halving`` is the peer: a grid of `max_gap`, and halving where texts differ.

To see that the figures are not luck: ``halves`` are random halves of the documents, ``shifted`` the histories with
random beginnings and ends cut off, every other one backwards in time; of both the mean, and of the share found the
lowest.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import mean

from harvester.archive import sampling

SHARED = Path(__file__).resolve().parents[1] / ".." / "shared"
DAY = timedelta(days=1)
STOOD = 7 * DAY
GAPS = (120, 90, 75, 60, 50, 45, 40, 30, 21, 14, 7)


@dataclass(frozen=True)
class History:
    """One document: its captures' times and the number of each one's text."""

    times: list[datetime]
    texts: list[int]

    @property
    def changes(self) -> list[int]:
        """The first captures of the texts that count."""
        starts = [i for i, text in enumerate(self.texts) if i == 0 or text != self.texts[i - 1]]
        ends = [self.times[i] for i in starts[1:]] + [self.times[-1]]
        stood = [end - self.times[start] >= STOOD for start, end in zip(starts, ends, strict=True)]
        return [start for at, start in enumerate(starts) if at and stood[at - 1] and stood[at]]


@dataclass(frozen=True)
class Outcome:
    """What a strategy did on one or more documents."""

    changes: int = 0
    found: int = 0
    dated: int = 0
    requests: int = 0
    captures: int = 0

    def __add__(self, other: Outcome) -> Outcome:
        return Outcome(
            self.changes + other.changes,
            self.found + other.found,
            self.dated + other.dated,
            self.requests + other.requests,
            self.captures + other.captures,
        )

    @property
    def share_found(self) -> float:
        return self.found / self.changes

    @property
    def share_requested(self) -> float:
        return self.requests / self.captures


Strategy = Callable[[History], Sequence[int]]


def read(path: Path) -> list[History]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        documents = json.load(lines)
    return [
        History(
            [datetime.strptime(timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC) for timestamp, _ in rows],
            [text for _, text in rows],
        )
        for rows in documents.values()
    ]


def replay(history: History, strategy: Strategy) -> Outcome:
    probed = strategy(history)
    known, texts = set(probed), history.texts
    found = dated = 0
    for change in history.changes:
        found += {change - 1, change} <= known
        at = bisect_left(probed, change)
        if 0 < at < len(probed):
            dated += texts[probed[at - 1]] == texts[change - 1] and texts[probed[at]] == texts[change]
    return Outcome(len(history.changes), found, dated, len(probed), len(texts))


def everything(history: History) -> list[int]:
    return list(range(len(history.times)))


def every(days: int) -> Strategy:
    return lambda history: sampling.every(history.times, days * DAY)


def changes(gap: int, resolution: timedelta) -> Strategy:
    return lambda history: sampling.changes(
        history.times, history.texts.__getitem__, max_gap=gap * DAY, resolution=resolution
    )


def halving(gap: int, resolution: timedelta) -> Strategy:
    """The peer: a grid, then halving by time where the texts at the ends of a span differ."""

    def strategy(history: History) -> list[int]:
        times, texts = history.times, history.texts
        grid = [0]
        while grid[-1] < len(times) - 1:
            grid.append(max(grid[-1] + 1, bisect_right(times, times[grid[-1]] + gap * DAY) - 1))
        probed, spans = set(grid), list(pairwise(grid))
        while spans:
            a, b = spans.pop()
            if b - a > 1 and texts[a] != texts[b] and times[b] - times[a] > resolution:
                middle = bisect_left(times, times[a] + (times[b] - times[a]) / 2, a + 1, b - 1)
                probed.add(middle)
                spans += [(a, middle), (middle, b)]
        return sorted(probed)

    return strategy


def shifted(histories: Sequence[History], seed: int) -> list[History]:
    """The histories with up to 120 days cut off in front and 60 at the end, about half of them backwards in time."""
    rnd = random.Random(seed)
    result = []
    for history in histories:
        first = bisect_left(history.times, history.times[0] + rnd.uniform(0, 120) * DAY)
        last = bisect_left(history.times, history.times[-1] - rnd.uniform(0, 60) * DAY)
        times, texts = history.times[first:last], history.texts[first:last]
        if rnd.random() < 0.5:
            times, texts = [times[0] + (times[-1] - time) for time in reversed(times)], texts[::-1]
        result.append(History(times, texts))
    return result


def total(histories: Sequence[History], strategy: Strategy) -> Outcome:
    return sum((replay(history, strategy) for history in histories), Outcome())


def spread(outcomes: Sequence[Outcome]) -> dict[str, float]:
    return {
        "found": mean(outcome.share_found for outcome in outcomes),
        "lowest": min(outcome.share_found for outcome in outcomes),
        "requests": mean(outcome.share_requested for outcome in outcomes),
    }


def measure(histories: Sequence[History], strategy: Strategy, repeats: int) -> dict[str, object]:
    each = [replay(history, strategy) for history in histories]
    whole = sum(each, Outcome())
    rnd = random.Random(1)
    halves = [sum(rnd.sample(each, len(each) // 2), Outcome()) for _ in range(200)]
    return {
        "found": whole.found,
        "dated": whole.dated,
        "changes": whole.changes,
        "share_found": whole.share_found,
        "share_requested": whole.share_requested,
        "halves": spread(halves),
        "shifted": spread([total(shifted(histories, seed), strategy) for seed in range(repeats)]) if repeats else None,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="What each sampling strategy finds and costs.")
    parser.add_argument("strategies", nargs="*", metavar="STRATEGY", help="as the table names them (default: all)")
    parser.add_argument("--histories", type=Path, default=SHARED / "archive" / "histories.json.gz")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    parser.add_argument("--shifted", type=int, default=8, help="how many shifted copies to replay (0: none)")
    arguments = parser.parse_args()
    histories = read(arguments.histories)
    exact = timedelta(0)
    strategies: dict[str, Strategy] = {"all": everything, "every:1d": every(1), "every:7d": every(7)}
    strategies |= {f"halving {gap}d": halving(gap, exact) for gap in GAPS}
    strategies |= {f"changes {gap}d": changes(gap, exact) for gap in GAPS}
    strategies["changes 60d, resolution 1d"] = changes(60, DAY)
    if unknown := set(arguments.strategies) - set(strategies):
        parser.error(f"no strategy {', '.join(sorted(unknown))}; there are {', '.join(strategies)}")
    rows = {
        name: measure(histories, strategies[name], arguments.shifted) for name in arguments.strategies or strategies
    }
    if arguments.json:
        print(json.dumps(rows))
        return
    print(f"{'strategy':28}{'found':>12}{'dated':>7}{'requests':>10}{'halves: found (lowest)':>27}", end="")
    print("   shifted: found (lowest), requests" if arguments.shifted else "")
    for name, row in rows.items():
        print(_line(name, row))


def _line(name: str, row: dict[str, object]) -> str:
    halves, moved = row["halves"], row["shifted"]
    assert isinstance(halves, dict)
    text = (
        f"{name:28}{row['found']:>4} {row['share_found']:>6.1%}{row['dated']:>8}{row['share_requested']:>10.2%}"
        f"{halves['found']:>18.1%} ({halves['lowest']:>6.1%})"
    )
    if isinstance(moved, dict):
        text += f"   {moved['found']:>14.1%} ({moved['lowest']:>6.1%}), {moved['requests']:.2%}"
    return text


if __name__ == "__main__":
    main()
