"""Subscribing by e-mail: nobody is subscribed by another, nobody learns who is, and one click ends it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from harvester.settings import Settings
from harvester.store import subscriptions
from harvester.store.database import Database
from harvester.store.schema import Subscription
from harvester.web.app import create_app
from harvester.web.http.ratelimit import RateLimit
from tests.support.service.mailbox import Mailbox, mailbox, text_of
from tests.support.web.client import Client
from tests.support.web.desk import Hands

NAME = "kettle.example"
ME = "me+policies@readers.example"


class Installation:
    """A site whose mail goes to a box."""

    def __init__(self, folder: Path, box: Mailbox, **more: Any) -> None:
        mail = {"sender": "policies@pages.example", "host": "127.0.0.1", "port": box.port, "security": "none"}
        web = {"base_url": "https://pages.example", "access_log": True}
        watch = {"sale": {"words": ["sell"]}}
        self.settings = Settings.model_validate({"mail": mail, "web": web, "watch": watch, "config": folder} | more)
        self.file = folder / "harvester.db"
        self.database = Database.open(f"sqlite:///{self.file}")
        self.hands, self.box = Hands(), box
        self.client = Client(create_app(self.settings, self.database, self.hands))
        self.client.app.state.subscribe_limit = RateLimit(6_000)

    def post(self, url: str, **fields: str) -> httpx.Response:
        return self.client.request("POST", url, data=fields)

    def asks(self, address: str = ME, **fields: str) -> httpx.Response:
        return self.post("/subscribe", **{"service": NAME} | fields | {"address": address})

    def followed(self) -> list[tuple[str, str]]:
        with self.database.reading() as session:
            return subscriptions.followed(session)


@pytest.fixture(scope="module")
def box() -> Iterator[Mailbox]:
    with mailbox() as box:
        yield box


@pytest.fixture
def site(box: Mailbox, sample_of_2020: Path, tmp_path: Path) -> Iterator[Installation]:
    shutil.copyfile(sample_of_2020 / "harvester.db", tmp_path / "harvester.db")
    box.got.clear()
    made = Installation(tmp_path, box)
    yield made
    made.database.close()


@pytest.mark.parametrize("fields", [{"service": NAME}, {"watch": "sale"}], ids=["service", "watch"])
def test_it_is_asked_for_confirmed_and_ended_by_the_links_in_mails(
    site: Installation, fields: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger="harvester")
    [(kind, name)] = fields.items()
    page = {"service": f"/services/{name}", "watch": f"/watches/{name}"}[kind]
    form = f"/subscribe?{kind}={name}"
    assert f'href="{form}"' in site.client.get(page).text
    assert site.client.get(form).status_code == 200
    assert site.post("/subscribe", **fields, address=ME).status_code == 200
    [mail] = site.box.got
    assert (mail["To"], mail["From"]) == (ME, "policies@pages.example")
    confirm, end = site.box.link("confirm"), site.box.link("end")
    assert mail["List-Unsubscribe"] == f"<https://pages.example{end}>"
    for link in (confirm, end):
        shown = site.client.get(link)
        assert 'method="post"' in shown.text
        assert shown.headers["cache-control"] == "no-store"
        assert shown.headers["referrer-policy"] == "no-referrer"
    assert site.followed() == [], "looking at a link does nothing"
    assert site.post(confirm).status_code == 200
    assert site.followed() == [(kind, name)]
    token = confirm.rpartition("/")[2]
    said = [one.getMessage() for one in caplog.records if one.name.startswith("harvester")]
    assert said
    assert not any(token in one for one in said)
    assert token.encode() not in site.file.read_bytes() + site.file.with_name("harvester.db-wal").read_bytes()
    assert site.post(end, **{"List-Unsubscribe": "One-Click"}).status_code == 200
    assert site.followed() == []
    assert site.post(end).status_code == 200
    assert "Unsubscribed" in site.client.get(end).text
    assert site.post(confirm).status_code == 404


def test_nobody_learns_who_is_subscribed_and_no_address_is_flooded(site: Installation) -> None:
    first = site.asks()
    site.post(site.box.link("confirm"))
    again, other = site.asks(), site.asks("other@readers.example")
    assert "already" in text_of(site.box.to(ME)[-1])
    many = [site.asks(address) for address in (ME.upper().replace("READERS.EXAMPLE", "readers.example"), ME, ME, ME)]
    assert {one.text for one in (first, again, other, *many)} == {first.text}
    assert len(site.box.got) == 4, "three for one address, one for the other"
    site.hands.move(days=2)
    site.asks(watch="sale")
    assert len(site.box.got) == 5


@pytest.mark.parametrize(
    "address",
    ["", "me", "me@localhost", "a@b.example, c@d.example", "a@b.example\r\nBcc: c@d.example", "<a@b.example>",
     "a b@c.example", "é@c.example", "a@" + "b" * 300 + ".example"],
)  # fmt: skip
def test_what_is_no_address_is_said_beside_the_field(wrong: Installation, address: str) -> None:
    answer = wrong.asks(address)
    assert answer.status_code == 422
    assert 'id="address-wrong"' in answer.text
    assert wrong.box.got == []


@pytest.fixture(scope="module")
def wrong(sample_of_2020: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("wrong")
    shutil.copyfile(sample_of_2020 / "harvester.db", folder / "harvester.db")
    made = Installation(folder, Mailbox(9))
    yield made
    made.database.close()


def test_one_reader_asks_only_so_often(wrong: Installation) -> None:
    wrong.client.app.state.subscribe_limit = RateLimit(2)
    answers = [wrong.asks(f"{number}@readers.example").status_code for number in range(4)]
    assert answers[0] == 200
    assert answers[-1] == 429


def test_a_mail_server_that_is_away_tells_the_reader_nothing_and_the_log_no_address(
    wrong: Installation, caplog: pytest.LogCaptureFixture
) -> None:
    wrong.client.app.state.subscribe_limit = RateLimit(6_000)
    assert wrong.asks().status_code == 200
    assert "127.0.0.1:9 took no mail" in caplog.text
    assert ME not in caplog.text


def test_what_is_not_confirmed_is_forgotten(site: Installation) -> None:
    site.asks()
    late = site.box.link("confirm")
    site.hands.move(days=4)
    assert site.post(late).status_code == 404
    site.asks("other@readers.example")
    assert site.client.get(late).status_code == 404
    with site.database.reading() as session:
        assert session.scalars(select(Subscription.address)).all() == ["other@readers.example"]


def test_without_a_sender_nobody_can_subscribe(client: Client) -> None:
    assert client.get(f"/subscribe?service={NAME}").status_code == 404
    assert client.request("POST", "/subscribe", data={"service": NAME, "address": ME}).status_code == 404
    assert "/subscribe" not in client.get(f"/services/{NAME}").text


def test_only_what_is_there_can_be_followed(wrong: Installation) -> None:
    assert wrong.client.get("/subscribe?service=none.example").status_code == 404
    assert wrong.client.get("/subscribe?watch=none").status_code == 404


def test_mail_without_an_address_of_the_pages_is_refused() -> None:
    with pytest.raises(ValueError, match="base_url"):
        Settings.model_validate({"mail": {"sender": "a@b.example"}})
    with pytest.raises(ValueError, match="not an e-mail address"):
        Settings.model_validate({"mail": {"sender": "a@b.example\nBcc: x"}})
