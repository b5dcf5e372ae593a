"""One walk through everything that tells of outcomes: no service, half-year or capture is missing anywhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from harvester.api import Store
from harvester.cli import main
from harvester.clock import utc_now
from harvester.dates import half_year_label
from harvester.exporting.tables import export_panel, export_tables
from harvester.harvest.report.summary import Summary
from harvester.insight.absences import gaps
from harvester.service.observe.metrics import page, registry
from harvester.settings import Settings
from harvester.store.database import Database
from harvester.store.schema import Capture, Interval
from harvester.web.app import create_app
from tests.support.archive_server.captures import MemoryArchive
from tests.support.archive_server.fixtures import StartArchive
from tests.support.harvest.harvests import entry, harvest
from tests.support.harvest.pages import policy
from tests.support.web.client import Client

LINKLESS = b"<html><body><p>Welcome to our shop.</p><a href='/about'>About</a></body></html>"
REASONS = {
    "none.example": ("not-archived", "the archive holds no capture of this address"),
    "silent.example": ("not-archived", "the archive holds no capture of its home page"),
    "linkless.example": ("not-found", "no home page in the archive links to a privacy policy"),
    "shut.example": ("gone", "2 of 2 captures are gone: the page answered 404 that day"),
}
"""The services without a version, and why."""
LOST = "no policy seen here since 2010-06-01; the capture of 2012-06-01 is gone: the page answered 404 that day"
"""Of lost.example, the service whose latest capture shows no policy."""


@pytest.fixture
def told(database: Database, harsh_archive: StartArchive) -> Summary:
    """A harvest of services that end in every way; one of them then leaves the catalogue."""
    archive = MemoryArchive()
    archive.add("http://found.example/privacy", "20100601120000", policy(1))
    archive.add("http://found.example/privacy", "20120601120000", policy(2))
    archive.add("http://removed.example/privacy", "20100601120000", policy(3))
    archive.add("http://lost.example/privacy", "20100601120000", policy(4))
    archive.add("http://lost.example/privacy", "20120601120000", b"gone", status=404)
    archive.add("http://linkless.example/", "20100601120000", LINKLESS)
    for day in ("20100601120000", "20110601120000"):
        archive.add("http://shut.example/privacy", day, b"gone", status=404)
    entries = [
        *(
            entry(name, f"http://{name}/privacy")
            for name in ("found.example", "removed.example", "lost.example", "none.example")
        ),
        entry("silent.example"),
        entry("linkless.example"),
        entry("shut.example", "http://shut.example/privacy"),
    ]
    return harvest(database, harsh_archive(archive).base_url, entries, sample="seasons")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The catalogue of now, without the service that left."""
    names = ["found.example", "lost.example", *REASONS]
    text = "".join(f'[[service]]\nname = "{name}"\n' for name in names)
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "services.toml").write_text(text)
    return Settings(config=tmp_path / "config")


def run(*arguments: str) -> None:
    """The command, which must end well."""
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    assert not ended.value.code


def everything(database: Database) -> Iterator[tuple[str, str, str]]:
    """Every capture and planned half-year of the store."""
    with database.reading() as session:
        for capture in session.query(Capture):
            yield "capture", f"{capture.timestamp:%Y%m%d}", capture.outcome
        for interval in session.query(Interval):
            yield "interval", half_year_label(interval.start), ""


