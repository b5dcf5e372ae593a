"""Captures to be fetched, settled: downloaded side by side, cleaned and recorded in batches; duplicates are reused."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence, Set
from concurrent.futures import FIRST_COMPLETED, Future, wait
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from harvester.archive.playback.naming import naming
from harvester.archive.playback.stored import base_of
from harvester.archive.sampling import digest_names_body
from harvester.errors import CaptureRefused, Stopped, TransientFailure
from harvester.harvest.session import Harvest, Tally
from harvester.harvest.steps.capture_page import page_of
from harvester.harvest.steps.clean import clean_apart
from harvester.harvest.steps.clean_page import Acceptance, Cleaned, NoText
from harvester.harvest.steps.played import ArchiveAway, HiddenByAll, played, with_an_archive
from harvester.harvest.steps.record import (
    Fetched,
    Retry,
    duplicate_of,
    record,
    record_failure,
    reuse_bytes,
    reuse_outcome,
)
from harvester.harvest.steps.refresh import refresh
from harvester.memento import timestamp_of
from harvester.store.content import payloads
from harvester.store.ledger import ledger
from harvester.store.ledger.digests import redirect_digests
from harvester.store.ledger.ledger import Outcome
from harvester.store.ledger.sources import HOME, Watched
from harvester.store.schema import Capture, Source

BATCH_CAPTURES = 25
"""Captures committed in one transaction at the most."""
_READ_FOR_LINKS = NoText(Outcome.NOT_A_POLICY, "a home page, read for its link to the policy")
REFRESH_CAPTURES = 200
"""Captures after which a long harvest brings history up to date in between."""
_OF_ONE_CAPTURE = (CaptureRefused, TransientFailure)
"""Failures that the ledger records for a capture; every other failure is the archive's, or ours, and ends the harvest.
"""


class _GivenUp(Exception):
    """A download that was not made, since one before it ended the harvest."""


def fetch_due(
    harvest: Harvest, watched: Watched, acceptance: Acceptance, tally: Tally, only: Set[int] | None = None
) -> None:
    """Settle everything due, in passes: a temporary failure is retried when its time comes.

    `only` are the numbers of the captures that may be fetched (None: all).
    """
    aside: set[int] = set()
    while True:
        _reuse_known(harvest, watched, acceptance, tally)
        with harvest.database.reading() as session:
            waiting = ledger.waiting(session, watched.service.id)
            redirects = {one.id: redirect_digests(session, one.id) for one in (*watched.sources, *watched.homes)}
        open_captures = [
            one
            for one in waiting
            if watched.source(one.source_id) is not None and one.id not in aside and (only is None or one.id in only)
        ]
        open_captures = with_an_archive(harvest, open_captures)
        firsts = _first_of_each_digest(open_captures, redirects)
        now = harvest.clock()
        if due := [one for one in firsts if one.due_at is None or one.due_at <= now]:
            aside |= _fetch(harvest, watched, due, acceptance, tally)
        elif firsts and harvest.wait_for_retries:
            _pause(harvest, min(one.due_at for one in firsts if one.due_at is not None) - now)
        else:
            return


def _pause(harvest: Harvest, duration: timedelta) -> None:
    if harvest.stop.wait(max(0.0, duration.total_seconds())):
        raise Stopped("stopped while captures were waiting for another try; the next run resumes with them")


def _fetch(
    harvest: Harvest, watched: Watched, captures: Sequence[Capture], acceptance: Acceptance, tally: Tally
) -> set[int]:
    """Download captures side by side and record them in batches; the first failure of the archive ends it.

    Returns the captures that this run cannot settle, since an archive that has them is down or hides their site.
    """
    aside: set[int] = set()
    queue = iter(captures)
    given_up = threading.Event()
    under_way: dict[Future[Fetched], Capture] = {}
    ended: tuple[Capture, BaseException] | None = None
    since_refresh = 0
    most = 2 * harvest.downloads_at_once  # half of them are cleaned while the others are downloaded
    while True:
        while ended is None and len(under_way) < most and (one := next(queue, None)) is not None:
            under_way[harvest.pool.submit(_download, harvest, watched, one, acceptance, given_up)] = one
        if not under_way:
            break
        done, _ = wait(under_way, return_when=FIRST_COMPLETED)
        batch = [(under_way.pop(future), future) for future in list(done)[:BATCH_CAPTURES]]
        aside |= {one.id for one, future in batch if isinstance(future.exception(), ArchiveAway)}
        failure = _record(harvest, watched, batch, tally)
        ended = ended or failure
        since_refresh += len(batch)
        if since_refresh >= REFRESH_CAPTURES:
            refresh(harvest, watched.service, tally)
            since_refresh = 0
    if ended is not None:
        capture, error = ended
        if not isinstance(error, HiddenByAll):
            raise error
        harvest.exclude(source_of(watched, capture), error.archives, str(error))
        aside.add(capture.id)
    return aside


def _download(
    harvest: Harvest, watched: Watched, capture: Capture, acceptance: Acceptance, given_up: threading.Event
) -> Fetched:
    with harvest.downloading:
        if given_up.is_set():
            raise _GivenUp
        try:
            client, playback = played(harvest, capture)
        except (*_OF_ONE_CAPTURE, ArchiveAway):
            raise
        except BaseException:
            given_up.set()
            raise
    source = source_of(watched, capture)
    if source.origin == HOME:
        return Fetched(playback, _READ_FOR_LINKS, client.archive.name)
    historical = [hop.historical for hop in playback.chain]
    named = naming(client.archive.snapshots, capture.timestamp, source.url, playback.url, historical)
    selection = acceptance.selections.at(source.url, capture.timestamp)
    page = page_of(playback.body, named, watched.service.domain, playback.content_type, playback.status, selection)
    return Fetched(playback, clean_apart(page, acceptance), client.archive.name)


def _record(
    harvest: Harvest, watched: Watched, batch: Iterable[tuple[Capture, Future[Fetched]]], tally: Tally
) -> tuple[Capture, BaseException] | None:
    """Record a batch in one transaction; return the error that must end the harvest, if one came."""
    ended: tuple[Capture, BaseException] | None = None
    settled: list[tuple[Outcome, str | None, str]] = []
    fetched = 0
    with harvest.database.writing() as session:
        for asked, future in batch:
            error = future.exception()
            if isinstance(error, _GivenUp | ArchiveAway):
                continue
            if error is not None and not isinstance(error, _OF_ONE_CAPTURE):
                ended = (asked, error)
                continue
            capture = session.get_one(Capture, asked.id)
            outcome = _settle(harvest, session, capture, error or future.result())
            fetched += error is None
            settled.append((outcome, capture.reason, f"{timestamp_of(capture.timestamp)}/{capture.original}"))
    tally.fetched += fetched
    for outcome, reason, name in settled:
        harvest.progress.settled(watched.service.name, outcome, reason, name)
    return ended


def _settle(
    harvest: Harvest, session: Session, capture: Capture, result: Fetched | CaptureRefused | TransientFailure
) -> Outcome:
    now = harvest.clock()
    if isinstance(result, Fetched):
        ledger.set_archive(session, capture, result.archive)
        return record(session, capture, result, now)
    retry = Retry(harvest.settings.fetch.tries, harvest.settings.fetch.retry_after)
    return record_failure(session, capture, result, now, retry, harvest.settings.poll.unplayable_expires)


def _reuse_known(harvest: Harvest, watched: Watched, acceptance: Acceptance, tally: Tally) -> None:
    """Settle, without a request, every open capture whose bytes the store has by the index's digest."""
    with harvest.database.reading() as session:
        reusable = ledger.reusable(session, watched.service.id)
    for start in range(0, len(reusable), BATCH_CAPTURES):
        batch = reusable[start : start + BATCH_CAPTURES]
        cleaned = _clean_stored(harvest, watched, batch, acceptance)
        adopted = 0
        with harvest.database.writing() as session:
            for capture_id in batch:
                capture = session.get_one(Capture, capture_id)
                source = watched.source(capture.source_id)
                if source is None:
                    continue
                span = acceptance.selections.bounds(source.url, capture.timestamp)
                if (duplicate := duplicate_of(session, capture, span)) is not None:
                    reuse_outcome(session, capture, duplicate)
                elif capture_id in cleaned:
                    reuse_bytes(session, capture, *cleaned[capture_id])
                else:
                    continue
                adopted += 1
        tally.adopted += adopted


