"""What the API promises beyond its schema: methods of an address, what was made can be read, memory that is bounded."""

from __future__ import annotations

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
    ],
)
def test_a_405_names_every_method_of_its_address(client: Client, address: str, allowed: str) -> None:
    answer = client.request("PATCH", address)
    assert answer.status_code == 405
    assert answer.headers["allow"] == allowed


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
