"""A small store with everything in it, made as the pipeline makes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache

from sqlalchemy.orm import Session

from harvester.cleaner.document import Document, clean
from harvester.cleaner.quality import Quality, assess
from harvester.store.content import payloads, renderings
from harvester.store.content.renderings import KeptPart
from harvester.store.database import Database
from harvester.store.history.history import refresh
from harvester.store.ledger import leases
from harvester.store.ledger.limiter_state import LimiterRows
from harvester.store.schema import Capture, Playback, Rendering
from tests.support.store.contents import put
from tests.support.store.rows import NOW, a_capture, a_service, a_source

SENTENCE = "We keep your name, your address and what you tell us for as long as the law asks us to. "


def page(number: int) -> bytes:
    kept = "".join(f"<p>{SENTENCE} Paragraph {place}.</p>" for place in range(8))
    links = f"<p>{SENTENCE}<a href='/contact'>Write</a> or <a href='more'>read</a>. It is kept {number} years.</p>"
    return f"<html><head><title>Privacy</title></head><body><div>{kept}{links}</div></body></html>".encode()


@lru_cache(maxsize=256)
def read(body: bytes, url: str, timestamp: str, domain: str) -> tuple[Document, Quality]:
    """What the cleaner makes of a page, once for all the stores of a run."""
    made = clean(body, url=url, timestamp=timestamp, domain=domain)
    return made, assess(made.title, made.markdown, body=body)


def played(capture: Capture, made: Document) -> Playback:
    """How the archive answered for a capture with this document."""
    return Playback(
        capture_id=capture.id,
        fetched_at=NOW,
        url=made.snapshot_url,
        status=200,
        headers={"content-type": "text/html"},
        chain=[],
        verdict="match",
    )


def _rendered(session: Session, capture: Capture) -> None:
    """Enters what a browser made of a capture's page, and what that asked for."""
    assert capture.payload_id is not None
    rendering = Rendering(
        source_id=capture.source_id,
        archive=capture.archive,
        payload_id=capture.payload_id,
        address="https://web.archive.org/web/20200101000000id_/http%3A//service.example/privacy",
        browser="120.0",
        answered=["https://web.archive.org/web/20200101000000id_/http%3A//service.example/a.js"],
        missing=[],
        blocked=[],
        rendered_at=NOW,
    )
    renderings.keep(session, rendering, page(0) + b"<p>after its scripts</p>")
    script = KeptPart(b"start()", "text/javascript", 200)
    renderings.keep_part(session, capture.archive, "http://service.example/a.js", "20200101000000", script, NOW)


def fill(
    database: Database, services: int = 2, captures: int = 5, name: str = "service", names: Sequence[str] = ()
) -> list[int]:
    """Enters services with captures, of these names if any are given; gives the ids of the captures."""
    names = names or [f"{name}{place}.example" for place in range(services)]
    ids = []
    for place, named in enumerate(names):
        with database.writing() as session:
            service = a_service(session, named)
            source = a_source(session, service, f"http://{named}/privacy")
            for number in range(captures):
                when = NOW - timedelta(days=400 * (captures - number))
                body = page(number // 2 + 10 * place)
                made, quality = read(body, source.url, when.strftime("%Y%m%d%H%M%S"), service.name)
                capture = a_capture(session, source, when, None)
                capture.payload_id = payloads.put(session, body, source_id=source.id)
                capture.document_id, capture.text_id = put(session, made, quality)
                capture.cleaner = "1"
                session.add(played(capture, made))
                ids.append(capture.id)
            _rendered(session, capture)
            refresh(session, service.id, now=NOW)
    with database.writing() as session:
        leases.acquire(session, "scheduler", "me", NOW, 60)
    LimiterRows(database).update_json("cdx", lambda state: ('{"a": 1}', None))
    return ids
