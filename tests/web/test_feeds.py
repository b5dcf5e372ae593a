"""Atom feeds: what RFC 4287 asks for, read by a feed reader, with the redline inside."""

from __future__ import annotations

import html
import re
from xml.etree import ElementTree

import feedparser  # type: ignore[import-untyped]
import pytest
from sqlalchemy import event

from harvester.catalogue.entries import ServiceEntry
from harvester.settings import Settings
from harvester.store.database import Database
from harvester.store.ledger import sources
from harvester.store.read import recent
from harvester.store.read.versions import ChangeRow
from harvester.web.app import create_app
from tests.support.times import sample_clock
from tests.support.web.client import Client
from tests.support.web.routes import FEEDS

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.mark.parametrize("url", FEEDS)
def test_a_feed_has_all_that_the_standard_asks_for(client: Client, url: str) -> None:
    answer = client.get(url)
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(answer.content)
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        assert [len(element.findall(f"{ATOM}{name}")) for name in ("id", "title", "updated")] == [1, 1, 1]
    links = {(link.get("rel"), link.get("type")) for link in feed.findall(f"{ATOM}link")}
    atom = "application/atom+xml"
    assert links - {("next", atom)} == {("self", atom), ("alternate", "text/html"), ("first", atom)}
    ids = [one.findtext(f"{ATOM}id") for one in feed.iter(f"{ATOM}entry")]
    assert len(ids) == len(set(ids)) > 0


@pytest.mark.parametrize("url", FEEDS)
def test_a_feed_reader_reads_it(client: Client, url: str) -> None:
    parsed = feedparser.parse(client.get(url).content)
    assert not parsed.bozo
    assert parsed.version == "atom10"
    assert parsed.entries
    for entry in parsed.entries:
        assert entry.link.startswith("http://testserver/services/")
        content = entry.content[0].value
        assert "<ins>" in content or "<del>" in content or "No word differs" in content
        assert entry.published_parsed


def test_each_entry_leads_to_its_change(client: Client) -> None:
    parsed = feedparser.parse(client.get("/services/kettle.example/changes.atom").content)
    assert len(parsed.entries) == 6, "of eight changes two are cosmetic"
    for entry in parsed.entries:
        assert client.get(entry.link.removeprefix("http://testserver")).status_code == 200
        assert re.sub(r"\D", "", entry.published) == entry.link[-14:]
    assert parsed.feed.updated == max(entry.updated for entry in parsed.entries)


