"""``import warc``: captures from files make the history that harvesting them makes."""

from __future__ import annotations

import gzip
import re
import threading
import zipfile
import zlib
from pathlib import Path
from unittest.mock import call, create_autospec

import pytest

from harvester.clock import utc_now
from harvester.errors import ConfigurationError, UnknownName
from harvester.exporting.warc import export_warc
from harvester.harvest.reclean.rebuild import rebuilding
from harvester.harvest.report.progress import Progress
from harvester.memento import digest_of
from harvester.replay.archives.warc import WarcArchive
from harvester.settings import Settings
from harvester.store.admin.verify import verify
from harvester.store.database import Database
from harvester.store.ledger import ledger, sources
from tests.support.archive_server.fixtures import StartArchive
from tests.support.harvest.harvests import entry, harvest, sample_services
from tests.support.harvest.pages import policy
from tests.support.harvest.pdf_making import lines, pdf, stream
from tests.support.harvest.pictures import Picture, picture
from tests.support.harvest.warcs import HTML, Warc, imported
from tests.support.times import at

URL = "http://shop.example.com/privacy"
SHOP = entry("shop.example", URL)
CUP_URL = "http://cup.example/privacy"
CUP = entry("cup.example", CUP_URL)
FRUITZ = entry("fruitz.io", "https://fruitz.io/privacy/en")
PLAN = 10
"""The column of a picture's captures that says which sampling asked for them."""


def outcomes(found: Picture) -> list[tuple[str, str]]:
    return [(f"{one[2]:%Y-%m-%d}", str(one[8])) for one in found.captures]


def but_for_the_plan(found: Picture) -> list[tuple[object, ...]]:
    return [one[:PLAN] + one[PLAN + 1 :] for one in found.captures]


def three_versions(path: Path) -> Path:
    with Warc(path) as warc:
        for year in (2010, 2011, 2012):
            warc.response(URL, f"{year}-03-01T12:00:00Z", policy(year))
    return path


def test_files_make_the_history_that_harvesting_their_replay_makes(
    shared: Path, tmp_path: Path, harsh_archive: StartArchive
) -> None:
    file = shared / "archive" / "captures.warc.gz"
    ours, theirs = Database.open(f"sqlite:///{tmp_path}/a.db"), Database.open(f"sqlite:///{tmp_path}/b.db")
    done, broken = imported(ours, [file], [FRUITZ], services=["fruitz.io"])
    harvest(theirs, harsh_archive(WarcArchive([file])).base_url, [FRUITZ], sample="all")
    found, wanted = picture(ours), picture(theirs)
    assert found.versions == wanted.versions
    assert found.changes == wanted.changes
    assert but_for_the_plan(found) == but_for_the_plan(wanted)
    assert found.changes
    assert done.captures == 5
    assert broken == []
    assert list(verify(ours, rebuilding(Settings()))) == []


def test_an_import_reports_what_it_will_read_and_that_it_is_done(sqlite: Database, tmp_path: Path) -> None:
    with Warc(tmp_path / "a.warc.gz") as warc:
        for month, edition in ((1, 1), (2, 1), (3, 2)):
            warc.response(URL, f"2010-0{month}-01T12:00:00Z", policy(edition))
        warc.response(CUP_URL, "2010-01-01T12:00:00Z", policy(3))
    said = create_autospec(Progress, instance=True)
    done, _ = imported(sqlite, [tmp_path], [SHOP, CUP], progress=said)
    assert said.planned.call_args_list == [call(SHOP.name, 3), call(CUP.name, 1)]
    assert said.finished.call_args_list == [call(SHOP.name), call(CUP.name)]
    of = done.tally
    assert (of.fetched, of.adopted, of.new_versions, of.new_changes) == (3, 1, 3, 1)


def test_an_export_of_a_store_imports_as_that_history(sample_store: Database, tmp_path: Path) -> None:
    with sample_store.reading() as session:
        export_warc(session, tmp_path / "warc")
    database = Database.open(f"sqlite:///{tmp_path}/again.db")
    imported(database, [tmp_path / "warc"], [one for one in sample_services() if one.sources])
    with_sources = {one.name for one in sample_services() if one.sources}

    def of_them(found: Picture) -> tuple[object, object]:
        keep = [[(*row[:8],) for row in rows if row[0] in with_sources] for rows in (found.versions, found.changes)]
        return keep[0], keep[1]

    assert of_them(picture(database)) == of_them(picture(sample_store))


