"""A store in which everything that an archive or a page could have written is one hostile text."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from harvester.cleaner.document import Document
from harvester.cleaner.quality import assess
from harvester.store.content import payloads
from harvester.store.database import Database
from harvester.store.history.history import refresh
from harvester.store.ledger.ledger import Outcome
from harvester.store.schema import Capture, Interval, Playback, Run, Source
from tests.support.store.contents import put


def spoil(database: Database, payload: str, *, odd: str = "") -> None:
    """Puts a payload into every text that an export writes and that an archive or a page could have written."""
    with database.writing() as session:
        captures = session.query(Capture).order_by(Capture.id).all()
        sources = {source.id: source for source in session.query(Source)}
        for place, capture in enumerate(captures):
            url = f"http://service0.example/privacy{payload}"
            markdown = f"{payload}\nEdition {place // 2}.{payload}"
            document = Document("> header", payload, markdown, "service0.example", url)
            capture.document_id, capture.text_id = put(session, document, assess(payload, markdown))
            body = f"{payload}{place // 2}".encode()
            capture.payload_id = payloads.put(session, body, source_id=capture.source_id)
            capture.original, capture.mimetype, capture.digest = url, f"text/html{payload}", f"{place}{payload}"
            capture.archive, capture.reason, capture.cleaner = payload, payload, payload
            chain = [{"url": url + odd, "timestamp": f"{capture.timestamp - timedelta(1):%Y%m%d%H%M%S}"}]
            redirects = [{**one, "status": 302, "historical": True} for one in chain] if place % 2 else []
            headers = {"x-value": payload + odd, f"x-name{payload}{odd}": "1", "content-type": payload}
            session.execute(
                update(Playback)
                .where(Playback.capture_id == capture.id)
                .values(url=url, headers=headers, chain=redirects)
            )
        for source in sources.values():
            source.url += payload
            source.note = payload
            session.add(
                Interval(
                    service_id=source.service_id,
                    source_id=source.id,
                    plan=payload,
                    start=captures[0].timestamp - timedelta(400),
                    end=captures[0].timestamp - timedelta(200),
                    outcome=Outcome.NOT_ARCHIVED,
                    reason=payload,
                )
            )
        session.add(Run(kind=payload, parameters={}, started_at=captures[0].timestamp, outcome=payload, summary={}))
        session.flush()
        for service in {capture.service_id for capture in captures}:
            refresh(session, service, now=captures[0].timestamp)
