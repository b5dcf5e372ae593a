"""Notices: only notable changes, each sent once and in time, whatever process dies."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from sqlalchemy import select, update

from harvester.catalogue.entries import WatchedCatalogue
from harvester.catalogue.present_settings import PresentSettings
from harvester.catalogue.settings_file import TARGETS, append_section
from harvester.clock import utc_now
from harvester.errors import ConfigurationError, UnknownName
from harvester.harvest.notable import due
from harvester.service.notify.delivery import SIGNATURE, NotDelivered, send
from harvester.service.notify.messages import Message, NotableChange
from harvester.service.notify.outbox import Postman
from harvester.service.notify.states import TRIES, outbox
from harvester.service.notify.targets import send_test
from harvester.service.schedule.scheduler import Installation
from harvester.settings import Settings, TargetSettings, WatchSettings
from harvester.store.database import Database
from harvester.store.desk import reviews
from harvester.store.desk.reviews import Deeds, State
from harvester.store.read import versions
from harvester.store.schema import Change, Notice
from tests.support.archive_server.fixtures import StartArchive
from tests.support.harvest.harvests import entry, harvest
from tests.support.service.installations import policy, stamp, url_of
from tests.support.service.stories import SECRET, SERVICE, Story, target


class Receiver:
    """A webhook's server, with the status it is to answer."""

    def __init__(self) -> None:
        self.status = 200
        self.got: list[tuple[dict[str, str], bytes]] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.got.append((dict(self.headers.items()), body))
                self.send_response(receiver.status)
                self.send_header("Content-Length", "0")
                self.send_header("Location", "/elsewhere")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook?key=hidden"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    thread = threading.Thread(target=made.server.serve_forever)
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


@pytest.fixture
def story(database: Database, harsh_archive: StartArchive) -> Story:
    return Story(database, harsh_archive)


@pytest.fixture
def sqlite_story(sqlite: Database, harsh_archive: StartArchive) -> Story:
    """What a poll enters is alike on both databases; how notices are claimed and sent the other tests try on both."""
    return Story(sqlite, harsh_archive)


def test_a_first_harvest_is_history_and_what_comes_after_it_is_news(sqlite_story: Story) -> None:
    story = sqlite_story
    settings = story.settings(team=target(kinds=["substantive", "minor"]))
    assert story.polled(settings) == 2
    assert story.pending() == [], "the first poll of a service finds its history"
    story.says(40)
    assert story.polled(settings) == 1
    assert [one.change_key.partition("/")[0] for one in story.pending()] == [SERVICE]
    story.says(30, ago=timedelta(days=500))
    assert story.polled(settings) == 0  # a poll looks back two weeks only
    assert story.polled(settings) == 0
    assert len(story.pending()) == 1


def test_a_late_capture_of_the_past_is_no_news(sqlite_story: Story) -> None:
    story = sqlite_story
    story.harvested()
    story.says(30, ago=timedelta(days=500))
    harvest(story.database, story.server.base_url, [entry(SERVICE, url_of(SERVICE))])
    with story.database.reading() as session:
        assert len(session.scalars(select(Change.id)).all()) == 3
    assert story.pending() == []


def test_targets_hear_of_what_they_asked_for(sqlite_story: Story) -> None:
    story = sqlite_story
    settings = story.settings(
        everything=target(),
        others=target(services=["b.example"]),
        tagged=target(tags=["chat", "x"]),
        otherwise=target(tags=["mail"]),
        cosmetic=target(kinds=["cosmetic"]),
        much=target(min_words=1000),
        weekly=target(digest="weekly"),
        policies=target(types=["privacy-policy", "imprint"], services=[f"{SERVICE}/privacy-policy"]),
        terms=target(types=["terms of use"]),
    )
    story.harvested()
    with story.database.writing() as session:
        session.execute(update(Change).values(found_at=story.now))
    story.archive.add(url_of(SERVICE), stamp(), policy(9).replace(b"delete everything", b"sell it to whoever pays"))
    story.server.refresh()
    story.polled(settings)
    assert sorted(one.target for one in story.pending()) == ["everything", "policies", "tagged", "weekly"]
    weekly = next(one for one in story.pending() if one.target == "weekly")
    assert (weekly.due_at.weekday(), weekly.due_at.hour) == (0, 7)
    assert weekly.due_at > story.now


