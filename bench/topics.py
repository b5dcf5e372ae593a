"""How well the phrases find the topics of OPP-115, and how fast: F1 on its validation part, and megabytes a second.

    python bench/topics.py                        measure on ../shared/topics/opp115-valid.jsonl
    python bench/topics.py --file LABELLED.jsonl  on another part: a line is {"text": ..., "label": [...]}

Micro F1 counts all labels of all passages together; macro F1 is the mean over labels. Exit 1 when a figure is below
the asked one.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from harvester.insight.topics.assign import OPP115, opp115_labels, rules_version, topics

VALIDATION = Path(__file__).resolve().parents[2] / "shared" / "topics" / "opp115-valid.jsonl"
ASKED = {"micro": 0.75, "macro": 0.72, "MB/s": 2.0}


def measure(rows: Sequence[dict[str, Any]]) -> tuple[dict[str, float], list[tuple[str, float, float, float, int]]]:
    """Return micro and macro F1 and the speed, and for each label precision, recall, F1 and how often it is true."""
    opp115_labels("")  # the phrases are read once
    start = time.process_time()
    found = [set(opp115_labels(row["text"])) for row in rows]
    seconds = time.process_time() - start
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    for labels, row in zip(found, rows, strict=True):
        true: set[str] = set(row["label"])
        right.update(labels & true)
        wrong.update(labels - true)
        missed.update(true - labels)
    titles = [topic.title for topic in topics() if topic.key in OPP115]
    table = []
    for title in titles:
        hits, there = right[title], right[title] + missed[title]
        f1 = 2 * hits / max(1, 2 * hits + wrong[title] + missed[title])
        table.append((title, hits / max(1, hits + wrong[title]), hits / max(1, there), f1, there))
    hits = right.total()
    present = [row for row in table if row[4]]
    figures = {
        "micro": 2 * hits / max(1, 2 * hits + wrong.total() + missed.total()),
        "macro": sum(row[3] for row in present) / max(1, len(present)),
        "MB/s": sum(len(row["text"].encode()) for row in rows) / 1e6 / seconds,
    }
    return figures, table


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--file", type=Path, default=VALIDATION)
    file = parser.parse_args().file
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    figures, table = measure(rows)
    print(f"{len(rows)} passages of {file.name}, phrases {rules_version()}\n")
    print(f"{'label':<40}{'precision':>10}{'recall':>8}{'F1':>8}{'true':>6}")
    for title, precision, recall, f1, true in table:
        print(f"{title:<40}{precision:>10.3f}{recall:>8.3f}{f1:>8.3f}{true:>6}")
    print()
    for name, value in figures.items():
        print(f"{name:<6}{value:>8.3f}   asked {ASKED[name]:.2f}")
    return int(any(value < ASKED[name] for name, value in figures.items()))


if __name__ == "__main__":
    sys.exit(main())
