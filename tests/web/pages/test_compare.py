"""Any two versions compared: permanent addresses, what the form sends, and bounds."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest

from harvester.lru import LruCache
from harvester.web.view import comparisons
from tests.support.web.client import Client

OLD, NEW = "kettle.example@20131020060340", "kettle.example@20180526000305"


def compare(**query: str) -> str:
    return f"/compare?{urlencode(query)}"


def test_a_comparison_is_the_diff_that_the_api_gives(client: Client) -> None:
    text = client.get(compare(old=OLD, new=NEW)).text
    diff = client.get("/api/v1/diff?" + urlencode({"old": OLD, "new": NEW})).json()["diff"]
    assert f"+{diff['words_added']}<" in text
    assert f"−{diff['words_removed']}<" in text
    assert text.count("<ins>") > 5
    assert "https://web.archive.org/web/20131020060340/" in text
    assert "In plain words" in text


@pytest.mark.parametrize(
    ("query", "leads_to"),
    [
        ({"old": "kettle.example@first", "new": "kettle.example@2018-06"}, ("kettle.example@20090412081512", NEW)),
        (
            {"old_service": "kettle.example", "old_version": "2014", "new_service": "kettle.example",
             "new_version": "20180526000305"},
            (OLD, NEW),
        ),
        (
            {"old": "", "old_service": "tidebook.example", "old_version": "20131020060340", "new": NEW},
            ("tidebook.example@20130727061830", NEW),
        ),
        ({"old_service": "kettle.example", "old_version": "2014", "view": "side"}, (OLD, "")),
    ],
    ids=["references", "form", "another-service-at-the-same-time", "half-chosen"],
)  # fmt: skip
def test_what_is_chosen_leads_to_a_permanent_address(
    client: Client, query: dict[str, str], leads_to: tuple[str, str]
) -> None:
    query = {name: value for name, value in query.items() if value}
    answer = client.get(compare(**query))
    assert answer.status_code == 307
    chosen = {"view": "side"} if "view" in query else {}
    parts = {"old": leads_to[0], "new": leads_to[1], **chosen}
    assert answer.headers["location"] == compare(**{name: value for name, value in parts.items() if value})
    assert client.get(answer.headers["location"]).status_code == 200


def test_a_service_alone_offers_its_versions_on_both_sides(client: Client) -> None:
    text = client.get(compare(old_service="kettle.example")).text
    assert text.count("<option selected>kettle.example</option>") == 2
    assert len(re.findall(r'<option value="[0-9]{14}">', text)) == 18
    assert "<article" not in text


def test_nothing_is_said_to_have_changed_between_two_services(client: Client) -> None:
    text = client.get(compare(old="tidebook.example@20180606154210", new=NEW)).text
    assert "In plain words" not in text
    assert "<article" in text


def test_neighbours_lead_to_the_change_between_them_and_equal_ones_say_so(client: Client) -> None:
    beside = client.get(compare(old="kettle.example@20160802174655", new=NEW)).text
    assert 'href="/services/kettle.example/changes/20180526000305">The change between them' in beside
    assert "The two texts are equal." in client.get(compare(old=NEW, new=NEW)).text


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"old": "absent.example@latest"}, 404),
        ({"old_service": "absent.example"}, 404),
        ({"old": "kettle.example@20180526000306"}, 404),
        ({"old": "kettle.example"}, 422),
        ({"old_service": "kettle.example", "old_version": "yesterday"}, 422),
        ({"old_service": "kettle.example", "old_version": "2014-02-30"}, 404),
    ],
)
def test_what_is_not_there_is_refused(client: Client, query: dict[str, str], status: int) -> None:
    assert client.get(compare(**query)).status_code == status


def test_texts_that_take_too_long_to_compare_are_left_to_the_command(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparisons, "LONGEST", 1_000)
    new = "kettle.example@latest"
    shown = client.get(client.get(compare(old=NEW, new=new)).headers["location"])
    assert shown.status_code == 200
    assert "compare them with `harvester diff`" in shown.text
    refused = client.get("/api/v1/diff?" + urlencode({"old": NEW, "new": new}))
    assert refused.status_code == 422
    assert "harvester diff" in refused.json()["detail"]


def test_what_is_kept_is_bounded_by_its_size_and_made_once() -> None:
    keeper = LruCache[int, str](10, len)
    made = []

    def value(key: int) -> str:
        made.append(key)
        return "x" * 4

    for key in (1, 2, 1, 3, 2, 1):
        assert keeper.get(key, lambda: value(key)) == "xxxx"  # noqa: B023
    assert made == [1, 2, 3, 2, 1]
    assert keeper.get(4, lambda: "y" * 11) == "y" * 11
    assert keeper.get(4, lambda: "again") == "again"
