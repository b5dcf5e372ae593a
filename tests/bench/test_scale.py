"""bench/scale.py in short: its shape, not its times, which a loaded machine would fail."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from sqlalchemy import func, select

from harvester.store.admin.verify import verify
from harvester.store.database import Database
from harvester.store.ledger import tallies
from harvester.store.schema import Capture, Payload, Service

BENCH = Path(__file__).resolve().parents[2] / "bench" / "scale.py"


def test_the_store_that_the_bench_makes_is_whole(database_url: str) -> None:
    arguments = ["--captures", "2000", "--real", "100", "--probes", "1", "--times", "2", "--database", database_url]
    done = subprocess.run([sys.executable, BENCH, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    assert done.stderr == ""
    for expected in ("2,050 captures after", "bytes a capture at 2,050", "p95 ms: log", "time a capture grows by"):
        assert expected in done.stdout
    database = Database(database_url)
    with database.reading() as session:
        counted = tallies.totals(session)
        assert counted == {"stored": 410, "unchanged": 1640, "versions": 410, "changes": 369}
        assert session.scalar(select(func.count(Service.id))) == 41
        assert session.scalar(select(func.count(Payload.id))) == 30
        assert (session.scalar(select(func.count(Capture.digest.distinct()))) or 0) == 410
    assert list(verify(database)) == []
    database.close()
