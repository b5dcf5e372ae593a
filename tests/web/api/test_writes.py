"""Writes: not there without a token, refused without the right one, and doing what they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from harvester.catalogue.entries import load_catalogue
from harvester.service.schedule.pausing import is_paused
from harvester.settings import Settings
from harvester.store.database import Database
from harvester.store.ledger import leases
from harvester.web.app import create_app
from tests.support.paths import SAMPLE
from tests.support.times import sample_clock
from tests.support.web.client import Client
from tests.support.web.site import TOKEN

RIGHT = {"Authorization": f"Bearer {TOKEN}"}
WRITES = (
    ("POST", "/api/v1/services"),
    ("POST", "/api/v1/services/kettle.example/run"),
    ("PUT", "/api/v1/services/kettle.example/pause"),
    ("DELETE", "/api/v1/services/kettle.example/pause"),
)


@pytest.fixture
def writer(config: Path, store: Database) -> Client:
    settings = Settings.model_validate({"web": {"token": TOKEN}, "config": config})
    return Client(create_app(settings, store, sample_clock))


def test_without_a_token_in_the_settings_writes_do_not_exist(config: Path, store: Database) -> None:
    app = create_app(Settings.model_validate({"config": config}), store, sample_clock)
    for method, url in WRITES:
        assert method.lower() not in app.openapi()["paths"].get(url.replace("kettle.example", "{service}"), {}), url
        answer = Client(app).request(method, url, json={"name": "new.example"}, headers=RIGHT)
        assert answer.status_code in (404, 405), (method, url)


def test_without_the_right_token_nothing_is_written(writer: Client, config: Path, store: Database) -> None:
    for told in (None, "Bearer wrong", f"Basic {TOKEN}", "Bearer"):
        headers = {} if told is None else {"Authorization": told}
        for method, url in WRITES:
            answer = writer.request(method, url, json={"name": "new.example"}, headers=headers)
            assert answer.status_code == 401, (method, url, told)
            assert answer.headers["www-authenticate"] == "Bearer"
            assert len(load_catalogue(config / "services.toml")) == 5
            assert not is_paused(store, "kettle.example"), (method, url, told)


def test_a_service_is_added_to_the_catalogue(writer: Client, config: Path) -> None:
    new = {
        "name": "new.example",
        "sources": [{"url": "https://new.example/privacy?a=1&b='2'", "since": "2012-01-01"}],
        "tags": ['a "quoted" \\ tag', "ünïcode"],
        "every": "3d",
        "archives": ["arquivo.pt", "archive-it:5551"],
    }
    answer = writer.request("POST", "/api/v1/services", json=new, headers=RIGHT)
    assert answer.status_code == 201
    *before, entry = load_catalogue(config / "services.toml")
    assert [one.name for one in before] == [one.name for one in load_catalogue(SAMPLE / "services.toml")]
    assert entry.name == "new.example"
    assert entry.sources[0].url == "https://new.example/privacy?a=1&b='2'"
    assert entry.tags == tuple(new["tags"])
    assert entry.archives == ("arquivo.pt", "archive-it:5551")
    shown = writer.get("/api/v1/services/new.example").json()
    named = {"every": "3d", "sample": None, "keep": None, "archives": ["arquivo.pt", "archive-it:5551"]}
    assert {key: shown[key] for key in named} == named
    assert writer.request("POST", "/api/v1/services", json=new, headers=RIGHT).status_code == 409


def test_what_the_catalogue_would_not_understand_leaves_it_as_it_was(writer: Client, config: Path) -> None:
    before = (config / "services.toml").read_bytes()
    refused: tuple[dict[str, object], ...] = (
        {"name": "../etc"},
        {"name": "<script>alert(1)</script>"},
        {"name": "a.example", "every": "soon"},
        {"name": "a.example", "sources": [{"url": "javascript:alert(1)"}]},
        {"name": "a.example", "sources": [{"url": "https://joe:secret@a.example/p"}]},
        {"name": "a.example", "sources": [{"url": "https://a.example", "since": "2014-01-01", "until": "2013-01-01"}]},
        {"name": "a.example", "unknown": 1},
        {"name": "a.example", "tags": ["a\x7fb"]},
        {"name": "a.example", "archives": ["arqivo"]},
        {"name": "a.example", "archives": ["http://169.254.169.254"]},
        {"name": 'a.example"\n[[service]]'},
    )
    for new in refused:
        answer = writer.request("POST", "/api/v1/services", json=new, headers=RIGHT)
        assert answer.status_code in (400, 422), new
        assert (config / "services.toml").read_bytes() == before, new
        assert [one.name for one in config.iterdir()] == ["services.toml"], new


def test_a_service_is_paused_and_resumed(writer: Client, store: Database) -> None:
    url = "/api/v1/services/kettle.example/pause"
    assert writer.request("PUT", url, headers=RIGHT).json()["altered"] is True
    assert writer.request("PUT", url, headers=RIGHT).json()["altered"] is False
    assert is_paused(store, "kettle.example")
    assert writer.get("/api/v1/services/kettle.example").json()["health"] == "paused"
    assert writer.request("DELETE", url, headers=RIGHT).json()["altered"] is True
    assert not is_paused(store, "kettle.example")


def test_running_now_needs_a_scheduler(writer: Client, store: Database) -> None:
    url = "/api/v1/services/kettle.example/run"
    answer = writer.request("POST", url, headers=RIGHT)
    assert answer.status_code == 409
    assert "harvester serve" in answer.json()["detail"]
    assert writer.request("POST", url.replace("kettle", "absent"), headers=RIGHT).status_code == 404
    with store.writing() as session:
        leases.acquire(session, "scheduler", "elsewhere:1:1", sample_clock(), 3600)
    answer = writer.request("POST", url, headers=RIGHT)
    assert "scheduler has no job" in answer.json()["detail"]
