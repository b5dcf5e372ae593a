"""Exports and imports on both databases."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from harvester.exporting.corpus import export_corpus
from harvester.exporting.git import export_git
from harvester.exporting.tables import export_tables
from harvester.exporting.warc import export_warc
from harvester.importing.importer import corpus_files, import_documents
from harvester.store.database import Database
from tests.support.exports.trees import tree
from tests.support.harvest.harvests import settings

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def everything(database: Database, session: Session, folder: Path) -> dict[str, bytes]:
    """What an import of one service's corpus tree gives, exported in every way."""
    export_corpus(session, settings(), folder / "in", services=["kettle.example"], seasons=True)
    import_documents(database, corpus_files(folder / "in"), lambda: NOON, threading.Event())
    with database.reading() as imported:
        head = export_git(imported, settings(), folder / "git").head
        export_corpus(imported, settings(), folder / "corpus")
        export_warc(imported, folder / "warc")
        export_tables(imported, folder / "tables", "jsonl")
    files = {name: tree(folder / name, ".harvester") for name in ("corpus", "warc", "tables")}
    told = {f"{kind}/{name}": content for kind, found in files.items() for name, content in found.items()}
    return {**told, "head": head.encode()}


def test_equal_stores_give_equal_exports_on_either_database(
    database: Database, session: Session, tmp_path: Path
) -> None:
    other = Database.open(f"sqlite:///{tmp_path / 'other.db'}")
    one = everything(database, session, tmp_path / "one")
    assert one == everything(other, session, tmp_path / "two")
    assert len(one) > 6
    other.close()
