"""bench/signal.py in short: no figure falls below what is reached."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from tests.support.harvest.commands import run

BENCH = Path(__file__).resolve().parents[2] / "bench" / "signal.py"
REACHED = {"precision": 0.97, "recall": 0.98, "noise": 0.033, "kinds": 0.93}


def output(config: Path, data: Path, *arguments: str) -> str:
    """What a command of a forked harvester writes, which has imported its modules already."""
    done = run(config, data, *arguments, timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.timeout(400)
def test_the_histories_of_the_judged_archive_say_what_changed(shared: Path, tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("bench.signal", BENCH)
    assert spec is not None
    assert spec.loader is not None
    bench = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    archive = shared / "archive"
    figures, report = bench.measure(
        archive / "judged.json", archive / "captures.warc.gz", archive / "judge.py", tmp_path, output
    )
    found = dict(zip(bench.FIGURES, figures, strict=True))
    assert all(found[name] >= REACHED[name] for name in ("precision", "recall", "kinds")), report
    assert found["noise"] <= REACHED["noise"], report
