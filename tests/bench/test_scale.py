"""bench/scale.py in short: its shape, not its times, which a loaded machine would fail."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from bench.scale import main
from harvester.store.admin.verify import verify
from harvester.store.database import Database
from harvester.store.ledger import tallies
from harvester.store.schema import Capture, Payload, Service


def test_the_store_that_the_bench_makes_is_whole(database_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--captures", "500", "--real", "50", "--probes", "1", "--times", "2", "--database", database_url]
    assert main(arguments) in (0, 1)
    printed = capsys.readouterr()
    assert printed.err == ""
    for expected in ("550 captures after", "bytes a capture at 550", "p95 ms: log", "time a capture grows by"):
        assert expected in printed.out
    database = Database(database_url)
    with database.reading() as session:
        counted = tallies.totals(session)
        assert counted == {"stored": 110, "unchanged": 440, "versions": 110, "changes": 99}
        assert session.scalar(select(func.count(Service.id))) == 11
        assert session.scalar(select(func.count(Payload.id))) == 20
        assert (session.scalar(select(func.count(Capture.digest.distinct()))) or 0) == 110
    assert list(verify(database)) == []
    database.close()
