"""One harvest of one service: search the index, plan, fetch, clean, record, and bring its history up to date.

`backfill` and the service's poll are two callers of it. Every step is committed as it is made, so that a harvest
killed at any instant is gone on with by the next, which downloads nothing a second time.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence, Set
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from harvester.archive import sampling
from harvester.archive.client import ArchiveClient
from harvester.archive.playback.naming import Naming, base_of, naming
from harvester.archive.sampling import Sample, body_is_told
from harvester.clock import Clock
from harvester.errors import CaptureRefused, SiteExcluded, Stopped, TransientFailure
from harvester.harvest import notable
from harvester.harvest.report.progress import Progress
from harvester.harvest.sources import HOME, Watched
from harvester.harvest.steps.clean import Acceptance, Cleaned, NoText, Page, acceptance_of, clean_page
from harvester.harvest.steps.discover import discover
from harvester.harvest.steps.index import search_index
from harvester.harvest.steps.plan import plan_source
from harvester.harvest.steps.probe import probe
from harvester.harvest.steps.record import (
    Fetched,
    Retry,
    duplicate_of,
    record,
    record_failure,
    reuse_bytes,
    reuse_outcome,
)
from harvester.memento import has_body_digest, timestamp_of
from harvester.processes import Work, here
from harvester.settings import Settings
from harvester.store.content import payloads
from harvester.store.database import Database
from harvester.store.history import history
from harvester.store.history.differences import Difference, difference
from harvester.store.ledger import ledger
from harvester.store.ledger.digests import redirect_digests
from harvester.store.ledger.ledger import Outcome
from harvester.store.schema import Capture, Service, Source, Version

BATCH_CAPTURES = 25
"""Captures committed in one transaction at the most."""
_READ_FOR_LINKS = NoText(Outcome.NOT_A_POLICY, "a home page, read for its link to the policy")
REFRESH_CAPTURES = 200
"""Captures after which a long harvest brings history up to date in between."""
_OF_ONE_CAPTURE = (CaptureRefused, TransientFailure)
"""What the ledger keeps of a capture; every other failure is the archive's, or ours, and ends the harvest."""


class _GivenUp(Exception):
    """A download that was not begun, since one before it ended the harvest."""


@dataclass(frozen=True, slots=True)
class Span:
    """What is harvested: from when to when (both included; none: without end), by which sampling."""

    start: datetime | None
    end: datetime | None
    sample: Sample

    def as_dict(self) -> dict[str, str | None]:
        """The same for the record of runs."""
        start, end = (moment.isoformat() if moment else None for moment in (self.start, self.end))
        return {"from": start, "to": end, "sample": str(self.sample)}


@dataclass(slots=True)
class Tally:
    """What one harvest of one service did.

    `known_until` is the newest capture known, once the harvest was complete and had no end date.
    """

    fetched: int = 0
    adopted: int = 0
    new_versions: int = 0
    new_changes: int = 0
    known_until: datetime | None = None

    def as_dict(self) -> dict[str, int | str | None]:
        """The same for the record of runs."""
        return {
            "fetched": self.fetched,
            "adopted": self.adopted,
            "new_versions": self.new_versions,
            "new_changes": self.new_changes,
            notable.KNOWN_UNTIL: self.known_until.isoformat() if self.known_until else None,
        }


