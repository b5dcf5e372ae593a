"""TimeMaps as archives write them, read into rows; what they say that cannot be is set aside."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.archive.dialects.form import IndexQuery, NotAnIndexPage
from harvester.archive.dialects.timemap import MEMENTO
from harvester.archive.index.cdx import CaptureRow, MalformedRow
from tests.support.archive_server.timemaps import memento as named
from tests.support.times import at

URL = "http://lamp.example/privacy?a=1,2"
QUERY = IndexQuery(URL, None, None, 10)
HEAD = (
    f'<{URL}>; rel="original",\n<http://arc.example/timemap/link/{URL}>; rel="self"; type="application/link-format"; '
    'from="Tue, 20 Jun 2000 18:02:59 GMT",\n'
    f'<http://arc.example/timegate/{URL}>; rel="timegate",\n'
)


def memento(digits: str, url: str = URL, relation: str = "memento") -> str:
    return named(digits, url, relation)


def captures(body: str, query: IndexQuery = QUERY) -> list[tuple[datetime, str]]:
    rows, _ = MEMENTO.page(body, query)
    return [(row.timestamp, row.original) for row in rows if isinstance(row, CaptureRow)]


def test_a_map_in_link_format_gives_its_mementos_oldest_first() -> None:
    body = HEAD + ",\n".join([memento("20120304050607", relation="last memento"), memento("20000620180259")])
    assert captures(body) == [(at("20000620180259"), URL), (at("20120304050607"), URL)]


@pytest.mark.parametrize(
    "body",
    [
        json.dumps([["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "redirect"],
                    ["example,lamp)/privacy", "20120304050607", URL, "text/html", "200", "A" * 32, "-"]]),
        json.dumps({"urlkey": "k", "timestamp": "20120304050607", "url": URL, "mime": "text/html", "status": "200"}),
        json.dumps({"original_uri": URL, "self": "http://gate.example/timemap/json/x",
                    "mementos": {"list": [{"datetime": "2012-03-04T05:06:07Z", "uri": f"http://arc.example/20120304050607/{URL}"}]}}),
    ],
    ids=["an array of arrays", "an object a line", "one object"],
)  # fmt: skip
def test_each_form_of_a_json_map_is_read(body: str) -> None:
    assert captures(body) == [(at("20120304050607"), URL)]


def test_a_memento_of_another_address_is_set_aside() -> None:
    body = HEAD + memento("20120304050607", "http://other.example/privacy") + "," + memento("20130304050607")
    rows, _ = MEMENTO.page(body, QUERY)
    assert [type(row) for row in rows] == [CaptureRow, MalformedRow]
    assert captures(body) == [(at("20130304050607"), URL)]


def test_a_memento_without_an_address_in_its_name_is_of_the_original_of_its_map() -> None:
    moment = "Sun, 04 Mar 2012 05:06:07 GMT"
    body = f'<{URL}>; rel="original", <http://arc.example/ABCD-EFGH>; rel="memento"; datetime="{moment}"'
    assert captures(body) == [(at("20120304050607"), URL)]
    other = body.replace(URL, "http://other.example/")
    assert captures(other) == []


def test_only_the_mementos_of_the_asked_span_are_given() -> None:
    body = HEAD + ",".join(memento(f"{year}0304050607") for year in (2010, 2011, 2012))
    query = IndexQuery(URL, at("20110101000000"), at("20111231235959"), 10)
    assert captures(body, query) == [(at("20110304050607"), URL)]


def test_the_pages_of_a_map_are_read_one_after_the_other() -> None:
    index = (
        f'<{URL}>; rel="original", <http://arc.example/timemap/link/{URL}>; rel="self", '
        f'<http://arc.example/timemap/json/{URL}>; rel="timemap"; type="application/json", '
        '<http://arc.example/map/1>; rel="timemap"; from="Tue, 20 Jun 2000 18:02:59 GMT", '
        '<http://arc.example/map/2>; rel="timemap"'
    )
    rows, key = MEMENTO.page(index, QUERY)
    assert rows == []
    asked = []
    while key is not None:
        query = IndexQuery(URL, None, None, 10, key)
        asked.append(MEMENTO.address("http://arc.example/timemap/link/", query))
        rows, key = MEMENTO.page(HEAD + memento("20120304050607"), query)
        assert len(rows) == 1
    assert asked == ["http://arc.example/map/1", "http://arc.example/map/2"]


@pytest.mark.parametrize(
    "body",
    ["<html><body>maintenance</body></html>", "<!DOCTYPE html>\n<p>x</p>", '{"error": "overload"}', "[1, 2]", "no map"],
)
def test_a_page_that_is_no_map_is_never_taken_for_an_empty_one(body: str) -> None:
    with pytest.raises(NotAnIndexPage):
        MEMENTO.page(body, QUERY)


def test_a_map_of_nothing_is_empty() -> None:
    assert MEMENTO.page("", QUERY) == ([], None)
    assert MEMENTO.says_nothing_found(404, "Not Found")


@given(st.text(max_size=200), st.booleans())
def test_any_text_is_a_map_or_refused(text: str, begun: bool) -> None:
    body = HEAD + text if begun else text
    try:
        rows, _ = MEMENTO.page(body, QUERY)
    except NotAnIndexPage:
        return
    assert all(row.timestamp.tzinfo is UTC for row in rows if isinstance(row, CaptureRow))
