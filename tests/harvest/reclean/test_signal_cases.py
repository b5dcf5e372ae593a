"""Pages of which only what is extracted altered, and pages that became their consent dialog, harvested as reported."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from harvester.catalogue.entries import load_catalogue
from harvester.cli.read.diff import _in_both_pages
from harvester.diffing import Kind
from harvester.insight import reading
from harvester.insight.redline import diff_of
from harvester.insight.statements.statements import statements
from harvester.replay.archives.folder import FolderArchive
from harvester.store.database import Database
from harvester.store.read import signal
from harvester.store.read import versions as read
from harvester.store.schema import Change, Service
from tests.support.archive_server.fixtures import StartArchive
from tests.support.harvest.harvests import harvest


@pytest.fixture
def case(
    sqlite: Database, harsh_archive: StartArchive, shared: Path, request: pytest.FixtureRequest
) -> dict[str, list[Change]]:
    """The changes of each service of a case, once it was harvested."""
    folder = shared / "cases" / request.param
    harvest(
        sqlite, harsh_archive(FolderArchive(folder)).base_url, load_catalogue(folder / "services.toml"), sample="all"
    )
    found: dict[str, list[Change]] = {}
    with sqlite.reading() as session:
        for name in session.scalars(select(Service.name)):
            found[name] = []
        rows = session.execute(select(Change, Service.name).join(Service, Service.id == Change.service_id))
        for change, name in rows:
            found[name].append(change)
    return found


MOVED = ("aria", "none", "hidden", "aside", "footer", "class-footer", "class-tabs", "button", "h1s")
"""Services whose words all stand in the later page."""
PARTLY = ("textarea", "nextjs")
"""Services of whose later pages the headings are gone and the words stand in a field or in a script's data."""


@pytest.mark.parametrize("case", ["still-on-the-page"], indirect=True)
def test_what_still_stands_on_the_page_is_said_and_is_no_alarm(case: dict[str, list[Change]]) -> None:
    for name in MOVED:
        (change,) = case[f"{name}.example"]
        assert change.kind == "technical", name
        assert change.standing is not None
        assert change.standing["removed"]
        assert "still stand in the page" in change.reasons[0]  # type: ignore[index]
    for name in PARTLY:
        (change,) = case[f"{name}.example"]
        assert change.standing is not None
        assert len(change.standing["removed"]) == 4, name
        assert change.kind == "minor", "only the numbers of the sections went"
    for name in ("linklist", "pre", "ulspan"):
        assert [change.kind for change in case[f"{name}.example"]] == ["minor"], name
    assert case["iframe.example"][0].kind == "substantive", "the words are in another page, which nobody archived"


@pytest.mark.parametrize("case", ["still-on-the-page"], indirect=True)
def test_a_redline_has_the_kind_and_the_reasons_of_its_change(case: dict[str, list[Change]], sqlite: Database) -> None:
    assert set(case) > {f"{name}.example" for name in MOVED}
    with sqlite.reading() as session:
        for name in MOVED:
            pair = reading.pair(session, f"{name}.example", "1", "2")
            change = read.change(session, f"{name}.example", pair.new.first_seen)
            for diff in (pair.diff, diff_of(session, change)):
                assert diff.kind is Kind.TECHNICAL, name
                assert diff.reasons == tuple(change.reasons)
                assert statements(diff) == (), "the policy says what it said"
            assert pair.standing == change.standing
            assert "still in the page" in (last := _in_both_pages(pair)[-1]), name
            assert pair.standing["removed"][-1] in last


@pytest.mark.parametrize("case", ["a-consent-dialog"], indirect=True)
def test_a_page_that_became_its_consent_dialog_makes_no_version_and_says_why(
    case: dict[str, list[Change]], sqlite: Database
) -> None:
    assert case["short.example"] == []
    assert len(case["alt.example"]) <= 1, "alternating texts, month by month"
    with sqlite.reading() as session:
        refused = signal.left_out(session, read.service_id(session, "short.example"))
    assert [one.outcome for one in refused] == ["not-a-policy", "not-a-policy"]
    assert all("consent-dialog" in (one.reason or "") for one in refused)