@dataclass(slots=True)
class Harvest:
    """The parts that a harvest works with; one for a process, shared by its threads.

    `pool` runs downloads, of which `downloads_at_once` ask the archive at once, and waits for `work`, which does what
    only computes: a pool of more threads downloads while pages are cleaned.
    """

    database: Database
    client: ArchiveClient
    settings: Settings
    clock: Clock
    stop: threading.Event
    progress: Progress
    pool: Executor
    downloads_at_once: int = 4
    wait_for_retries: bool = True
    work: Work = here
    _downloading: threading.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self._downloading = threading.Semaphore(self.downloads_at_once)

    def service(self, watched: Watched, span: Span, tally: Tally | None = None) -> Tally:
        """Harvests one service; raises `ArchiveUnavailable`, `BudgetSpent` or `Stopped` with all done so far kept.

        What was done is counted into `tally`, also when it raises.
        """
        tally = Tally() if tally is None else tally
        acceptance = acceptance_of(watched.entry, self.settings.accept)
        try:
            if not watched.entry.sources:
                watched = discover(self, watched, span, tally)
            for source in watched.sources:
                self.search(watched, source, span)
            self._plan(watched, span)
            self.fetch_due(watched, acceptance, tally)
            if isinstance(span.sample, sampling.Changes):
                for source in watched.sources:
                    probe(self, watched, source, span, acceptance, tally)
        finally:
            self._refresh(watched.service, tally)
        self.progress.finished(watched.service.name)
        if span.end is None:
            with self.database.reading() as session:
                tally.known_until = notable.known_until(session, watched.service.id)
        return tally

    def search(self, watched: Watched, source: Source, span: Span) -> None:
        """Reads the index of a source into the ledger, unless the archive has said that it does not show the site."""
        now = self.clock()
        if source.excluded_until and source.excluded_until > now:
            message = f"{source.url}: excluded by the archive, asked again on {source.excluded_until:%Y-%m-%d}"
            self.progress.note(watched.service.name, message)
            return
        self.progress.searching(watched.service.name, source.url)
        try:
            search_index(self.database, self.client, source, span.start, span.end, self.clock)
        except SiteExcluded as error:
            self._exclude(source, str(error))
            self.progress.note(watched.service.name, f"{source.url}: {error}")
        else:
            if source.excluded_until is not None:
                source.excluded_until = source.note = None
                with self.database.writing() as session:
                    cleared = update(Source).where(Source.id == source.id).values(excluded_until=None, note=None)
                    session.execute(cleared)

    def _exclude(self, source: Source, reason: str) -> None:
        """Leaves a source alone for a month, with all of its captures that were still wanted."""
        until = self.clock() + self.settings.poll.excluded_expires
        source.excluded_until = until
        with self.database.writing() as session:
            session.execute(update(Source).where(Source.id == source.id).values(excluded_until=until, note=reason))
            session.execute(
                update(Capture)
                .where(Capture.source_id == source.id, Capture.outcome.in_(ledger.WAITING))
                .values(outcome=Outcome.EXCLUDED, reason=reason, due_at=until)
            )

    def _plan(self, watched: Watched, span: Span) -> None:
        now = self.clock()
        downloads = 0
        with self.database.writing() as session:
            for source in watched.sources:
                downloads += plan_source(session, source, span.sample, span.start, span.end, now).least
        self.progress.planned(watched.service.name, downloads)

    def fetch_due(self, watched: Watched, acceptance: Acceptance, tally: Tally) -> None:
        """Settles everything due, in passes: what fails for the moment comes again when its time is there."""
        while True:
            self._reuse_known(watched, acceptance, tally)
            with self.database.reading() as session:
                waiting = ledger.waiting(session, watched.service.id)
                redirects = {one.id: redirect_digests(session, one.id) for one in (*watched.sources, *watched.homes)}
            open_captures = [one for one in waiting if watched.source(one.source_id) is not None]
            firsts = _first_of_each_digest(open_captures, redirects)
            now = self.clock()
            if due := [one for one in firsts if one.due_at is None or one.due_at <= now]:
                self._fetch(watched, due, acceptance, tally)
            elif firsts and self.wait_for_retries:
                self._pause(min(one.due_at for one in firsts if one.due_at is not None) - now)
            else:
                return

    def _pause(self, duration: timedelta) -> None:
        if self.stop.wait(max(0.0, duration.total_seconds())):
            raise Stopped("stopped while captures were waiting for another try; the next run goes on with them")

    def _fetch(self, watched: Watched, captures: Sequence[Capture], acceptance: Acceptance, tally: Tally) -> None:
        """Downloads captures side by side and records them in batches; the first failure of the archive ends it."""
        queue = iter(captures)
        given_up = threading.Event()
        under_way: dict[Future[Fetched], Capture] = {}
        ended: tuple[Capture, BaseException] | None = None
        since_refresh = 0
        most = 2 * self.downloads_at_once  # half of them are cleaned while the others are downloaded
        while True:
            while ended is None and len(under_way) < most and (one := next(queue, None)) is not None:
                under_way[self.pool.submit(self._download, watched, one, acceptance, given_up)] = one
            if not under_way:
                break
            done, _ = wait(under_way, return_when=FIRST_COMPLETED)
            batch = [(under_way.pop(future), future) for future in list(done)[:BATCH_CAPTURES]]
            failure = self._record(watched, batch, tally)
            ended = ended or failure
            since_refresh += len(batch)
            if since_refresh >= REFRESH_CAPTURES:
                self._refresh(watched.service, tally)
                since_refresh = 0
        if ended is not None:
            capture, error = ended
            if not isinstance(error, SiteExcluded):
                raise error
            self._exclude(source_of(watched, capture), str(error))

    def _download(
        self, watched: Watched, capture: Capture, acceptance: Acceptance, given_up: threading.Event
    ) -> Fetched:
        with self._downloading:
            if given_up.is_set():
                raise _GivenUp
            try:
                playback = self.client.fetch(
                    capture.original,
                    capture.timestamp,
                    window=self.settings.fetch.window,
                    digest=capture.digest if has_body_digest(capture.digest) else None,
                )
            except _OF_ONE_CAPTURE:
                raise
            except BaseException:
                given_up.set()
                raise
        source = source_of(watched, capture)
        if source.origin == HOME:
            return Fetched(playback, _READ_FOR_LINKS)
        historical = [hop.historical for hop in playback.chain]
        named = naming(self.client.archive.snapshots, capture.timestamp, source.url, playback.url, historical)
        page = _page(watched, playback.body, named, playback.content_type, playback.status)
        return Fetched(playback, self.work(clean_page, page, acceptance))

    def _record(
        self, watched: Watched, batch: Iterable[tuple[Capture, Future[Fetched]]], tally: Tally
    ) -> tuple[Capture, BaseException] | None:
        """Records a batch in one transaction; gives the error that must end the harvest, if one came."""
        ended: tuple[Capture, BaseException] | None = None
        settled: list[tuple[Outcome, str | None, str]] = []
        with self.database.writing() as session:
            for asked, future in batch:
                error = future.exception()
                if isinstance(error, _GivenUp):
                    continue
                if error is not None and not isinstance(error, _OF_ONE_CAPTURE):
                    ended = (asked, error)
                    continue
                capture = session.get_one(Capture, asked.id)
                outcome = self._settle(session, capture, error or future.result())
                tally.fetched += error is None
                settled.append((outcome, capture.reason, f"{timestamp_of(capture.timestamp)}/{capture.original}"))
        for outcome, reason, name in settled:
            self.progress.settled(watched.service.name, outcome, reason, name)
        return ended

    def _settle(
        self, session: Session, capture: Capture, result: Fetched | CaptureRefused | TransientFailure
    ) -> Outcome:
        now = self.clock()
        if isinstance(result, Fetched):
            capture.archive = self.client.archive.name  # the one that had it, whichever listed it first
            return record(session, capture, result, now)
        retry = Retry(self.settings.fetch.tries, self.settings.fetch.retry_after)
        return record_failure(session, capture, result, now, retry, self.settings.poll.unplayable_expires)

    def _reuse_known(self, watched: Watched, acceptance: Acceptance, tally: Tally) -> None:
        """Settles, without a request, every capture still open whose bytes the store has by the index's digest."""
        with self.database.reading() as session:
            reusable = ledger.reusable(session, watched.service.id)
        for start in range(0, len(reusable), BATCH_CAPTURES):
            batch = reusable[start : start + BATCH_CAPTURES]
            cleaned = self._clean_stored(watched, batch, acceptance)
            with self.database.writing() as session:
                for capture_id in batch:
                    capture = session.get_one(Capture, capture_id)
                    if watched.source(capture.source_id) is None:
                        continue
                    if (duplicate := duplicate_of(session, capture)) is not None:
                        reuse_outcome(session, capture, duplicate)
                    elif capture_id in cleaned:
                        reuse_bytes(session, capture, *cleaned[capture_id])
                    else:
                        continue
                    tally.adopted += 1

    def _clean_stored(
        self, watched: Watched, capture_ids: Sequence[int], acceptance: Acceptance
    ) -> dict[int, tuple[Cleaned | NoText, int]]:
        """What captures say whose bytes another source brought, and the payload: their links resolve elsewhere, so they
        are cleaned for themselves, before the transaction that settles them. Of equal ones the first is enough.
        """
        cleaned: dict[int, tuple[Cleaned | NoText, int]] = {}
        seen: set[tuple[int, str, str]] = set()
        for capture_id in capture_ids:
            with self.database.reading() as session:
                capture = session.get_one(Capture, capture_id)
                source = watched.source(capture.source_id)
                if source is None or (source.id, capture.archive, capture.digest) in seen:
                    continue
                if duplicate_of(session, capture) is not None:
                    continue
                seen.add((source.id, capture.archive, capture.digest))
                stored = ledger.stored_body(session, capture.digest)
                body = payloads.get(session, stored.payload_id)
            named = naming(self._snapshots(capture.archive), capture.timestamp, source.url)
            page = _page(watched, body, named, stored.content_type, capture.status)
            result = _READ_FOR_LINKS if source.origin == HOME else self.work(clean_page, page, acceptance)
            cleaned[capture_id] = result, stored.payload_id
        return cleaned

    def _snapshots(self, archive: str) -> str:
        """Where the archive that a capture came from shows it; that may be another one than is harvested now."""
        return self.client.archive.snapshots if archive == self.client.archive.name else base_of(self.settings, archive)

    def _refresh(self, service: Service, tally: Tally) -> None:
        def compare(old: str, new: str) -> Difference:
            return self.work(difference, old, new)

        with self.database.reading() as session:
            if not session.scalar(select(Service.stale).where(Service.id == service.id)):
                return
        prepared = history.prepare(self.database, service.id, compare, self.pool.map)
        with self.database.writing() as session:
            count = select(func.count(Version.id)).where(Version.service_id == service.id)
            before = session.scalar(count) or 0
            refreshed = history.refresh(session, service.id, now=self.clock(), prepared=prepared)
            notable.enqueue(session, self.settings.notify, service, refreshed.added, self.clock())
            tally.new_versions += (session.scalar(count) or 0) - before
            tally.new_changes += len(refreshed.added) - len(refreshed.removed)


def source_of(watched: Watched, capture: Capture) -> Source:
    """The source that a capture is of."""
    source = watched.source(capture.source_id)
    assert source is not None, f"capture {capture.id} is of a source that is not watched"
    return source


def _page(watched: Watched, body: bytes, named: Naming, content_type: str | None, status: int | None) -> Page:
    return Page(
        body=body,
        url=named.url,
        timestamp=named.timestamp,
        domain=watched.service.name,
        content_type=content_type or None,
        snapshot_url=named.snapshot_url,
        status=status,
    )


def _first_of_each_digest(captures: Sequence[Capture], redirects: Mapping[int, Set[str]]) -> list[Capture]:
    """The captures to download: the first with each digest; the others reuse what it brings.

    They wait for it also while it is due again, so that a fault of the archive does not decide which one is fetched.
    """
    seen: set[tuple[int, str]] = set()
    firsts = []
    for capture in captures:
        if body_is_told(capture, redirects[capture.source_id]):
            if (key := (capture.source_id, capture.digest)) in seen:
                continue
            seen.add(key)
        firsts.append(capture)
    return firsts
