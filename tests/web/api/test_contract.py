"""What the API promises beyond its schema: methods of an address, what was made can be read, memory that is bounded."""

from __future__ import annotations

import json
import re
import resource
import shutil
from collections.abc import Iterator
from pathlib import Path

import anyio
import pytest
from starlette.types import Message, Receive, Scope, Send

from harvester.settings import Settings
from harvester.store.database import Database
from harvester.web.app import create_app
from harvester.web.http import freshness
from harvester.web.http.freshness import Freshness
from tests.support.paths import SAMPLE
from tests.support.times import sample_clock
from tests.support.web.client import Client
from tests.support.web.site import TOKEN

WITH_TOKEN = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Client]:
    """Asks an installation of its own, whose catalogue may be written to."""
    shutil.copyfile(SAMPLE / "services.toml", tmp_path / "services.toml")
    settings = Settings.model_validate({"web": {"token": TOKEN}, "data": tmp_path / "data", "config": tmp_path})
    database = Database.open(settings.database)
    yield Client(create_app(settings, database, sample_clock))
    database.close()


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("/api/v1/services", "GET, HEAD, POST"),
        ("/api/v1/services/kettle.example", "GET, HEAD"),
        ("/api/v1/services/kettle.example/pause", "DELETE, PUT"),
        ("/api/v1/services/kettle.example/run", "POST"),
        ("/static/style.css", "GET, HEAD"),
        ("/static/absent", "GET, HEAD"),
    ],
)
def test_a_405_names_every_method_of_its_address(client: Client, address: str, allowed: str) -> None:
    answer = client.request("PATCH", address)
    assert answer.status_code == 405
    assert answer.headers["allow"] == allowed


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/services/kettle.example/versions/1999",
        "/api/v1/services/kettle.example/versions/2009-04-11/document",
        "/api/v1/services/kettle.example/versions/1999/document.md",
        "/api/v1/services/kettle.example/versions/1999-12/blame",
        "/api/v1/services/kettle.example/versions/1999/similar",
        "/api/v1/diff?old=kettle.example@1999&new=kettle.example@latest",
        "/services/kettle.example/versions/1999/download/md",
        "/services/kettle.example/versions/1999/similar",
        "/compare?old=kettle.example@1999&new=kettle.example@latest",
        "/compare/download/md?old=kettle.example@1999&new=kettle.example@latest",
    ],
)
def test_no_later_text_is_given_for_a_time_before_the_first_version(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "no known version at " in answer.text
    assert "the first was seen on 2009-04-12" in answer.text


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("/api/v1/services?limits=5", "limits: there is no such parameter here; known: cursor, limit, tag"),
        ("/api/v1/services/kettle.example?tag=x", "tag: there is no such parameter here; known: none"),
        ("/api/v1/services/kettle.example/changes?kind=minor", "known: all, cursor, limit"),
        ("/api/v1/changes?services=kettle.example&limit=1", "services"),
        ("/api/v1/search?q=tea&q=cookies", "q: give this parameter once"),
        ("/api/v1/search?q=tea&Q=cookies", "Q: there is no such parameter"),
        ("/api/v1/status?cursor=", None),
        ("/api/v1/changes?kind=minor&kind=cosmetic", None),
        ("/api/v1/trends?term=tea&term=cookies", None),
    ],
)
def test_a_parameter_that_a_route_does_not_have_is_refused_by_its_name(
    client: Client, address: str, named: str | None
) -> None:
    answer = client.get(address)
    if named is None:
        assert "parameter" not in answer.text
    else:
        assert answer.status_code == 422
        assert named in answer.json()["detail"]


