"""Write the documents and histories of tests/data as the present code makes them: python -m tests.data."""

from __future__ import annotations

import tempfile
from pathlib import Path

from harvester.replay.archives.folder import FolderArchive
from harvester.replay.server import ReplayServer
from harvester.store.database import Database
from tests.support.data import DATA, document_of, history_of_sample
from tests.support.harvest.harvests import harvest, sample_services
from tests.support.paths import SAMPLE


def main() -> None:
    """Write every file."""
    for page in sorted((DATA / "documents").glob("*.html")):
        page.with_suffix(".md").write_text(document_of(page), encoding="utf-8", newline="")
    with tempfile.TemporaryDirectory() as folder:
        database = Database.open(f"sqlite:///{Path(folder) / 'harvester.db'}")
        with ReplayServer(FolderArchive(SAMPLE)) as base:
            harvest(database, base)
        for entry in sample_services():
            file = DATA / "histories" / f"{entry.name}.txt"
            file.write_text(history_of_sample(database, entry.name), encoding="utf-8")
        database.close()


if __name__ == "__main__":
    main()