def test_a_notice_is_sent_once_signed_and_with_its_key(story: Story, receiver: Receiver) -> None:
    settings = story.settings(team=target(url=receiver.url, kinds=["substantive", "minor"]))
    settings = settings.model_copy(update={"web": settings.web.model_copy(update={"base_url": "https://h.example/"})})
    story.harvested()
    story.says(40)
    story.polled(settings)
    postman = Postman(story.database, PresentSettings(settings), utc_now)
    assert postman.deliver_due() == 1
    assert postman.deliver_due() == 0
    [(headers, body)] = receiver.got
    told = json.loads(body)
    [change] = told["changes"]
    assert change["service"] == SERVICE
    assert change["url"] == f"https://h.example/services/{SERVICE}/changes/{change['key'].partition('/')[2]}"
    assert told["id"] == headers["Idempotency-Key"]
    seconds, mac = (part.partition("=")[2] for part in headers[SIGNATURE].split(","))
    assert mac == hmac.new(SECRET.encode(), seconds.encode() + b"." + body, hashlib.sha256).hexdigest()
    assert outbox(story.database) == {"team": {"owed": 0, "sent": 1, "withdrawn": 0, "given up": 0}}


def test_a_target_added_while_the_service_runs_gets_what_comes_after(
    sqlite_story: Story, receiver: Receiver, tmp_path: Path
) -> None:
    story = sqlite_story
    present = PresentSettings(story.settings().model_copy(update={"config": tmp_path}))
    archive = story.settings().archive_named(story.server.base_url)
    (tmp_path / "services.toml").write_text(f'[[service]]\nname = "{SERVICE}"\nsources = ["{url_of(SERVICE)}"]\n')
    catalogue = WatchedCatalogue(tmp_path / "services.toml")
    running = Installation(story.database, present, archive, catalogue, utc_now, threading.Event())
    postman = Postman(story.database, present, utc_now)
    story.harvested()
    late = target(url=receiver.url, kinds=["substantive", "minor"])
    append_section(tmp_path / "harvester.toml", TARGETS, "late", late)
    story.says(40)
    story.polled(running.settings)
    assert postman.deliver_due() == 1
    assert json.loads(receiver.got[0][1])["target"] == "late"


def test_a_target_with_watches_gets_only_what_one_of_them_fits_with_the_passages(
    story: Story, receiver: Receiver
) -> None:
    rules = {
        "all": {"words": ["/./"], "types": ["privacy policy"]},
        "none": {"words": ["xyzzy"]},
        "elsewhere": {"words": ["/./"], "tags": ["x"]},
        "terms": {"words": ["/./"], "types": ["terms of service"]},
    }
    kinds = ["substantive", "minor"]
    watched = {
        "watch": {name: WatchSettings.model_validate(rule) for name, rule in rules.items()},
        "notify": {
            "team": target(url=receiver.url, kinds=kinds, watches=["all", "elsewhere", "terms"]),
            "none": target(url=receiver.url, kinds=kinds, watches=["none"]),
        },
    }
    settings = story.settings().model_copy(update=watched)
    story.harvested()
    story.says(40)
    story.polled(settings)
    postman = Postman(story.database, PresentSettings(settings), utc_now)
    assert postman.deliver_due() == 1
    assert postman.deliver_due() == 0
    [(_, body)] = receiver.got
    [change] = json.loads(body)["changes"]
    assert [one["name"] for one in change["watches"]] == ["all"]
    assert change["watches"][0]["passages"]
    assert outbox(story.database) == {"team": {"owed": 0, "sent": 1, "withdrawn": 0, "given up": 0}}


