"""Record the results of captures in the store: payload, document, provenance and outcome in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import Select, bindparam, false, func, select
from sqlalchemy.orm import Session

from harvester.archive.playback.playback import Hop, PlayedCapture
from harvester.errors import CaptureRefused, TransientFailure
from harvester.harvest.steps.clean_page import Cleaned, NoText
from harvester.memento import timestamp_of
from harvester.store.content import contents, payloads, selections
from harvester.store.ledger import ledger
from harvester.store.ledger.digests import shows_its_digest, text_is_elsewhere
from harvester.store.ledger.ledger import Outcome
from harvester.store.schema import Capture, Playback


@dataclass(frozen=True, slots=True)
class Fetched:
    """A capture that an archive played back, and what the cleaner made of it."""

    playback: PlayedCapture
    result: Cleaned | NoText
    archive: str


@dataclass(frozen=True, slots=True)
class Retry:
    """The retries of a capture after temporary failures: after `after`, doubling, `tries` times in all."""

    tries: int
    after: timedelta


def record(session: Session, capture: Capture, fetched: Fetched, now: datetime) -> Outcome:
    """Store a played-back capture: its bytes, how they were obtained, and its text."""
    playback = fetched.playback
    payload_id = payloads.put(session, playback.body, source_id=capture.source_id)
    ledger.keep_playback(
        session,
        Playback(
            capture_id=capture.id,
            fetched_at=now,
            url=playback.url,
            status=playback.status,
            headers=dict(playback.headers),
            chain=[_hop(hop) for hop in playback.chain],
            verdict=playback.digest_verdict,
        ),
    )
    ledger.count_try(capture)
    seen_at = playback.timestamp if playback.timestamp != capture.timestamp else None
    return _settle(session, capture, fetched.result, Outcome.STORED, payload_id, seen_at)


def reuse_bytes(session: Session, capture: Capture, result: Cleaned | NoText, payload_id: int) -> Outcome:
    """Settle a capture whose bytes another source brought: it is the first at its own address.

    So it is stored as it would have been had it been downloaded before the other was kept: which of two sources comes
    first is chance (threads, a kill), and leaves no trace in the outcomes.
    """
    return _settle(session, capture, result, Outcome.STORED, payload_id, None)


def reuse_outcome(session: Session, capture: Capture, duplicate: Capture) -> Outcome:
    """Settle a capture like another of the same source with the same bytes; the cleaner's result is the same too."""
    same = Outcome.UNCHANGED if duplicate.outcome in ledger.SHOWING else Outcome(duplicate.outcome)
    ledger.settle(
        session,
        capture,
        same,
        duplicate.reason,
        payload_id=duplicate.payload_id,
        document_id=duplicate.document_id,
        text_id=duplicate.text_id,
        cleaner=duplicate.cleaner,
        page_words=duplicate.page_words,
        recipe=duplicate.recipe,
    )
    return same


def duplicate_of(session: Session, capture: Capture, span: tuple[datetime, datetime]) -> Capture | None:
    """Return a settled capture of the same source and archive whose bytes equal those of one that `reusable` found.

    It is one within a span (the end excluded): before and after, other parts of the page may be its text. Not one whose
    text is elsewhere: that may have changed since.
    """
    values = {
        "capture": capture.id,
        "digest": capture.digest,
        "source": capture.source_id,
        "archive": capture.archive,
        "start": span[0],
        "end": span[1],
    }
    return session.scalar(_duplicates(), values)


@cache
def _duplicates() -> Select[Capture]:
    """Make the statement of `duplicate_of` once: to build it takes longer than to run it."""
    return (
        select(Capture)
        .where(
            Capture.digest == bindparam("digest"),
            Capture.source_id == bindparam("source"),
            Capture.archive == bindparam("archive"),
            Capture.id != bindparam("capture"),
            Capture.timestamp >= bindparam("start"),
            Capture.timestamp < bindparam("end"),
            shows_its_digest(Capture),
            ~func.coalesce(text_is_elsewhere(Capture), false()),
        )
        .order_by(Capture.timestamp)
        .limit(1)
    )


def record_failure(
    session: Session, capture: Capture, error: CaptureRefused | TransientFailure, now: datetime, retry: Retry,
    unplayable_expires: timedelta,
) -> Outcome:  # fmt: skip
    """Give a capture that could not be fetched its outcome: refused for good, to be retried, or failed after all
    tries.
    """
    ledger.count_try(capture)
    # The ledger's row says which capture it was; without that, equal reasons count as one.
    reason = str(error).removeprefix(f"{capture.original} at {capture.timestamp:%Y-%m-%d %H:%M:%S}: ")
    if isinstance(error, CaptureRefused):
        outcome = Outcome(error.outcome)
        due_at = now + unplayable_expires if outcome is Outcome.UNPLAYABLE else None
        ledger.settle(session, capture, outcome, reason, due_at=due_at)
        return outcome
    if capture.tries >= retry.tries:
        ledger.settle(session, capture, Outcome.FAILED, reason)
        return Outcome.FAILED
    due_at = now + retry.after * 2 ** (capture.tries - 1)
    ledger.settle(session, capture, Outcome.DUE_AGAIN, reason, due_at=due_at)
    return Outcome.DUE_AGAIN


def _hop(hop: Hop) -> dict[str, str | int | bool]:
    return {
        "url": hop.url,
        "timestamp": timestamp_of(hop.timestamp),
        "status": hop.status,
        "historical": hop.historical,
    }


def _settle(
    session: Session,
    capture: Capture,
    result: Cleaned | NoText,
    observed: Outcome,
    payload_id: int,
    seen_at: datetime | None,
) -> Outcome:
    if isinstance(result, NoText):
        ledger.settle(session, capture, result.outcome, result.reason, payload_id=payload_id, seen_at=seen_at)
        return result.outcome
    ((document_id, text_id),) = contents.put(session, [result.contents])
    if result.selection is not None:
        selections.keep(session, result.selection)
    outcome = observed if result.outcome is Outcome.STORED else result.outcome
    ledger.settle(
        session,
        capture,
        outcome,
        result.reason,
        payload_id=payload_id,
        document_id=document_id,
        text_id=text_id,
        cleaner=result.cleaner,
        page_words=result.page_words,
        recipe=result.recipe,
        seen_at=seen_at,
    )
    return outcome
