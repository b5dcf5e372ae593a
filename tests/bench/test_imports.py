"""bench/imports.py in short: its shape, not its times, which a loaded machine would fail."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).resolve().parents[2] / "bench" / "imports.py"


def test_the_bench_imports_all_that_it_has_made(shared: Path) -> None:
    arguments = [
        "--services",
        "2",
        "--versions",
        "3",
        "--tree",
        "5",
        "--warc-megabytes",
        "1",
        "--texts",
        str(shared / "cleaner"),
    ]
    done = subprocess.run([sys.executable, BENCH, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    assert done.stderr == ""
    for expected in ("corpus, history: 6 documents", "corpus, one tree: 5 documents", "ota versions: 6 documents"):
        assert expected in done.stdout
    assert done.stdout.count("git alone") == 3
    assert "fastwarc alone" in done.stdout
    assert "0 found" in done.stdout
