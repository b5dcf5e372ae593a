"""A document comes back byte for byte for each of its captures, and is kept once for all of them."""

from __future__ import annotations

import os
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from harvester.cleaner.document import Document, header_of, snapshot_address
from harvester.cleaner.quality import Quality, assess
from harvester.errors import CorruptStore, StoreError
from harvester.store.content import documents, stored_form
from harvester.store.database import Database
from harvester.store.schema import DocumentRow, TextRow
from tests.support.store.contents import put
from tests.support.store.rows import a_capture, a_source

ARCHIVE = "https://web.archive.org/web"
URL = "http://example.com/privacy"


def _document(markdown: str, timestamp: str = "20140630120000", title: str = "Privacy") -> Document:
    address = snapshot_address(URL, timestamp)
    return Document(header_of("example.com", timestamp, address), title, markdown, "example.com", address)


def _quality(document: Document) -> Quality:
    return assess(document.title, document.markdown)


def _linked(timestamp: str) -> str:
    return f"We [write]({ARCHIVE}/{timestamp}id_/http%3A//example.com/contact) to you.\n\n"


def _put(database: Database, document: Document) -> tuple[int, int]:
    with database.writing() as session:
        return put(session, document, _quality(document))


def test_captures_that_differ_in_their_own_prefix_share_one_document(database: Database) -> None:
    made = [_document(_linked(timestamp), timestamp) for timestamp in ("20140630120000", "20150102030405")]
    assert _put(database, made[0]) == _put(database, made[1])
    with database.reading() as session:
        assert session.scalar(select(func.count(DocumentRow.id))) == 1
        assert session.scalar(select(func.count(TextRow.id))) == 1


def test_a_link_into_another_capture_is_not_taken_for_its_own(database: Database) -> None:
    one, other = (_document(_linked("20101010101010"), timestamp) for timestamp in ("20140630120000", "20150102030405"))
    assert _put(database, one) == _put(database, other)
    with database.reading() as session:
        number = session.scalars(select(DocumentRow.id)).one()
        assert documents.template(session, number) == f"# Privacy\n\n{_linked('20101010101010')}"


def test_the_document_of_each_capture_comes_back_byte_for_byte(database: Database) -> None:
    with database.writing() as session:
        source = a_source(session, url=URL)
        expected = []
        for timestamp in ("20140630120000", "20150102030405"):
            document = _document(_linked(timestamp), timestamp)
            capture = a_capture(session, source, datetime.strptime(timestamp + "Z", "%Y%m%d%H%M%S%z"), None)
            capture.document_id, capture.text_id = put(session, document, _quality(document))
            expected.append((capture.document_id, timestamp, document))
    with database.reading() as session:
        for number, timestamp, document in expected:
            address = document.snapshot_url
            filled = documents.filled(session, number, domain="example.com", timestamp=timestamp, snapshot_url=address)
            assert filled == document.text


@settings(
    max_examples=int(os.environ.get("HARVESTER_TEST_EXAMPLES", "10")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    pieces=st.lists(
        st.one_of(
            st.text(st.characters(exclude_characters="\x00", exclude_categories=()), max_size=20),
            st.sampled_from([f"{ARCHIVE}/20140630120000id_", f"{ARCHIVE}/20140630120000id_/http%3A//a.example/"]),
        ),
        max_size=6,
    ),
    title=st.text(st.characters(exclude_characters="\x00", exclude_categories=()), max_size=10),
)
def test_any_document_comes_back(database: Database, pieces: list[str], title: str) -> None:
    document = _document("".join(pieces), title=title)
    with database.writing() as session:
        number, text_id = put(session, document, _quality(_document("any")))
        assert documents.text(session, text_id) == document.comparable
        snapshot_url = snapshot_address(URL, "20140630120000")
        whole = documents.filled(
            session, number, domain="example.com", timestamp="20140630120000", snapshot_url=snapshot_url
        )
    assert whole == document.text


def test_what_was_measured_of_a_text_is_kept_with_it(database: Database) -> None:
    document = _document("We keep your name and address for as long as the law tells us to. " * 10)
    quality = _quality(document)
    _, text_id = _put(database, document)
    with database.reading() as session:
        row = session.get_one(TextRow, text_id)
        assert (row.words, row.language, row.page_kind) == (quality.words, quality.language, quality.page_kind)
        assert row.size == len(document.comparable.encode())
        assert stored_form.unsigned(row.simhash) == quality.simhash


@pytest.mark.parametrize("bits", [0, 1, 2**63 - 1, 2**63, 2**64 - 1])
def test_sixty_four_bits_survive_the_sign(bits: int) -> None:
    assert stored_form.unsigned(stored_form.signed(bits)) == bits
    assert -(2**63) <= stored_form.signed(bits) < 2**63


def test_a_document_with_the_blank_in_it_is_refused(database: Database) -> None:
    with database.writing() as session, pytest.raises(StoreError, match=r"U\+0000"):
        put(session, _document("a\x00b"), _quality(_document("a b")))


def test_a_flipped_byte_is_never_read_as_text(database: Database) -> None:
    number, text_id = _put(database, _document(_linked("20140630120000")))
    with database.writing() as session:
        data = bytearray(session.scalars(select(TextRow.data)).one())
        data[len(data) // 2] ^= 1
        session.execute(update(TextRow).values(data=bytes(data)))
    with database.reading() as session:
        with pytest.raises(CorruptStore, match=f"text {text_id} "):
            documents.text(session, text_id)
        with pytest.raises(CorruptStore):
            documents.template(session, number)


def test_what_is_missing_is_named(database: Database) -> None:
    with database.reading() as session:
        with pytest.raises(CorruptStore, match="text 9"):
            documents.text(session, 9)
        with pytest.raises(CorruptStore, match="document 9"):
            documents.template(session, 9)
