"""NULs and lone surrogates in rows of an index and in pages harm no run, on either database."""

from __future__ import annotations

from collections import Counter

from harvester.store.admin.verify import verify
from harvester.store.database import Database
from tests.support.archive_server.captures import MemoryArchive
from tests.support.archive_server.fixtures import StartArchive
from tests.support.harvest.harvests import entry, harvest
from tests.support.harvest.pages import policy
from tests.support.harvest.pictures import picture

ODD = (b"\x00", b"&#0;", b"&#xD800;", b"\xed\xa0\x80", b"\xff\xfe", b"&#xFFFF;", b"\x1b]0;x\x07")


def test_odd_characters_of_a_page_are_kept_or_replaced_and_the_store_is_whole(
    database: Database, harsh_archive: StartArchive
) -> None:
    archive, entries = MemoryArchive(), []
    for place, odd in enumerate(ODD):
        url = f"http://shop{place}.example/privacy"
        page = policy(place).replace(b"<title>", b"<title>" + odd, 1).replace(b"<p>", b"<p>" + odd + b" ", 1)
        archive.add(url, "20100101000000", page)
        archive.add(url, "20110101000000", policy(100 + place), mimetype="text/html\x00")
        entries.append(entry(f"shop{place}.example", url))
    harvest(database, harsh_archive(archive).base_url, entries)
    assert Counter(row[0] for row in picture(database).versions) == {one.name: 2 for one in entries}
    assert list(verify(database)) == []