@pytest.mark.parametrize("address", ["/changes?utm_source=mail", "/search?q=tea&ref=x", "/feeds/changes.atom?utm=1"])
def test_pages_and_feeds_ignore_parameters_that_they_do_not_know(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200


def test_what_may_be_given_twice_is_what_the_description_calls_a_list(client: Client) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    asked = [
        (f"{path}?{one['name']}=1&{one['name']}=1", '"array"' in json.dumps(one["schema"]))
        for path, ways in paths.items()
        if "{" not in path and "get" in ways
        for one in ways["get"].get("parameters", ())
    ]
    assert {is_list for _, is_list in asked} == {True, False}
    assert {address for address, _ in asked if "parameter once" in client.get(address).text} == {
        address for address, is_list in asked if not is_list
    }


def test_everything_that_the_description_refers_to_is_in_it(client: Client) -> None:
    found = client.get("/api/v1/openapi.json")
    schemas = found.json()["components"]["schemas"]
    assert set(re.findall(r'"#/components/schemas/([^"]+)"', found.text)) <= schemas.keys()
    assert schemas["Problem"]["required"] == ["title", "status", "detail"]


@pytest.mark.parametrize("since", [0, 86_400, 0.0, True, "0", "86400", "2014-06-30T00:00:00", " 2014-06-30", [], ""])
def test_a_source_takes_days_as_the_schema_has_them_only(own: Client, since: object) -> None:
    body = {"name": "new.example", "sources": [{"url": "http://new.example/privacy", "since": since}]}
    made = own.request("POST", "/api/v1/services", json=body, headers=WITH_TOKEN)
    assert (made.status_code, made.json()["errors"][0]["in"]) == (422, "body.sources.0.since")


@pytest.mark.parametrize("seen", ["5", True, "", 5.5])
def test_a_review_takes_numbers_as_the_schema_has_them_only(own: Client, seen: object) -> None:
    address = "/api/v1/services/kettle.example/changes/20180526000305/review"
    made = own.request("POST", address, json={"seen": seen}, headers=WITH_TOKEN)
    assert (made.status_code, made.json()["errors"][0]["in"]) == (422, "body.seen")


@pytest.mark.parametrize(
    ("key", "value", "status"),
    [
        ("sample", "weekly", 400),
        ("sample", "every:0d", 400),
        ("sample", "\ud800", 422),
        ("every", "\ud800", 422),
        ("tags", ["\ud800"], 422),
        ("tags", ["a\x00"], 422),
        ("tags", ["a", ""], 422),
        ("tags", ["a\x85"], 422),
        ("tags", ["a" * 101], 422),
        ("archives", ["a" * 101], 422),
        ("archives", ["\udfff"], 422),
        ("archives", [""], 422),
        ("sources", [{"url": "http://new.example/\ud800"}], 422),
    ],
)
def test_what_the_catalogue_refuses_is_not_written_to_it(own: Client, key: str, value: object, status: int) -> None:
    body = json.dumps({"name": "new.example", key: value})
    headers = {**WITH_TOKEN, "Content-Type": "application/json"}
    assert own.request("POST", "/api/v1/services", content=body, headers=headers).status_code == status
    assert own.request("POST", "/api/v1/services", json={"name": "new.example"}, headers=WITH_TOKEN).status_code == 201


@pytest.mark.parametrize(
    "query",
    [
        *(f"limit={one}" for one in ("1_0", "%2B5", "%205", "5.0", "1e1", "%D9%A5", "", "true")),
        *(f"min_words={one}" for one in ("1_0", "0.0", "")),
        *(f"all={one}" for one in ("yes", "on", "1", "TRUE", "")),
    ],
)
def test_numbers_and_truth_values_are_taken_as_the_schema_has_them_only(client: Client, query: str) -> None:
    assert client.get(f"/api/v1/changes?{query}").status_code == 422
    assert client.get("/api/v1/changes?limit=05&min_words=1&all=true").status_code == 200
    assert "greater than or equal to 1" in client.get("/api/v1/changes?limit=-5").text


def test_the_description_has_the_bounds_of_every_number(client: Client) -> None:
    found = client.get("/api/v1/openapi.json").json()
    bounds = {
        (one["name"], one["schema"].get("minimum"), one["schema"].get("maximum"))
        for path in found["paths"].values()
        for operation in path.values()
        for one in operation.get("parameters", [])
        if one["schema"].get("type") == "integer"
    }
    assert bounds == {("limit", 1, 500), ("limit", 1, 100), ("min_words", 0, 1_000_000)}
    seen = found["components"]["schemas"]["NewDeeds"]["properties"]["seen"]["anyOf"][0]
    assert seen == {"type": "integer", "minimum": 0, "maximum": 10**15}
    for day in ("since", "until"):
        assert found["components"]["schemas"]["NewSource"]["properties"][day]["anyOf"][0]["format"] == "date"


def test_a_created_service_can_be_read_back_at_once(own: Client) -> None:
    made = own.request("POST", "/api/v1/services", json={"name": "new.example", "tags": ["a"]}, headers=WITH_TOKEN)
    assert made.status_code == 201
    found = own.get(made.headers["location"])
    assert found.status_code == 200
    assert (found.json()["name"], found.json()["tags"], found.json()["versions"]) == ("new.example", ["a"], 0)
    assert "new.example" in [one["name"] for one in own.get("/api/v1/services").json()["items"]]


def test_a_cursor_of_the_right_form_is_answered_wherever_it_stands(client: Client) -> None:
    for cursor in ("19000101000000.1", "20200231235959.999999999999999999", "20991231235959.0"):
        assert client.get(f"/api/v1/changes?cursor={cursor}").status_code == 200
        assert client.get(f"/api/v1/services/kettle.example/ledger?cursor={cursor}").status_code == 200
    assert client.get("/api/v1/search?q=cookies&cursor=a@20200231235959").status_code == 200
    assert client.get("/api/v1/changes?cursor=20201331000000.1").status_code == 422
    assert client.get("/api/v1/services/kettle.example/changes/20200230000000").status_code == 404


def test_answers_to_any_number_of_addresses_are_kept_in_bounded_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """At the whole size 600,000 addresses ended at a flat 51 MB; here 30,000 at a twentieth of it."""
    monkeypatch.setattr(freshness, "_MOST_BYTES", freshness._MOST_BYTES // 20)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
        await send({"type": "http.response.body", "body": b""})

    async def nothing() -> Message:
        return {"type": "http.request"}

    async def drop(message: Message) -> None:
        pass

    kept = Freshness(app)

    async def ask(numbers: range) -> None:
        for number in numbers:
            query = f"q={number:0100d}".encode()
            scope = {"type": "http", "method": "GET", "path": "/changes", "query_string": query, "headers": []}
            await kept(scope, nothing, drop)

    anyio.run(ask, range(15_000))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    entries = len(kept._kept)
    anyio.run(ask, range(15_000, 30_000))
    assert len(kept._kept) <= entries <= 2_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 8_000, "kilobytes"
