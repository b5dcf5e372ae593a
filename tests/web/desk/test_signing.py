"""Signing in and out: who may, for how long, and what another site or a guesser can do about it (nothing)."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from pydantic import ValidationError

from harvester.service.schedule.pausing import is_paused
from harvester.settings import Settings, WebSettings
from harvester.store.database import Database
from harvester.web.app import create_app
from tests.support.times import sample_clock
from tests.support.web.client import Client
from tests.support.web.desk import ORIGIN, Hands, Visitor, hidden_fields
from tests.support.web.site import ANNA, BERT, TOKEN

SESSION = "harvester_session"
PAUSE = "/desk/services/kettle.example/pause"
SERVICE = "/desk/services/kettle.example"
SCRIPTS = ("keys", "desk")
FOR_PEOPLE = (
    "/desk",
    SERVICE,
    f"{SERVICE}/progress",
    f"{SERVICE}/captures",
    f"{SERVICE}/sources",
    f"{SERVICE}/remove",
    "/desk/review",
    "/desk/review/kettle.example/20180526000305",
    "/desk/review.csv",
    "/desk/review.json",
    "/desk/notices",
    "/desk/new-target",
)
POSTS = (
    "/desk/services",
    f"{SERVICE}/run",
    PAUSE,
    f"{SERVICE}/resume",
    f"{SERVICE}/retry",
    f"{SERVICE}/remove",
    f"{SERVICE}/sources",
    f"{SERVICE}/silence",
    "/desk/review/kettle.example/20180526000305",
    "/desk/test-target/team",
    "/desk/notices/team",
    "/desk/remove-target/team",
    "/desk/new-target",
    "/desk/sign-out",
)


def test_without_a_token_in_the_settings_there_is_no_desk(store: Database, settings: Settings) -> None:
    bare = Settings.model_validate({"config": settings.config})
    client = Client(create_app(bare, store, sample_clock))
    assert client.get("/desk").status_code == 404
    assert client.get("/desk/sign-in").status_code == 404
    for page in ("/", "/changes", "/status", "/services/kettle.example", "/search"):
        assert "desk" not in client.get(page).text.lower()


@pytest.mark.parametrize("token", [TOKEN, ANNA])
def test_a_token_of_the_settings_signs_its_person_in(visitor: Visitor, token: str) -> None:
    answer = visitor.sign_in(token)
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk")
    name = "operator" if token == TOKEN else "Anna"
    assert f"Signed in as {name}" in visitor.get("/desk").text


def test_the_cookie_is_for_the_desk_alone_and_no_script_reads_it(visitor: Visitor) -> None:
    answer = visitor.sign_in(ANNA)
    [cookie] = [one for one in answer.headers.get_list("set-cookie") if one.startswith(f"{SESSION}=")]
    assert {"HttpOnly", "SameSite=lax", "Path=/desk"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    assert ANNA not in cookie


def test_the_cookie_is_secure_where_the_pages_are_served_by_https(desk_settings: Settings, store: Database) -> None:
    web = desk_settings.web.model_copy(update={"base_url": "https://policies.example"})
    app = create_app(desk_settings.model_copy(update={"web": web}), store, sample_clock)
    visitor = Visitor(app)
    fields = hidden_fields(visitor.get("/desk/sign-in").text, "/desk/sign-in")
    answer = visitor.post("/desk/sign-in", fields | {"token": ANNA}, headers={"Origin": "https://policies.example"})
    assert answer.status_code == 303
    cookies = answer.headers.get_list("set-cookie")
    assert [one for one in cookies if one.startswith(f"{SESSION}=") and "Secure" in one]


def test_pages_of_the_desk_lead_to_the_sign_in_and_back(visitor: Visitor) -> None:
    for page in FOR_PEOPLE:
        answer = visitor.get(page)
        assert answer.status_code == 303
        asked = answer.headers["location"]
        assert asked.startswith("/desk/sign-in")
    back = visitor.send(asked, "/desk/sign-in", token=ANNA)
    assert back.headers["location"] == page
    for page in FOR_PEOPLE:
        shown = visitor.get(page)
        assert shown.status_code == 200
        assert shown.headers["cache-control"] == "no-store"
        assert set(re.findall(r"<script[^>]*>", shown.text)) <= {
            f'<script src="/static/{one}.js" defer>' for one in SCRIPTS
        }


def test_no_form_is_taken_without_a_sign_in(visitor: Visitor, store: Database) -> None:
    for action in POSTS:
        answer = visitor.post(action, {"form_token": "x.y"}, headers={"Origin": ORIGIN})
        assert answer.headers["location"].startswith("/desk/sign-in")
    assert not is_paused(store, "kettle.example")


def test_no_form_is_taken_without_its_token_or_from_another_site(anna: Visitor, store: Database) -> None:
    right = hidden_fields(anna.get("/desk").text, "/desk/sign-out")["form_token"]
    nonce, _, mac = right.partition(".")
    wrong = ["", "x", f"x.{mac}", f"{nonce}.", f".{mac}", f"{nonce}.{mac[:-1]}", "\u00e9.\u00e9"]
    origins = ["https://evil.example", "http://testserver.evil.example", "null", "http://testserver:81"]
    for place, action in enumerate(POSTS):
        for token in wrong if place == 0 else wrong[:1]:
            assert anna.post(action, {"form_token": token}, headers={"Origin": ORIGIN}).status_code == 403
        for origin in origins if place == 0 else origins[:1]:
            assert anna.post(action, {"form_token": right}, headers={"Origin": origin}).status_code == 403
    assert not is_paused(store, "kettle.example")
    assert "Signed in as Anna" in anna.get("/desk").text


def test_the_token_of_one_browser_is_not_that_of_another(desk_app: FastAPI, anna: Visitor, store: Database) -> None:
    bert = Visitor(desk_app)
    bert.sign_in(BERT)
    of_bert = hidden_fields(bert.get("/desk").text, PAUSE)
    assert anna.post(PAUSE, of_bert, headers={"Origin": ORIGIN}).status_code == 403
    assert bert.post(PAUSE, of_bert, headers={"Origin": ORIGIN}).status_code == 303
    assert is_paused(store, "kettle.example")


def test_the_tokens_of_forms_differ_each_time_a_page_is_made(anna: Visitor) -> None:
    made = {hidden_fields(anna.get("/desk").text, PAUSE)["form_token"] for _ in range(3)}
    assert len(made) == 3


def test_a_form_to_sign_in_from_another_site_is_refused(visitor: Visitor) -> None:
    fields = hidden_fields(visitor.get("/desk/sign-in").text, "/desk/sign-in") | {"token": ANNA}
    assert visitor.post("/desk/sign-in", fields, headers={"Origin": "https://evil.example"}).status_code == 403
    assert visitor.post("/desk/sign-in", fields | {"form_token": "a.b"}).status_code == 403
    visitor.cookies.clear()
    assert visitor.post("/desk/sign-in", fields, headers={"Origin": ORIGIN}).status_code == 403
    assert SESSION not in visitor.cookies


def test_a_cookie_planted_before_is_worth_nothing_after(visitor: Visitor, desk_app: FastAPI) -> None:
    """Session fixation: signing in always makes a new secret."""
    visitor.cookies[SESSION] = planted = "planted.planted"
    visitor.sign_in(ANNA)
    assert visitor.cookies[SESSION] != planted
    other = Visitor(desk_app)
    other.cookies[SESSION] = planted
    assert other.get("/desk").status_code == 303


def test_two_sign_ins_of_one_person_are_two(desk_app: FastAPI, anna: Visitor) -> None:
    again = Visitor(desk_app)
    again.sign_in(ANNA)
    assert again.cookies[SESSION] != anna.cookies[SESSION]
    again.send("/desk", "/desk/sign-out")
    assert anna.get("/desk").status_code == 200


def test_signing_out_ends_it_for_every_copy_of_the_cookie(desk_app: FastAPI, anna: Visitor) -> None:
    thief = Visitor(desk_app)
    thief.cookies = dict(anna.cookies)
    assert thief.get("/desk").status_code == 200
    answer = anna.send("/desk", "/desk/sign-out")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert SESSION not in anna.cookies
    assert thief.get("/desk").status_code == 303


def test_a_sign_in_ends_after_twelve_hours(anna: Visitor, hands: Hands) -> None:
    hands.move(hours=11.9)
    assert anna.get("/desk").status_code == 200
    hands.move(hours=0.2)
    answer = anna.get("/desk")
    assert answer.status_code == 303
    assert "You were signed out" in anna.get(answer.headers["location"]).text


def test_a_new_token_in_the_settings_ends_the_sign_ins_with_the_old(
    anna: Visitor, desk_settings: Settings, store: Database, hands: Hands
) -> None:
    for accounts in ({"Anna": "another-token-of-anna"}, {"Bert": BERT}):
        changed = desk_settings.model_copy(
            update={"web": WebSettings.model_validate({"token": TOKEN, "accounts": accounts})}
        )
        visitor = Visitor(create_app(changed, store, hands))
        visitor.cookies = dict(anna.cookies)
        assert visitor.get("/desk").status_code == 303


def test_an_altered_cookie_signs_nobody_in(anna: Visitor) -> None:
    right = anna.cookies[SESSION]
    for altered in (right[:-1], right.partition(".")[0], f".{right}", ""):
        anna.cookies[SESSION] = altered
        assert anna.get("/desk").status_code == 303


def test_the_store_keeps_nothing_with_which_to_sign_in(anna: Visitor, store: Database) -> None:
    kept = "".join(store.engine.raw_connection().driver_connection.iterdump())  # type: ignore[union-attr]
    secret = anna.cookies[SESSION].partition(".")[0]
    assert "Anna" in kept
    assert secret not in kept
    assert ANNA not in kept


def test_attempts_are_limited_for_each_reader(visitor: Visitor, hands: Hands) -> None:
    answers = [visitor.sign_in(f"wrong {number}") for number in range(10)]
    assert answers[0].status_code == 403
    assert "not a token of this installation" in answers[0].text
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert visitor.sign_in(ANNA).status_code == 429, "nor is the right one tried"
    hands.move(minutes=1)
    assert visitor.sign_in(ANNA).status_code == 303


ELSEWHERE = (
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "/desk\\..",
    "/deskx",
    "/desk/\r\nX: y",
    "javascript:1",
    "/",
)


def test_the_sign_in_leads_nowhere_else(anna: Visitor) -> None:
    for wanted in ELSEWHERE:
        assert anna.get(f"/desk/sign-in?next={quote(wanted)}").headers["location"] == "/desk", wanted
    assert anna.get("/desk/sign-in?next=/desk/services/a.example%3Fx%3D1").headers["location"].endswith("?x=1")


@pytest.mark.parametrize(
    "web",
    [
        {"accounts": {"operator": "0123456789abcdef"}},
        {"accounts": {"Anna": "short"}},
        {"accounts": {"Anna": "0123456789abcdef", "Bert": "0123456789abcdef"}},
        {"token": "0123456789abcdef", "accounts": {"Anna": "0123456789abcdef"}},
        {"accounts": {"<b>": "0123456789abcdef"}},
        {"accounts": {"": "0123456789abcdef"}},
    ],
)
def test_people_who_cannot_be_known_apart_are_refused(web: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        WebSettings.model_validate(web)


def test_the_api_takes_the_token_of_an_account(desk_app: FastAPI) -> None:
    url = "/api/v1/services/kettle.example/pause"
    client = Client(desk_app)
    assert client.request("PUT", url, headers={"Authorization": f"Bearer {BERT}"}).status_code == 200
    assert client.request("PUT", url, headers={"Authorization": f"Bearer {BERT}x"}).status_code == 401
