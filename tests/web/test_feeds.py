"""Atom feeds: what RFC 4287 asks for, read by a feed reader, with the redline inside."""

from __future__ import annotations

from xml.etree import ElementTree

import feedparser  # type: ignore[import-untyped]
import pytest

from tests.support.web.client import Client
from tests.support.web.routes import FEEDS

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.mark.parametrize("url", FEEDS)
def test_a_feed_has_all_that_the_standard_asks_for(client: Client, url: str) -> None:
    answer = client.get(url)
    assert answer.headers["content-type"] == "application/atom+xml"
    feed = ElementTree.fromstring(answer.content)
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        assert [len(element.findall(f"{ATOM}{name}")) for name in ("id", "title", "updated")] == [1, 1, 1]
    links = {(link.get("rel"), link.get("type")) for link in feed.findall(f"{ATOM}link")}
    assert links == {("self", "application/atom+xml"), ("alternate", "text/html")}
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
    assert len(parsed.entries) == 8
    for entry in parsed.entries:
        assert client.get(entry.link.removeprefix("http://testserver")).status_code == 200


def test_a_tag_feed_has_only_its_services(client: Client) -> None:
    parsed = feedparser.parse(client.get("/feeds/tags/fernwell.atom").content)
    assert {entry.title.split(":")[0] for entry in parsed.entries} == {"mossnote.example", "tidebook.example"}
    assert client.get("/feeds/tags/absent.atom").status_code == 404


def test_a_feed_names_the_address_that_was_set(client: Client) -> None:
    from harvester.settings import Settings
    from harvester.web.app import create_app

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
