"""Watches in the browser, as a feed and as JSON."""

from __future__ import annotations

import html
from collections.abc import Iterator
from pathlib import Path

import pytest

from harvester.service.review.alarms import listed
from harvester.settings import Settings, load_settings
from harvester.store.database import Database
from harvester.store.desk.reviews import AlarmFilter
from harvester.web.app import create_app
from tests.support.times import sample_clock
from tests.support.web.client import Client


@pytest.fixture
def watching(sample_copy: Path, tmp_path: Path) -> Iterator[Client]:
    """Asks the sample's site with one watch on selling, and one that finds nothing."""
    rules = {"selling": {"words": ["sell"], "side": "added"}, "never": {"words": ["xyzzy"]}}
    settings = Settings.model_validate({"watch": rules, "data": sample_copy, "config": tmp_path})
    database = Database.open(settings.database)
    yield Client(create_app(settings, database, sample_clock))
    database.close()


def test_the_list_says_what_each_watch_looks_for(watching: Client) -> None:
    page = watching.get("/watches").text
    assert "words: sell; side: added" in page
    assert "words: xyzzy" in page


def test_page_feed_and_json_have_the_same_hits_with_their_passages(watching: Client) -> None:
    told = watching.get("/api/v1/watches/selling/hits").json()
    assert told["items"]
    assert (told["left"], told["next"]) == (0, None)
    page = html.unescape(watching.get("/watches/selling").text)
    feed = watching.get("/feeds/watches/selling.atom")
    assert feed.headers["content-type"].startswith("application/atom+xml")
    assert feed.text.count("<entry>") == len(told["items"])
    for item in told["items"]:
        stamp = "".join(character for character in item["change"]["before"] if character.isdigit())
        address = f"/services/{item['change']['service']}/changes/{stamp}"
        assert address in page
        assert address in feed.text
        assert item["passages"]
        assert all(passage in page for passage in item["passages"])
    pages = [watching.get("/api/v1/watches/selling/hits?limit=1").json()]
    while pages[-1]["next"]:
        pages.append(watching.get(f"/api/v1/watches/selling/hits?limit=1&cursor={pages[-1]['next']}").json())
    assert [item for one in pages for item in one["items"]] == told["items"]


def test_the_list_has_every_watch_and_an_unknown_one_is_not_found(watching: Client) -> None:
    assert [one["name"] for one in watching.get("/api/v1/watches").json()["items"]] == ["never", "selling"]
    page = watching.get("/watches").text
    assert 'href="/watches/selling"' in page
    assert "0 changes" in page
    assert 'href="/watches"' in watching.get("/").text
    assert "No change matches." in watching.get("/watches/never").text
    for address in ("/watches/none", "/feeds/watches/none.atom", "/api/v1/watches/none/hits"):
        assert watching.get(address).status_code == 404


def test_a_rule_that_cannot_be_understood_is_said_and_keeps_no_other_from_working(
    watching: Client, tmp_path: Path, sample_copy: Path
) -> None:
    (tmp_path / "harvester.toml").write_text('[watch.odd]\nwords = ["x"]\ntypes = ["sonnets"]\n')
    page = html.unescape(watching.get("/watches").text)
    assert "[watch.odd] types: 'sonnets' is not a type of document" in page
    assert 'href="/watches/selling"' in page
    assert watching.get("/watches/odd").status_code == 400
    settings = load_settings(tmp_path, sample_copy)
    database = Database.open(settings.database)
    with database.reading() as session:
        assert listed(session, settings, AlarmFilter())
    database.close()


def test_a_site_without_watches_has_no_link_to_them(client: Client) -> None:
    assert 'href="/watches"' not in client.get("/").text
    assert "no watch yet" in client.get("/watches").text
