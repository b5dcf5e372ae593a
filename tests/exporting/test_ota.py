"""A collection of Open Terms Archive comes back as it went in."""

from __future__ import annotations

import json
import subprocess
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from harvester.catalogue.entries import ServiceEntry, load_catalogue
from harvester.catalogue.services_file import add_missing
from harvester.clock import utc_now
from harvester.exporting.ota.collection import OtaExport, export_ota
from harvester.exporting.ota.declaration_files import declarations
from harvester.importing.declarations import declared
from harvester.importing.importer import import_documents, ota_files
from harvester.store.database import Database
from harvester.store.ledger import sources
from harvester.store.read import versions
from harvester.store.schema import Capture, Service, Source, TextRow
from tests.support.exports.repositories import Repository
from tests.support.harvest.harvests import settings

URL = "https://acme.example"
DOCUMENTS: list[dict[str, Any]] = [
    {"name": "acme", "sources": [f"{URL}/privacy"]},
    {
        "name": "acme/terms-of-service",
        "combine": [
            {"url": f"{URL}/old", "to": "2015", "extract": {"select": ["main"]}},
            {
                "url": f"{URL}/new",
                "from": "2016",
                "extract": [
                    {"select": [".a"], "to": "2017-03-04"},
                    {"select": [{"start_after": "#é", "end_before": ".b"}], "remove": ["nav"], "from": "2017-03-05"},
                ],
            },
            {"url": f"{URL}/fees"},
        ],
    },
    {
        "name": "big-caf/imprint",
        "sources": [{"url": f"{URL}/i", "to": "2015"}, {"url": f"{URL}/j", "from": "2016"}],
        "extract": {"select": ["p"], "from": "2018"},
    },
]


def declared_again(entries: list[ServiceEntry], folder: Path) -> list[ServiceEntry]:
    """The entries as they are after an export and an import."""
    folder.mkdir()
    for name, content in declarations(entries).items():
        (folder / name).write_bytes(content)
    file = folder / "services.toml"
    add_missing(file, [one for one in declared(folder) if isinstance(one, ServiceEntry)])
    return list(load_catalogue(file))


def test_declarations_come_back_with_their_pages_days_and_selectors(tmp_path: Path) -> None:
    entries = [ServiceEntry.model_validate(one) for one in DOCUMENTS]
    again = declared_again(entries, tmp_path / "one")
    spans = [[(one.url, one.since, one.until) for one in entry.sources] for entry in entries]
    assert [[(one.url, one.since, one.until) for one in entry.sources] for entry in again] == spans
    assert [entry.selections.dated for entry in again] == [entry.selections.dated for entry in entries]
    assert [bool(entry.combine) for entry in again] == [False, True, False]
    assert declarations(again) == declarations(entries)
    history = json.loads(declarations(entries)["acme.history.json"])["Terms of Service"]
    assert [one["validUntil"] for one in history] == ["2015-12-31T23:59:59Z", "2017-03-04T23:59:59Z"]
    assert history[1]["combine"][0] == {"fetch": f"{URL}/new", "select": [".a"]}


def rows(database: Database) -> list[Any]:
    """The versions of every document, and what each capture says."""
    with database.reading() as session:
        names = sorted(session.scalars(select(Service.name)))
        found: list[Any] = [
            [
                (name, one.first_seen, one.last_seen, one.captures, one.sha256, one.kind)
                for one in versions.log(session, name)
            ]
            for name in names
        ]
        said = select(Service.name, Capture.timestamp, TextRow.sha256, Capture.digest, Capture.outcome)
        said = said.join(Capture, Capture.service_id == Service.id).join(TextRow, TextRow.id == Capture.text_id)
        return [*found, sorted(map(tuple, session.execute(said)))]


def imported(path: Path, new_url: str) -> Database:
    """A new store with what a repository has."""
    database = Database.open(new_url)
    import_documents(database, ota_files(path), utc_now, threading.Event())
    return database


def test_versions_that_were_imported_come_back_as_the_same_rows(tmp_path: Path, sqlite: Database) -> None:
    repository = Repository(tmp_path / "versions")
    for path, text, day in (
        ("Acme/Privacy Policy.md", "# Ours\n\nWe collect tea.\n", "2021-02-03T04:05:06Z"),
        ("Acme/Terms of Service.md", "Terms.", "2021-02-03T04:05:06Z"),
        ("Acme/Privacy Policy.md", "# Ours\n\nWe collect tea and coffee.\n\n", "2022-02-03T04:05:06Z"),
        ("Acme/Privacy Policy.md", "# Ours\n\nWe collect tea.\n", "2023-02-03T04:05:06Z"),
    ):
        repository.record(path, text, day)
    import_documents(sqlite, ota_files(tmp_path / "versions"), utc_now, threading.Event())
    heads = []
    with sqlite.reading() as session:
        for _ in range(2):
            done = export_ota(session, settings(), tmp_path / "out", [ServiceEntry.model_validate(DOCUMENTS[0])])
            assert done == OtaExport(declarations=1, versions=4, snapshots=0)
            command = ["git", "-C", str(tmp_path / "out" / "versions"), "rev-parse", "HEAD"]
            heads.append(subprocess.run(command, capture_output=True, check=True).stdout)
    assert heads[0] == heads[1], "a repeated export gives the same commits"
    again = imported(tmp_path / "out" / "versions", f"sqlite:///{tmp_path}/again.db")
    assert rows(again) == rows(sqlite)
    again.close()


def test_pages_that_are_stored_are_snapshots_and_come_back(sample_store: Database, tmp_path: Path) -> None:
    with sample_store.reading() as session:
        done = export_ota(session, settings(), tmp_path / "out", [], services=["kettle.example"])
        first = versions.log(session, "kettle.example")[0]
    assert done.declarations == 0
    assert (done.versions > 5, done.snapshots >= done.versions) == (True, True)
    found = list(ota_files(tmp_path / "out" / "snapshots"))
    assert len(found) == done.snapshots
    again = imported(tmp_path / "out" / "versions", f"sqlite:///{tmp_path}/again.db")
    with again.reading() as session:
        assert versions.log(session, "kettle.example")[0].first_seen == first.first_seen
    again.close()


@pytest.mark.parametrize("name", ["acme", "acme/imprint"])
def test_a_document_without_an_address_is_in_no_declaration(name: str) -> None:
    assert declarations([ServiceEntry(name=name)]) == {}


def test_a_service_known_by_its_domain_is_declared_with_the_addresses_that_were_found(
    sqlite: Database, tmp_path: Path
) -> None:
    entry = ServiceEntry(name="acme", domain="acme.example")
    with sqlite.writing() as session:
        known = sources.enter(session, entry, utc_now())
        moved = datetime(2015, 1, 1, tzinfo=UTC)
        found = [
            Source(url="https://acme.example/old", until=moved, origin=sources.DISCOVERED),
            Source(url="https://acme.example/new", since=moved, origin=sources.DISCOVERED),
            Source(url="http://acme.example/", origin=sources.HOME),
        ]
        for one in found:
            one.service_id = known.service.id
        session.add_all(found)
    with sqlite.reading() as session:
        assert export_ota(session, settings(), tmp_path / "out", [entry]).declarations == 1
    declared_now = json.loads((tmp_path / "out" / "declarations" / "acme.json").read_text())
    assert [one["fetch"] for one in declared_now["terms"].values()] == ["https://acme.example/new"]
