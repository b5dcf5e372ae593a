"""The database away while readers ask: they are told so, and the log says it once."""

from __future__ import annotations

import logging

import pytest

from harvester.settings import Settings
from harvester.store.database import Database
from harvester.web.app import create_app
from tests.support.service.proxy import proxy_of
from tests.support.times import sample_clock
from tests.support.web.client import Client


def test_an_outage_is_logged_once_however_many_ask(
    sample_postgresql: Database, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    proxy = proxy_of(sample_postgresql.url.render_as_string(hide_password=False))
    database = Database(proxy.url)
    client = Client(create_app(settings, database, sample_clock))
    caplog.set_level(logging.INFO)
    try:
        assert client.get("/api/v1/services?limit=1").status_code == 200
        proxy.cut()
        asked = [client.get(f"/api/v1/services?limit={number}").status_code for number in range(2, 8)]
        asked += [client.get(page).status_code for page in ("/changes", "/services/kettle.example", "/search?q=tea")]
        assert set(asked) == {503}
        assert client.get("/healthz").status_code == 200
        proxy.mend()
        assert client.get("/api/v1/services?limit=9").status_code == 200
    finally:
        database.close()
        proxy.close()
    said = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert len(said) == 2, said
    assert "waiting for it" in said[0]
    assert "the database answers again" in said[1]
