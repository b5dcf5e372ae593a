"""Services whose entry names no source: their policy found from their home pages, and harvested as usual."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from harvester.archive import discovery
from harvester.archive.discovery import read_home_page
from harvester.harvest.steps import discover as discover_step
from harvester.replay.server import ReplayServer
from harvester.store.database import Database
from harvester.store.ledger.ledger import Outcome
from harvester.store.schema import Capture, Source
from tests.support.archive_server.captures import MemoryArchive
from tests.support.archive_server.fixtures import StartArchive
from tests.support.harvest.crashing import read_or_crash
from tests.support.harvest.harvests import Noted, entry, harvest
from tests.support.harvest.pages import policy
from tests.support.harvest.pictures import picture
from tests.support.times import at

WITHOUT_SOURCES = [entry(name) for name in ("kettle.example", "lanternpost.example", "tidebook.example")]


def sources(database: Database, origin: str = "discovered") -> list[tuple[str, str, str, str | None]]:
    """(URL, first day, last day, note) of the sources of an origin."""
    with database.reading() as session:
        found = session.scalars(select(Source).where(Source.origin == origin).order_by(Source.since, Source.url))
        return [
            (
                one.url,
                f"{one.since:%Y-%m-%d}" if one.since else "",
                f"{one.until:%Y-%m-%d}" if one.until else "",
                one.note,
            )
            for one in found
        ]


def playbacks(server: ReplayServer) -> int:
    return sum(one.endpoint == "playback" for one in server.log)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_sources_are_found_with_their_spans_and_stay_one_history_in_one_run_and_in_several(
    database: Database, sqlite: Database, sample_archive: ReplayServer
) -> None:
    summary = harvest(sqlite, sample_archive.base_url, WITHOUT_SOURCES)
    assert [(url, since, until) for url, since, until, _ in sources(sqlite)] == [
        ("http://www.kettle.example/privacy.html", "2009-01-01", "2013-12-31"),
        ("http://lanternpost.example/about/privacy.php", "2009-07-01", ""),
        ("http://tidebook.example/privacy-policy/", "2010-01-01", ""),
        ("https://kettle.example/legal/privacy", "2014-01-01", ""),
    ]
    whole, asked = picture(sqlite), playbacks(sample_archive)
    history = [row for row in whole.versions if row[0] == "kettle.example"]
    assert {row[9].rpartition("/")[2] for row in history} == {"privacy.html", "privacy"}
    assert summary.versions > 10
    homes = [row for row in whole.captures if row[1].endswith(".example/")]
    assert len(homes) == 7
    assert {row[8] for row in homes} == {Outcome.NOT_A_POLICY}
    assert all(row[12] is not None for row in homes)

    harvest(sqlite, sample_archive.base_url, WITHOUT_SOURCES)
    assert playbacks(sample_archive) == asked, "a second run fetches no home page again"
    assert picture(sqlite) == whole

    runs = 1
    while harvest(database, sample_archive.base_url, WITHOUT_SOURCES, budget=16).stopped:
        runs += 1
    assert runs > 2
    assert picture(database) == whole
    assert sources(database) == sources(sqlite)


def test_the_link_in_a_frame_is_found_and_a_parked_domain_is_flagged(
    sqlite: Database, harsh_archive: StartArchive
) -> None:
    archive = MemoryArchive()
    frameset = b"<html><frameset rows='80,*'><frame src='/menu.html'><frame src='/main.html'></frameset></html>"
    archive.add("http://shop.example/", "20050401000000", frameset)
    archive.add("http://shop.example/menu.html", "20050402000000", b"<html><a href='pp.htm'>Privacy Policy</a></html>")
    archive.add("http://shop.example/pp.htm", "20050403000000", policy(1))
    parked = b"<html><body><a href='http://www.sedoparking.com/privacy.php'>Privacy Policy</a></body></html>"
    archive.add("http://shop.example/", "20100401000000", parked)
    archive.add("http://www.sedoparking.com/privacy.php", "20100401000000", policy(2))
    harvest(sqlite, harsh_archive(archive).base_url, [entry("shop.example")])
    (own, parking) = sources(sqlite)
    assert own == ("http://shop.example/pp.htm", "2005-01-01", "2009-12-31", None)
    assert parking[0] == "http://www.sedoparking.com/privacy.php"
    assert parking[3] is not None
    assert "parked" in parking[3]
    assert next(row[1] for row in picture(sqlite).versions) == at("20050403000000")


def test_what_was_guessed_must_read_like_an_english_policy(sqlite: Database, harsh_archive: StartArchive) -> None:
    archive = MemoryArchive()
    archive.add("http://shop.example/", "20100401000000", b"<html><a href='/p'>Privacy</a></html>")
    archive.add("http://shop.example/p", "20100402000000", policy(1))
    french = "<p>Nous recueillons votre nom et votre adresse quand vous utilisez notre site, et rien de plus.</p>" * 9
    archive.add("http://shop.example/p", "20110402000000", f"<html><body><div>{french}</div></body></html>".encode())
    harvest(sqlite, harsh_archive(archive).base_url, [entry("shop.example")])
    found = {row[2].year: row[8] for row in picture(sqlite).captures if row[1].endswith("/p")}
    assert found == {2010: Outcome.STORED, 2011: Outcome.WRONG_LANGUAGE}


def test_home_pages_that_link_to_no_policy_are_noted(sqlite: Database, harsh_archive: StartArchive) -> None:
    archive, said = MemoryArchive(), Noted()
    archive.add("http://shop.example/", "20100101000000", b"<p>Welcome. <a href='/about'>About</a>")
    harvest(sqlite, harsh_archive(archive).base_url, [entry("shop.example")], progress=said)
    assert said.notes == ["shop.example: no home page in the archive links to a privacy policy"]


def test_a_source_that_left_the_catalogue_is_not_asked_for_any_more(
    sqlite: Database, harsh_archive: StartArchive
) -> None:
    archive = MemoryArchive()
    for year in range(2010, 2016):
        archive.add("http://shop.example/old", f"{year}0101000000", policy(year))
    archive.add("http://shop.example/new", "20160101000000", policy(1))
    server = harsh_archive(archive)
    assert harvest(sqlite, server.base_url, [entry("shop.example", "http://shop.example/old")], budget=3).stopped
    summary = harvest(sqlite, server.base_url, [entry("shop.example", "http://shop.example/new")])
    assert summary.stopped is None
    assert summary.requests["playback"] == 1


def test_a_home_page_that_kills_its_worker_costs_that_page(
    sqlite: Database, harsh_archive: StartArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = b"<html><body><p>Welcome.</p><a href='/%s'>Privacy Policy</a>%s</body></html>"
    archive = MemoryArchive()
    archive.add("http://shop.example/", "20100101000000", home % (b"privacy", b""))
    archive.add("http://shop.example/", "20110101000000", home % (b"other", b"<!-- crash -->"))
    archive.add("http://shop.example/", "20120101000000", home % (b"privacy", b"<br>"))
    archive.add("http://shop.example/privacy", "20100601000000", policy(1))
    monkeypatch.setattr(discovery, "read_home_page", read_or_crash)
    server = harsh_archive(archive)
    summary = harvest(sqlite, server.base_url, [entry("shop.example")])
    assert (summary.versions, summary.unreachable) == (1, [])
    assert [url for url, *_ in sources(sqlite)] == ["http://shop.example/privacy"]
    with sqlite.reading() as session:
        reasons = [one.reason or "" for one in session.query(Capture) if "/privacy" not in one.original]
    (told,) = [reason for reason in reasons if reason.startswith("too-costly: ")]
    assert "signal 6" in told
    made: list[bytes] = []

    def here(_pure: object, body: bytes, url: str, type_: str) -> discovery.HomePage:
        made.append(body)
        return read_home_page(body, url, type_)

    monkeypatch.setattr(discover_step, "apart", here)
    harvest(sqlite, server.base_url, [entry("shop.example")])
    assert made
    assert not any(b"crash" in body for body in made), "it is not tried again unasked"