def test_a_target_for_what_was_reviewed_waits_until_somebody_has_read_it(story: Story, receiver: Receiver) -> None:
    kinds = ["substantive", "minor"]
    settings = story.settings(team=target(url=receiver.url, kinds=kinds, only_reviewed=True))
    story.harvested()
    story.says(40, ago=timedelta(days=1))
    story.says(30)
    story.polled(settings)
    postman = Postman(story.database, PresentSettings(settings), utc_now)
    assert postman.deliver_due() == 0
    first, second = story.pending()
    for notice, state in ((first, State.READ), (second, State.SET_ASIDE)):
        with story.database.writing() as session:
            change = versions.change(session, SERVICE, notice.before)
            reviews.act(session, change, ["+words"], "Anna", utc_now(), Deeds(state), None)
    assert postman.deliver_due() == 1
    [(_, body)] = receiver.got
    assert [one["key"] for one in json.loads(body)["changes"]] == [first.change_key]
    assert postman.deliver_due() == 0
    assert outbox(story.database) == {"team": {"owed": 0, "sent": 1, "withdrawn": 0, "given up": 0}}


def test_a_process_that_dies_before_sending_leaves_the_notice_pending(story: Story, receiver: Receiver) -> None:
    settings = story.settings(team=target(url=receiver.url, kinds=["substantive", "minor"]))
    story.harvested()
    story.says(40)
    story.polled(settings)

    def dies(message: Message, where: TargetSettings, now: datetime) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Postman(story.database, PresentSettings(settings), utc_now, dies).deliver_due()
    assert outbox(story.database)["team"]["owed"] == 1
    assert Postman(story.database, PresentSettings(settings), utc_now).deliver_due() == 0, "it is claimed for a minute"
    later = utc_now() + timedelta(minutes=2)
    assert Postman(story.database, PresentSettings(settings), lambda: later).deliver_due() == 1
    assert len(receiver.got) == 1


def test_a_receiver_that_fails_is_asked_again_later_and_given_up_in_the_end(story: Story, receiver: Receiver) -> None:
    receiver.status = 302
    settings = story.settings(team=target(url=receiver.url, kinds=["substantive", "minor"]))
    story.harvested()
    story.says(40)
    story.polled(settings)
    postman = Postman(story.database, PresentSettings(settings), story.clock)
    story.now = utc_now()
    waits = []
    for _ in range(TRIES + 3):
        assert postman.deliver_due() == 0
        before = len(receiver.got)
        waits.append(story.pending()[0].due_at - story.now)
        story.now += timedelta(seconds=59)
        assert postman.deliver_due() == 0
        assert len(receiver.got) == before, "not within a minute"
        story.now += timedelta(hours=6, minutes=1)
    assert waits[:4] == [timedelta(minutes=minutes) for minutes in (1, 4, 16, 64)]
    assert len(receiver.got) == TRIES
    assert outbox(story.database)["team"]["given up"] == 1
    assert story.pending()[0].error == "the webhook team answered 302"


def test_a_clock_set_back_does_not_hold_up_a_target_that_failed(story: Story, receiver: Receiver) -> None:
    receiver.status = 503
    settings = story.settings(team=target(url=receiver.url))
    story.harvested()
    story.says(40, ago=timedelta(minutes=1))
    story.polled(settings)
    postman = Postman(story.database, PresentSettings(settings), story.clock)
    story.now = utc_now() + timedelta(hours=1)
    assert postman.deliver_due() == 0
    receiver.status = 200
    story.says(80)
    story.polled(settings)
    story.now = utc_now()
    assert postman.deliver_due() == 1


