"""Mail to readers: each confirmed one is told once of each change, whatever fails meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from harvester.catalogue.present_settings import PresentSettings
from harvester.harvest.notable import KNOWN_UNTIL, enqueue
from harvester.service.notify.outbox import Postman
from harvester.service.notify.states import outbox
from harvester.settings import Settings
from harvester.store import subscriptions
from harvester.store.database import Database
from harvester.store.schema import Change, Run, Service, SubscriptionMail
from tests.support.service.mailbox import Mailbox, mailbox, text_of
from tests.support.store.filled import fill
from tests.support.store.rows import NOW

NAME = "service0.example"
TARGET = f"readers of service {NAME}"


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mailbox() as box:
        yield box


@pytest.fixture
def settings(box: Mailbox) -> Settings:
    mail = {"sender": "policies@pages.example", "host": "127.0.0.1", "port": box.port, "security": "none"}
    rules = {"years": {"words": ["kept 2 years"]}, "never": {"words": ["xyzzy"]}}
    return Settings.model_validate({"mail": mail, "web": {"base_url": "https://pages.example"}, "watch": rules})


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def subscribed(database: Database, address: str, kind: str = "service", name: str = NAME) -> str:
    with database.writing() as session:
        asked = subscriptions.ask(session, address, kind, name, NOW)
        assert asked is not None
        subscriptions.confirm(session, asked.token, NOW)
    return asked.token


def changed(database: Database) -> None:
    """The latest change of the service turns out to be news."""
    with database.writing() as session:
        service = session.scalars(select(Service).where(Service.name == NAME)).one()
        latest = session.scalars(select(Change).where(Change.service_id == service.id).order_by(Change.before)).all()[
            -1
        ]
        latest.kind = "substantive"
        known = {KNOWN_UNTIL: (latest.before - timedelta(days=1)).isoformat()}
        session.add(Run(kind="poll", service=NAME, parameters={}, started_at=NOW, finished_at=NOW, summary=known))
        session.flush()
        enqueue(session, {}, service, [latest], NOW)


def test_each_reader_is_told_once_and_only_of_what_is_followed(
    database: Database, settings: Settings, box: Mailbox
) -> None:
    fill(database, services=1)
    for number in range(3):
        subscribed(database, f"{number}@readers.example")
    subscribed(database, "watch@readers.example", "watch", "years")
    subscribed(database, "never@readers.example", "watch", "never")
    subscribed(database, "gone@readers.example", "watch", "removed-since")
    subscribed(database, "other@readers.example", "service", "other.example")
    with database.writing() as session:
        subscriptions.ask(session, "unconfirmed@readers.example", "service", NAME, NOW)
    changed(database)
    postman = Postman(database, PresentSettings(settings), lambda: NOW)
    assert postman.deliver_due() == 2
    assert postman.deliver_due() == 0
    assert sorted(one["To"] for one in box.got) == [
        *(f"{n}@readers.example" for n in range(3)),
        "watch@readers.example",
    ]
    assert len({one["List-Unsubscribe"] for one in box.got}) == 4, "each has a link of its own"
    [mail] = box.to("1@readers.example")
    assert NAME in mail["Subject"]
    assert f"https://pages.example/services/{NAME}/changes/" in text_of(mail)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert box.to("watch@readers.example")[0]["Subject"] == mail["Subject"]


def test_a_failing_server_is_tried_again_for_those_who_were_not_told(
    database: Database, settings: Settings, box: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    fill(database, services=1, captures=3)
    for number in range(4):
        subscribed(database, f"{number}@readers.example")
    box.refused.add("0@readers.example")
    box.takes = 1
    changed(database)
    clock = Clock()
    postman = Postman(database, PresentSettings(settings), clock)
    assert postman.deliver_due() == 0
    assert [one["To"] for one in box.got] == ["1@readers.example"]
    assert outbox(database)[TARGET]["owed"] == 1
    box.takes = None
    clock.now += timedelta(minutes=2)
    assert postman.deliver_due() == 1
    assert [one["To"] for one in box.got] == [f"{number}@readers.example" for number in (1, 2, 3)]
    assert "readers.example" not in caplog.text, "no log names an address"
    with database.reading() as session:
        assert len(session.scalars(select(SubscriptionMail).where(SubscriptionMail.notice_id.is_not(None))).all()) == 4


def test_what_nobody_follows_any_more_is_withdrawn(database: Database, settings: Settings, box: Mailbox) -> None:
    fill(database, services=1, captures=3)
    tokens = [subscribed(database, f"{number}@readers.example") for number in range(2)]
    changed(database)
    for left, token in ((1, tokens[0]), (0, tokens[1])):
        with database.writing() as session:
            subscriptions.end(session, token, NOW)
        assert outbox(database)[TARGET]["owed"] == left
    assert Postman(database, PresentSettings(settings), lambda: NOW).deliver_due() == 0
    assert box.got == []
    with database.reading() as session:
        assert session.scalars(select(SubscriptionMail)).all() == []
