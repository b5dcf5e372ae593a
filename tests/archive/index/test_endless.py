"""An index that does not end is left, with all rows that it gave, and with a reason: whatever way it has of not ending.

Every answer is given without end; the bounds are small here, so that a search comes to them at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from harvester.archive.client import ArchiveClient
from harvester.archive.dialects.form import IndexQuery
from harvester.archive.dialects.forms import DIALECTS
from harvester.archive.index import asking, cdx, paging
from harvester.archive.index.cdx import MalformedRow, Row, parse_row
from harvester.archive.index.paging import Checkpoint, PageAnswer
from harvester.errors import EndlessIndex
from tests.support.archive_server.servers import Asked, Reply, Server
from tests.support.times import at

Scripted = Callable[..., tuple[ArchiveClient, Server]]
ANY = IndexQuery("http://site.example/", None, None, 10)
URL = "http://example.com/privacy"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def row(timestamp: str, original: str = URL) -> str:
    return f"com,example)/privacy {timestamp} {original} text/html 200 {'A' * 32} 1"


def page_of(number: int, timestamp: str) -> Reply:
    return Reply(200, [("Content-Type", "text/plain")], f"{row(timestamp)} {number}\n\nkey{number}\n".encode())


@pytest.fixture(autouse=True)
def _small_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "MOST_STALLED_PAGES", 10)
    monkeypatch.setattr(paging, "MOST_EMPTY_PAGES", 10)
    monkeypatch.setattr(paging, "MOST_PAGES", 30)
    monkeypatch.setattr(paging, "MOST_ROWS", 50)


def a_row_of_one_instant(number: int) -> str:
    return "20200101000000"


def rows_that_go_back(number: int) -> str:
    return f"{2020 - number % 20:04d}0101000000"


def rows_a_second_apart(number: int) -> str:
    return f"{datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=number):%Y%m%d%H%M%S}"


def rows_of_the_future(number: int) -> str:
    return f"{2030 + number % 50:04d}0101000000"


@pytest.mark.parametrize(
    "timestamp", [a_row_of_one_instant, rows_that_go_back, rows_a_second_apart, rows_of_the_future]
)
def test_a_new_key_on_each_page_for_ever_ends_the_search(scripted: Scripted, timestamp: Callable[[int], str]) -> None:
    given = 0

    def answer(asked: Asked) -> Reply:
        nonlocal given
        given += 1
        return page_of(given, timestamp(given))

    client, server = scripted(answer)
    rows: list[Row] = []
    with pytest.raises(EndlessIndex, match="does not end"):  # noqa: PT012 - what came before counts
        for page in client.search(URL):
            rows += [*page.rows, *page.malformed]
    assert rows, "what it gave before is kept"
    assert len(server.asked) <= 32


def test_empty_pages_for_ever_end_the_search(scripted: Scripted) -> None:
    given = 0

    def answer(asked: Asked) -> Reply:
        nonlocal given
        given += 1
        return Reply(200, [("Content-Type", "text/plain")], f"\nkey{given}\n".encode())

    client, server = scripted(answer)
    with pytest.raises(EndlessIndex):
        list(client.search(URL))
    assert len(server.asked) <= 12


def test_pages_of_rows_without_end_end_the_search() -> None:
    def ask(place: Checkpoint, end: datetime | None) -> PageAnswer:
        start = at("20200101000000") + timedelta(days=len(asked))
        asked.append(place)
        rows = [parse_row(row(f"{start + timedelta(seconds=second):%Y%m%d%H%M%S}")) for second in range(20)]
        return PageAnswer(rows, f"key{len(asked)}", {})

    asked: list[Checkpoint] = []
    with pytest.raises(EndlessIndex, match="rows"):
        list(paging.pages(ask, Checkpoint(), None, lambda: NOW))
    assert len(asked) <= 4


def test_a_search_ends_after_a_day() -> None:
    clock = iter(NOW + timedelta(hours=hours) for hours in range(100))
    asked: list[Checkpoint] = []

    def ask(place: Checkpoint, end: datetime | None) -> PageAnswer:
        asked.append(place)
        return PageAnswer([parse_row(row(f"{2000 + len(asked)}0101000000"))], f"key{len(asked)}", {})

    with pytest.raises(EndlessIndex, match="hours"):
        list(paging.pages(ask, Checkpoint(), None, lambda: next(clock)))
    assert len(asked) <= 26


def test_a_long_index_that_ends_is_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "MOST_PAGES", 1_000)
    monkeypatch.setattr(paging, "MOST_ROWS", 1_000)

    def ask(place: Checkpoint, end: datetime | None) -> PageAnswer:
        number = int((place.resume_key or "0").removeprefix("key")) + 1
        rows = [parse_row(row(f"20{number // 12:02d}{number % 12 + 1:02d}01000000"))]
        return PageAnswer(rows, f"key{number}" if number < 300 else None, {})

    assert sum(len(page.rows) for page in paging.pages(ask, Checkpoint(), None, lambda: NOW)) == 300


@pytest.mark.parametrize("dialect", ["wayback", "pywb"])
def test_a_row_as_long_as_a_book_is_set_aside_without_its_text(dialect: str) -> None:
    address = URL + "?" + "x" * cdx.LONGEST_ROW
    line = row("20200101000000", address)
    if dialect == "pywb":
        line = '{"timestamp": "20200101000000", "url": "' + address + '"}'
    rows, _ = DIALECTS[dialect].page(line + "\n", ANY)  # type: ignore[index]
    (only,) = rows
    assert isinstance(only, MalformedRow)
    assert len(only.line) <= 2_000
    assert f"{len(line):,} characters" in only.reason


def test_a_page_of_the_index_over_the_limit_ends_the_search(
    scripted: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(DIALECTS, "wayback", replace(DIALECTS["wayback"], page_limit=10_000))
    client, server = scripted(lambda asked: Reply(200, [("Content-Type", "text/plain")], b"x" * 20_000))
    with pytest.raises(EndlessIndex, match="bytes"):
        list(client.search(URL))
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "body",
    [
        row("20200101000000") + "\nx" * 1_000,
        row("20200101000000") + "\n" * 1_000,
        '[["urlkey","timestamp","original"]' + ",[]" * 1_000 + "]",
        '[["timestamp","original"],[' + '"a",' * 20_000 + '"a"]]',
        '{"timestamp":"1"}\n' * 1_000,
        "[" + "{}," * 1_000 + "{}]",
        "<page>" + "<a>" * 1_000,
    ],
    ids=["lines", "blank lines", "lists", "columns", "objects in lines", "objects", "elements"],
)
def test_a_page_of_more_rows_than_any_index_has_is_not_taken_apart(
    scripted: Scripted, monkeypatch: pytest.MonkeyPatch, body: str
) -> None:
    """Rows of two bytes take a hundred times the memory of their page, and come packed a thousand times smaller."""
    monkeypatch.setattr(asking, "MOST_ROWS_A_PAGE", 900)
    client, server = scripted(lambda asked: Reply(200, [("Content-Type", "text/plain")], body.encode()))
    with pytest.raises(EndlessIndex, match="one page has more than 900 rows"):
        list(client.search(URL))
    assert len(server.asked) == 1


def test_a_resume_key_longer_than_any_is_neither_kept_nor_sent(scripted: Scripted) -> None:
    body = f"{row('20200101000000')}\n\n{'k' * 200_000}\n".encode()
    client, server = scripted(lambda asked: Reply(200, [("Content-Type", "text/plain")], body))
    with pytest.raises(EndlessIndex, match="a resume key has 200,000 characters"):
        list(client.search(URL))
    assert len(server.asked) == 1


def test_pages_that_are_empty_and_without_progress_in_turn_end_the_search(
    scripted: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "MOST_PAGES", 1_000)
    given = 0

    def answer(asked: Asked) -> Reply:
        nonlocal given
        given += 1
        if given % 2:
            return page_of(given, "20200101000000")
        return Reply(200, [("Content-Type", "text/plain")], f"\nkey{given}\n".encode())

    client, server = scripted(answer)
    with pytest.raises(EndlessIndex, match="does not end"):
        list(client.search(URL))
    assert len(server.asked) <= 25


def test_cookies_that_each_page_adds_to_do_not_grow_without_end(scripted: Scripted) -> None:
    given = 0

    def answer(asked: Asked) -> Reply:
        nonlocal given
        given += 1
        reply = page_of(given, rows_a_second_apart(given))
        return Reply(200, [*reply.headers, ("Set-Cookie", f"c{given}={'v' * 3_000}")], reply.body)

    client, _ = scripted(answer)
    kept: list[Checkpoint] = []
    with pytest.raises(EndlessIndex):  # noqa: PT012 - what came before counts
        for page in client.search(URL):
            kept += [page.checkpoint] if page.checkpoint else []
    assert list(kept[-1].cookies) == ["c29", "c30"]


def test_a_resume_key_as_long_as_any_is_sent_and_long_names_of_cookies_count(
    scripted: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "LONGEST_KEY", len("key1"))
    given = 0

    def answer(asked: Asked) -> Reply:
        nonlocal given
        given += 1
        reply = page_of(given, rows_a_second_apart(given))
        return Reply(200, [*reply.headers, ("Set-Cookie", f"{'n' * 3_000}{given}=v")], reply.body)

    client, _server = scripted(answer)
    kept: list[Checkpoint] = []
    with pytest.raises(EndlessIndex, match="a resume key has 5 characters"):  # noqa: PT012 - what came before counts
        for page in client.search(URL):
            kept += [page.checkpoint] if page.checkpoint else []
    assert len(kept) == 9
    assert [name.lstrip("n") for name in kept[-1].cookies] == ["8", "9"]


def test_as_many_pages_without_progress_as_are_allowed_end_no_search_and_a_later_capture_begins_them_anew() -> None:
    stalled, empty = ["20200101000000"] * 10, [None] * 10
    told: list[str | None] = ["20200101000000", *stalled, "20200201000000", *empty, "20200301000000"]
    told += [*stalled[:3], *empty[:2]]

    def ask(place: Checkpoint, end: datetime | None) -> PageAnswer:
        number = int((place.resume_key or "0").removeprefix("key"))
        rows = [parse_row(f"{row(one)} {number}") for one in told[number : number + 1] if one]
        return PageAnswer(rows, f"key{number + 1}" if number + 1 < len(told) else None, {})

    found = list(paging.pages(ask, Checkpoint(), None, lambda: NOW))
    assert (len(found), sum(len(page.rows) for page in found)) == (len(told), sum(map(bool, told)))


def test_a_page_of_as_many_rows_as_are_allowed_is_read(scripted: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    body = "".join(f"{row(f'2020010100{number:04d}')}\n" for number in range(30))
    client, _ = scripted(lambda asked: Reply(200, [("Content-Type", "text/plain")], body.encode()))
    monkeypatch.setattr(asking, "MOST_ROWS_A_PAGE", 30)
    assert sum(len(page.rows) for page in client.search(URL)) == 30
    monkeypatch.setattr(asking, "MOST_ROWS_A_PAGE", 29)
    with pytest.raises(EndlessIndex):
        list(client.search(URL))
