"""Ctrl-C and SIGTERM end every command alike: 130 and at most one line, servers 0; the same command then resumes.

Each command is caught in the middle for certain: it waits for a table that the test has locked.
"""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from harvester.folders import sqlite_url
from harvester.replay.server import ReplayServer
from harvester.store.database import Database
from harvester.store.schema import Base
from tests.support.harvest.commands import configuration, start
from tests.support.service.installations import until
from tests.support.store.sample_store import copied_to_postgresql

STOPPED = 130
ONE_STOP_SECONDS = 1.0
"""Signals nearer to each other are one (`harvester.cli.signals`)."""
AT_ONCE = (
    "log kettle.example",
    "search tea",
    "trends tea",
    "status",
    "verify",
    "backup OUT/backup.sqlite3",
    "copy-to sqlite:///OUT/copy.sqlite3",
    "export corpus OUT/corpus",
    "export git OUT/git",
    "export warc OUT/warc",
    "export csv OUT/csv",
    "export site OUT/site",
)
AFTER_WHAT_IS_IN_HAND = (
    "import corpus IN",
    "reclean --all",
    "backfill kettle.example",
    "backfill --plan kettle.example",
    "run kettle.example --now",
)


@pytest.fixture(scope="module")
def store(sample_store: Database) -> Iterator[Database]:
    """The sample's rows in a database of these tests."""
    with copied_to_postgresql(sample_store) as database:
        yield database


@pytest.fixture
def config(tmp_path: Path, sample_archive: ReplayServer) -> Path:
    return configuration(tmp_path / "config", sample_archive.base_url)


class Held:
    """A command that waits for the tables of its store."""

    def __init__(self, store: Database, config: Path, folder: Path, shared: Path, command: str) -> None:
        self._waiting = Session(store.engine)
        self._locking = Session(store.engine)
        self._locking.execute(text(f"LOCK TABLE {', '.join(Base.metadata.tables)} IN ACCESS EXCLUSIVE MODE"))
        words = command.replace("OUT", str(folder)).replace("IN", str(shared / "documents")).split(" ")
        url = store.url.render_as_string(hide_password=False)
        self.process = start(config, folder / "data", *words, database_url=url)
        until(lambda: self._is_waiting() or self.process.poll() is not None)
        assert self.process.poll() is None, self.process.communicate()

    def _is_waiting(self) -> bool:
        asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        waiting = self._waiting.scalar(text(asked))
        self._waiting.rollback()
        return bool(waiting)

    def let_go(self) -> tuple[int, str, str]:
        """Gives the tables free; the exit code, output and errors of the command."""
        self._locking.rollback()
        out, err = self.process.communicate(timeout=60)
        return self.process.wait(), out, err

    def close(self) -> None:
        for session in (self._locking, self._waiting):
            session.close()
        self.process.kill()
        self.process.communicate()


@pytest.mark.parametrize(
    ("command", "number"),
    [(command, signal.SIGTERM) for command in AT_ONCE] + [(command, signal.SIGINT) for command in AT_ONCE[-4:]],
)
def test_a_command_that_has_nothing_in_hand_ends_at_once(
    store: Database, config: Path, tmp_path: Path, shared: Path, command: str, number: signal.Signals
) -> None:
    held = Held(store, config, tmp_path, shared, command)
    try:
        held.process.send_signal(number)
        held.process.wait(60)
        assert held.let_go() == (STOPPED, "", "harvester: stopped; run the same command again\n")
        left = [one for one in tmp_path.rglob("*") if one.name.endswith((".part", ".unfinished", ".lock"))]
        assert left == []
    finally:
        held.close()
    words = command.replace("OUT", str(tmp_path)).split(" ")
    # A whole site takes many seconds; that one is gone on with is seen in tests.exporting.test_killed_exports.
    if words[0] in ("export", "backup") and number == signal.SIGTERM and "site" not in words:
        url = store.url.render_as_string(hide_password=False)
        again = start(config, tmp_path / "data", *words, database_url=url)
        assert again.communicate(timeout=60)[1] == ""
        assert again.returncode == 0


@pytest.mark.parametrize(("number", "instants"), [(signal.SIGTERM, (1, 60)), (signal.SIGINT, (20, 100))])
def test_a_site_stopped_between_any_two_pages_ends_at_once(
    config: Path, sample_data: Path, tmp_path: Path, number: signal.Signals, instants: tuple[int, ...]
) -> None:
    """Its pages are made in threads of a library, which wait for another page."""
    made = (tmp_path / "site").rglob

    def stopped_after(pages: int) -> None:
        process = start(config, sample_data, "export", "site", str(tmp_path / "site"))
        try:
            until(lambda: process.poll() is not None or len(list(made("*.html"))) >= pages, every=0.002)
            process.send_signal(number)
            assert process.wait(60) == STOPPED
        finally:
            process.kill()
            process.communicate()

    for pages in instants:
        stopped_after(pages)


@pytest.mark.parametrize("command", AFTER_WHAT_IS_IN_HAND)
def test_a_command_that_enters_something_ends_what_is_in_hand(
    store: Database, config: Path, tmp_path: Path, shared: Path, command: str
) -> None:
    held = Held(store, config, tmp_path, shared, command)
    try:
        # As `timeout` does: to the process, then to its group.
        held.process.send_signal(signal.SIGTERM)
        held.process.send_signal(signal.SIGTERM)
        with pytest.raises(subprocess.TimeoutExpired):
            held.process.wait(0.5)
        code, out, err = held.let_go()
        assert code == STOPPED
        assert "stopped" in out + err
        assert len(err.splitlines()) <= 1
    finally:
        held.close()


@pytest.mark.parametrize("command", ["reclean --all", "backfill kettle.example"])
def test_a_second_signal_ends_at_once_what_does_not_come_to_an_end(
    store: Database, config: Path, tmp_path: Path, shared: Path, command: str
) -> None:
    held = Held(store, config, tmp_path, shared, command)
    try:
        held.process.send_signal(signal.SIGTERM)
        with pytest.raises(subprocess.TimeoutExpired):
            held.process.wait(2.5 * ONE_STOP_SECONDS)
        held.process.send_signal(signal.SIGINT)
        assert held.process.wait(60) == STOPPED
    finally:
        held.close()


@pytest.mark.parametrize(("command", "begins"), [("serve", "leading"), ("web --port 0", "http://127.0.0.1:")])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_is_told_to_end_has_done_its_work(
    config: Path, tmp_path: Path, command: str, begins: str, number: signal.Signals
) -> None:
    (tmp_path / "data").mkdir()
    Database.open(sqlite_url(tmp_path / "data" / "harvester.db")).close()
    process = start(config, tmp_path / "data", *command.split(" "))
    said = process.stderr if command == "serve" else process.stdout
    assert said is not None
    try:
        assert any(begins in line for line in said), "it ended before it served"
        process.send_signal(number)
        _, err = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 0, err
