"""What is recorded of a capture that could not be fetched."""

from __future__ import annotations

from datetime import timedelta

from harvester.errors import TransientFailure, Unplayable
from harvester.harvest.steps.record import Retry, record_failure
from harvester.store.database import Database
from harvester.store.ledger.ledger import Outcome
from tests.support.store.rows import NOW, a_capture, a_source

MINUTE, MONTH = timedelta(minutes=1), timedelta(days=30)


def test_a_failure_is_retried_after_twice_as_long_each_time_and_then_given_up(sqlite: Database) -> None:
    with sqlite.writing() as session:
        capture = a_capture(session, a_source(session), NOW, None, Outcome.PLANNED)
        found = []
        for _ in range(3):
            outcome = record_failure(session, capture, TransientFailure("reset"), NOW, Retry(3, MINUTE), MONTH)
            found.append((outcome, capture.outcome, capture.due_at, capture.reason))
        assert found == [
            (Outcome.DUE_AGAIN, Outcome.DUE_AGAIN, NOW + MINUTE, "reset"),
            (Outcome.DUE_AGAIN, Outcome.DUE_AGAIN, NOW + 2 * MINUTE, "reset"),
            (Outcome.FAILED, Outcome.FAILED, None, "reset"),
        ]


def test_what_the_archive_lists_and_does_not_play_back_is_asked_for_again_when_that_expires(sqlite: Database) -> None:
    with sqlite.writing() as session:
        capture = a_capture(session, a_source(session), NOW, None, Outcome.PLANNED)
        outcome = record_failure(session, capture, Unplayable("not there"), NOW, Retry(3, MINUTE), MONTH)
        assert (outcome, capture.outcome, capture.due_at) == (Outcome.UNPLAYABLE, Outcome.UNPLAYABLE, NOW + MONTH)
