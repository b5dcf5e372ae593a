"""Every export as its command makes it, in pieces small enough for the sample to have many."""

from __future__ import annotations

from pathlib import Path

from harvester.exporting import git
from harvester.exporting.corpus import export_corpus
from harvester.exporting.git import export_git
from harvester.exporting.tables import export_tables
from harvester.exporting.warc import export_warc
from harvester.store.database import Database
from harvester.web.static_site import export_site
from tests.support.harvest.harvests import settings

FORMS = ("corpus", "git", "warc", "jsonl", "csv", "parquet", "site")


def export_as(url: str, form: str, folder: Path) -> None:
    """Exports the store at `url`."""
    git._SNAPSHOTS_AT_ONCE = 5
    git._SNAPSHOTS_BETWEEN_CHECKPOINTS = 10
    database = Database.open(url)
    with database.reading() as session:
        if form == "corpus":
            export_corpus(session, settings(), folder, seasons=True)
        elif form == "git":
            export_git(session, settings(), folder)
        elif form == "warc":
            export_warc(session, folder, file_bytes=60_000)
        elif form == "site":
            export_site(settings(), database, folder)
        elif form in ("jsonl", "csv", "parquet"):
            export_tables(session, folder, form)  # type: ignore[arg-type]
    database.close()
