"""Raw bodies come back as they were put, are kept once, and a wrong byte is noticed."""

from __future__ import annotations

import os
import random
import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from harvester.errors import CorruptStore
from harvester.store.content import payloads
from harvester.store.database import Database
from harvester.store.schema import Payload, Source
from tests.support.store.rows import a_service, a_source


def _pages(count: int, size: int = 20_000) -> list[bytes]:
    """Successive pages of one site: incompressible alone, almost equal to each other."""
    made = random.Random(5)
    page = bytearray(made.randbytes(size))
    pages = []
    for _ in range(count):
        page[made.randrange(size)] ^= 0xFF
        pages.append(bytes(page))
    return pages


def test_a_body_is_kept_once_whoever_brings_it(database: Database) -> None:
    with database.writing() as session:
        service = a_service(session)
        one, other = a_source(session, service), a_source(session, service, "http://example.com/other")
        first = payloads.put(session, b"the page", source_id=one.id)
        assert payloads.put(session, b"the page", source_id=one.id) == first
        assert payloads.put(session, b"the page", source_id=other.id) == first
        assert payloads.put(session, b"another page", source_id=other.id) != first
        assert payloads.get(session, first) == b"the page"


def test_a_long_chain_is_bounded_by_keyframes_and_small(database: Database) -> None:
    pages = _pages(payloads.DEPTH_AT_MOST * 2 + 10)
    with database.writing() as session:
        source = a_source(session)
        ids = [payloads.put(session, page, source_id=source.id) for page in pages]
    with database.reading() as session:
        assert [payloads.get(session, number) for number in ids] == pages
        assert session.scalar(select(func.max(Payload.depth))) == payloads.DEPTH_AT_MOST
        assert session.scalar(select(func.count()).where(Payload.base_id.is_(None))) == 3
        assert (session.scalar(select(func.sum(func.length(Payload.data)))) or 0) < 5 * len(pages[0])


@settings(
    max_examples=int(os.environ.get("HARVESTER_TEST_EXAMPLES", "10")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(bodies=st.lists(st.binary(max_size=300), min_size=1, max_size=8))
def test_any_bodies_come_back(database: Database, bodies: list[bytes]) -> None:
    with database.writing() as session:
        source_id = session.scalar(select(Source.id)) or a_source(session).id
        ids = [payloads.put(session, body, source_id=source_id) for body in bodies]
        assert [payloads.get(session, number) for number in ids] == bodies


def test_a_payload_keeps_the_digest_of_the_index(database: Database) -> None:
    with database.writing() as session:
        empty = payloads.put(session, b"", source_id=a_source(session).id)
        # The digest that the Wayback Machine lists for every empty body.
        assert session.get_one(Payload, empty).digest == "3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"


@pytest.mark.parametrize("position", [0, 1, 5, 20, -1])
def test_a_flipped_byte_is_never_read_as_content(database: Database, position: int) -> None:
    with database.writing() as session:
        source = a_source(session)
        ids = [payloads.put(session, page, source_id=source.id) for page in _pages(3, 200)]
        data = bytearray(session.scalars(select(Payload.data).where(Payload.id == ids[0])).one())
        data[position] ^= 0x10
        session.execute(update(Payload).where(Payload.id == ids[0]).values(data=bytes(data)))
    with database.reading() as session:
        for number in ids:
            with pytest.raises(CorruptStore, match=str(number)):
                payloads.get(session, number)


def test_a_missing_reference_is_named(database: Database) -> None:
    with database.reading() as session, pytest.raises(CorruptStore, match="payload 77"):
        payloads.get(session, 77)


def test_two_writers_of_the_same_content_both_succeed(database: Database) -> None:
    with database.writing() as session:
        source_id = a_source(session).id
    start, ids, failures = threading.Barrier(4), [], []

    def write(number: int) -> None:
        try:
            start.wait()
            for page in range(10):
                with database.writing() as session:
                    ids.append(payloads.put(session, b"page %d" % page, source_id=source_id))
        except Exception as error:  # noqa: BLE001 - handed to the test below
            failures.append((number, error))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(set(ids)) == 10
    with database.reading() as session:
        assert session.scalar(select(func.count(Payload.id))) == 10
