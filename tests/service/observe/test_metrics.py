"""Metrics: read from the store, listed in docs/metrics.md, served beside /healthz and /readyz."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from dataclasses import asdict
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr

from harvester.archive.limiter.rules import LimiterState
from harvester.clock import utc_now
from harvester.service.observe.metrics import page, registry
from harvester.service.observe.metrics_server import exposed
from harvester.service.observe.readiness import ready
from harvester.settings import Settings
from harvester.store.database import Database
from harvester.store.ledger.limiter_state import LimiterRows
from harvester.timing import timed
from tests.support.archive_server.fixtures import StartArchive
from tests.support.paths import ROOT
from tests.support.service.stories import SERVICE, Story


def values(text: bytes) -> dict[str, float]:
    return {
        " ".join([sample.name, *(f"{name}={value}" for name, value in sorted(sample.labels.items()))]): sample.value
        for family in text_string_to_metric_families(text.decode())
        for sample in family.samples
    }


def test_an_installation_is_measured(database: Database, harsh_archive: StartArchive) -> None:
    story = Story(database, harsh_archive)
    settings = story.settings()
    metrics = registry(database, settings, utc_now)
    story.polled(settings)
    broken = LimiterState(blocked_until=utc_now().timestamp() + 600, cdx_requests=7)
    LimiterRows(database).update_json("archive.example", lambda state: (json.dumps(asdict(broken)), None))
    found = values(page(metrics))
    assert found["harvester_up"] == 1
    assert found["harvester_captures outcome=stored"] == 3
    assert found["harvester_queue_captures"] == 0
    assert found["harvester_requests_total archive=archive.example endpoint=cdx"] == 7
    assert found["harvester_breaker archive=archive.example"] == 2
    assert 590 < found["harvester_paused_seconds archive=archive.example"] <= 600
    assert found[f"harvester_consecutive_failures service={SERVICE}"] == 0
    assert utc_now().timestamp() - found[f"harvester_last_success_timestamp_seconds service={SERVICE}"] < 60
    assert found["harvester_clean_seconds_count"] >= 3
    assert found["harvester_diff_seconds_count"] >= 2
    assert found["harvester_request_wait_seconds_count endpoint=playback"] >= 3
    assert found["harvester_scheduler_running"] == 0


def test_every_metric_is_documented_and_no_other(database: Database, harsh_archive: StartArchive) -> None:
    story = Story(database, harsh_archive)
    metrics = registry(database, story.settings(), utc_now)
    families = text_string_to_metric_families(page(metrics).decode())
    names = {family.name for family in families if not family.name.endswith("_created")}
    written = set(re.findall(r"^\| `(harvester_[a-z_]+)`", (ROOT / "docs" / "metrics.md").read_text(), re.MULTILINE))
    assert {name.removesuffix("_total") for name in written} == names


def test_a_database_that_is_away_is_shown_and_does_not_break_the_page(tmp_path: Path) -> None:
    gone = Database(f"sqlite:///{tmp_path / 'no' / 'folder.db'}")
    found = values(page(registry(gone, Settings(), utc_now)))
    assert found["harvester_up"] == 0
    assert "harvester_queue_captures" not in found
    assert "folder.db" in ready(gone, Settings())[0]
    gone.close()


def test_ready_asks_the_redis_of_the_limiter(database: Database) -> None:
    assert ready(database, Settings()) == []
    away = Settings(redis_url=SecretStr("redis://:hidden@127.0.0.1:9/0"))
    [problem] = ready(database, away)
    assert "Redis" in problem
    assert "hidden" not in problem


def test_the_scheduler_serves_its_metrics(database: Database) -> None:
    with exposed(database, Settings(), "127.0.0.1", 0) as port, timed("clean"):
        base = f"http://127.0.0.1:{port}"
        assert b"harvester_up 1.0" in urllib.request.urlopen(f"{base}/metrics").read()
        assert urllib.request.urlopen(f"{base}/healthz").read() == b"alive\n"
        assert urllib.request.urlopen(f"{base}/readyz").read() == b"ready\n"
        with pytest.raises(urllib.error.HTTPError) as missing:
            urllib.request.urlopen(f"{base}/elsewhere")
        assert missing.value.code == 404
        missing.value.close()
    with exposed(database, Settings(), "127.0.0.1", None) as nothing:
        assert nothing is None
