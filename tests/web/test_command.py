"""`harvester web` as a process."""

from __future__ import annotations

import json
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import requests

from harvester.store.database import Database
from tests.support.forked import Command
from tests.support.service.installations import Place, until


def address_of(place: Place, process: Command) -> str:
    until(lambda: "http://" in place.log(process), why=lambda: place.log(process))
    return next(line for line in place.log(process).splitlines() if line.startswith("http://"))


def installed(tmp_path: Path) -> Place:
    place = Place(tmp_path / "config", tmp_path / "data", f"sqlite:///{tmp_path / 'data' / 'harvester.db'}")
    place.watches("a.example")
    place.has_settings("http://127.0.0.1:9")
    Database.open(place.database_url).close()
    return place


def test_its_log_has_the_form_of_the_settings_and_hides_their_secrets(tmp_path: Path) -> None:
    place = installed(tmp_path)
    process = place.start("web", "--port", "0", HARVESTER_LOG_FORMAT="json", HARVESTER_WEB__TOKEN="the-hidden-token")
    try:
        address = address_of(place, process)
        assert requests.get(f"{address}/readyz", timeout=30).ok
        with closing(sqlite3.connect(tmp_path / "data" / "harvester.db")) as store:
            store.execute("ALTER TABLE services RENAME TO lost")
        assert requests.get(f"{address}/services/the-hidden-token", timeout=30).status_code == 503
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
    lines = [line for line in place.log(process).splitlines() if line != address]
    events = [json.loads(line) for line in lines]
    assert any(event["logger"] == "uvicorn.error" and event["level"] == "info" for event in events), events
    assert "/services/***: " in next(event["event"] for event in events if event["level"] == "error")
    assert "the-hidden-token" not in "".join(lines)
    place.end()