def test_a_digest_goes_out_as_one_message(story: Story, receiver: Receiver) -> None:
    settings = story.settings(team=target(url=receiver.url, kinds=["substantive", "minor"], digest="daily"))
    story.harvested()
    story.says(40, ago=timedelta(hours=3))
    story.polled(settings)
    story.says(50)
    story.polled(settings)
    assert Postman(story.database, PresentSettings(settings), story.clock).deliver_due() == 0
    tomorrow = max(one.due_at for one in story.pending())
    with story.database.writing() as session:
        session.execute(update(Notice).values(due_at=tomorrow))
    assert Postman(story.database, PresentSettings(settings), lambda: tomorrow).deliver_due() == 2
    [(_, body)] = receiver.got
    assert len(json.loads(body)["changes"]) == 2


def test_a_change_that_later_captures_took_back_is_withdrawn(story: Story, receiver: Receiver) -> None:
    settings = story.settings(team=target(url=receiver.url, kinds=["substantive", "minor"]))
    story.harvested()
    story.says(40)
    story.polled(settings)
    with story.database.writing() as session:
        newest = session.scalars(select(Change).order_by(Change.before.desc())).first()
        session.delete(newest)
    assert Postman(story.database, PresentSettings(settings), utc_now).deliver_due() == 0
    assert receiver.got == []
    assert outbox(story.database)["team"]["withdrawn"] == 1


def test_digests_fall_due_at_seven_in_the_morning() -> None:
    sunday = datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert due(target(), sunday) == sunday
    assert due(target(digest="daily"), sunday) == datetime(2026, 11, 23, 7, tzinfo=UTC)
    assert due(target(digest="weekly"), sunday) == datetime(2026, 11, 23, 7, tzinfo=UTC)
    monday = datetime(2026, 11, 23, 7, tzinfo=UTC)
    assert due(target(digest="weekly"), monday) == datetime(2026, 11, 30, 7, tzinfo=UTC)
    assert due(target(digest="daily"), monday - timedelta(minutes=1)) == monday


def test_errors_of_delivery_do_not_tell_the_address(receiver: Receiver) -> None:
    receiver.status = 500
    message = Message("team", (), test=True)
    for url in (receiver.url, "http://127.0.0.1:9/hook?key=hidden", "nonsense://hidden"):
        with pytest.raises((NotDelivered, ConfigurationError)) as failure:
            send(message, target(url=url), utc_now())
        assert "hidden" not in str(failure.value)
        assert "127.0.0.1" not in str(failure.value)


def test_apprise_carries_what_is_no_webhook(receiver: Receiver) -> None:
    address = receiver.url.replace("http://", "json://").partition("?")[0]
    send_test(Settings(notify={"chat": target(url=address)}), "chat", utc_now())
    [(_, body)] = receiver.got
    assert json.loads(body)["title"] == "harvester: a test"
    with pytest.raises(UnknownName, match="chat"):
        send_test(Settings(notify={"chat": target()}), "mail", utc_now())


def test_a_message_says_in_sentences_when_it_happened_and_how_the_redline_is_marked() -> None:
    after, before = datetime(2024, 12, 31, 23, 59, 59, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC)
    news = NotableChange("a/1", "a", "minor", after, before, before, 1, 1, 0, (), (), "For ~~30~~ **90** days.", None)
    assert Message("team", [news]).text == (
        "The text changed between 2024-12-31 23:59 and 2025-01-01 00:00 UTC.\n\n"
        "What changed, with ~~removed~~ and **added** words:\n\nFor ~~30~~ **90** days."
    )


def test_a_long_redline_is_cut_and_the_page_is_named() -> None:
    when = datetime(2026, 1, 2, tzinfo=UTC)
    news = NotableChange("a/1", "a", "substantive", when, when, when, 5, 6, 0, ("Data",), (), "x" * 9000, "https://h/c")
    text = Message("t", [news]).text
    assert "[cut]" in text
    assert "https://h/c" in text
    assert len(text) < 3500
