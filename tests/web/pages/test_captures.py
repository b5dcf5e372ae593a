"""Every capture of a service in the browser: its outcome in words, the archive's own view, the calendar, the gaps."""

from __future__ import annotations

import re

import pytest

from harvester.store.ledger.ledger import Outcome
from harvester.store.outcome import MEANING
from tests.support.web.client import Client

URL = "/services/kettle.example/captures"


def rows(text: str) -> list[str]:
    return re.findall(r'<tr><th scope="row">(?:<a href="[^"]*"[^>]*>)?[0-9]{4}-.*?</tr>', text, re.DOTALL)


def test_every_outcome_has_words() -> None:
    assert set(MEANING) == set(Outcome)


def test_each_capture_of_the_ledger_has_its_row_with_the_archives_view(client: Client) -> None:
    text = client.get(URL).text
    ledger = client.get("/api/v1/services/kettle.example/ledger?limit=500").json()["items"]
    found = rows(text)
    assert len(found) == len(ledger) > 10
    for row, one in zip(found, ledger, strict=True):
        digits = re.sub(r"\D", "", one["timestamp"])
        assert f'href="https://web.archive.org/web/{digits}/' in row
        assert f">{one['outcome']}<" in row
        assert MEANING[one["outcome"]] in row


def test_captures_are_filtered_by_outcome_and_time(client: Client) -> None:
    stored = rows(client.get(f"{URL}?outcome=stored").text)
    assert stored
    assert all(">stored<" in row for row in stored)
    late = rows(client.get(f"{URL}?since=2018-05").text)
    assert late
    assert all(re.search(r">(2018-(0[5-9]|1[0-2])|2019)-", row) for row in late)
    assert "No such capture." in client.get(f"{URL}?outcome=parked").text


def test_captures_are_paged_without_losing_one(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harvester.web.pages.captures._CAPTURES", 3)
    whole: list[str] = []
    url = f"{URL}?outcome=stored"
    while url:
        text = client.get(url).text
        whole += rows(text)
        onward = re.search(r'rel="next" href="([^"#]+)#captures">Later', text)
        url = onward[1].replace("&amp;", "&") if onward else ""
    monkeypatch.undo()
    assert whole == rows(client.get(f"{URL}?outcome=stored&since=2000").text)
    assert len(whole) > 3


def test_the_calendar_counts_the_captures_of_each_month(client: Client) -> None:
    text = client.get(URL).text
    ledger = client.get("/api/v1/services/kettle.example/ledger?limit=500").json()["items"]
    in_may = [one for one in ledger if one["timestamp"].startswith("2018-05")]
    shown = sum(one["outcome"] in ("stored", "unchanged") for one in in_may)
    cell = re.search(r'since=2018-05#captures" title="May 2018: ([0-9]+) of ([0-9]+) captures? show', text)
    assert cell
    assert (int(cell[1]), int(cell[2])) == (shown, len(in_may))
    years = re.findall(r'<tr><th scope="row">([0-9]{4})</th>', text)
    assert years == sorted(years, reverse=True)
    assert years[-1] == "2009"


def test_gaps_name_half_years_and_reasons(client: Client) -> None:
    text = client.get(URL).text
    assert re.search(r"<td>20[0-9]{2}-H[12]</td><td>20[0-9]{2}-H[12]</td><td>the archive holds no capture", text)


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/services/absent.example/captures", 404),
        (f"{URL}?outcome=weather", 422),
        (f"{URL}?since=yesterday", 422),
        (f"{URL}?cursor=nonsense", 400),
    ],
)
def test_what_is_not_there_is_refused(client: Client, url: str, status: int) -> None:
    assert client.get(url).status_code == status
