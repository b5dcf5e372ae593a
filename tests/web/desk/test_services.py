"""What signed-in people do with services: add, run, pause, edit, silence, try again, remove. And what goes wrong."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from sqlalchemy import select

from harvester.catalogue.entries import ServiceEntry, load_catalogue
from harvester.catalogue.services_file import add
from harvester.service.schedule.pausing import is_paused
from harvester.store.database import Database
from harvester.store.ledger import leases
from harvester.store.ledger.ledger import Outcome
from harvester.store.ledger.sources import enter
from harvester.store.schema import Capture, Run, Service, Source
from tests.support.times import sample_clock
from tests.support.web.desk import Visitor, hidden_fields
from tests.support.web.hostile import PAYLOADS

KETTLE = "/desk/services/kettle.example"


def entry(config: Path, name: str = "kettle.example"):  # type: ignore[no-untyped-def]
    return next((one for one in load_catalogue(config / "services.toml") if one.name == name), None)


def test_a_service_is_added_by_its_address(anna: Visitor, config: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", logger="harvester.web.desk")
    fields = {"address": " https://www.new.example/privacy?a='1' ", "tags": "one, two ,", "sample": "changes"}
    fields["archives"] = "arquivo.pt, internet-archive"
    answer = anna.send("/desk", "/desk/services", **fields)
    assert answer.headers["location"] == "/desk/services/new.example/progress?said=added"
    added = entry(config, "new.example")
    assert [one.url for one in added.sources] == ["https://www.new.example/privacy?a='1'"]
    assert (added.tags, added.sample) == (("one", "two"), "changes")
    assert added.archives == ("arquivo.pt", "internet-archive")
    shown = anna.get(answer.headers["location"])
    assert "It is in the catalogue." in shown.text
    assert "No scheduler runs" in shown.text
    assert "refresh" not in shown.text, "nothing would come"
    assert "Anna added new.example" in caplog.text


def test_the_progress_is_loaded_again_while_a_harvest_is_under_way(anna: Visitor, store: Database) -> None:
    with store.writing() as session:
        leases.acquire(session, "scheduler", "elsewhere:1:1", sample_clock(), 3600)
    anna.send("/desk", "/desk/services", address="new.example")
    page = "/desk/services/new.example/progress"
    waiting = anna.get(page)
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in waiting.text
    assert f'data-events="{page}/events"' in waiting.text
    assert "Waiting for the scheduler." in waiting.text
    still = anna.get(f"{page}?still=1").text
    assert "refresh" not in still
    assert "data-events" not in still
    with store.writing() as session:
        leases.acquire(session, "harvest:new.example", "elsewhere:1:1", sample_clock(), 3600)
        session.add(Run(kind="poll", service="new.example", parameters={}, started_at=sample_clock(), summary={}))
    assert "Looking for the policy on archived home pages." in anna.get(page).text
    with store.writing() as session:
        service = session.scalars(select(Service).where(Service.name == "new.example")).one()
        session.add(Source(service_id=service.id, url="http://new.example/p", origin="discovered"))
    assert "Comparing the texts." in anna.get(page).text
    with store.writing() as session:
        leases.release(session, "harvest:new.example", "elsewhere:1:1")
        run = session.scalars(select(Run).where(Run.service == "new.example")).one()
        run.finished_at, run.outcome, run.summary = sample_clock(), "done", {"unavailable": "the archive is <down>"}
    done = anna.get(page)
    assert "refresh" not in done.headers
    assert "the archive is &lt;down&gt;" in done.text


def test_an_address_that_cannot_be_added_is_said_and_kept_in_the_form(anna: Visitor, config: Path) -> None:
    before = (config / "services.toml").read_bytes()
    for address, words in (
        ("kettle.example", "the catalogue has a service kettle.example already"),
        ("not a domain", "not a domain"),
        ("ftp://a.example/", "not an http:// or https:// address"),
        ("127.0.0.1", "is not the domain of a site"),
        ("", "is not the domain of a site"),
        ('a.example/"\n[[service]]', "not a domain"),
    ):
        answer = anna.send("/desk", "/desk/services", address=address)
        assert answer.status_code in (409, 422), address
        assert words in unescape(answer.text)
        assert (config / "services.toml").read_bytes() == before, address


def test_a_service_is_paused_resumed_and_run(anna: Visitor, store: Database) -> None:
    assert anna.send("/desk", f"{KETTLE}/pause").headers["location"] == f"{KETTLE}?said=paused"
    assert is_paused(store, "kettle.example")
    refused = anna.send(KETTLE, f"{KETTLE}/run")
    assert refused.status_code == 409
    assert "is paused" in refused.text
    assert anna.send(KETTLE, f"{KETTLE}/resume").headers["location"] == f"{KETTLE}?said=resumed"
    assert not is_paused(store, "kettle.example")
    refused = anna.send(KETTLE, f"{KETTLE}/run")
    assert refused.status_code == 409
    assert "no scheduler runs" in refused.text


def test_what_failed_is_said_in_words_and_tried_again(anna: Visitor, store: Database) -> None:
    with store.writing() as session:
        of_kettle = select(Service.id).where(Service.name == "kettle.example").scalar_subquery()
        three = session.scalars(select(Capture).where(Capture.service_id == of_kettle).limit(3)).all()
        three[0].outcome, three[0].reason, three[0].tries = Outcome.FAILED, "timed out <b>", 6
        three[1].outcome, three[1].reason = Outcome.DUE_AGAIN, "HTTP 503"
        three[1].due_at = sample_clock() + timedelta(days=1)
        three[2].outcome, three[2].reason = Outcome.PARKED, "the domain is for sale"
        numbers = [one.id for one in three]
    shown = anna.get(f"{KETTLE}/captures").text
    assert "timed out &lt;b&gt;" in shown
    for words in (
        "could not be fetched, after several tries",
        "failed for now, and will be tried again",
        "shows a domain that is for sale or parked",
        "End the source before that day, if it stays so.",
    ):
        assert words in shown
    answer = anna.send(f"{KETTLE}/captures", f"{KETTLE}/retry")
    assert answer.headers["location"] == f"{KETTLE}/captures?said=retried"
    with store.reading() as session:
        again = {one: session.get_one(Capture, one) for one in numbers}
    assert [one.outcome for one in again.values()] == [Outcome.PLANNED, Outcome.PLANNED, Outcome.PARKED]
    assert [(one.tries, one.due_at) for one in again.values()][:2] == [(0, None), (0, None)]


def test_sources_are_edited_and_the_rest_of_the_file_stays(anna: Visitor, config: Path, store: Database) -> None:
    file = config / "services.toml"
    before = file.read_text()
    shown = anna.get(f"{KETTLE}/sources")
    hidden = hidden_fields(shown.text, f"{KETTLE}/sources")
    kept = [one.url for one in entry(config).sources]
    fields = hidden | {"url-0": kept[0], "from-0": "2010", "url-1": "https://kettle.example/new", "to-1": "2019-02"}
    answer = anna.post(f"{KETTLE}/sources", fields)
    assert answer.headers["location"] == f"{KETTLE}?said=sources"
    edited = entry(config)
    assert [(one.url, one.since and one.since.year, one.until and one.until.month) for one in edited.sources] == [
        (kept[0], 2010, None),
        ("https://kettle.example/new", None, 2),
    ]
    others = [one for one in load_catalogue(file) if one.name != "kettle.example"]
    assert [line for line in before.splitlines() if line.startswith("#")] == [
        line for line in file.read_text().splitlines() if line.startswith("#")
    ]
    assert len(others) == 4
    assert "https://kettle.example/new" in anna.get(KETTLE).text
    assert anna.post(f"{KETTLE}/sources", fields).status_code == 409, "what the form was made from is no longer there"


def test_the_pages_of_a_combined_document_are_shown_and_edited_in_their_order(
    anna: Visitor, config: Path, store: Database
) -> None:
    file = config / "services.toml"
    urls = [f"https://kettle.example/terms/{number}" for number in range(3)]
    add(file, ServiceEntry.model_validate({"name": "kettle.example/terms-of-service", "combine": urls[:2]}))
    with store.writing() as session:
        enter(session, entry(config, "kettle.example/terms-of-service"), sample_clock())
    page = f"{KETTLE}/terms-of-service"
    assert "combined of 2 pages" in anna.get(page).text
    shown = anna.get(f"{page}/sources").text
    assert "all these pages together, in this order" in shown
    hidden = hidden_fields(shown, f"{page}/sources")
    fields = hidden | {"url-0": urls[2], "to-0": "2018", "url-1": urls[0], "url-2": urls[1]}
    assert anna.post(f"{page}/sources", fields).headers["location"] == f"{page}?said=sources"
    edited = entry(config, "kettle.example/terms-of-service").combine
    assert [(one.url, one.until and one.until.year) for one in edited] == [
        (urls[2], 2018),
        (urls[0], None),
        (urls[1], None),
    ]
    with store.reading() as session:
        parts = select(Source.url).where(Source.part >= 0).order_by(Source.part)
        assert session.scalars(parts).all() == [urls[2], urls[0], urls[1]], "the store agrees at once"
    again = hidden_fields(anna.get(f"{page}/sources").text, f"{page}/sources")
    refused = anna.post(f"{page}/sources", again | {"url-0": urls[0], "url-1": urls[0]})
    assert refused.status_code == 422
    assert "twice for the same days" in unescape(refused.text)
    assert "all these pages together" in refused.text


def test_of_two_who_edit_the_same_sources_the_second_is_told(anna: Visitor, config: Path) -> None:
    hidden = hidden_fields(anna.get(f"{KETTLE}/sources").text, f"{KETTLE}/sources")
    assert anna.post(f"{KETTLE}/sources", hidden | {"url-0": "https://kettle.example/first"}).status_code == 303
    answer = anna.post(f"{KETTLE}/sources", hidden | {"url-0": "https://kettle.example/second"})
    assert answer.status_code == 409
    assert "were edited meanwhile" in answer.text
    assert [one.url for one in entry(config).sources] == ["https://kettle.example/first"]
    assert 'value="https://kettle.example/second"' in answer.text, "what was typed is not lost"
    again = hidden_fields(answer.text, f"{KETTLE}/sources")
    assert anna.post(f"{KETTLE}/sources", again | {"url-0": "https://kettle.example/second"}).status_code == 303


def test_sources_that_the_catalogue_would_not_understand_change_nothing(anna: Visitor, config: Path) -> None:
    before = (config / "services.toml").read_bytes()
    for fields in (
        {"url-0": "javascript:alert(1)"},
        {"url-0": "https://a.example/ b"},
        {"url-0": "https://a.example", "from-0": "soon"},
        {"url-0": "https://a.example", "from-0": "2014", "to-0": "2013"},
        {"url-0": "https://a.example", "url-1": "https://a.example"},
    ):
        answer = anna.send(f"{KETTLE}/sources", f"{KETTLE}/sources", **fields)
        assert answer.status_code == 422, fields
        assert 'role="alert"' in answer.text, fields
        assert (config / "services.toml").read_bytes() == before, fields


def test_a_source_is_silenced_and_asked_again(anna: Visitor, config: Path) -> None:
    *others, last = entry(config).sources
    assert any(one.until for one in others)
    fields = hidden_fields(anna.get(KETTLE).text, "/desk/sign-out") | {"url": last.url}
    assert anna.post(f"{KETTLE}/silence", fields).headers["location"] == f"{KETTLE}?said=silenced"
    *beside, silenced = entry(config).sources
    assert beside == others
    assert silenced.until is not None
    assert silenced.until < sample_clock()
    assert "Ask again" in anna.get(KETTLE).text
    assert anna.post(f"{KETTLE}/silence", fields | {"again": "yes"}).status_code == 303
    *beside, asked_again = entry(config).sources
    assert asked_again.until is None
    assert beside == others


def test_a_source_that_the_catalogue_spells_in_another_way_is_still_silenced(anna: Visitor, config: Path) -> None:
    url = entry(config).sources[-1].url
    respelled = url.replace("http://", "https://www.") + "/"
    file = config / "services.toml"
    file.write_text(file.read_text().replace(url, respelled))
    page = anna.get(KETTLE).text
    assert url in page
    assert f'name="url" value="{respelled}"' in page


def test_a_service_is_removed_after_a_question_and_its_history_stays(anna: Visitor, config: Path) -> None:
    asked = anna.get(f"{KETTLE}/remove")
    assert "Remove kettle.example?" in asked.text
    assert entry(config) is not None
    assert anna.send(f"{KETTLE}/remove", f"{KETTLE}/remove").headers["location"] == "/desk?said=removed"
    assert entry(config) is None
    assert anna.get("/services/kettle.example").status_code == 200
    assert "not in the catalogue" in anna.get(KETTLE).text
    assert anna.get(f"{KETTLE}/remove").status_code == 404


def test_a_catalogue_that_cannot_be_read_is_said_and_nothing_is_lost(anna: Visitor, config: Path) -> None:
    (config / "services.toml").write_text("[[service]\n")
    assert "The catalogue is refused" in anna.get("/desk").text
    assert "The catalogue is refused" in anna.get(KETTLE).text
    fields = hidden_fields(anna.get("/desk").text, "/desk/sign-out")
    for action in ("sources", "silence", "remove", "run"):
        answer = anna.post(f"{KETTLE}/{action}", fields | {"url-0": "https://a.example"})
        assert answer.status_code in (400, 409, 422)
        assert "services.toml" in answer.text
    assert anna.post("/desk/services", fields | {"address": "new.example"}).status_code == 422
    assert (config / "services.toml").read_text() == "[[service]\n"


def test_no_typed_field_becomes_markup(anna: Visitor) -> None:
    fields = hidden_fields(anna.get("/desk").text, "/desk/sign-out")

    def elements(typed: str) -> list[list[str]]:
        """The tags of the pages that show what was typed, with their attributes' names."""
        pages = [
            anna.post("/desk/services", fields | {"address": typed, "tags": typed, "sample": typed}).text,
            anna.post(f"{KETTLE}/sources", fields | {"url-0": typed, "from-0": typed, "to-0": typed}).text,
        ]
        tags = [re.findall(r"<(\w+)((?:\s+[\w-]+(?:=\"[^\"]*\")?)*)\s*>", page) for page in pages]
        return [[tag + re.sub(r'="[^"]*"', "", attributes) for tag, attributes in page] for page in tags]

    harmless = elements("these are words")
    assert len(harmless[0]) > 40
    for payload in PAYLOADS:
        assert elements(payload) == harmless, payload


def test_a_form_with_very_many_fields_is_refused(anna: Visitor) -> None:
    answer = anna.post("/desk/services", {f"f{number}": "" for number in range(300)})
    assert answer.status_code == 422
