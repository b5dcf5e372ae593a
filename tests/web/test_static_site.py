"""``export site``: the pages from a disk."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from harvester.export.replay import ReplayServer
from harvester.export.replay_archive import FolderArchive
from harvester.store import read
from harvester.store.database import Database
from harvester.web.static_site import export_site, file_of
from tests.archive_server.fixtures import SAMPLE
from tests.harvest.harvests import harvest, sample_services, settings


def test_every_link_leads_to_a_file_and_every_version_and_change_has_a_page(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'harvester.db'}")
    entry = sample_services()[1]
    with ReplayServer(FolderArchive(SAMPLE)) as base:
        harvest(database, base, [entry])
    done = export_site(settings(), database, tmp_path / "site")
    pages = list((tmp_path / "site").rglob("*.html"))
    assert done.files > len(pages) > 5
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert "<form" not in text
        for link in re.findall(r'\s(?:href|src)="([^"]*)"', text):
            parts = urlsplit(unescape(link))
            if not parts.scheme and parts.path:
                assert (page.parent / parts.path).is_file(), (page, link)
    with database.reading() as session:
        rows = read.log(session, entry.name)
    for row in rows:
        stamp = f"{row.first_seen:%Y%m%d%H%M%S}"
        assert (tmp_path / "site" / "services" / entry.name / "versions" / stamp / "index.html").is_file()
        assert (row.kind is None) or (
            tmp_path / "site" / "services" / entry.name / "changes" / stamp / "index.html"
        ).is_file()
    before = {page: page.read_bytes() for page in pages}
    export_site(settings(), database, tmp_path / "site")
    assert {page: page.read_bytes() for page in pages} == before
    database.close()


@pytest.mark.parametrize(
    ("address", "file"),
    [("/", "index.html"), ("/changes", "changes/index.html"), ("/static/style.css", "static/style.css")],
)
def test_pages_are_index_files_in_their_folders(address: str, file: str) -> None:
    assert file_of(address) == file
