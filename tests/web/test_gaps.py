"""The page of gaps: the half-years that trends do not count, with the reasons of the ledger, filtered and paged."""

from __future__ import annotations

import csv
import io
import re

import pytest

from harvester.insight.periods import EVERYONE, policies
from harvester.store.database import Database
from harvester.store.read import versions
from harvester.store.read.panel import panel_rows
from harvester.web.pages import gaps
from tests.support.web.client import Client


def rows(client: Client, url: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(url).text)))


def names(page: str) -> list[str]:
    return re.findall(r'<tr><th scope="row"><a href="/services/([^"]*)/captures"', page)


def test_the_half_years_are_those_that_trends_count_and_the_reasons_those_of_the_panel(
    client: Client, database: Database
) -> None:
    with database.reading() as session:
        counted = policies(session, EVERYONE).share("all", set()).points
        panel = {
            (one.name, row["half_year"]): row
            for one in versions.services(session)
            for row in panel_rows(session, one.id, one.name)
        }
    totals = rows(client, "/gaps-by-half-year.csv")
    assert [(one["half_year"], int(one["with_a_version"])) for one in totals] == [
        (point.period.label, point.n) for point in counted
    ]
    assert {sum(int(value) for key, value in one.items() if key != "half_year") for one in totals} == {5}
    spans = [one for one in rows(client, "/gaps.csv") if one["lacks"] == "between versions"]
    assert spans
    for one in spans:
        half_year = one["first"]
        assert panel[one["document"], half_year]["seen"] == 0
        page = client.get(f"/gaps?half_year={half_year}").text
        lacking = next(total for total in totals if total["half_year"] == half_year)
        assert len(names(page)) == 5 - int(lacking["with_a_version"])
        assert str(panel[one["document"], half_year]["reason"]) in page
    assert names(client.get("/gaps").text)[0] == "lanternpost.example", "most half-years between its versions"


def test_a_tag_and_a_half_year_narrow_the_page_and_its_files(client: Client) -> None:
    page = client.get("/gaps?tag=mail&half_year=2012-H1").text
    assert names(page) == ["lanternpost.example"]
    assert "1 of 1 document has no version in 2012-H1" in page
    [link] = re.findall(r'href="(/gaps\.csv[^"]*)"', page)
    assert {one["document"] for one in rows(client, link.replace("&amp;", "&"))} == {"lanternpost.example"}
    assert "No document has a version in 1850-H1" in client.get("/gaps?half_year=1850-H1").text
    assert client.get("/gaps?half_year=2012").status_code == 422
    assert client.get("/gaps?tag=nonsense").status_code == 404
    assert "No document yet" in client.get("/gaps?type=imprint").text


def test_a_long_list_is_paged(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gaps, "_DOCUMENTS", 2)
    found, url = [], "/gaps?n=paged"
    while url:
        page = client.get(url).text
        found += names(page)
        url = "".join(re.findall(r'<a rel="next" href="([^"]*)"', page))
    assert len(found) == len(set(found)) == 5
