"""The changed passages of a redline: each linked to its neighbours, at whatever view; and texts that return."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from harvester.cleaner.document import Document, header_of
from harvester.cleaner.quality import assess
from harvester.diffing.render.changed_passages import linked
from harvester.settings import Settings
from harvester.store.database import Database
from harvester.store.history.history import refresh
from harvester.web.app import create_app
from tests.support.store.contents import put
from tests.support.store.rows import NOW, a_capture, a_service, a_source
from tests.support.times import sample_clock
from tests.support.web.client import Client
from tests.support.web.routes import CHANGE

SERVICE = "one.example"
KEPT = [f"We keep what number {number} needs for {number} days." for number in range(60)]
EXTRA = [f"Partner {number} may also see whatever you send to office {number} of ours." for number in range(12)]
FIRST = "\n\n".join(KEPT)
SECOND = "\n\n".join([*KEPT[:20], *EXTRA, *KEPT[20:]])
NEARLY = FIRST.replace("number 7 needs", "number 7 demands")
MakeSite = Callable[[dict[int, str]], Client]


def test_a_run_of_changed_blocks_is_one_passage_and_links_to_its_neighbours() -> None:
    html = (
        '<p dir="auto">same</p>\n<p class="delete" dir="auto">old</p>\n<p class="insert" dir="auto">new</p>\n'
        '<ul>\n<li dir="auto">same</li>\n<li class="level-2 replace" dir="auto">other</li>\n</ul>\n'
        '<p class="unchanged">3 paragraphs unchanged</p>\n'
        '<table>\n<tr class="insert" dir="auto"><td>cell</td></tr>\n</table>'
    )
    redline, number = linked(html, side_by_side=False)
    assert number == 3
    assert re.findall(r'<(p|li|td)[^>]*><span class="hunk" id="(hunk-[0-9])"', redline) == [
        ("p", "hunk-1"),
        ("li", "hunk-2"),
        ("td", "hunk-3"),
    ]
    assert re.findall(r'href="#(hunk-[0-9])"', redline) == ["hunk-2", "hunk-1", "hunk-3", "hunk-2"]
    assert re.sub(r'<span class="hunk".*?</span>', "", redline) == html


@pytest.mark.parametrize("view", ["", "?view=side", "?show=all", "?view=side&show=all"])
def test_every_view_of_a_change_has_the_same_passages(client: Client, view: str) -> None:
    text = client.get(CHANGE + view).text
    ids = re.findall(r'id="(hunk-[0-9]+)"', text)
    assert ids == [f"hunk-{number}" for number in range(1, len(ids) + 1)]
    assert len(ids) == len(re.findall(r'id="(hunk-[0-9]+)"', client.get(CHANGE).text)) > 2
    assert set(re.findall(r'href="#(hunk-[0-9]+)"', text)) == set(ids)
    assert f"First of {len(ids)} changed passages" in text


@pytest.fixture
def site_of(empty_client: Client) -> MakeSite:
    """Makes a site of one service, with a capture on the first day of each given year."""
    database: Database = empty_client.app.state.site.database

    def make(texts: dict[int, str]) -> Client:
        with database.writing() as session:
            source = a_source(session, a_service(session, SERVICE), "http://one.example/")
            for year, markdown in texts.items():
                capture = a_capture(session, source, datetime(year, 1, 1, tzinfo=UTC), None)
                address = f"https://web.archive.org/web/{year}0101000000id_/http://one.example/"
                header = header_of(SERVICE, f"{year}0101000000", address)
                document = Document(header, "P", markdown, SERVICE, address)
                capture.document_id, capture.text_id = put(session, document, assess("P", markdown))
            refresh(session, source.service_id, now=NOW)
        return Client(create_app(Settings(), database, sample_clock))

    return make


def returns(client: Client, year: int) -> list[str]:
    """What the pages of a year's version and of the change to it say of an earlier text."""
    pages = [client.get(f"/services/{SERVICE}/{kind}/{year}0101000000") for kind in ("versions", "changes")]
    assert pages[0].status_code == 200
    return [html for page in pages for html in re.findall(r"It reads.*?again\.", page.text)]


@pytest.mark.parametrize(("last", "how"), [(FIRST, "like"), (NEARLY, "nearly like")], ids=["equal", "nearly"])
def test_a_text_that_returns_is_named_on_its_version_and_its_change(site_of: MakeSite, last: str, how: str) -> None:
    client = site_of({2014: FIRST, 2015: SECOND, 2016: SECOND, 2017: last, 2018: last})
    link = f'<a href="/services/{SERVICE}/versions/20140101000000">version 1 of 1 Jan 2014</a>'
    assert [returns(client, year) for year in (2014, 2015, 2017)] == [[], [], [f"It reads {how} {link} again."] * 2]


def test_the_small_steps_of_a_policy_are_no_return(site_of: MakeSite) -> None:
    client = site_of({year: f"This was last changed in {year}.\n\n{FIRST}" for year in range(2014, 2019)})
    assert [returns(client, year) for year in range(2014, 2019)] == [[]] * 5