def test_a_feed_asks_the_store_as_often_for_many_changes_as_for_one_and_keeps_what_they_say(
    settings: Settings, database: Database
) -> None:
    client = Client(create_app(settings, database, sample_clock))
    asked: list[str] = []
    counts: list[int] = []

    def note(connection: object, cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    def statements(url: str) -> int:
        asked.clear()
        entries = feedparser.parse(client.get(url).content).entries
        counts.append(len(entries))
        return len(asked)

    feed = "/services/kettle.example/changes.atom"
    most = max(one.words_added + one.words_removed for one in changes(database))
    event.listen(database.engine, "before_cursor_execute", note)
    try:
        one, many = statements(f"{feed}?min_words={most}"), statements(feed)
        assert one == many
        # Of other addresses, since answers are kept as they are for some seconds.
        assert statements(f"{feed}?min_words=0") == many - 2, "neither texts nor diffs are read again"
        assert counts == [1, 6, 6]
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


def changes(database: Database) -> list[ChangeRow]:
    with database.reading() as session:
        return recent.changes(session, recent.ChangesWanted(service="kettle.example"))


def test_a_tag_feed_has_only_its_services(client: Client) -> None:
    parsed = feedparser.parse(client.get("/feeds/tags/fernwell.atom").content)
    assert {entry.title.split(":")[0] for entry in parsed.entries} == {"mossnote.example", "tidebook.example"}
    assert client.get("/feeds/tags/absent.atom").status_code == 404


def test_a_feed_names_the_address_that_was_set(client: Client) -> None:
    site = client.app.state.site
    settings = Settings.model_validate({"web": {"base_url": "https://policies.example.org/"}})
    there = Client(create_app(settings, site.database, site.clock))
    parsed = feedparser.parse(there.get("/feeds/changes.atom").content)
    assert parsed.entries[0].link.startswith("https://policies.example.org/services/")
    assert parsed.entries[0].id.startswith("tag:policies.example.org,2026:/services/")


def test_pages_lead_readers_to_their_feed(client: Client) -> None:
    page = client.get("/services/kettle.example").text
    assert '<link rel="alternate" type="application/atom+xml"' in page
    assert 'href="/services/kettle.example/changes.atom"' in page
    for list_of_a_tag in ("/?tag=fernwell", "/changes?tag=fernwell"):
        assert 'title="Changes: fernwell" href="/feeds/tags/fernwell.atom">' in client.get(list_of_a_tag).text
    for other in ("/", "/changes", "/?tag=nosuch"):
        assert 'title="Changes" href="/feeds/changes.atom">' in client.get(other).text


def _pages(client: Client, url: str) -> list[list[str]]:
    """The ids of the entries of each page of a feed, by its `next` links."""
    pages = []
    first = url
    while url:
        feed = ElementTree.fromstring(client.get(url.removeprefix("http://testserver")).content)
        pages.append([one.findtext(f"{ATOM}id") or "" for one in feed.iter(f"{ATOM}entry")])
        onward = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
        assert onward["first"] == f"http://testserver{first}"
        url = onward.get("next") or ""
    return pages


FEED = "/feeds/changes.atom"


def test_a_reader_of_all_pages_misses_no_change_though_all_were_found_at_once(client: Client) -> None:
    pages = _pages(client, f"{FEED}?kind=substantive&kind=minor&kind=cosmetic")
    ids = [one for page in pages for one in page]
    assert [len(page) for page in pages[:-1]] == [20] * (len(pages) - 1)
    assert len(ids) == len(set(ids)) > 20
    shown = client.get("/api/v1/changes?limit=500").json()
    assert len(ids) == len(shown["items"]) + shown["hidden"]
    assert len(ids) == len(client.get("/api/v1/changes?limit=500&all=true").json()["items"])


def test_a_feed_has_the_kinds_and_sizes_asked_for(client: Client) -> None:
    minor = feedparser.parse(client.get(f"{FEED}?kind=minor&kind=cosmetic").content)
    assert {entry.tags[0].term for entry in minor.entries} == {"minor", "cosmetic"}
    large = client.get("/api/v1/changes?min_words=200").json()["items"]
    assert large
    assert all(one["words_added"] + one["words_removed"] + one["words_moved"] >= 200 for one in large)
    assert len(feedparser.parse(client.get(f"{FEED}?min_words=200").content).entries) == len(large)
    assert client.get(f"{FEED}?kind=huge").status_code == 422
    assert client.get(f"{FEED}?after=tomorrow").status_code == 422


def test_a_feed_is_ordered_by_when_changes_were_found(client: Client) -> None:
    parsed = feedparser.parse(client.get(FEED).content)
    found = [entry.updated for entry in parsed.entries]
    assert found == sorted(found, reverse=True)


FORGED = {
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "gopher",
    "forwarded": "host=evil.example;proto=gopher",
}


@pytest.mark.parametrize("url", FEEDS)
def test_forwarded_headers_name_no_link(client: Client, url: str) -> None:
    assert client.get(url, headers=FORGED).content == client.get(url).content


@pytest.mark.parametrize("url", FEEDS)
def test_no_host_that_a_reader_names_reaches_another_reader_or_a_set_address(
    client: Client, settings: Settings, database: Database, url: str
) -> None:
    client.get(url, headers={"host": "evil.example"})
    assert b"evil.example" not in client.get(url).content
    web = settings.web.model_copy(update={"base_url": "https://policies.example.org/"})
    public = Client(create_app(settings.model_copy(update={"web": web}), database, sample_clock))
    assert b"evil.example" not in public.get(url, headers={"host": "evil.example", **FORGED}).content


@pytest.mark.parametrize("tag", ["a/b", "ü ö", "%2F", "x?y#z", "..", "<b>&'", "t" * 100])
def test_whatever_a_tag_is_its_feed_is_where_its_pages_say(sqlite: Database, tag: str) -> None:
    entry = ServiceEntry.model_validate({"name": "a.example", "sources": ["http://a.example/p"], "tags": [tag]})
    with sqlite.writing() as session:
        sources.enter(session, entry, sample_clock())
    client = Client(create_app(Settings(), sqlite, sample_clock))
    shown = client.get("/changes", params={"tag": tag}).text
    (feed,) = set(re.findall(r'href="(/feeds/tags/[^"]+)"', shown))
    answer = client.get(html.unescape(feed))
    assert answer.status_code == 200
    parsed = feedparser.parse(answer.content).feed
    assert parsed.title == f"Changes of privacy policies: {tag}"
    (itself,) = (link.href for link in parsed.links if link.rel == "self")
    assert re.fullmatch(r"[!-~]+", itself), "no address has a space or a letter beyond ASCII"
    assert client.get(itself).content == answer.content


def test_each_choice_of_changes_is_a_feed_of_its_own_and_its_pages_are_one(client: Client) -> None:
    ids = [
        feedparser.parse(client.get(f"/feeds/changes.atom{query}").content).feed.id
        for query in ("", "?kind=minor", "?kind=minor&min_words=5", "?kind=minor&after=1-1")
    ]
    assert ids[0].endswith("2026:/feeds/changes.atom")
    assert len(set(ids)) == 3
    assert ids[3] == ids[1]
