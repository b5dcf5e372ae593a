"""Pages: each answers, at its permanent address, with what its reader came for."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from harvester.store.read.history import Point
from harvester.store.read.services import Condition, NamedService
from harvester.web.pages import search
from harvester.web.pages.overview import health_of
from harvester.web.view.age import percent
from harvester.web.view.charts import curve
from tests.support.times import at
from tests.support.web.client import Client
from tests.support.web.routes import CHANGE, FILES, OPERATIONS, PAGES, VERSION


@pytest.mark.parametrize("url", [*PAGES, *FILES, *OPERATIONS])
def test_every_page_answers(client: Client, url: str) -> None:
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer.content


@pytest.mark.parametrize("url", PAGES)
def test_a_page_needs_nothing_from_another_host_and_no_inline_script(client: Client, url: str) -> None:
    answer = client.get(url)
    loaded = re.findall(r"<(?:script|link|img|iframe|source)\b[^>]*?(?:src|href)=\"([^\"]*)\"", answer.text)
    assert loaded
    assert all(one.startswith("/") and not one.startswith("//") for one in loaded)
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son[a-z]+=|\sstyle=|<style", answer.text)


def test_the_overview_shows_substantive_changes_first_and_counts_what_it_hides(client: Client) -> None:
    text = client.get("/").text
    main, _, smaller = text.partition("<details")
    assert main.count('class="kind substantive"') == 10
    assert 'class="kind minor"' in smaller
    assert 'class="kind cosmetic"' not in text
    assert re.search(r"[0-9]+ cosmetic and technical changes are not listed", text)
    assert 'class="kind cosmetic"' in client.get("/?kind=all").text


def test_small_charts_of_the_overview_share_their_two_ends(client: Client) -> None:
    lines = [
        [float(place) for place in re.findall(r"[MH]([\d.]+)", line)]
        for line in re.findall(r'class="spark-line" d="([^"]+)"', client.get("/").text)
    ]
    firsts, lasts = {line[0] for line in lines}, {line[-1] for line in lines}
    assert min(firsts) == 2.0 < max(firsts)
    assert min(lasts) < 138.0 <= max(lasts) <= 140.0, "the last of all ends with the chart, others before"


def test_the_list_of_changes_hides_cosmetic_ones_unless_asked_and_says_how_many(client: Client) -> None:
    text = client.get("/changes").text
    assert 'class="kind cosmetic"' not in text
    number = int(re.findall(r"([0-9]+) cosmetic and technical changes are not listed", text)[0])
    asked = client.get("/changes?kind=cosmetic").text
    assert asked.count('class="kind cosmetic"') == number > 0
    assert "are not listed" not in asked


def test_a_change_without_words_says_so(client: Client) -> None:
    text = client.get("/changes?kind=cosmetic").text
    assert "no words added or removed" in text
    assert "+0</span>" not in text


def test_a_single_hidden_change_is_one(client: Client) -> None:
    assert "1 cosmetic or technical change is not listed" in client.get("/services/tidebook.example").text


def test_an_error_page_names_no_command(client: Client) -> None:
    text = client.get("/services/nothing.example").text
    assert "No service named" in text
    assert "harvester services" not in text


def test_the_page_of_a_service_joins_versions_that_only_cosmetic_changes_divide_unless_asked(client: Client) -> None:
    def listed(text: str) -> tuple[list[str], int]:
        captures = re.findall(r'data-label="captures">(\d+)<', text)
        return re.findall(r'<tr><td class="num">(\d+)</td>', text), sum(map(int, captures))

    text = client.get("/services/kettle.example").text
    number, onward = re.findall(r'([0-9]+) cosmetic and technical changes are not listed: <a href="([^"]*)"', text)[0]
    everything = client.get(html.unescape(onward).partition("#")[0]).text
    assert not re.search(r'class="kind (cosmetic|technical)"', text)
    assert everything.count('class="kind cosmetic"') + everything.count('class="kind technical"') == int(number) > 0
    few, all_of_them = listed(text), listed(everything)
    assert len(all_of_them[0]) == len(few[0]) + int(number) == text.count('class="version"')
    assert set(few[0]) < set(all_of_them[0])
    assert few[1] == all_of_them[1], "the captures of a version that is not listed count for the one before it"
    assert "are not listed" not in everything
    assert 'href="/services/kettle.example#versions"' in everything


def test_more_of_a_search_is_what_comes_after_it(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_HITS", 2)
    first = client.get("/search?q=information&show=every").text
    onward = re.search(r'rel="next" href="([^"]*)"', first)
    assert onward
    found = [
        re.findall(r'href="(/services/[a-z.]+/versions/[0-9]{14})', text)
        for text in (first, client.get(html.unescape(onward[1])).text)
    ]
    assert set(found[1]) - set(found[0])
    assert found[1][0] not in found[0]


@pytest.mark.parametrize(
    ("condition", "health"),
    [
        ({}, ("good", "up to date")),
        ({"versions": 0}, ("trouble", "no version yet")),
        ({"failed": 2, "waiting": 3}, ("trouble", "2 captures failed")),
        ({"failed": 999}, ("trouble", "999 captures failed")),
        ({"failed": 1000}, ("trouble", "1,000+ captures failed")),
        ({"waiting": 1000}, ("waiting", "1,000+ captures waiting")),
        ({"looked_at": at("20200101000000")}, ("waiting", "last searched 1 Jan 2020")),
        ({"looked_at": at("20200601000000")}, ("good", "searched 14 d ago")),
        ({"looked_at": at("20200614120000")}, ("good", "searched today")),
    ],
)
def test_the_health_of_a_service_is_its_gravest_trouble(condition: dict[str, object], health: tuple[str, str]) -> None:
    named = NamedService(1, "a.example", "a.example", "privacy-policy", (), at("20100101000000"), None)
    found = replace(Condition(3, 2, None, None, None, 0, 0, None), **condition)  # type: ignore[arg-type]
    assert health_of(named, found, at("20200615000000"), True, None) == health


def test_a_time_line_stays_within_its_frame(client: Client) -> None:
    drawn = re.search(
        r'<svg class="timeline" viewBox="0 0 (\d+) .*?</svg>', client.get("/services/kettle.example").text, re.S
    )
    assert drawn
    places = [float(x) for x in re.findall(r' x\d?="([\d.]+)"', drawn[0].partition("</defs>")[2])]
    assert 0 <= min(places) < max(places) <= float(drawn[1])


def test_an_empty_redline_says_why(client: Client) -> None:
    first = re.findall(r'href="(/services/[a-z.]+/changes/[0-9]{14})"', client.get("/changes?kind=cosmetic").text)[0]
    assert "No word differs" in client.get(first).text


def test_the_overview_is_filtered_by_tag_kind_and_time(client: Client) -> None:
    rows = re.findall(
        r"/services/([a-z.]+)/changes/([0-9]{8})", client.get("/?tag=fernwell&since=2016&until=2017").text
    )
    names = {name for name, _ in rows}
    assert names == {"mossnote.example", "tidebook.example"}
    kinds = re.findall(r'class="kind (\w+)"', client.get("/?kind=minor").text)
    assert set(kinds) == {"minor"}
    recent = re.findall(r'class="read" href="/services/[a-z.]+/changes/([0-9]{4})', client.get("/?since=2019").text)
    assert set(recent) == {"2019"}


def test_the_service_page_shows_captures_versions_and_gaps_with_reasons(client: Client) -> None:
    text = client.get("/services/kettle.example").text
    assert 'class="capture"' in text
    assert text.count('class="version"') == 9
    assert "the archive holds no capture of these months" in text
    assert "Reading grade" in text
    assert "http://www.kettle.example/privacy.html" in text
    assert "https://kettle.example/legal/privacy" in text


def test_a_version_seen_on_one_day_says_so(client: Client) -> None:
    first, last = (f"/services/kettle.example/versions/{when}" for when in ("20090412081512", "2019-12-31"))
    last = client.get(last).headers["location"]
    assert "seen on 31 Dec 2019 in 1 capture" in client.get(last).text
    assert "seen from 12 Apr 2009 to 3 Nov 2009 in 2 captures" in client.get(first).text
    assert ", seen on 31 Dec 2019<" in client.get("/search?q=tea&service=kettle.example&show=every").text


@pytest.mark.parametrize(
    ("most", "ticks"),
    [(14.2, ["0", "7.5", "15"]), (5617, ["0", "3,000", "6,000"]), (1.2, ["0", "0.75", "1.5"]), (7, ["0", "4", "8"])],
)
def test_a_tick_of_a_chart_is_the_number_it_stands_at(most: float, ticks: list[str]) -> None:
    start, end = datetime(2010, 1, 1, tzinfo=UTC), datetime(2011, 1, 1, tzinfo=UTC)
    drawn = curve([Point(start, end, 100, None)], [most], start, end, "words")
    assert re.findall(r'class="tick end"[^>]*>([^<]*)<', drawn) == ticks


def test_a_version_that_brought_a_few_words_is_not_said_to_have_brought_none() -> None:
    assert [percent(count, 1000) for count in (1, 9, 10, 26, 1000)] == ["under 1", "under 1", "1", "3", "100"]


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("1999", "Nothing is known of 1999: this version, seen from 12 Apr 2009, is the first that is known."),
        (
            "2010-12",
            "This version was last seen on 30 Aug 2010; the policy may have changed between then and the end of "
            "2010-12. The next version was first seen on 21 May 2011.",
        ),
        ("2035", "the policy may have changed between then and the end of 2035.</p>"),
        ("2010-08-30", ""),
        ("latest", ""),
    ],
)
def test_a_date_that_no_capture_vouches_for_is_said_to_be_one(client: Client, when: str, told: str) -> None:
    text = client.get(f"/services/kettle.example/versions/{when}", follow_redirects=True).text
    assert "privacy policy of" in text
    assert told in text if told else 'class="empty"' not in text


def test_a_sign_of_the_legend_stays_with_its_words(client: Client) -> None:
    legend = re.search(r'<p class="legend">(.*?)</p>', client.get("/services/kettle.example").text)
    assert legend
    signs = re.findall(r'<span class="item"><span class="key [a-z-]+"></span>[a-z ]+</span>', legend[1])
    assert len(signs) == legend[1].count('class="key ') == 7


def test_versions_are_paged_by_the_permanent_name_of_the_last_one(client: Client) -> None:
    text = client.get("/services/kettle.example?kind=all&before=20130101000000").text
    numbers = re.findall(r'<tr><td class="num">(\d+)</td>', text)
    assert numbers == ["4", "3", "2", "1"]


def test_a_version_shows_its_provenance_and_both_neighbours(client: Client) -> None:
    text = client.get(VERSION).text
    assert "https://web.archive.org/web/20180526000305/https://kettle.example/legal/privacy" in text.replace("%3A", ":")
    assert ">match</span>" in text
    assert 'rel="prev"' in text
    assert 'rel="next"' in text
    assert "Kettle Ltd" in text.partition('<article class="policy')[2].partition("</article>")[0]


@pytest.mark.parametrize("url", [VERSION, f"{VERSION}?view=age", f"{VERSION}?view=markdown", CHANGE])
def test_a_text_names_its_language_within_the_english_page(client: Client, url: str) -> None:
    assert re.search(r'<(article|pre) class="(policy|markdown)[a-z ]*" lang="en"', client.get(url).text)


def test_the_markdown_view_has_the_document_byte_for_byte(client: Client) -> None:
    shown = client.get(f"{VERSION}?view=markdown").text
    document = client.get(f"/api/v1{VERSION}/document.md").text
    assert html.escape(document, quote=False) in html.unescape(shown).replace("&", "&amp;").replace(
        "<", "&lt;"
    ).replace(">", "&gt;")


def test_age_colouring_names_the_version_that_brought_each_passage(client: Client) -> None:
    text = client.get("/services/kettle.example/versions/latest?view=age", follow_redirects=True).text
    assert re.search(r'<span class="age age-5" title="since version 9, 2019-12-31">.{0,200}Under the California', text)
    assert re.search(r'<span class="age age-0" title="since version 1, 2009-04-12">Kettle Ltd', text)


def test_latest_first_and_dates_lead_to_permanent_addresses(client: Client) -> None:
    for reference, stamp in (
        ("latest", "20191231235847"),
        ("first", "20090412081512"),
        ("2014", "20131020060340"),
        ("2018-05-26", "20180526000305"),
        ("1999", "20090412081512"),
    ):
        path, _, query = client.get(f"/services/kettle.example/versions/{reference}").headers["location"].partition("?")
        assert path == f"/services/kettle.example/versions/{stamp}"
        assert query in ("", f"asked={reference}")


def test_a_change_links_both_snapshots_and_its_neighbours(client: Client) -> None:
    text = client.get(CHANGE).text
    policy = "https://kettle.example/legal/privacy"
    assert f"https://web.archive.org/web/20170415111122/{policy}" in text
    assert f"https://web.archive.org/web/20180526000305/{policy}" in text
    assert f'<link rel="prev" href="{CHANGE.replace("20180526000305", "20160802174655")}">' in text
    assert f'<link rel="next" href="{CHANGE.replace("20180526000305", "20191231235847")}">' in text
    assert 'accesskey="n"' in text


def test_only_changes_folds_what_stayed_and_the_whole_text_does_not(client: Client) -> None:
    assert "paragraphs unchanged" in client.get(CHANGE).text
    assert "paragraphs unchanged" not in client.get(f"{CHANGE}?show=all").text
    assert "<table>" in client.get(f"{CHANGE}?view=side").text


def test_what_is_not_there_is_a_page_that_says_so(client: Client) -> None:
    for url in (
        "/nothing",
        "/services/absent.example",
        "/services/kettle.example/versions/20180526000306",
        "/services/kettle.example/changes/20090412081512",
    ):
        answer = client.get(url)
        assert answer.status_code == 404
        assert "<h1>There is nothing here</h1>" in answer.text


@pytest.mark.parametrize(
    "url",
    [
        "/services/kettle.example/changes/20189926000305",
        "/services/kettle.example/versions/2014-13",
        "/?since=2014-99",
        "/?until=yesterday",
        "/changes?cursor=nonsense",
        "/services/%3Cscript%3E",
        "/services/..%2F..%2Fetc",
        "/services/kettle.example?before=00000000000000",
    ],
)
def test_what_is_not_understood_is_refused_not_an_error(client: Client, url: str) -> None:
    answer = client.get(url)
    assert answer.status_code in (400, 404, 422)
    assert "<script>" not in answer.text


def test_an_empty_store_has_pages_too(empty_client: Client) -> None:
    for url in ("/", "/changes", "/search?q=x", "/status", "/feeds/changes.atom", "/api/v1/services", "/readyz"):
        assert empty_client.get(url).status_code == 200
