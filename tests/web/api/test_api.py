"""The HTTP API: typed answers, cursors that miss nothing, conditional requests, problems as RFC 9457 has them."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from harvester.insight import reading
from harvester.settings import Settings
from harvester.store.database import Database
from harvester.store.read import versions
from tests.support.web.client import Client
from tests.support.web.routes import API, CHANGE


def all_pages(client: Client, url: str, limit: int) -> list[Any]:
    """Every item of a list, read page by page."""
    items: list[Any] = []
    cursor = None
    while True:
        parameters = {"limit": limit} | ({"cursor": cursor} if cursor else {})
        page = client.get(str(httpx.URL(url).copy_merge_params(parameters))).json()
        assert len(page["items"]) <= limit
        items += page["items"]
        cursor = page["next"]
        if cursor is None:
            return items


@pytest.mark.parametrize("url", API)
def test_every_route_answers(client: Client, url: str) -> None:
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer.headers["etag"]


@pytest.mark.parametrize(
    "url",
    [
        "/api/v1/services",
        "/api/v1/services/kettle.example/versions",
        "/api/v1/services/kettle.example/changes",
        "/api/v1/services/lanternpost.example/ledger",
        "/api/v1/changes",
        "/api/v1/search?q=information",
    ],
)
def test_pages_of_any_size_give_the_same_list(client: Client, url: str) -> None:
    whole = all_pages(client, url, 100)
    assert len(whole) > 4
    assert all_pages(client, url, 3) == whole
    assert all_pages(client, url, 1) == whole


def test_the_changes_of_a_service_leave_out_what_nobody_sees_unless_asked(client: Client) -> None:
    def kinds(query: str) -> set[str]:
        items = client.get(f"/api/v1/services/kettle.example/changes{query}").json()["items"]
        return {one["kind"] for one in items}

    assert kinds("?all=true") - kinds("") == {"cosmetic"}


def test_a_document_is_byte_for_byte_that_of_the_store(client: Client, settings: Settings, database: Database) -> None:
    with database.reading() as session:
        shown = reading.shown(session, settings, "orchardpay.example", "3")
        rows = versions.log(session, "orchardpay.example")
    stamp = f"{rows[2].first_seen:%Y%m%d%H%M%S}"
    url = f"/api/v1/services/orchardpay.example/versions/{stamp}/document"
    assert client.get(f"{url}.md").content == shown.text.encode()
    document = client.get(url).json()
    assert document["text"] == shown.text
    assert document["version"]["number"] == 3
    assert document["provenance"]["digest_verdict"] == "match"


def test_the_ledger_has_every_capture_with_one_outcome(client: Client) -> None:
    rows = all_pages(client, "/api/v1/services/lanternpost.example/ledger", 4)
    status = client.get("/api/v1/status").json()
    assert {row["outcome"] for row in rows} >= {"stored", "gone", "soft-404"}
    total = sum(
        len(all_pages(client, f"/api/v1/services/{one['name']}/ledger", 100))
        for one in client.get("/api/v1/services").json()["items"]
    )
    assert total == status["captures"] == sum(status["outcomes"].values())


def test_the_jobs_of_the_status_come_in_pages_by_service(client: Client) -> None:
    whole = client.get("/api/v1/status").json()
    names = [job["service"] for job in whole["jobs"]]
    assert names == [one["name"] for one in client.get("/api/v1/services").json()["items"]]
    assert whole["next"] is None
    first = client.get("/api/v1/status?limit=2").json()
    assert first["next"] == names[1]
    rest = client.get(f"/api/v1/status?cursor={first['next']}").json()
    assert first["jobs"] + rest["jobs"] == whole["jobs"]


def test_the_diff_of_a_change_is_that_of_its_two_versions(client: Client) -> None:
    stored = client.get(f"/api/v1{CHANGE}/diff").json()
    old, new = (stored[side]["first_seen"].translate(str.maketrans("", "", "-:TZ")) for side in ("old", "new"))
    parameters = {"old": f"kettle.example@{old}", "new": f"kettle.example@{new}"}
    assert client.get("/api/v1/diff", params=parameters).json() == stored


def test_blame_says_when_a_sentence_came_in(client: Client) -> None:
    blocks = client.get("/api/v1/services/kettle.example/versions/latest/blame").json()["blocks"]
    since = {one["since"] for block in blocks for one in block if one["text"].startswith("Under the California")}
    assert since == {"2019-12-31T23:58:47Z"}


@pytest.mark.parametrize("url", ["/api/v1/changes", f"/api/v1{CHANGE}", "/", "/feeds/changes.atom", CHANGE])
def test_who_has_the_answer_already_gets_304(client: Client, url: str) -> None:
    first = client.get(url)
    again = client.get(url, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert client.get(url, headers={"If-None-Match": '"another"'}).status_code == 200
    assert client.get(url, headers={"If-None-Match": f'"x", {first.headers["etag"]}'}).status_code == 304


@pytest.mark.parametrize("url", [f"/api/v1{CHANGE}", f"/api/v1{CHANGE}/diff"])
def test_last_modified_answers_304_too(client: Client, url: str) -> None:
    modified = client.get(url).headers["last-modified"]
    assert client.get(url, headers={"If-Modified-Since": modified}).status_code == 304
    assert client.get(url, headers={"If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"}).status_code == 200


def test_long_answers_are_compressed_for_those_who_ask(client: Client) -> None:
    squeezed = client.get("/api/v1/changes", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/api/v1/changes", headers={"Accept-Encoding": "identity"})
    assert squeezed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert squeezed.json() == plain.json()


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/api/v1/nothing", 404),
        ("/api/v1/services/absent.example", 404),
        ("/api/v1/services/kettle.example/versions/20180526000306", 404),
        ("/api/v1/services/kettle.example/changes/99999999999999", 422),
        ("/api/v1/services/UPPER", 422),
        ("/api/v1/changes?limit=0", 422),
        ("/api/v1/changes?cursor=AAAA", 422),
        ("/api/v1/changes?since=2014-99", 422),
        ("/api/v1/changes?kind=huge", 422),
        ("/api/v1/diff?old=kettle.example", 422),
        ("/api/v1/search", 422),
        ("/api/v1/search?q=AND", 400),
        ("/api/v1/search?q=x&service=absent.example", 404),
        ("/api/v1/services/kettle.example/ledger?outcome=eaten", 422),
    ],
)
def test_errors_are_problems(client: Client, url: str, status: int) -> None:
    answer = client.get(url)
    problem = answer.json()
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["status"] == status
    assert problem["title"]
    assert len(problem["detail"]) > 10


def test_a_method_that_is_not_there_is_a_problem(client: Client) -> None:
    answer = client.request("DELETE", "/api/v1/changes")
    assert answer.status_code == 405
    assert answer.headers["content-type"] == "application/problem+json"


def test_each_operation_is_described(app: FastAPI) -> None:
    paths = app.openapi()["paths"]
    assert "/api/v1/services" in paths
    for path, methods in paths.items():
        for method, operation in methods.items():
            assert operation.get("description"), f"{method} {path}"


def test_the_documentation_lists_each_route(app: FastAPI) -> None:
    from tests.support.paths import ROOT

    text = (ROOT / "docs" / "api.md").read_text()
    for path, methods in app.openapi()["paths"].items():
        for method in methods:
            assert f"`{method.upper()} {path}`" in text, f"docs/api.md does not name {method.upper()} {path}"
    for path in ("/feeds/changes.atom", "/feeds/tags/{tag}.atom", "/services/{service}/changes.atom"):
        assert f"`GET {path}`" in text
