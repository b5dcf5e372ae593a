"""What a browser made of a payload is kept, on both databases, and what it asked for is asked once."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from harvester.store.content import payloads, renderings
from harvester.store.content.renderings import KeptPart
from harvester.store.database import Database
from harvester.store.schema import Payload, Rendering
from harvester.store.spellings import copy_renderings
from tests.support.store.rows import NOW, a_capture, a_service, a_source

URL = "http://shop.example/app.js"
PAGE = b"<div id=root></div><script src=app.js></script>" * 200


def rendering(source_id: int, payload_id: int, problem: str | None = None) -> Rendering:
    return Rendering(
        source_id=source_id,
        archive="wayback",
        payload_id=payload_id,
        address="https://web.archive.org/web/20200101000000id_/http%3A//shop.example/",
        problem=problem,
        browser="120.0",
        answered=["a"],
        missing=[],
        blocked=["b"],
        rendered_at=NOW,
    )


def test_a_rendering_takes_the_place_of_an_earlier_one(database: Database) -> None:
    with database.writing() as session:
        source = a_source(session, a_service(session, "shop.example"), "http://shop.example/")
        raw = payloads.put(session, PAGE, source_id=source.id)
        assert renderings.of(session, source.id, "wayback", raw, NOW) is None
        renderings.keep(session, rendering(source.id, raw, "hangs: it does"), None)
        assert renderings.dom_of(session, source.id, "wayback", raw, NOW) is None
        renderings.keep(session, rendering(source.id, raw), PAGE + b"<p>written</p>")
    with database.reading() as session:
        found = renderings.of(session, source.id, "wayback", raw, NOW)
        assert found is not None
        assert (found.browser, found.problem, found.blocked) == ("120.0", None, ["b"])
        assert renderings.dom_of(session, source.id, "wayback", raw, NOW) == PAGE + b"<p>written</p>"
        assert session.get_one(Payload, found.dom_id).base_id == raw, "kept as what differs from the page before"
        assert session.scalar(select(func.count()).select_from(Rendering)) == 1
        newest = payloads.put(session, PAGE + b"<p>another day</p>", source_id=source.id)
        assert session.get_one(Payload, newest).base_id == raw, "the chain of a source passes by its renderings"
        session.rollback()


def test_the_first_answer_of_an_archive_stays(database: Database) -> None:
    found, nothing = KeptPart(b"start()", "text/javascript", 200), KeptPart(None, None, None)
    with database.writing() as session:
        assert renderings.part(session, "wayback", URL, "20200101000000") is None
        renderings.keep_part(session, "wayback", URL, "20200101000000", found, NOW)
        renderings.keep_part(session, "wayback", URL, "20200101000000", nothing, NOW)
        renderings.keep_part(session, "wayback", URL, "20210101000000", nothing, NOW)
    with database.reading() as session:
        assert renderings.part(session, "wayback", URL, "20200101000000") == found
        assert renderings.part(session, "wayback", URL, "20210101000000") == nothing


def test_captures_that_need_a_browser_are_counted(database: Database) -> None:
    with database.writing() as session:
        source = a_source(session, a_service(session, "shop.example"), "http://shop.example/")
        for reason in ("needs-a-browser: few-words", "needs-a-browser: writes; no-article: x", "not-rendered: x", None):
            a_capture(session, source, NOW, None).reason = reason
            source = a_source(session, a_service(session, f"s{len(str(reason))}.example"), "http://s.example/")
    with database.reading() as session:
        assert renderings.count_needed(session) == 2


def test_what_is_of_one_capture_replaces_what_was_of_all_and_is_no_other_capture_s(database: Database) -> None:
    later = NOW + timedelta(days=1)
    with database.writing() as session:
        source = a_source(session, a_service(session, "shop.example"), "http://shop.example/")
        raw = payloads.put(session, PAGE, source_id=source.id)
        for at in (None, NOW, later, later):
            made = rendering(source.id, raw)
            made.taken_at = at
            renderings.keep(session, made, PAGE + str(at).encode())
    with database.reading() as session:
        assert renderings.are_of_one_capture(session, source.id, "wayback", raw)
        for at in (NOW, later):
            assert renderings.dom_of(session, source.id, "wayback", raw, at) == PAGE + str(at).encode()
        assert renderings.of(session, source.id, "wayback", raw, NOW + timedelta(days=2)) is None
        assert session.scalar(select(func.count()).select_from(Rendering)) == 2


def test_what_is_of_one_capture_stays_when_another_spelling_of_the_page_has_one_for_all(database: Database) -> None:
    with database.writing() as session:
        service = a_service(session, "shop.example")
        one, other = (a_source(session, service, f"http://{host}/") for host in ("shop.example", "www.shop.example"))
        raw = payloads.put(session, PAGE, source_id=one.id)
        for source, at in ((one, NOW), (other, None)):
            made = rendering(source.id, raw)
            made.taken_at = at
            renderings.keep(session, made, PAGE + str(at).encode())
        copy_renderings(session, other.id, one.id)
    with database.reading() as session:
        assert renderings.dom_of(session, one.id, "wayback", raw, NOW) == PAGE + str(NOW).encode()
