"""Killed at any instant and begun again, an import ends as one that was left in peace, and enters nothing twice."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from harvester import processes
from harvester.clock import utc_now
from harvester.exporting.corpus import export_corpus
from harvester.exporting.git import export_git
from harvester.exporting.snapshots import SnapshotReader
from harvester.harvest.reclean.rebuild import rebuilding
from harvester.importing import importer
from harvester.importing.importer import Imported, corpus_files, import_documents, ota_files
from harvester.store.admin.verify import verify
from harvester.store.database import Database
from harvester.store.read.snapshots import observed_by_all
from harvester.store.schema import Base, Capture, Playback
from tests.support.exports.killing import KILLS, killed_and_begun_again, undisturbed
from tests.support.exports.repositories import Repository
from tests.support.harvest.harvests import settings
from tests.support.harvest.pictures import differences, picture
from tests.support.store.databases import emptied

Row = tuple[object, ...]


def imported(url: str, kind: str, path: Path) -> Imported:
    """One import as the command makes it, in batches small enough for the sample to have many."""
    importer._BATCH = 4
    processes.PAYS_FROM = 0.1
    found = ota_files(path) if kind == "ota" else corpus_files(path)
    database = Database.open(url)
    done = import_documents(database, found, utc_now, threading.Event())
    database.close()
    return done


def import_in_a_process(url: str, kind: str, path: Path, report: Path) -> None:
    done = imported(url, kind, path)
    report.write_text(f"{done.new} {done.known}")


@pytest.fixture(scope="module")
def published(sample_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Path]]:
    """The sample as the corpus publishes it, as a tree and with its history, and as Open Terms Archive does."""
    folder = tmp_path_factory.mktemp("published")
    database = Database(f"sqlite:///{sample_data / 'harvester.db'}")
    with database.reading() as session:
        export_corpus(session, settings(), folder / "tree", seasons=True)
        export_git(session, settings(), folder / "git")
        _open_terms(session, folder / "demo-versions")
    yield {"tree": folder / "tree", "git": folder / "git", "ota": folder / "demo-versions"}
    database.close()


def _open_terms(session: Session, folder: Path) -> None:
    """Texts of some services, pages of the others."""
    repository = Repository(folder)
    reader = SnapshotReader(session, settings())
    present: dict[str, bytes] = {}
    for one in observed_by_all(session, []):
        page = reader.page(one)
        path, content = f"{one.service}/Privacy Policy.md", reader.document(one)
        if one.service > "l" and page is not None:
            path, content = f"{one.service}/Privacy Policy{page[0]}", page[1]
        if present.get(path) != content:
            present[path] = content
            repository.record(path, content, f"{one.moment:%Y-%m-%dT%H:%M:%SZ}")


def rows_of(database: Database) -> dict[str, int]:
    """How many rows each table has."""
    with database.reading() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


def entered(database: Database) -> dict[Row, Row]:
    """Each imported document with what would differ if it had been entered once more."""
    with database.reading() as session:
        rows = session.execute(
            select(Capture.service_id, Capture.timestamp, Capture.digest, Capture.id, Playback.fetched_at)
            .join(Playback, Playback.capture_id == Capture.id)
            .where(Capture.document_id.is_not(None))
        )
        return {tuple(row[:3]): tuple(row[3:]) for row in rows}


def provenance(database: Database) -> list[tuple[datetime, str, str | None, str]]:
    """Where each imported document is said to be from."""
    with database.reading() as session:
        rows = session.execute(
            select(Capture.timestamp, Capture.archive, Playback.url, Playback.headers).join(
                Playback, Playback.capture_id == Capture.id
            )
        )
        return sorted((row[0], row[1], row[2], repr(sorted(row[3].items()))) for row in rows)


@pytest.mark.timeout(120 + 30 * KILLS)
@pytest.mark.parametrize(
    ("kind", "database_url"),
    # How a kind is read does not depend on the database.
    [("tree", "sqlite"), ("git", "sqlite"), ("ota", "sqlite"), ("git", "postgresql")],
    indirect=["database_url"],
)
def test_killed_at_random_instants_an_import_ends_with_the_same_rows_and_enters_nothing_twice(
    kind: str, published: dict[str, Path], database_url: str, tmp_path: Path
) -> None:
    path, report = published[kind], tmp_path / "report"
    calm = Database.open(f"sqlite:///{tmp_path / 'calm.db'}")
    longest = undisturbed(import_in_a_process, str(calm.url), kind, path, report)
    every = int(report.read_text().split()[0])
    wanted, wanted_rows, wanted_provenance = picture(calm), rows_of(calm), provenance(calm)
    assert every == len(entered(calm)) > 20
    database = Database(database_url)
    before: dict[Row, Row] = {}

    def afresh() -> None:
        emptied(database)
        before.clear()

    def after_kill() -> None:
        now = entered(database)
        assert {key: now.get(key) for key in before} == before
        before.update(now)

    def when_done() -> None:
        new, known = map(int, report.read_text().split())
        assert (new, known) == (every - len(before), len(before))
        now = entered(database)
        assert {key: now.get(key) for key in before} == before
        assert differences(picture(database), wanted) == []
        assert rows_of(database) == wanted_rows
        assert provenance(database) == wanted_provenance
        assert list(verify(database, rebuilding(settings()))) == []

    killed_and_begun_again(
        import_in_a_process, database_url, kind, path, report,
        longest=longest, afresh=afresh, after_kill=after_kill, when_done=when_done,
    )  # fmt: skip
    calm.close()
    database.close()
