"""A harvest followed by events: each news once, an end when all is done, and never more streams than there is room."""

from __future__ import annotations

import pytest
from fastapi import FastAPI

from harvester.store.database import Database
from harvester.store.ledger import leases
from harvester.web.desk import progress
from harvester.web.http.streams import Slots
from tests.support.times import sample_clock
from tests.support.web.desk import Visitor
from tests.support.web.streams import read

EVENTS = "/desk/services/kettle.example/progress/events"


@pytest.fixture
def under_way(store: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process harvests kettle.example, and is looked at without a pause."""
    monkeypatch.setattr(progress, "EVERY", 0.0)
    with store.writing() as session:
        leases.acquire(session, "harvest:kettle.example", "elsewhere:1:1", sample_clock(), 3600)


@pytest.mark.usefixtures("under_way")
def test_news_are_sent_once_and_the_stream_ends_with_the_harvest(
    anna: Visitor, desk_app: FastAPI, store: Database
) -> None:
    got: list[str] = []

    async def taken(piece: bytes) -> None:
        got.append(piece.decode())
        with store.writing() as session:
            leases.release(session, "harvest:kettle.example", "elsewhere:1:1")

    assert read(desk_app, EVENTS, taken, anna.cookies) == 200
    assert [one.partition("\n")[0] for one in got] == ["event: state", "event: done"]
    assert "Comparing the texts." in got[0]
    assert "Nothing is under way." in got[1]
    for one in got:
        assert all(line.startswith(("event: ", "retry: ", "data: ")) for line in one.rstrip("\n").split("\n"))
    policy = anna.get("/desk/services/kettle.example/progress").headers["content-security-policy"]
    assert policy.endswith("connect-src 'self'")
    assert "unsafe" not in policy


@pytest.mark.usefixtures("under_way")
@pytest.mark.parametrize("end", ["the person signs out", "the server ends"])
def test_a_stream_without_news_ends_with_the_sign_in_and_with_the_server(
    anna: Visitor, desk_app: FastAPI, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    monkeypatch.setattr(progress, "QUIET", 2)
    cookies = dict(anna.cookies)
    got: list[bytes] = []

    async def taken(piece: bytes) -> None:
        got.append(piece)
        if len(got) == 2 and end == "the server ends":
            desk_app.state.ending.set()
        elif len(got) == 2:
            anna.send("/desk/notices", "/desk/sign-out")

    assert read(desk_app, EVENTS, taken, cookies) == 200
    assert got[1:] == [b": nothing new\n\n"]


@pytest.mark.usefixtures("under_way")
def test_streams_are_for_signed_in_people_and_bounded(anna: Visitor, visitor: Visitor, desk_app: FastAPI) -> None:
    assert visitor.get(EVENTS).status_code == 303
    assert anna.get("/desk/services/none.example/progress/events").status_code == 404
    desk_app.state.streams_at_once = Slots(0)
    answer = anna.get(EVENTS)
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "60"
