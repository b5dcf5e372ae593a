"""Writers of the same contents in opposite orders: none is ended as a deadlock, and each content is kept once."""

from __future__ import annotations

import os
import threading

from sqlalchemy import func, select

from harvester.cleaner.document import Document, header_of, snapshot_address
from harvester.cleaner.quality import assess
from harvester.store.content import payloads
from harvester.store.database import Database
from harvester.store.schema import DocumentRow, Payload, TextRow
from tests.support.store.contents import put
from tests.support.store.rows import a_service, a_source

ROUNDS = int(os.environ.get("HARVESTER_TEST_ROUNDS", "3"))
CONTENTS = 12


def _document(number: int) -> Document:
    address = snapshot_address("http://example.com/privacy", "20140630120000")
    header = header_of("example.com", "20140630120000", address)
    return Document(header, "Privacy", f"We keep your name for {number} years.\n\n", "example.com", address)


def test_batches_in_opposite_orders_are_all_kept(database: Database) -> None:
    with database.writing() as session:
        sources = [a_source(session, a_service(session, f"service{place}.example")).id for place in range(2)]
    quality = assess("Privacy", "We keep your name.")
    failed: list[BaseException] = []

    def write(place: int, turn: int, start: threading.Barrier) -> None:
        numbers = list(range(turn * CONTENTS, (turn + 1) * CONTENTS))
        try:
            with database.writing() as session:
                start.wait()
                for number in numbers if place else reversed(numbers):
                    payloads.put(session, f"page {number}".encode() * 50, source_id=sources[place])
                    put(session, _document(number), quality)
        except BaseException as error:  # noqa: BLE001 - the test's thread asks for it
            failed.append(error)

    for turn in range(ROUNDS):
        if database.is_sqlite:
            # There a writer is alone from its first moment: the two cannot meet at a barrier.
            for place in range(2):
                write(place, turn, threading.Barrier(1))
            continue
        start = threading.Barrier(2)
        threads = [threading.Thread(target=write, args=(place, turn, start)) for place in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert failed == []
    with database.reading() as session:
        for table in (Payload, TextRow, DocumentRow):
            assert session.scalar(select(func.count(table.id))) == ROUNDS * CONTENTS