def _clean_stored(
    harvest: Harvest, watched: Watched, capture_ids: Sequence[int], acceptance: Acceptance
) -> dict[int, tuple[Cleaned | NoText, int]]:
    """Clean captures whose bytes another source brought. Their links resolve differently, so they are cleaned
    separately, before the transaction that settles them; equal ones at once.
    """
    cleaned: dict[int, tuple[Cleaned | NoText, int]] = {}
    made: dict[tuple[int, str, str, datetime], tuple[Cleaned | NoText, int]] = {}
    for capture_id in capture_ids:
        with harvest.database.reading() as session:
            capture = session.get_one(Capture, capture_id)
            source = watched.source(capture.source_id)
            if source is None:
                continue
            span = acceptance.selections.bounds(source.url, capture.timestamp)
            key = source.id, capture.archive, capture.digest, span[0]
            if key in made:
                cleaned[capture_id] = made[key]
                continue
            if duplicate_of(session, capture, span) is not None:
                continue
            payload_id = ledger.known_payload(session, capture)
            content_type = ledger.content_type_of(session, payload_id)
            body = payloads.get(session, payload_id)
        named = naming(_snapshots(harvest, capture.archive), capture.timestamp, source.url)
        selection = acceptance.selections.at(source.url, capture.timestamp)
        page = page_of(body, named, watched.service.domain, content_type, capture.status, selection)
        result = _READ_FOR_LINKS if source.origin == HOME else clean_apart(page, acceptance)
        cleaned[capture_id] = made[key] = result, payload_id
    return cleaned


def _snapshots(harvest: Harvest, archive: str) -> str:
    """Return where the archive that a capture came from shows it; it may differ from the archive being harvested."""
    ours = next((one.archive for one in harvest.clients if one.archive.name == archive), None)
    return ours.snapshots if ours is not None else base_of(harvest.settings, archive)


def source_of(watched: Watched, capture: Capture) -> Source:
    """Return the source of a capture."""
    source = watched.source(capture.source_id)
    assert source is not None, f"capture {capture.id} is of a source that is not watched"
    return source


def _first_of_each_digest(captures: Sequence[Capture], redirects: Mapping[int, Set[str]]) -> list[Capture]:
    """Return the captures to download: the first with each digest; the others reuse its bytes.

    They wait for it also while it is due again, so that a fault of the archive does not decide which one is fetched.
    """
    seen: set[tuple[int, str]] = set()
    firsts = []
    for capture in captures:
        if digest_names_body(capture, redirects[capture.source_id]):
            if (key := (capture.source_id, capture.digest)) in seen:
                continue
            seen.add(key)
        firsts.append(capture)
    return firsts