def test_importing_again_adds_nothing(database: Database, tmp_path: Path) -> None:
    file = three_versions(tmp_path / "a.warc.gz")
    imported(database, [file], [SHOP])
    before = picture(database)
    done, _ = imported(database, [file, tmp_path], [SHOP])
    assert picture(database) == before
    assert (done.tally.fetched, done.tally.adopted) == (0, 0)


def test_the_order_of_the_files_does_not_matter(sqlite: Database, tmp_path: Path) -> None:
    for year in (2012, 2010, 2011):
        with Warc(tmp_path / f"{year}.warc.gz") as warc:
            warc.response(URL, f"{year}-03-01T12:00:00Z", policy(year))
        imported(sqlite, [tmp_path / f"{year}.warc.gz"], [SHOP])
    other = Database.open(f"sqlite:///{tmp_path}/other.db")
    imported(other, [three_versions(tmp_path / "all.warc.gz")], [SHOP])
    assert picture(sqlite).versions == picture(other).versions
    assert picture(sqlite).changes == picture(other).changes


def test_a_stopped_import_resumes(sqlite: Database, tmp_path: Path) -> None:
    file, stop = three_versions(tmp_path / "a.warc.gz"), threading.Event()
    stop.set()
    assert imported(sqlite, [file], [SHOP], stop=stop)[0].stopped
    assert not imported(sqlite, [file], [SHOP])[0].stopped
    assert len(picture(sqlite).versions) == 3


def test_what_an_archive_listed_and_the_files_do_not_hold_is_left_as_it_was(
    database: Database, tmp_path: Path, harsh_archive: StartArchive
) -> None:
    first = tmp_path / "first.warc.gz"
    with Warc(first) as warc:
        for year in range(2010, 2014):
            warc.response(URL, f"{year}-03-01T12:00:00Z", policy(year))
    harvest(database, harsh_archive(WarcArchive([first])).base_url, [SHOP], sample="every:1095d")
    left = [one for one in picture(database).captures if one[8] == "left-out"]
    with Warc(tmp_path / "second.warc.gz") as warc:
        warc.response(URL, "2011-03-01T12:00:00Z", policy(2011))
    imported(database, [tmp_path / "second.warc.gz"], [SHOP])
    still = [one for one in picture(database).captures if one[8] == "left-out"]
    assert [one for one in left if one[2].year != 2011] == still
    assert len(picture(database).versions) == 3


def test_what_waits_for_an_archive_is_not_asked_of_the_files(sqlite: Database, tmp_path: Path) -> None:
    with sqlite.writing() as session:
        source = sources.enter(session, SHOP, utc_now()).sources[0]
        rows = [ledger.IndexRow(at("20110301120000"), URL, "text/html", 200, "A" * 32, 1)]
        ledger.add(session, source, "web.archive.org", rows)
        ledger.plan(ledger.captures_of(session, source.id)[0], "all")
    with Warc(tmp_path / "a.warc.gz") as warc:
        warc.response(URL, "2012-03-01T12:00:00Z", policy(2012))
    imported(sqlite, [tmp_path], [SHOP])
    assert outcomes(picture(sqlite)) == [("2011-03-01", "planned"), ("2012-03-01", "stored")]


def test_revisits_show_what_they_refer_to(database: Database, tmp_path: Path) -> None:
    body = policy(1)
    with Warc(tmp_path / "a.warc.gz") as warc:
        warc.response(URL, "2010-01-01T00:00:00Z", body)
        warc.response(URL, "2010-02-01T00:00:00Z", policy(2))
        warc.revisit(URL, "2010-03-01T00:00:00Z", digest_of(body), (URL, "2010-01-01T00:00:00Z"))
        warc.revisit(URL, "2010-04-01T00:00:00Z", "A" * 32, (URL, "2009-01-01T00:00:00Z"))
    imported(database, [tmp_path], [SHOP])
    found = picture(database)
    assert [outcome for _, outcome in outcomes(found)] == ["stored", "stored", "unchanged", "unplayable"]
    first, second, revisit, _ = (one[-1] for one in found.captures)
    assert first == revisit != second


def test_a_revisit_whose_original_comes_later_is_read_then(sqlite: Database, tmp_path: Path) -> None:
    body, original = policy(1), ("http://www.elsewhere.example/copy", "2009-01-01T00:00:00Z")
    with Warc(tmp_path / "late.warc.gz") as warc:
        warc.revisit(URL, "2010-03-01T00:00:00Z", digest_of(body), original)
    imported(sqlite, [tmp_path], [SHOP], services=["shop.example"])
    assert outcomes(picture(sqlite)) == [("2010-03-01", "unplayable")]
    with Warc(tmp_path / "original.warc.gz") as warc:
        warc.response(*original, body)
    imported(sqlite, [tmp_path], [SHOP], services=["shop.example"])
    assert outcomes(picture(sqlite)) == [("2010-03-01", "stored")]


