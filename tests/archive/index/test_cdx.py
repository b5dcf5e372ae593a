"""Strict reading of index rows and pages, whatever strangers send."""

from __future__ import annotations

import itertools
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.archive.dialects.form import IndexQuery, NotAnIndexPage
from harvester.archive.dialects.forms import DIALECTS
from harvester.archive.index.cdx import (
    CaptureRow,
    MalformedRow,
    is_web_address,
    parse_json_page,
    parse_row,
    parse_text_page,
    without_repeats,
)
from harvester.memento import EMPTY_BODY_DIGEST, digest_of, parse_timestamp, timestamp_of

ANY = IndexQuery("http://site.example/", None, None, 10)
INSTANTS = st.integers(600_000_000, 4_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
GOOD = "com,example)/ 20200102030405 http://example.com/ text/html 200 " + "A" * 32 + " 1234"


def test_a_row_is_read_whole() -> None:
    assert parse_row(GOOD) == CaptureRow(
        urlkey="com,example)/",
        timestamp=datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC),
        original="http://example.com/",
        mimetype="text/html",
        status=200,
        digest="A" * 32,
        length=1234,
        line=GOOD,
    )


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("", "1 columns"),
        ("com,example)/ 20200102030405 http://example.com/ text/html 200", "5 columns"),
        (GOOD.replace("20200102030405", "2020010203"), "timestamp"),
        (GOOD.replace("20200102030405", "20201302030405"), "timestamp"),
        (GOOD.replace("20200102030405", "20200000000000"), "timestamp"),
        (GOOD.replace("20200102030405", "20000000010203"), "timestamp"),
        (GOOD.replace("20200102030405", "٢٠٢٠٠١٠٢٠٣٠٤٠٥"), "timestamp"),
        (GOOD.replace("http://example.com/", "mailto:me@example.com"), "original"),
        (GOOD.replace("http://example.com/", "http://mailto:me@example.com/"), "original"),
        (GOOD.replace("http://example.com/", 'http://example.com/"data:image/png;base64,x'), "original"),
        (GOOD.replace("http://example.com/", "some/not/even/url"), "original"),
        (GOOD.replace("http://example.com/", "http://[example.com/"), "original"),
        (GOOD.replace("http://example.com/", "http:///"), "original"),
        (GOOD.replace(" 200 ", " ok "), "statuscode"),
        (GOOD.replace(" 200 ", " 0200 "), "statuscode"),
        (GOOD.replace(" 1234", " 12x"), "length"),
    ],
)
def test_a_bad_row_is_set_aside_with_the_reason(line: str, reason: str) -> None:
    bad = parse_row(line)
    assert isinstance(bad, MalformedRow)
    assert reason in bad.reason
    assert bad.line == line


@pytest.mark.parametrize(
    ("digits", "instant"),
    [
        ("20000012170449", datetime(2000, 12, 17, 4, 49, tzinfo=UTC)),
        ("20000800241623", datetime(2000, 8, 24, 16, 23, tzinfo=UTC)),
    ],
)
def test_an_inserted_00_is_taken_out(digits: str, instant: datetime) -> None:
    assert parse_timestamp(digits) == instant


@given(INSTANTS)
def test_a_timestamp_comes_back(moment: datetime) -> None:
    assert parse_timestamp(timestamp_of(moment)) == moment
    assert timestamp_of(moment.astimezone(timezone(timedelta(hours=-9)))) == timestamp_of(moment)


def test_an_instant_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        timestamp_of(datetime(2020, 1, 1, tzinfo=UTC).replace(tzinfo=None))


@given(st.text())
def test_any_text_is_a_timestamp_or_a_value_error(text: str) -> None:
    try:
        parse_timestamp(text)
    except ValueError:
        return


@given(st.text() | st.lists(st.text(alphabet=st.characters(exclude_characters=" \n")), max_size=9).map(" ".join))
def test_any_line_is_a_capture_or_a_malformed_row(line: str) -> None:
    found = parse_row(line)
    assert isinstance(found, CaptureRow | MalformedRow)
    assert found.line == line


def mutated(draw: st.DrawFn, text: str) -> str:
    at = draw(st.integers(0, len(text)))
    return text[:at] + draw(st.text(max_size=5)) + text[at + draw(st.integers(0, 5)) :]


