"""NULs and lone surrogates in rows of an index and in pages harm no run, on either database."""

from __future__ import annotations

import pytest

from harvester.store.admin.verify import verify
from harvester.store.database import Database
from tests.support.archive_server.captures import MemoryArchive
from tests.support.archive_server.fixtures import StartArchive
from tests.support.harvest.harvests import entry, harvest
from tests.support.harvest.pages import policy

URL = "http://shop.example/privacy"


@pytest.mark.parametrize(
    "odd", [b"\x00", b"&#0;", b"&#xD800;", b"\xed\xa0\x80", b"\xff\xfe", b"&#xFFFF;", b"\x1b]0;x\x07"]
)
def test_odd_characters_of_a_page_are_kept_or_replaced_and_the_store_is_whole(
    database: Database, harsh_archive: StartArchive, odd: bytes
) -> None:
    archive = MemoryArchive()
    page = policy(1).replace(b"<title>", b"<title>" + odd, 1).replace(b"<p>", b"<p>" + odd + b" ", 1)
    archive.add(URL, "20100101000000", page)
    archive.add(URL, "20110101000000", policy(2), mimetype="text/html\x00")
    summary = harvest(database, harsh_archive(archive).base_url, [entry("shop.example", URL)])
    assert summary.versions == 2
    assert list(verify(database)) == []