@pytest.mark.parametrize("status", ["", "304 Not Modified", "301 Moved Permanently"])
def test_a_revisit_of_a_redirect_leads_where_the_redirect_led(sqlite: Database, tmp_path: Path, status: str) -> None:
    legal, moved = "http://shop.example.com/legal", b"moved"
    own = (("Location", "/legal"),) if status.startswith("301") else ()
    with Warc(tmp_path / "a.warc.gz") as warc:
        warc.response(URL, "2010-01-01T00:00:00Z", moved, status="301 Moved", headers=(("Location", "/legal"),))
        warc.response(legal, "2010-01-01T00:00:05Z", policy(1))
        for year in (2011, 2012):
            warc.revisit(URL, f"{year}-01-01T00:00:00Z", digest_of(moved), (URL, "2010-01-01T00:00:00Z"), status, *own)
            warc.response(legal, f"{year}-01-01T00:00:05Z", policy(year))
    imported(sqlite, [tmp_path], [SHOP], services=["shop.example"])
    found = picture(sqlite)
    assert [outcome for _, outcome in outcomes(found)] == ["stored"] * 3
    assert len(found.versions) == 3


def test_redirects_are_followed_within_the_files(sqlite: Database, tmp_path: Path) -> None:
    with Warc(tmp_path / "a.warc.gz") as warc:
        warc.redirect(URL, "2010-01-01T00:00:00Z", "/legal")
        warc.redirect("http://shop.example.com/legal", "2010-01-01T00:00:01Z", "https://legal.example.com/p")
        warc.response("https://legal.example.com/p", "2010-01-01T00:00:02Z", policy(1))
        warc.redirect(URL, "2012-01-01T00:00:00Z", "/nowhere")
        warc.redirect(URL, "2013-01-01T00:00:00Z", "/round")
        warc.redirect("http://shop.example.com/round", "2013-01-01T00:00:00Z", "/round?")
    imported(sqlite, [tmp_path], [SHOP], services=["shop.example"])
    found = dict(outcomes(picture(sqlite)))
    assert found == {"2010-01-01": "stored", "2012-01-01": "redirected-away", "2013-01-01": "redirected-away"}
    (version,) = picture(sqlite).versions
    assert version[1].second == 2