@st.composite
def damaged_pages(draw: st.DrawFn) -> str:
    page = f"{GOOD}\n{GOOD}\n\ncom%2Cexample%29%2F+20200102030406\n"
    if draw(st.booleans()):
        names = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]
        page = json.dumps([names, GOOD.split(" "), [], ["com%2Cexample"]])
    if draw(st.booleans()):
        page = json.dumps({"urlkey": "k", "timestamp": "20200102030405", "url": "http://example.com/"}) + "\n"
    for _ in range(draw(st.integers(0, 4))):
        page = mutated(draw, page)
    return page


@given(damaged_pages() | st.text(), st.sampled_from(["wayback", "pywb"]))
def test_any_body_is_a_page_or_no_index_page(body: str, dialect: str) -> None:
    try:
        rows, key = DIALECTS[dialect].page(body, ANY)  # type: ignore[index]
    except NotAnIndexPage:
        return
    assert all(isinstance(row, CaptureRow | MalformedRow) for row in rows)
    assert key is None or key


@pytest.mark.parametrize("dialect", ["wayback", "pywb"])
@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"a":' * 100_000, '{"message": "come back later"}', "Bad Gateway", "<p>"]
)
def test_what_is_no_page_in_any_dialect_is_not_read_as_an_empty_one(dialect: str, text: str) -> None:
    with pytest.raises(NotAnIndexPage):
        DIALECTS[dialect].page(text, ANY)  # type: ignore[index]


@pytest.mark.parametrize("text", ["", "\n", "[]", " [ ]\n"])
def test_nothing_is_an_empty_page(text: str) -> None:
    assert DIALECTS["wayback"].page(text, ANY) == ([], None)


@pytest.mark.parametrize(
    "text", ["<html>", "\ufeff<!DOCTYPE html>", "Service Unavailable", '["a"]', "[[1],[2]]", "[{}]"]
)
def test_what_is_no_page_is_not_read_as_one(text: str) -> None:
    with pytest.raises(NotAnIndexPage):
        DIALECTS["wayback"].page(text, ANY)


def test_a_line_separator_of_unicode_does_not_break_a_row() -> None:
    line = GOOD.replace("example.com/", "example.com/\u2028\x85\x0b")
    rows, _ = parse_text_page(line + "\n")
    assert [row.line for row in rows] == [line]


def test_a_last_row_after_a_blank_line_is_a_key_only_at_the_end() -> None:
    rows, key = parse_text_page(f"{GOOD}\n\n{GOOD}\n{GOOD}\n")
    assert (len(rows), key) == (3, None)
    assert parse_text_page(f"{GOOD}\r\n\r\nkey\r\n") == ([parse_row(GOOD)], "key")


def test_json_rows_with_other_columns_are_read_by_name() -> None:
    page = json.dumps(
        [["timestamp", "original"], ["20200102030405", "http://example.com/"], ["20200102030405"], [[], {}]]
    )
    rows, _ = parse_json_page(page)
    assert [type(row) for row in rows] == [CaptureRow, MalformedRow, MalformedRow]


@pytest.mark.parametrize("first", [["20200102030405", "http://example.com/"], ["timestamp"], ["original", "x"]])
def test_a_json_page_that_does_not_name_its_columns_is_no_index_page(first: list[str]) -> None:
    page = json.dumps([first, ["20200102030405", "http://example.com/"]])
    with pytest.raises(ValueError, match="does not name the columns"):
        parse_json_page(page)
    with pytest.raises(NotAnIndexPage):
        DIALECTS["wayback"].page(page, ANY)


@given(st.lists(st.sampled_from([GOOD, GOOD + " x", "bad"])))
def test_without_repeats_no_row_equals_the_one_before_and_none_is_lost(lines: list[str]) -> None:
    kept = [row.line for row in without_repeats(parse_row(line) for line in lines)]
    assert all(a != b for a, b in itertools.pairwise(kept))
    assert set(kept) == set(lines)


def test_digests_are_sha1_in_base_32() -> None:
    assert digest_of(b"") == EMPTY_BODY_DIGEST
    assert digest_of(b"abc") == "VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5"


@given(st.text())
def test_any_text_is_a_web_address_or_not(text: str) -> None:
    assert is_web_address(text) in (True, False)
