"""Have captures taken of policies that nobody archives any more: `keep` of the catalogue, and ``harvester save``.

A page is asked for when the newest capture that the archive's index lists is older than `keep`, and the index was read
since. The harvest then finds the capture as it finds any other: nothing more is requested for it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from harvester.archive.limiter.budget import Budget
from harvester.archive.saving.codes import DAY, Remedy, delay_of, remedy_of
from harvester.archive.saving.save_page_now import NotTaken, Recent, Requested, SavePageNow, Taken
from harvester.catalogue.entries import ServiceEntry
from harvester.clock import Clock
from harvester.errors import (
    ArchiveUnavailable,
    ConfigurationError,
    Stopped,
    TransientFailure,
)
from harvester.harvest.limiter.shared import limiter_for
from harvester.memento import surt
from harvester.settings import ArchiveSettings, Settings
from harvester.store import saves
from harvester.store.database import Database
from harvester.store.ledger import leases, searches, sources
from harvester.store.saves import SaveState
from harvester.store.schema import Save, Service, Source

STATUS_SECONDS = 5.0
STATUS_TRIES = 36
"""A job takes half a minute, two at most: it is asked about for three, and again in the next round."""
JOB_KEPT = timedelta(hours=1)
"""How long the archive remembers a job."""
GUARD = timedelta(hours=1)
"""A capture asked for by hand is taken unless there is one that is younger."""
INDEXED_BY = timedelta(days=7)
WITHOUT_REASON = timedelta(minutes=10)
LEASE_SECONDS = 1800


@dataclass(frozen=True, slots=True)
class SaveResult:
    """What a request for a capture of an address has come to so far."""

    url: str
    state: SaveState
    reason: str | None
    captured_at: datetime | None
    due_at: datetime | None
    """When it may be asked for again, if not at any time."""


def due_sources(database: Database, archive: ArchiveSettings, entry: ServiceEntry, now: datetime) -> list[Source]:
    """Return the addresses of a service of which a capture is wanted now."""
    if entry.keep is None:
        return []
    with database.reading() as session:
        return [
            source
            for source in present_sources(session, entry, now)
            if (source.excluded_until is None or source.excluded_until <= now)
            and is_due(
                saves.newest_capture(session, source.id, archive.name),
                searches.read_until(session, source.id, archive.name),
                saves.latest(session, source.id),
                entry.keep,
                now,
            )
        ]


def addresses_of(database: Database, entry: ServiceEntry, now: datetime) -> list[Source]:
    """Return the addresses at which a service has its policy now, entered from the catalogue where they are new."""
    with database.writing() as session:
        sources.enter(session, entry, now)
        return present_sources(session, entry, now)


def present_sources(session: Session, entry: ServiceEntry, now: datetime) -> list[Source]:
    """Return the addresses at which a service has its policy now."""
    rows = session.scalars(
        select(Source)
        .join(Service, Service.id == Source.service_id)
        .where(Service.name == entry.name, Source.origin.not_in((sources.HOME, sources.COMBINED)))
        .order_by(Source.id)
    )
    listed = {surt(one.url) for one in entry.sources}
    return [
        one
        for one in rows
        if (surt(one.url) in listed if listed else one.origin == sources.DISCOVERED)
        and (one.since is None or one.since <= now)
        and (one.until is None or one.until >= now)
    ]


def is_due(
    newest: datetime | None, read_until: datetime | None, last: Save | None, keep: timedelta, now: datetime
) -> bool:
    """Return whether a capture is to be asked for, or a job to be asked about.

    `newest` is the newest capture that the index lists, `read_until` when it was last read to its end, `last` the last
    request.
    """
    if last is not None:
        if last.state == SaveState.REQUESTED:
            return True
        if last.due_at is not None and last.due_at > now:
            return False
        newest = max(filter(None, (newest, last.captured_at)), default=None)
    if read_until is None:
        return False
    return newest is None or newest + keep <= min(now, read_until)


class Saver:
    """Asks for captures one after the other, whatever process asks. Open it with `saver`."""

    def __init__(
        self, database: Database, settings: Settings, archive: ArchiveSettings, client: SavePageNow, clock: Clock
    ) -> None:
        self._database, self._settings, self._archive = database, settings, archive
        self._client, self._clock = client, clock

    def save(self, source: Source, within: timedelta) -> SaveResult:
        """Ask for a capture of a source unless the archive has one that is younger than `within`; wait for its job.

        Raises `ArchiveUnavailable` when nothing can be asked for now, which is noted, `Stopped`, and
        `ConfigurationError` when the keys are refused.
        """
        with self._alone():
            return self._saved(source, within)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        name, holder = f"save:{self._client.limiter.key}", leases.new_holder()
        with self._database.writing() as session:
            other = leases.take(session, name, holder, self._clock(), LEASE_SECONDS)
        if other:
            raise ArchiveUnavailable(
                f"{other} is asking for a capture; one is made at a time: try again in a minute", 60
            )
        try:
            yield
        finally:
            with self._database.writing() as session:
                leases.release(session, name, holder)

    def _saved(self, source: Source, within: timedelta) -> SaveResult:
        with self._database.reading() as session:
            last = saves.latest(session, source.id)
        if last is not None and last.state == SaveState.REQUESTED:
            if last.job_id is not None and self._clock() < last.asked_at + JOB_KEPT:
                return self._awaited(last, source, within)
            self._retry(last, "the answer to the last request was lost", WITHOUT_REASON)
        try:
            self._check()
        except ArchiveUnavailable as error:
            wait = error.retry_at_seconds or WITHOUT_REASON.total_seconds()
            now = self._clock()
            with self._database.writing() as session:
                due_at = now + timedelta(seconds=wait)
                saves.postpone(session, source.id, self._archive.name, str(error), now, due_at)
            raise
        with self._database.writing() as session:
            made = saves.begin(session, source.id, self._archive.name, self._clock())
        return self._requested(made, source, within)

    def _check(self) -> None:
        now, most = self._clock(), self._settings.save.per_day
        with self._database.reading() as session:
            sent = saves.sent_since(session, self._archive.name, now - DAY)
        if len(sent) >= most:
            free = sent[most - 1] + DAY
            raise ArchiveUnavailable(
                f"no capture is requested: {len(sent)} were in the last 24 hours, {most} may be (save.per_day); "
                f"try again after {free:%Y-%m-%d %H:%M:%S} UTC",
                max(1.0, (free - now).total_seconds()),
            )
        try:
            self._client.check_system()
            self._client.check_account()
        except TransientFailure as error:
            raise ArchiveUnavailable(str(error), WITHOUT_REASON.total_seconds()) from error

    def _requested(self, made: Save, source: Source, within: timedelta) -> SaveResult:
        try:
            answer = self._client.request(source.url, within)
        except (TransientFailure, ArchiveUnavailable) as error:
            self._retry(made, str(error), delay_of("", made.tries))
            return self._result(made, source)
        except (ConfigurationError, Stopped) as error:
            self._retry(made, str(error), WITHOUT_REASON)
            raise
        if isinstance(answer, Requested):
            made.job_id = answer.job_id
            self._settle(made, SaveState.REQUESTED, job_id=answer.job_id, reason=answer.message or None)
            return self._awaited(made, source, within)
        return self._ended(made, source, within, answer)

    def _awaited(self, made: Save, source: Source, within: timedelta) -> SaveResult:
        """Ask about a job until it ends; one that takes longer stays `requested`."""
        assert made.job_id is not None
        for _ in range(STATUS_TRIES):
            self._client.limiter.sleep(min(STATUS_SECONDS, self._client.limiter.limits.save_interval))
            try:
                outcome = self._client.outcome(made.job_id)
            except (TransientFailure, ArchiveUnavailable) as error:
                # The job continues without us.
                self._settle(made, SaveState.REQUESTED, reason=str(error))
                continue
            if outcome is not None:
                return self._ended(made, source, within, outcome)
        return self._result(made, source)

    def _ended(self, made: Save, source: Source, within: timedelta, answer: Taken | Recent | NotTaken) -> SaveResult:
        if isinstance(answer, Taken):
            moment = answer.captured_at
            self._settle(made, SaveState.SAVED, captured_at=moment, answer=answer.answer, reason=None, due_at=None)
        elif isinstance(answer, Recent):
            # Which one it means, the index says by then.
            due_at = self._clock() + min(within, INDEXED_BY)
            self._settle(made, SaveState.RECENT, reason=answer.message, due_at=due_at)
        else:
            reason = f"{answer.code}: {answer.message}"
            if remedy_of(answer.code) is Remedy.GIVE_UP or made.tries >= self._settings.fetch.tries:
                due_at = self._clock() + max(within, DAY)
                self._settle(made, SaveState.GIVEN_UP, reason=reason, answer=answer.answer, due_at=due_at)
            else:
                self._retry(made, reason, delay_of(answer.code, made.tries), answer=answer.answer)
        return self._result(made, source)

    def _retry(self, made: Save, reason: str, delay: timedelta, **values: object) -> None:
        self._settle(made, SaveState.DUE_AGAIN, reason=reason, due_at=self._clock() + delay, **values)

    def _settle(self, made: Save, state: SaveState, **values: object) -> None:
        with self._database.writing() as session:
            saves.settle(session, made.id, state, **values)

    def _result(self, made: Save, source: Source) -> SaveResult:
        with self._database.reading() as session:
            kept = session.get_one(Save, made.id)
            return SaveResult(source.url, SaveState(kept.state), kept.reason, kept.captured_at, kept.due_at)


@contextmanager
def saver(
    database: Database, settings: Settings, archive: ArchiveSettings, clock: Clock, stop: threading.Event
) -> Iterator[Saver]:
    """Open what asks for captures, for the body of the ``with``; raises `ConfigurationError` without keys."""
    limiter = limiter_for(database, archive, settings, Budget(), stop)
    with closing(SavePageNow(archive, settings.save, settings.fetch, limiter)) as client:
        yield Saver(database, settings, archive, client, clock)
