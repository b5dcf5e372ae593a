"""Each request counted for the metrics, and logged when the settings say so."""

from __future__ import annotations

import logging

import pytest

from harvester.settings import Settings
from harvester.store.database import Database
from harvester.web.app import create_app
from tests.support.times import sample_clock
from tests.support.web.client import Client


def logging_client(settings: Settings, database: Database, *, on: bool) -> Client:
    web = settings.web.model_copy(update={"access_log": on})
    return Client(create_app(settings.model_copy(update={"web": web}), database, sample_clock))


def metric(client: Client, line: str) -> float:
    found = [one for one in client.get("/metrics").text.splitlines() if one.startswith(line + " ")]
    return float(found[0].rpartition(" ")[2]) if found else 0.0


def test_requests_are_counted_by_route_and_status(settings: Settings, database: Database) -> None:
    client = logging_client(settings, database, on=False)
    lines = [
        'harvester_http_requests_total{method="GET",route="/services/{service}",status="200"}',
        'harvester_http_requests_total{method="GET",route="/services/{service}",status="404"}',
        'harvester_http_requests_total{method="GET",route="other",status="404"}',
        'harvester_http_requests_total{method="other",route="other",status="405"}',
        'harvester_http_request_seconds_count{route="/services/{service}"}',
    ]
    before = [metric(client, line) for line in lines]
    client.get("/services/kettle.example")
    client.get("/services/none.example")
    for number in range(3):
        client.get(f"/no/such/page{number}")
    client.request("BREW", "/services/kettle.example")
    after = [metric(client, line) for line in lines]
    grown = [new - old for new, old in zip(after, before, strict=True)]
    assert grown[:3] == [1, 1, 3]
    assert grown[4] >= 2
    labels = client.get("/metrics").text
    assert "no/such/page" not in labels
    assert "BREW" not in labels


def test_the_log_has_a_line_for_each_request(
    settings: Settings, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "harvester.web.access")
    logging_client(settings, database, on=False).get("/services/kettle.example")
    assert [record for record in caplog.records if record.name == "harvester.web.access"] == []
    client = logging_client(settings, database, on=True)
    client.get("/services/kettle.example?x=1%0Aforged")
    (line,) = [record for record in caplog.records if record.name == "harvester.web.access"]
    assert line.getMessage().startswith("GET /services/kettle.example?x=1%0Aforged 200 ")
    assert vars(line)["client"] == "127.0.0.1"
    assert vars(line)["bytes"] > 1000
    caplog.clear()
    client.get("/%0Aforged")
    assert "\n" not in caplog.records[-1].getMessage()


@pytest.mark.parametrize("path", ["/subscriptions/proof", "/%73ubscriptions/proof"])
def test_no_spelling_of_the_address_of_a_mail_is_logged(
    settings: Settings, database: Database, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    caplog.set_level(logging.INFO, "harvester.web.access")
    logging_client(settings, database, on=True).get(path)
    (line,) = [record for record in caplog.records if record.name == "harvester.web.access"]
    assert "proof" not in line.getMessage()
