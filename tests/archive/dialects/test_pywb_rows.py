"""Rows of pywb's index as servers of many ages write them: other columns, and captures of other addresses."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from harvester.archive.dialects.form import IndexQuery
from harvester.archive.dialects.pywb import page
from harvester.archive.index.cdx import CaptureRow, MalformedRow, Row

URL = "http://site.example/p?id=1"
ROW = {
    "urlkey": "example,site)/p?id=1",
    "timestamp": "20150101000000",
    "url": URL,
    "mime": "text/html",
    "status": "200",
    "digest": "A" * 32,
}


def rows_of(*changed: Mapping[str, object]) -> list[Row]:
    return page("".join(json.dumps({**ROW, **one}) + "\n" for one in changed), IndexQuery(URL, None, None, 10))[0]


@pytest.mark.parametrize(
    "column", [{"robotflags": None}, {"score": 0.5}, {"access": ["public"]}, {"req": {"a": 1}}, {"status": None}]
)
def test_columns_that_an_indexer_adds_or_leaves_null_lose_no_capture(column: dict[str, object]) -> None:
    assert [type(row) for row in rows_of(column)] == [CaptureRow]


@pytest.mark.parametrize(
    "other",
    [
        {"url": "http://other.example/p", "urlkey": "example,other)/p"},
        {"url": "http://site.example/p?id=2", "urlkey": "example,site)/p?id=2"},
        {"url": "http://site.example/p", "urlkey": "example,site)/p"},
        {"url": "http://site.example/p?id=2", "urlkey": ""},
    ],
)
def test_a_capture_of_another_address_without_a_mark_is_set_aside(other: dict[str, object]) -> None:
    kept, aside = rows_of({"urlkey": other["urlkey"] and ROW["urlkey"]}, other)
    assert isinstance(kept, CaptureRow)
    assert isinstance(aside, MalformedRow)
    assert aside.reason == "a capture of another address"


def test_a_capture_of_another_address_is_set_aside_without_a_long_text() -> None:
    (aside,) = rows_of({"url": f"http://other.example/{'x' * 3_000}", "urlkey": "example,other)/x"})
    assert isinstance(aside, MalformedRow)
    assert len(aside.line) == 1_000


def test_addresses_that_the_server_files_under_the_same_key_are_the_same_page() -> None:
    session = {"url": "http://site.example/p;jsessionid=0A1B?id=1"}
    own_key = {"urlkey": "(example,site,)/p?id=1"}
    found = rows_of(session, {"url": "https://www.site.example:443/p/?id=1"}, own_key, {**session, **own_key})
    assert [type(row) for row in found] == [CaptureRow] * 4


@pytest.mark.parametrize(("mark", "kept"), [("1", 0), (True, 0), (1, 0), ("0", 1), (False, 1), (None, 1)])
def test_a_fuzzy_row_is_none_of_this_address(mark: object, kept: int) -> None:
    assert len(rows_of({"is_fuzzy": mark})) == kept