def encoded(body: bytes, encoding: str) -> tuple[bytes, list[tuple[str, str]]]:
    """A body as it was sent, with its headers."""
    sent, headers = body, [HTML]
    if encoding.startswith("gzip"):
        sent, headers = gzip.compress(body), [*headers, ("Content-Encoding", "gzip")]
    if encoding.endswith("chunked"):
        halves = sent[: len(sent) // 2], sent[len(sent) // 2 :]
        sent = b"".join(b"%x\r\n%b\r\n" % (len(half), half) for half in halves) + b"0\r\n\r\n"
        headers.append(("Transfer-Encoding", "chunked"))
    if encoding == "lying":
        headers = [*headers, ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")]
    if encoding == "br":
        brotli = pytest.importorskip("brotli")
        sent, headers = brotli.compress(body), [*headers, ("Content-Encoding", "br")]
    return sent, headers


def test_bodies_are_read_whatever_their_encoding(sqlite: Database, tmp_path: Path) -> None:
    services = []
    with Warc(tmp_path / "a.warc.gz") as warc:
        for number, encoding in enumerate(("gzip", "gzip, chunked", "lying", "br")):
            url = f"http://shop{number}.example.com/privacy"
            services.append(entry(f"shop{number}.example", url))
            sent, headers = encoded(policy(number), encoding)
            warc.response(url, "2010-01-01T00:00:00Z", sent, headers=headers)
            warc.response(url, "2010-02-01T00:00:00Z", policy(number))
    _, broken = imported(sqlite, [tmp_path], services)
    assert broken == []
    found = picture(sqlite)
    assert [row[0] for row in found.captures if row[-1]] == [one.name for one in services for _ in "12"]
    assert [row[0] for row in found.versions] == [one.name for one in services]


def test_pages_that_read_as_policies_become_services(database: Database, tmp_path: Path) -> None:
    with Warc(tmp_path / "a.warc.gz") as warc:
        for month in (1, 2, 3):
            warc.response("https://www.kettle.com/privacy-policy", f"2010-0{month}-01T00:00:00Z", policy(month))
        warc.response("https://www.kettle.com/legal/eu", "2010-01-01T00:00:00Z", policy(9))
        warc.response("https://www.kettle.com/", "2010-01-01T00:00:00Z", b"<p>We sell kettles. <a>Privacy</a>")
        said = re.sub(r"<[^>]+>", "\n", policy(7).decode()).replace(", ", ",\n").split("\n")
        body = pdf(stream(zlib.compress(lines(*filter(None, said))), b"/Filter /FlateDecode"))
        kind = ("Content-Type", "application/pdf")
        warc.response("https://www.cup.com/privacy.pdf", "2010-01-01T00:00:00Z", body, headers=[kind])
        warc.response("http://192.0.2.1/privacy", "2010-01-01T00:00:00Z", policy(1))
        warc.response("urn:text:https://www.kettle.com/privacy", "2010-01-01T00:00:00Z", policy(1), kind="resource")
        warc.response(
            "https://www.kettle.com/logo", "2010-01-01T00:00:00Z", b"GIF", headers=[("Content-Type", "image/gif")]
        )
        warc.response("https://www.spoon.com/privacy", "2010-01-01T00:00:00Z", policy(5), status="404 Not Found")
        warc.response(
            "https://www.fork.com/privacy", "2010-01-01T00:00:00Z", policy(6), headers=[("Content-Type", "image/gif")]
        )
        warc.response(URL, "2010-01-01T00:00:00Z", policy(4))
    done, broken = imported(database, [tmp_path], [SHOP])
    assert done.found == ["cup.com", "kettle.com", "kettle.com-legal-eu"]
    assert done.services == ["shop.example", "cup.com", "kettle.com", "kettle.com-legal-eu"]
    assert broken == []
    before = picture(database)
    imported(database, [tmp_path], [SHOP])
    assert picture(database) == before


def test_the_user_chooses_whose_captures_are_taken(sqlite: Database, tmp_path: Path) -> None:
    with Warc(tmp_path / "a.warc.gz") as warc:
        warc.response(URL, "2010-01-01T00:00:00Z", policy(1))
        warc.response(
            "https://www.kettle.com/terms", "2010-01-01T00:00:00Z", b"<title>Terms</title><p>" + b"You pay. " * 60
        )
        warc.response("https://www.spoon.com/privacy", "2010-01-01T00:00:00Z", policy(3))
    assert imported(sqlite, [tmp_path], [SHOP], services=["shop.example"])[0].services == ["shop.example"]
    assert imported(sqlite, [tmp_path], [SHOP], urls=["http://kettle.com/terms"])[0].services == ["kettle.com"]
    done, _ = imported(sqlite, [tmp_path], [SHOP], everything=True)
    assert done.found == ["kettle.com", "spoon.com"]
    with pytest.raises(UnknownName, match=r"nobody\.example"):
        imported(sqlite, [tmp_path], [SHOP], services=["nobody.example"])
    with pytest.raises(ConfigurationError, match="only one of"):
        imported(sqlite, [tmp_path], [SHOP], services=["shop.example"], everything=True)


def test_wacz_and_arc_files_are_read(sqlite: Database, tmp_path: Path) -> None:
    three_versions(tmp_path / "inside.warc.gz")
    with zipfile.ZipFile(tmp_path / "crawl.wacz", "w") as wacz:
        wacz.write(tmp_path / "inside.warc.gz", "archive/data.warc.gz")
        wacz.writestr("datapackage.json", '{"resources": [{"path": "archive/data.warc.gz", "hash": "sha256:00"}]}')
    head = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + policy(7)
    arc = (
        b"filedesc://old.arc 0.0.0.0 20050101000000 text/plain 76\n1 0 InternetArchive\n"
        b"URL IP-address Archive-date Content-type Archive-length\n\n"
        + f"{URL} 192.0.2.1 20050601120000 text/html {len(head)}\n".encode()
        + head
        + b"\n"
    )
    (tmp_path / "old.arc").write_bytes(arc)
    _, broken = imported(sqlite, [tmp_path / "crawl.wacz", tmp_path / "old.arc"], [SHOP])
    assert [one[1].year for one in picture(sqlite).versions] == [2005, 2010, 2011, 2012]
    assert [one.reason.partition(" is")[0] for one in broken] == ["its SHA-256"]
