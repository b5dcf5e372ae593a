"""Blame over the store: from the operations it keeps, and equal to texts compared again."""

from __future__ import annotations

import dataclasses

from sqlalchemy import update

from harvester.diffing.text.blocks import read_blocks
from harvester.insight.blame import Blame, blame
from harvester.store.content import documents
from harvester.store.database import Database
from harvester.store.read import versions
from harvester.store.schema import Change

NAME = "kettle.example"


def every_blame(database: Database, *names: str) -> dict[tuple[str, int], Blame]:
    with database.reading() as session:
        return {
            (service.name, row.number): blame(session, service.name, str(row.number), removed=True)
            for service in versions.services(session, names or None)
            for row in versions.log(session, service.name)
        }


def test_the_blame_of_each_version_covers_its_text(sample_store: Database) -> None:
    blames = every_blame(sample_store)
    assert ("kettle.example", 9) in blames
    for (service, number), found in blames.items():
        assert found.version.number == number
        with sample_store.reading() as session:
            blocks = read_blocks(documents.text(session, found.version.text_id))
        shown = [block.with_label_inside().inline.visible.strip() for block in blocks]
        assert [block.text for block in found.blocks] == shown
        for block in found.blocks:
            assert 1 <= block.since.number <= block.latest.number <= number
            words = "".join("".join(passage.text for passage in block.passages).split())
            assert words == "".join(block.text.split()), (service, number)
            assert {block.since, block.latest} <= {passage.since for passage in block.passages}


def test_stored_operations_and_texts_compared_anew_give_one_blame(database: Database, sample_store: Database) -> None:
    from harvester.store.admin.copy import copy_to

    copy_to(sample_store, database)
    stored = every_blame(database, NAME)
    with database.writing() as session:
        session.execute(update(Change).values(operations=b"of another harvester"))
    assert every_blame(database, NAME) == stored
    assert {key: without_ids(one) for key, one in stored.items()} == {
        key: without_ids(one) for key, one in every_blame(sample_store, NAME).items()
    }


def without_ids(found: Blame) -> Blame:
    return dataclasses.replace(found, version=dataclasses.replace(found.version, id=0, change_id=None))


def test_what_is_gone_names_the_version_that_took_it_out(sample_store: Database) -> None:
    with sample_store.reading() as session:
        log = versions.log(session, "kettle.example")
        now = blame(session, "kettle.example", removed=True)
        then = blame(session, "kettle.example", "first", removed=True)
        texts = [documents.text(session, row.text_id) for row in log]
    words = [" ".join(t for block in read_blocks(text) for t in block.with_label_inside().tokens) for text in texts]
    assert now.removed
    for one in now.removed:
        assert one.by.first_seen == log[one.by.number - 1].first_seen
        assert one.last_seen == log[one.by.number - 2].last_seen
        for passage in one.passages:
            first_word = read_blocks(passage.text)[0].tokens[0]
            assert first_word in words[one.by.number - 2]
            assert passage.since.number < one.by.number
    assert then.removed
    assert all(one.by.number > 1 and {p.since.number for p in one.passages} == {1} for one in then.removed)


def test_what_is_gone_reads_as_it_stood(sample_store: Database) -> None:
    with sample_store.reading() as session:
        log = versions.log(session, "kettle.example")
        gone = blame(session, "kettle.example", removed=True).removed
        assert any(len(one.passages) > 1 for one in gone)
        for one in gone:
            before = documents.text(session, log[one.by.number - 2].text_id)
            stood = [" ".join(block.with_label_inside().inline.visible.split()) for block in read_blocks(before)]
            assert any(" ".join(one.text.split()) in block for block in stood), one.text


def test_without_being_asked_no_removed_text_is_given(sample_store: Database) -> None:
    with sample_store.reading() as session:
        assert blame(session, "kettle.example").removed == ()
