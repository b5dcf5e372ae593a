"""The review desk: what is to be read comes first, who did what is kept, and of two at once nobody loses anything."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from html import unescape
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import select, text

from harvester.errors import StoreError
from harvester.service.review import alarms
from harvester.settings import Settings
from harvester.store.database import Database
from harvester.store.desk import reviews
from harvester.store.schema import Change, Review, ReviewEvent
from harvester.web.app import create_app
from harvester.web.desk import review
from tests.support.web.client import Client
from tests.support.web.desk import Hands, Visitor, hidden_fields
from tests.support.web.hostile import PAYLOADS
from tests.support.web.site import ANNA, BERT

ALARM = "/desk/review/kettle.example/20180526000305"
API = "/api/v1/services/kettle.example/changes/20180526000305/review"
AS_ANNA = {"Authorization": f"Bearer {ANNA}"}
AS_BERT = {"Authorization": f"Bearer {BERT}"}


def events(store: Database) -> Sequence[tuple[str, str, str]]:
    with store.reading() as session:
        return [
            (one.person, one.what, one.value) for one in session.scalars(select(ReviewEvent).order_by(ReviewEvent.id))
        ]


def opened(visitor: Visitor) -> dict[str, str]:
    """What the page of the alarm hides in its form."""
    page = visitor.get(ALARM)
    return hidden_fields(page.text, ALARM)


@pytest.fixture
def bert(desk_app: FastAPI) -> Visitor:
    visitor = Visitor(desk_app)
    visitor.sign_in(BERT)
    return visitor


def listed(visitor: Visitor, query: str = "") -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads(visitor.get(f"/desk/review.json{query}").text)
    return items


def test_the_list_has_every_substantive_change_with_the_most_points_first(anna: Visitor) -> None:
    rows = listed(anna)
    assert {one["kind"] for one in rows} == {"substantive"}
    assert len(rows) == len(anna.get("/api/v1/changes?kind=substantive&limit=100").json()["items"])
    scores = [one["score"] for one in rows]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) > 3
    assert all(one["score"] == sum(part["points"] for part in one["points"]) for one in rows)
    page = anna.get("/desk/review").text
    assert page.index(rows[0]["service"]) < page.index("words touched")


def test_what_is_read_leaves_the_list_and_leads_to_the_next(anna: Visitor, store: Database) -> None:
    rows = listed(anna)
    answer = anna.post(
        ALARM, opened(anna) | {"state": "read", "note": "Nothing for us.\nReally.", "labels": "gdpr, sale"}
    )
    assert answer.status_code == 303
    following = answer.headers["location"]
    assert following.startswith("/desk/review/")
    assert ALARM not in following
    assert anna.get(following).status_code == 200
    assert len(listed(anna)) == len(rows) - 1
    [read] = listed(anna, "?state=read")
    assert (read["state"], read["labels"]) == ("read", ["gdpr", "sale"])
    assert listed(anna, "?state=all&label=sale") == listed(anna, "?state=read")
    assert listed(anna, "?state=all&label=other") == []
    assert events(store) == [
        ("Anna", "state", "read"),
        ("Anna", "label", "gdpr"),
        ("Anna", "label", "sale"),
        ("Anna", "note", "Nothing for us.\nReally."),
    ]
    page = anna.get(ALARM).text
    assert "marked it as read" in page
    assert "Nothing for us." in page


SHOWS_THE_REVIEW = {
    "/desk/review?state=read": f'href="{ALARM}',
    "/desk/review.csv?state=read": "kettle.example",
    ALARM: "marked it as read",
    "/api/v1/reviews?state=read": '"service":"kettle.example"',
    API: '"state":"read"',
}


@pytest.mark.parametrize("address", SHOWS_THE_REVIEW)
def test_whoever_asks_for_reviews_has_them_found_again_when_the_history_was_made_again(
    anna: Visitor, store: Database, address: str
) -> None:
    anna.post(ALARM, opened(anna) | {"state": "read"})
    with store.writing() as session:
        read = session.scalars(select(Change).join(Review, Review.change_id == Change.id)).one()
        the_same = {one.name: getattr(read, one.name) for one in Change.__table__.columns if one.name != "id"}
        session.delete(read)
        session.flush()
        session.add(Change(id=1_000_000, **the_same))
    assert SHOWS_THE_REVIEW[address] in anna.get(address, headers=AS_ANNA).text


def test_the_second_is_told_what_the_first_did_and_nothing_is_lost(
    anna: Visitor, bert: Visitor, store: Database, hands: Hands
) -> None:
    of_anna, of_bert = opened(anna), opened(bert)
    assert anna.post(ALARM, of_anna | {"state": "read", "note": "Seen by Anna."}).status_code == 303
    hands.move(minutes=1)
    answer = bert.post(ALARM, of_bert | {"state": "aside", "note": "Written by Bert.", "assignee": "Bert"})
    assert answer.status_code == 409
    assert "Anna reviewed this change meanwhile" in answer.text
    assert "Seen by Anna." in answer.text
    assert ">Written by Bert.</textarea>" in answer.text
    assert [one for one in events(store) if one[0] == "Bert"] == []
    again = hidden_fields(answer.text, ALARM)
    assert bert.post(ALARM, again | {"state": "aside", "note": "Written by Bert."}).status_code == 303
    assert [one["value"] for one in listed(bert, "?state=aside")[0]["events"]] == [
        "read",
        "Seen by Anna.",
        "set aside",
        "Written by Bert.",
    ]


def test_a_tag_chooses_the_same_alarms_whether_few_services_have_it_or_many(
    anna: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna.send(ALARM, ALARM, state="read")
    every, kettle = listed(anna, "?state=all"), listed(anna, "?state=all&of=kettle.example")
    assert {one["state"] for one in kettle} == {"read", "open"}
    tagged = listed(anna, "?state=all&tag=fernwell")
    assert len(every) > len(tagged) > 0
    monkeypatch.setattr(reviews, "_FEW", 0)
    assert listed(anna, "?state=all&tag=fernwell") == tagged
    assert listed(anna, "?state=all&tag=sample") == every
    assert listed(anna, "?state=all&of=kettle.example") == kettle


def test_a_long_list_is_paged_and_every_alarm_is_on_one_page(anna: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    address = re.compile(r'class="who" href="(/desk/review/[^"?]+)')
    whole = address.findall(anna.get("/desk/review").text)
    monkeypatch.setattr(alarms, "MOST", 5)
    monkeypatch.setattr(review, "SHOWN", 2)
    found, url = [], "/desk/review"
    while url:
        page = unescape(anna.get(url).text)
        found += address.findall(page)
        following = re.search(r'<a rel="next" href="([^"]+)"', page) or re.search(r'href="([^"]+)">Older alarms', page)
        url = following[1] if following else ""
    assert sorted(found) == sorted(whole)
    assert len(whole) > 10
    first = anna.get("/api/v1/reviews", headers=AS_ANNA).json()
    second = anna.get(f"/api/v1/reviews?cursor={first['next']}", headers=AS_ANNA).json()
    assert [len(one["items"]) for one in (first, second)] == [5, 5]
    assert max(one["before"] for one in second["items"]) <= min(one["before"] for one in first["items"])


def test_an_alarm_is_assigned_and_found_by_its_person(anna: Visitor) -> None:
    assert (
        anna.post(ALARM, opened(anna) | {"assignee": "Bert", "state": ""}).headers["location"]
        == f"{ALARM}?said=reviewed"
    )
    [mine] = listed(anna, "?assignee=Bert")
    assert (mine["before"], mine["assignee"]) == ("2018-05-26T00:03:05Z", "Bert")
    assert anna.post(ALARM, opened(anna) | {"assignee": ""}).status_code == 303
    assert listed(anna, "?assignee=Bert") == []


def test_what_a_form_cannot_mean_changes_nothing(anna: Visitor, store: Database) -> None:
    for fields in (
        {"state": "gone"},
        {"assignee": "nobody known"},
        {"note": "x" * 10_001},
        {"labels": ",".join("abcdefghijklmnopqrstuvwxyz")},
        {"seen": "-1"},
        {"seen": "9" * 40},
    ):
        answer = anna.post(ALARM, opened(anna) | fields)
        assert answer.status_code == 422, fields
        assert 'role="alert"' in answer.text, fields
        assert events(store) == [], fields


def test_a_note_and_labels_of_just_the_most_are_kept(anna: Visitor, store: Database) -> None:
    note = "x" * review.LONGEST_NOTE
    labels = [f"{number:x>{review.LONGEST_LABEL}}" for number in range(review.MOST_LABELS)]
    assert anna.post(ALARM, opened(anna) | {"note": note, "labels": ",".join(labels)}).status_code == 303
    kept = [(what, value) for _, what, value in events(store)]
    assert sorted(kept) == sorted([("note", note), *(("label", one) for one in labels)])
    over = {"labels": ",".join(labels) + "x"}, {"labels": ",".join([*labels, "y"])}, {"note": note + "x"}
    for fields in over:
        assert anna.post(ALARM, opened(anna) | fields).status_code == 422, list(fields)


def test_events_are_never_altered_or_deleted(anna: Visitor, store: Database) -> None:
    anna.post(ALARM, opened(anna) | {"state": "read"})
    for statement in ("UPDATE review_events SET person = 'x'", "DELETE FROM review_events"):
        with pytest.raises(StoreError, match="kept for ever"), store.writing() as session:
            session.execute(text(statement))
    assert events(store) == [("Anna", "state", "read")]


def test_tags_of_the_settings_and_watches_give_points(desk_settings: Settings, store: Database, hands: Hands) -> None:
    more = {"review": {"tags": {"fernwell": 100}}, "watch": {"clauses": {"words": ["standard contractual clauses"]}}}
    made = Settings.model_validate(desk_settings.model_dump() | more)
    app = create_app(made, store, hands)
    anna = Visitor(app)
    anna.sign_in(ANNA)
    anna.get("/watches/clauses")
    rows = listed(anna)
    assert {"points": 100, "why": "its service has the tag fernwell"} in rows[0]["points"]
    assert {"points": 20, "why": "matches the watch clauses"} in [part for one in rows for part in one["points"]]


def test_a_spreadsheet_gets_the_same(anna: Visitor) -> None:
    anna.post(ALARM, opened(anna) | {"state": "read", "note": 'two\n"lines"', "labels": "a, b"})
    answer = anna.get("/desk/review.csv?state=all")
    assert answer.headers["content-disposition"] == 'attachment; filename="reviews.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == len(listed(anna, "?state=all"))
    [read] = [one for one in rows if one["state"] == "read"]
    assert (read["notes"], read["labels"]) == ('Anna: two\n"lines"', "a; b")
    assert anna.get("/desk/review.csv?state=none").status_code == 422


def test_the_api_reads_and_writes_with_a_token_only(desk_app: FastAPI, store: Database) -> None:
    client = Client(desk_app)
    for method, url in (("GET", "/api/v1/reviews"), ("GET", API), ("POST", API)):
        assert client.request(method, url, json={"state": "read"}).status_code == 401
    assert events(store) == []
    made = client.request("POST", API, json={"state": "read", "note": "by a program", "labels": ["x"]}, headers=AS_ANNA)
    assert made.status_code == 200
    assert (made.json()["state"], made.json()["labels"], made.json()["events"][0]["person"]) == ("read", ["x"], "Anna")
    late = client.request("POST", API, json={"state": "open", "seen": 0}, headers=AS_BERT)
    assert late.status_code == 409
    assert "Anna reviewed" in late.json()["detail"]
    assert client.request("GET", API, headers=AS_BERT).json() == made.json()
    assert client.request("GET", "/api/v1/reviews?state=read", headers=AS_BERT).json()["items"] == [made.json()]
    assert client.request("POST", API, json={"assignee": "nobody"}, headers=AS_ANNA).status_code == 404


def test_no_note_becomes_markup(anna: Visitor) -> None:
    anna.post(ALARM, opened(anna) | {"note": "words", "labels": "words"})
    plain = anna.get(ALARM).text.count("<script")
    labels = [one.replace(",", "")[:50] for one in PAYLOADS]
    for some in (labels[:20], labels[20:]):
        note = "\n".join(PAYLOADS)
        assert anna.post(ALARM, opened(anna) | {"note": note, "labels": ",".join(some)}).status_code == 303
    page = anna.get(ALARM).text + anna.get(f"/desk/review?label={PAYLOADS[0][:50]}").text
    assert page.count("<script") == plain + 2
    assert "<img" not in page
    assert "<iframe" not in page
