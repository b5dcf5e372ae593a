"""The last line of `harvester verify` says what mends all the rows that it named, and what it says does."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import update

from harvester.replay.server import ReplayServer
from harvester.store.database import Database
from harvester.store.history.differences import DIFFING_VERSION
from harvester.store.schema import Change, Payload, TextRow, Version
from tests.support.harvest.commands import configuration, run

BACKUP = "restore a backup"


@pytest.mark.parametrize(
    ("spoiled", "mended_by"),
    [
        (("history",), "reclean"),
        (("measures",), "reclean --all"),
        (("history", "measures"), "reclean --all"),
        (("bytes",), None),
        (("bytes", "history"), None),
        (("bytes", "measures"), None),
        (("bytes", "history", "measures"), None),
    ],
)
def test_verify_says_what_mends_the_store(
    sample_archive: ReplayServer, tmp_path: Path, spoiled: tuple[str, ...], mended_by: str | None
) -> None:
    config, data = configuration(tmp_path / "config", sample_archive.base_url), tmp_path / "data"
    run(config, data, "backfill", "kettle.example")
    database = Database(f"sqlite:///{data / 'harvester.db'}")
    with database.writing() as session:
        if "history" in spoiled:
            session.execute(update(Change).values(diffing=DIFFING_VERSION - 1))
            session.execute(update(Version).values(switches=99))
        if "measures" in spoiled:
            session.execute(update(TextRow).values(policy_likelihood=0.123))
        if "bytes" in spoiled:
            session.execute(update(Payload).values(sha256="0" * 64).where(Payload.id == 1))
    database.close()
    found = run(config, data, "verify")
    assert found.returncode == 1
    if mended_by is None:
        assert BACKUP in found.stderr
        return
    assert f"`harvester {mended_by}`" in found.stderr
    assert BACKUP not in found.stderr
    mended = run(config, data, *mended_by.split(" "))
    assert mended.returncode == 0, mended.stderr
    again = run(config, data, "verify")
    assert (again.returncode, again.stderr) == (0, "")
