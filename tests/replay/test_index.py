"""CDX queries of the replayed archive: ranges, filters, forms, resume keys."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote_plus, urlencode

import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.memento import surt
from harvester.replay.index import BadQuery, Index, ReplayQuery
from harvester.replay.server import ReplayServer
from tests.support.archive_server.captures import MemoryArchive

KETTLE = "http://www.kettle.example/privacy.html"


def ask(server: ReplayServer, path: str, **query: Any) -> requests.Response:
    return requests.get(server.base_url + path, params=query, timeout=60)


def rows(server: ReplayServer, **query: Any) -> list[list[str]]:
    answer = ask(server, "/cdx/search/cdx", **query)
    answer.raise_for_status()
    return [line.split(" ") for line in answer.text.splitlines()]


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/Privacy.html",
        "https://www.example.com/privacy.html",
        "http://EXAMPLE.com:80/privacy.html#top",
        "https://example.com:443/privacy.html/",
        "example.com/privacy.html",
    ],
)
def test_scheme_www_port_and_case_share_one_key(url: str) -> None:
    assert surt(url) == "com,example)/privacy.html"


def test_other_ports_paths_and_queries_have_keys_of_their_own() -> None:
    assert surt("http://example.com:8080/") == "com,example:8080)/"
    assert surt("http://example.com/?b=2&a=1") == "com,example)/?a=1&b=2"
    assert surt("http://example.com") == "com,example)/"


def test_to_a_year_means_to_its_end(sample_archive: ReplayServer) -> None:
    times = [row[1] for row in rows(sample_archive, url=KETTLE, **{"from": "2010", "to": "2011"})]
    assert times == ["20100830033245", "20110521101004", "20111209221830"]


def test_a_filter_matches_the_whole_field_and_200_drops_revisits(sample_archive: ReplayServer) -> None:
    statuses = {row[4] for row in rows(sample_archive, url=KETTLE, filter="statuscode:200")}
    assert statuses == {"200"}
    assert rows(sample_archive, url=KETTLE, filter="statuscode:20") == []
    without = rows(sample_archive, url=KETTLE, filter=["!statuscode:200", "!mimetype:warc/revisit"])
    assert [row[4] for row in without] == ["301"]


def test_collapse_keeps_the_first_of_successive_equal_fields(sample_archive: ReplayServer) -> None:
    assert [row[1][:4] for row in rows(sample_archive, url=KETTLE, collapse="timestamp:4")] == [
        "2009",
        "2010",
        "2011",
        "2012",
        "2013",
    ]


def test_json_has_a_header_row_and_the_key_after_an_empty_row(sample_archive: ReplayServer) -> None:
    query = {"output": "json", "fl": "timestamp,digest", "limit": 2, "showResumeKey": "true"}
    answer = ask(sample_archive, "/cdx/search/cdx", url=KETTLE, **query)
    table = json.loads(answer.text)
    assert table[0] == ["timestamp", "digest"]
    assert [row[0] for row in table[1:3]] == ["20090412081512", "20091103120733"]
    assert table[3:] == [[], ["example%2Ckettle%29%2Fprivacy.html+20091103120734"]]


def test_no_captures_is_an_empty_body_or_an_empty_list(sample_archive: ReplayServer) -> None:
    assert rows(sample_archive, url="http://nobody.example/") == []
    address = sample_archive.base_url + "/cdx/search/cdx?output=json&url=http://nobody.example/"
    assert requests.get(address, timeout=60).json() == []


@pytest.mark.parametrize("query", ["", "url=x&filter=colour:red", "url=x&limit=many", "url=x&matchType=domain"])
def test_a_query_that_is_not_understood_is_a_400(sample_archive: ReplayServer, query: str) -> None:
    answer = requests.get(f"{sample_archive.base_url}/cdx/search/cdx?{query}", timeout=60)
    assert answer.status_code == 400
    assert answer.text.strip()


def test_pywb_answers_json_lines_without_a_status_for_revisits(sample_archive: ReplayServer) -> None:
    answer = ask(sample_archive, "/pywb/cdx", url=KETTLE, output="json", limit=2)
    first, revisit = map(json.loads, answer.text.splitlines())
    assert list(first) == ["urlkey", "timestamp", "url", "mime", "status", "digest", "length"]
    assert (revisit["mime"], "status" in revisit, revisit["digest"]) == ("warc/revisit", False, first["digest"])
    plain = ask(sample_archive, "/pywb/cdx", url=KETTLE, limit=1).text
    assert plain.startswith("example,kettle)/privacy.html 20090412081512 {")


def test_pywb_filters_contain_unless_told_otherwise(sample_archive: ReplayServer) -> None:
    def statuses(text: str) -> set[str]:
        answer = ask(sample_archive, "/pywb/cdx", url=KETTLE, output="json", filter=text)
        return {json.loads(line).get("status", "-") for line in answer.text.splitlines()}

    assert statuses("status:0") == {"200", "301"}
    assert statuses("=status:301") == {"301"}
    assert statuses("~status:2..") == {"200"}
    assert statuses("!=mime:warc/revisit") == {"200", "301"}


def test_pywb_without_captures_is_a_404_with_a_message(sample_archive: ReplayServer) -> None:
    answer = requests.get(sample_archive.base_url + "/pywb/cdx?url=http://nobody.example/", timeout=60)
    assert answer.status_code == 404
    assert "nobody.example" in answer.json()["message"]


INSTANTS = st.lists(st.integers(0, 40), max_size=60).map(lambda ns: [f"201501010000{n:02}" for n in ns])


@settings(max_examples=60, deadline=None)
@given(INSTANTS, st.integers(1, 12), st.booleans())
def test_pages_of_any_size_together_are_the_whole(instants: list[str], limit: int, encoded_twice: bool) -> None:
    archive = MemoryArchive()
    for number, timestamp in enumerate(instants):
        archive.add("http://a.example/", timestamp, str(number % 3).encode())
    index = Index(archive.captures())
    found, key = [], ""
    for _ in range(len(instants) + 2):
        sent = {"url": "http://a.example/", "limit": limit, "showResumeKey": "true"}
        if key:
            sent["resumeKey"] = key if encoded_twice else unquote_plus(key)
        page, key = ReplayQuery(urlencode(sent)).select(index.rows("a.example"))
        found += page
        if not key:
            break
    assert not key
    assert found == list(index.rows("a.example"))


def test_a_foreign_resume_key_is_refused() -> None:
    with pytest.raises(BadQuery, match="resumeKey"):
        ReplayQuery("url=a.example&resumeKey=nonsense").select([("a", "1", "", "", "", "", "")])
