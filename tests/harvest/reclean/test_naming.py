"""A document is filled in with exactly what it was made with, for every capture of the sample."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select

from harvester.harvest.reclean.rebuild import rebuilding
from harvester.insight.reading import naming_of
from harvester.replay.server import ReplayServer
from harvester.settings import Settings
from harvester.store.admin.verify import verify
from harvester.store.content import documents, payloads
from harvester.store.database import Database
from harvester.store.schema import Capture, Playback, Service, Source
from tests.support.harvest.harvests import archive_at, harvest


def test_each_document_read_equals_its_payload_cleaned_again(sqlite: Database, sample_archive: ReplayServer) -> None:
    harvest(sqlite, sample_archive.base_url)
    archive = archive_at(sample_archive.base_url)
    settings = Settings(archives={archive.name: archive})
    rebuild = rebuilding(settings)
    kinds: Counter[str] = Counter()
    with sqlite.reading() as session:
        rows = session.execute(
            select(Capture, Playback, Source, Service.name)
            .join(Source, Source.id == Capture.source_id)
            .join(Service, Service.id == Capture.service_id)
            .outerjoin(Playback, Playback.capture_id == Capture.id)
            .where(Capture.document_id.is_not(None))
        ).all()
        for capture, playback, source, service in rows:
            assert capture.document_id is not None
            assert capture.payload_id is not None
            named = naming_of(settings, capture, playback, source)
            shown = documents.filled(
                session,
                capture.document_id,
                domain=service,
                timestamp=named.timestamp,
                snapshot_url=named.snapshot_url,
            )
            body = payloads.get(session, capture.payload_id)
            made = rebuild(session, capture, body)
            assert made is not None
            assert shown == made.text, f"{service} {named.timestamp}"
            kinds["pdf"] += body.startswith(b"%PDF")
            kinds["not utf-8"] += not _is_utf8(body)
            kinds["redirected"] += bool(playback and playback.chain)
            kinds["stood in"] += capture.seen_at is not None
            kinds["adopted"] += playback is None
    assert all(kinds.values()), kinds
    assert list(verify(sqlite, rebuild)) == []


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