def test_every_service_half_year_and_capture_has_its_outcome_everywhere(
    database: Database, told: Summary, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    known = sorted((kind, when) for kind, when, _ in everything(database))
    captures = {(when, outcome) for kind, when, outcome in everything(database) if kind == "capture"}
    names = {"found.example", "removed.example", "lost.example", *REASONS}
    assert len({kind for kind, _ in known}) == 2

    # the ledger as exported, and as `gaps` has it
    with database.reading() as session:
        export_tables(session, tmp_path / "out", "jsonl")
        export_panel(session, tmp_path / "panel.csv")
        lines = list(gaps.entries(session))
    rows = [json.loads(line) for line in (tmp_path / "out" / "ledger.jsonl").read_text().splitlines()]
    assert {row["service"] for row in rows} == {line.service for line in lines} == names
    exported = [("capture", row["start"][:10].replace("-", "")) for row in rows if row["kind"] == "capture"]
    exported += [("interval", f"{row['start'][:4]}-H{1 + (row['start'][5:7] > '06')}") for row in rows if row["end"]]
    assert sorted(exported) == known
    assert all(row["outcome"] for row in rows)
    dated = [line for line in lines if isinstance(line, gaps.GapEntry)]
    assert {(f"{one.start:%Y%m%d}", str(one.outcome)) for one in dated if one.end is None} == captures

    # the data card and the closing summary
    card = (tmp_path / "out" / "README.md").read_text()
    for name, (outcome, reason) in REASONS.items():
        assert f"| {name} | {outcome} | {reason} |" in card
    assert f"| lost.example | {LOST} |" in card
    assert set(told.outcomes) == {outcome for _, outcome in captures}
    assert sum(told.outcomes.values()) == len([kind for kind, _ in known if kind == "capture"])
    assert [name for name in REASONS if not any(name in line for line in told.missing)] == ["shut.example"]

    # Python, and the table of half-years
    with Store(database.url.render_as_string(hide_password=False)) as store:
        assert {(one.service, one.outcome, one.reason) for one in store.without_versions()} == {
            (name, outcome, reason) for name, (outcome, reason) in REASONS.items()
        }
        [lost] = store.no_policy_since()
        assert (lost.service, f"{lost.since:%Y-%m-%d}", f"{lost.looked_at:%Y-%m-%d}", lost.outcome, lost.reason) == (
            "lost.example", "2010-06-01", "2012-06-01", "gone", "the page answered 404 that day",
        )  # fmt: skip
        assert len(store.ledger()) == len(rows)
        assert {one.service for one in store.panel()} == names
        assert len((tmp_path / "panel.csv").read_text().splitlines()) == 1 + len(store.panel())
        for service in store.services:
            panel = store.panel([service.name])
            assert all(one.outcome for one in panel), list(panel)
            planned = {half_year_label(one.start) for one in service.ledger if one.kind == "interval" and one.start}
            assert planned <= {one.half_year for one in panel}

    # the pages, the API, the metrics
    client = Client(create_app(settings, database))
    overview, status = client.get("/").text, client.get("/status").text
    for name, (outcome, reason) in REASONS.items():
        assert name in overview
        assert f"no version: {reason}" in overview
        assert f"No version ({outcome}): {reason}." in client.get(f"/services/{name}").text
        assert client.get(f"/api/v1/services/{name}").json()["health_words"] == f"no version: {reason}"
        nothing = client.get(f"/api/v1/services/{name}/ledger").json()["without_captures"]
        of_captures = outcome == "gone"
        assert [(one["outcome"], one["reason"]) for one in nothing] == [(outcome, reason)] * (not of_captures)
        assert client.get(f"/api/v1/services/{name}/ledger?outcome=stored").json()["without_captures"] == []
        assert reason in status
    assert LOST in overview
    assert LOST in status.partition("Needs attention")[2].partition("Schedule")[0]
    assert LOST in client.get("/services/lost.example").text
    assert client.get("/api/v1/services/lost.example").json()["health"] == "trouble"
    assert client.get("/api/v1/services/lost.example").json()["health_words"] == LOST
    assert client.get("/api/v1/services/lost.example").json()["no_policy_since"] == "2010-06-01T12:00:00Z"
    assert client.get("/api/v1/services/found.example").json()["no_policy_since"] is None
    assert [one["words"] for one in client.get("/api/v1/status").json()["no_policy_since"]] == [LOST]
    assert "not in the catalogue" in client.get("/services/removed.example").text
    assert client.get("/api/v1/services/removed.example").json()["health"] == "removed"
    assert client.get("/api/v1/status").json()["removed"] == ["removed.example"]
    measured = page(registry(database, settings, utc_now)).decode()
    assert f'harvester_services{{state="without_versions"}} {float(len(REASONS))}' in measured
    assert 'harvester_services{state="removed"} 1.0' in measured
    assert 'harvester_services{state="no_policy_since"} 1.0' in measured

    # the commands
    monkeypatch.setenv("HARVESTER_DATABASE_URL", database.url.render_as_string(hide_password=False))
    run("--config", str(settings.config), "status")
    said = capsys.readouterr().out
    assert "not in the catalogue: removed.example" in said
    assert all(f"{name}: no version ({why[0]}): {why[1]}" in said for name, why in REASONS.items())
    assert f"lost.example: {LOST}" in said
    run("--config", str(settings.config), "services")
    said = capsys.readouterr().out
    assert "not in the catalogue" in said
    assert all(why[1] in said for why in REASONS.values())
    assert LOST in said
