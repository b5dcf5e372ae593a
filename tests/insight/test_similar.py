"""Policies that share text, found among those that do not."""

from __future__ import annotations

from collections.abc import Collection

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from harvester.cleaner.quality.simhash import hamming
from harvester.errors import UnknownName
from harvester.insight.similar import similar
from harvester.store.database import Database
from harvester.store.read.hashes import Candidate, TextHashes, of_text
from harvester.store.read.hashes import of_texts as read_of_texts
from harvester.store.schema import TextRow


def test_the_two_services_of_one_owner_are_found(either_sample: Database) -> None:
    with either_sample.reading() as session:
        there = similar(session, "tidebook.example")
        back = similar(session, "mossnote.example", str(there.found[0].number))
    assert (there.found[0].service, back.found[0].service) == ("mossnote.example", "tidebook.example")
    nearest = there.found[0]
    assert nearest.jaccard == back.found[0].jaccard > 0.5
    assert (nearest.of_this, nearest.of_other) == (back.found[0].of_other, back.found[0].of_this)
    assert nearest.jaccard <= min(nearest.of_this, nearest.of_other)
    assert nearest.blocks
    assert there.compared == 4
    assert all(one.jaccard < 0.2 for one in there.found[1:])


def test_an_earlier_version_is_compared_with_what_was_nearest_to_it(either_sample: Database) -> None:
    with either_sample.reading() as session:
        first = similar(session, "tidebook.example", "first")
    assert first.version.number == 1
    assert first.found[0].service == "mossnote.example"
    assert first.found[0].number == 1


def test_distances_count_the_bits_that_differ(either_sample: Database) -> None:
    with either_sample.reading() as session:
        hashes = TextHashes(session)
        numbers = session.scalars(select(TextRow.id)).all()
        own = {number: of_text(session, number) for number in numbers}
    near = hashes.nearest(own[numbers[0]], len(numbers))
    assert near == {number: hamming(own[numbers[0]], other) for number, other in own.items()}
    assert len(set(near.values())) > 5
    assert hashes.nearest(own[numbers[0]], 2).items() <= near.items()


def test_a_limit_bounds_the_answer_and_an_unknown_service_is_named(sample_store: Database) -> None:
    with sample_store.reading() as session:
        assert len(similar(session, "tidebook.example", limit=1).found) == 1
        with pytest.raises(UnknownName, match=r"tidebook\.example"):
            similar(session, "tidebok.example")


def test_services_beyond_the_first_texts_looked_at_are_found_too(
    sample_store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The nearest texts may all be of one service: then as many again are looked at."""
    with sample_store.reading() as session:
        whole = similar(session, "tidebook.example")
        assert len(TextHashes(session)) > 8
        monkeypatch.setattr("harvester.insight.similar.CANDIDATES", 2)
        near = similar(session, "tidebook.example")
    assert (near.compared, near.found[0]) == (2, whole.found[0])


def test_versions_are_read_of_the_nearest_texts_only(sample_store: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text may be that of thousands of versions."""
    read: list[int] = []

    def of_texts(session: Session, texts: Collection[int], without: int) -> list[Candidate]:
        read.extend(texts)
        return read_of_texts(session, texts, without)

    with sample_store.reading() as session:
        whole = similar(session, "tidebook.example")
        monkeypatch.setattr("harvester.store.read.hashes.of_texts", of_texts)
        monkeypatch.setattr("harvester.insight.similar.CANDIDATES", 1)
        near = similar(session, "tidebook.example")
        own = of_text(session, near.version.text_id)
        farthest = max(hamming(own, of_text(session, number)) for number in read)
    assert (near.compared, near.found[0]) == (1, whole.found[0])
    assert len(read) == len(set(read)) < len(TextHashes(session))
    assert farthest == near.found[0].distance
