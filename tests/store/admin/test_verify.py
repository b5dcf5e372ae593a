"""A whole store has no findings; whatever is altered behind its back is named."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import Session

from harvester.cleaner.document import Document
from harvester.diffing import apply, decode
from harvester.errors import CorruptStore
from harvester.store.admin.verify import verify
from harvester.store.content import documents, payloads
from harvester.store.database import Database
from harvester.store.history.history import refresh
from harvester.store.schema import Capture, Change, DocumentRow, Payload, Service, TextRow, Version
from tests.support.store.contents import put
from tests.support.store.filled import SENTENCE, fill, played, read
from tests.support.store.rows import NOW, a_capture, a_service, a_source

FLIPS = int(os.environ.get("HARVESTER_TEST_FLIPS", "4"))
"""Bytes altered, one after the other, in each kind of row."""


def _rebuild(session: Session, capture: Capture, body: bytes) -> Document:
    service = session.get_one(Service, capture.service_id)
    timestamp = capture.timestamp.strftime("%Y%m%d%H%M%S")
    return read(body, capture.original, timestamp, service.name)[0]


def _found(database: Database) -> list[str]:
    return [str(finding) for finding in verify(database, _rebuild)]


def test_a_whole_store_has_no_findings(database: Database) -> None:
    fill(database)
    assert _found(database) == []


def test_an_empty_store_has_no_findings(database: Database) -> None:
    assert _found(database) == []


def _reads_the_same(database: Database, operations: bytes) -> bool:
    """Whether zstd ignores what was flipped; a change, which can be computed again, has no seal against that."""
    with database.reading() as session:
        change = session.scalars(select(Change).order_by(Change.id)).first()
        assert change is not None
        old, new = (documents.text(session, number) for number in (change.old_text_id, change.new_text_id))
        try:
            same = decode(operations, old, new) == decode(change.operations, old, new)
            return same and apply(operations, old) == new
        except CorruptStore:
            return False


@pytest.mark.parametrize("table", [Payload, TextRow, DocumentRow, Change])
def test_a_flipped_byte_anywhere_is_found(sqlite: Database, table: Any) -> None:
    fill(sqlite, services=1, captures=3)
    column = table.operations if table is Change else table.data
    with sqlite.reading() as session:
        number, data = session.execute(select(table.id, column).order_by(table.id)).first() or (0, b"")
    assert data
    for position in range(0, len(data), max(1, len(data) // FLIPS)):
        flipped = bytearray(data)
        flipped[position] ^= 1 << position % 8
        if table is Change and _reads_the_same(sqlite, bytes(flipped)):
            continue
        with sqlite.writing() as session:
            session.execute(update(table).where(table.id == number).values({column.key: bytes(flipped)}))
        name = table.__tablename__
        found = [str(finding) for finding in verify(sqlite)]
        with sqlite.writing() as session:
            session.execute(update(table).where(table.id == number).values({column.key: data}))
        assert any(line.startswith(f"{name} {number}: ") for line in found), f"byte {position}"
    assert _found(sqlite) == []


@pytest.mark.parametrize(
    ("table", "altered", "said"),
    [
        (Payload, {"size": 1}, "its size is 1"),
        (Payload, {"digest": "A"}, "its digest is A"),
        (Payload, {"depth": 9}, "its depth is 9"),
        (Payload, {"sha256": "0"}, "its sha256 differs"),
        (TextRow, {"sha256": "0"}, "its sha256 differs"),
        (TextRow, {"size": 2}, "its size is 2"),
        (DocumentRow, {"title": "Other"}, "its title 'Other'"),
        (Version, {"captures": 77}, "its captures is 77"),
        (Version, {"switches": 3}, "its switches is 3"),
        (Change, {"words_added": 77}, "its words_added is 77"),
        (Change, {"share": 0.5}, "its share is 0.5"),
        (Change, {"kind": "nothing"}, "its kind"),
    ],
)
def test_an_altered_column_is_named(sqlite: Database, table: Any, altered: dict[str, Any], said: str) -> None:
    fill(sqlite, services=1, captures=3)
    with sqlite.writing() as session:
        number = session.scalars(select(table.id).order_by(table.id)).first()
        session.execute(update(table).where(table.id == number).values(altered))
    found = _found(sqlite)
    assert any(line.startswith(f"{table.__tablename__} {number}: ") and said in line for line in found), found


def test_missing_and_invented_history_is_named(database: Database) -> None:
    fill(database, services=1)
    with database.writing() as session:
        session.execute(delete(Change))
        session.execute(delete(Version).where(Version.id == select(Version.id).limit(1).scalar_subquery()))
    found = _found(database)
    assert [line.partition(" ")[0] for line in found] == ["versions:", "changes:", "changes:"]
    with database.writing() as session:
        session.execute(update(Capture).values(outcome="block-page"))
    assert {line.partition(": ")[2].partition(" (")[0] for line in _found(database)} == {
        "no capture gives such a version"
    }


def test_a_text_that_no_search_can_find_is_named(database: Database) -> None:
    fill(database, services=1)
    emptied = "INSERT INTO text_search (text_search) VALUES ('delete-all')"
    with database.writing() as session:
        session.execute(text(emptied if database.is_sqlite else "DELETE FROM text_search"))
        texts = session.scalars(select(TextRow.id).order_by(TextRow.id)).all()
    assert _found(database) == [f"texts {number}: its words are not in the search index" for number in texts]


def test_one_page_of_two_sites_is_one_document_with_two_texts(sqlite: Database) -> None:
    """A root-relative link is its site's in the text, and the archive's in the document."""
    kept = "".join(f"<p>{SENTENCE} Paragraph {place}.</p>" for place in range(8))
    body = f"<title>Privacy</title><div>{kept}<p>{SENTENCE}<a href='/contact'>Write</a> to us.</p></div>".encode()
    with sqlite.writing() as session:
        service = a_service(session, "kettle.example")
        captures = []
        for number, host in enumerate(["kettle.example", "teapot.example"]):
            source = a_source(session, service, f"http://{host}/privacy")
            capture = a_capture(session, source, NOW + timedelta(days=number), None)
            made, quality = read(body, source.url, f"{capture.timestamp:%Y%m%d%H%M%S}", service.name)
            capture.payload_id = payloads.put(session, body, source_id=source.id)
            capture.document_id, capture.text_id = put(session, made, quality)
            session.add(played(capture, made))
            captures.append(capture)
        assert captures[0].document_id == captures[1].document_id
        assert captures[0].text_id != captures[1].text_id
        refresh(session, service.id, now=NOW)
    assert _found(sqlite) == []


def test_a_text_that_its_payload_does_not_give_is_named(database: Database) -> None:
    ids = fill(database, services=1, captures=4)
    with database.writing() as session:
        first, last = (session.get_one(Capture, number) for number in (ids[0], ids[-1]))
        first.document_id, first.text_id = last.document_id, last.text_id
    assert any("made again from payload" in line for line in _found(database))
