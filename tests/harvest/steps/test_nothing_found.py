"""What was not found has its outcome too: in the ledger, gaps, exports, the closing summary and the exit code."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from harvester.api import Store
from harvester.catalogue.entries import ServiceEntry
from harvester.errors import UnknownName
from harvester.exporting.tables import export_tables
from harvester.insight.absences import gaps
from harvester.store.database import Database
from harvester.store.history.history import refresh
from harvester.store.ledger.ledger import Outcome
from harvester.store.read.missing import missing
from tests.support.archive_server.captures import MemoryArchive
from tests.support.archive_server.fixtures import StartArchive
from tests.support.harvest.commands import configuration, run
from tests.support.harvest.harvests import entry, harvest
from tests.support.harvest.pages import policy
from tests.support.store.rows import NOW, a_capture, a_service, a_source

HOME = b"<html><body><p>Welcome to our shop.</p><a href='/about'>About</a></body></html>"
ENTRIES = [
    entry("found.example", "http://found.example/privacy"),
    entry("half.example", "http://half.example/privacy", "http://half.example/old-privacy"),
    entry("none.example", "http://none.example/privacy"),
    entry("silent.example"),
    entry("linkless.example"),
]
WANTED = {
    ("half.example", "http://half.example/old-privacy"): Outcome.NOT_ARCHIVED,
    ("none.example", "http://none.example/privacy"): Outcome.NOT_ARCHIVED,
    ("silent.example", None): Outcome.NOT_ARCHIVED,
    ("linkless.example", None): Outcome.NOT_FOUND,
}


@pytest.fixture
def archive() -> MemoryArchive:
    made = MemoryArchive()
    made.add("http://found.example/privacy", "20100601120000", policy(1))
    made.add("http://half.example/privacy", "20100601120000", policy(2))
    made.add("http://linkless.example/", "20100601120000", HOME)
    return made


def test_every_service_and_address_has_its_outcome_everywhere(
    database: Database, harsh_archive: StartArchive, archive: MemoryArchive, tmp_path: Path
) -> None:
    summary = harvest(database, harsh_archive(archive).base_url, ENTRIES)
    with database.reading() as session:
        assert {(one.service, one.url): one.outcome for one in missing(session)} == WANTED
        shown = gaps.without_captures(session)
        assert {(one.service, one.url): one.outcome for one in shown} == WANTED
        export_tables(session, tmp_path / "out", "jsonl")
    rows = [json.loads(line) for line in (tmp_path / "out" / "ledger.jsonl").read_text().splitlines()]
    absent = {(row["service"], row["source"]): row["outcome"] for row in rows if row["kind"] in ("service", "source")}
    assert absent == WANTED
    assert {row["service"] for row in rows} == {one.name for one in ENTRIES}
    assert not [row for row in rows if row["outcome"] == Outcome.PLANNED], "the harvest is finished"
    assert len(summary.missing) == len(WANTED)
    assert summary.exit_code == 0, "some were found"


def test_what_was_not_asked_for_yet_is_planned(database: Database) -> None:
    with database.writing() as session:
        a_source(session, a_service(session, "new.example"), "http://new.example/privacy")
        a_service(session, "bare.example")
    with database.reading() as session:
        assert {(one.service, one.outcome) for one in missing(session)} == {
            ("new.example", Outcome.PLANNED),
            ("bare.example", Outcome.PLANNED),
        }


def test_a_backfill_that_found_nothing_says_so_and_exits_1(harsh_archive: StartArchive, tmp_path: Path) -> None:
    services = '[[service]]\nname = "none.example"\nsources = ["http://none.example/privacy"]\n'
    config = configuration(tmp_path / "config", harsh_archive(MemoryArchive()).base_url, services=services)
    done = run(config, tmp_path / "data", "backfill")
    assert done.returncode == 1
    assert "http://none.example/privacy: the archive holds no capture of this address" in done.stdout
    assert "no version was found" in done.stdout
    shown = run(config, tmp_path / "data", "gaps").stdout
    assert "no half-year without a policy" not in shown
    assert "none.example" in shown
    lines = json.loads(run(config, tmp_path / "data", "gaps", "--json").stdout)
    assert [(one["kind"], one["outcome"]) for one in lines] == [("source", "not-archived")]


def test_a_service_that_left_the_catalogue_is_marked(harsh_archive: StartArchive, tmp_path: Path) -> None:
    archive = MemoryArchive()
    archive.add("http://found.example/privacy", "20100601120000", policy(1))
    services = '[[service]]\nname = "found.example"\nsources = ["http://found.example/privacy"]\n'
    config = configuration(tmp_path / "config", harsh_archive(archive).base_url, services=services)
    assert run(config, tmp_path / "data", "backfill").returncode == 0
    (config / "services.toml").write_text(services.replace("found.example", "other.example"))
    listed = json.loads(run(config, tmp_path / "data", "services", "--json").stdout)
    assert {one["name"]: one["in_catalogue"] for one in listed} == {"other.example": True, "found.example": False}
    assert "not in the catalogue" in run(config, tmp_path / "data", "services").stdout


@pytest.mark.parametrize("ref", ["1999", "2009-12", "2009-12-31", "2009-12-31T00:00:00Z", "20091231000000"])
def test_python_gives_no_version_of_a_time_before_the_first(sqlite: Database, ref: str) -> None:
    with sqlite.writing() as session:
        service = a_service(session, "a.example")
        when = datetime(2010, 1, 1, tzinfo=UTC)
        a_capture(session, a_source(session, service, "http://a.example/"), when, "# A\n\nb")
        refresh(session, service.id, now=NOW)
    with Store(sqlite.url.render_as_string()) as store:
        with pytest.raises(UnknownName, match="the first was seen on 2010-01-01"):
            store.service("a.example").version(ref)
        assert store.service("a.example").version("2010").number == 1


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("spans", "when"),
    [
        ([(None, None)], ""),
        ([("2021-01-01", "2021-12-31")], " from 2021-01-01 to 2021-12-31"),
        ([("2021-01-01", None)], " since 2021-01-01"),
        ([(None, "2009-12-31")], " until 2009-12-31"),
        ([(None, "2009-12-31"), ("2009-06-01", None)], ""),
        ([("2021-01-01", "2021-12-31"), ("2022-01-01", "2022-12-31")], " from 2021-01-01 to 2022-12-31"),
        (
            [("2023-01-01", "2023-12-31"), ("2021-01-01", "2021-12-31")],
            " from 2021-01-01 to 2021-12-31 and from 2023-01-01 to 2023-12-31",
        ),
    ],
)
def test_of_days_that_were_not_asked_for_nothing_is_said(
    database: Database,
    harsh_archive: StartArchive,
    archive: MemoryArchive,
    spans: list[tuple[str | None, str | None]],
    when: str,
) -> None:
    """The archive may hold captures of other days: that it holds none is said only where all were asked for."""
    base = harsh_archive(archive).base_url
    asked = [entry("none.example", "http://none.example/privacy"), entry("silent.example")]
    for start, end in spans:
        until = day(end) + timedelta(days=1, seconds=-1) if end else None
        harvest(database, base, asked, start=day(start) if start else None, end=until)
    with database.reading() as session:
        reasons = {one.service: one.reason for one in missing(session)}
    assert reasons["none.example"] == f"the archive holds no capture of this address{when}"
    assert reasons["silent.example"] == f"the archive holds no capture of its home page{when}"


def test_an_address_that_was_the_policy_for_some_days_is_said_to_lack_captures_of_these(
    database: Database, harsh_archive: StartArchive, archive: MemoryArchive
) -> None:
    old = ServiceEntry.model_validate(
        {"name": "old.example", "sources": [{"url": "http://found.example/privacy", "to": 2001}]}
    )
    summary = harvest(database, harsh_archive(archive).base_url, [old])
    said = "http://found.example/privacy: the archive holds no capture of this address until 2001-12-31"
    assert list(summary.missing) == [said]
