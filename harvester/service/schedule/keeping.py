"""The thread of the leading scheduler that has captures taken of services with `keep`."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from harvester.archive.saving.saving_archive import keeping_problem, saving_archive
from harvester.catalogue.entries import ServiceEntry
from harvester.clock import Clock
from harvester.errors import (
    ArchiveUnavailable,
    ConfigurationError,
    HarvesterError,
    Stopped,
    StoreError,
    UnknownName,
)
from harvester.harvest.keep import due_sources, saver
from harvester.service.observe.outage import Outage
from harvester.service.schedule.pausing import is_paused
from harvester.settings import ArchiveSettings, Settings
from harvester.store.database import Database
from harvester.store.saves import SaveState
from harvester.store.schema import Source

log = logging.getLogger(__name__)

LOOK_SECONDS = 60.0
"""How often it is looked for services whose captures have become too old: from the store alone."""
PAUSE = timedelta(minutes=10)
REFUSED = timedelta(hours=1)


class Keeper:
    """Asks for captures that are due. One leader has one."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        given: ArchiveSettings | None,
        entries: Callable[[], Iterable[ServiceEntry]],
        clock: Clock,
        outage: Outage | None = None,
    ) -> None:
        self._database, self._settings, self._given = database, settings, given
        self._entries, self._clock, self._outage = entries, clock, outage or Outage()
        self._not_before: datetime | None = None
        self._said: str | None = None

    def keep_until(self, ending: threading.Event) -> None:
        """Ask for what becomes due until `ending`."""
        while not ending.is_set():
            try:
                self.keep_due(ending)
            except Stopped:
                return
            except StoreError as error:
                self._outage.failed(error)
            ending.wait(LOOK_SECONDS)

    def keep_due(self, stop: threading.Event) -> int:
        """Ask for every capture that is due and return how many the archive took; after a refusal nothing for a while.

        Without keys this is said once, and nothing is sent; so is a service of which no archive takes captures, and the
        others are asked for. Raises `Stopped` and `StoreError`.
        """
        now = self._clock()
        kept = [one for one in self._entries() if one.keep is not None]
        if not kept or (self._not_before is not None and now < self._not_before):
            return 0
        if (problem := keeping_problem(self._settings, self._given, kept)) and problem != self._said:
            log.warning("%s", problem)
            self._said = problem
        if not self._settings.save.has_keys:
            return 0
        taken = 0
        try:
            for archive, due in self._due(kept, now):
                with saver(self._database, self._settings, archive, self._clock, stop) as asking:
                    for entry, source in due:
                        assert entry.keep is not None
                        result = asking.save(source, entry.keep)
                        taken += result.state == SaveState.SAVED
                        level = logging.WARNING if result.state == SaveState.GIVEN_UP else logging.INFO
                        reason = f": {result.reason}" if result.reason else ""
                        log.log(
                            level, "save of %s: %s%s", source.url, result.state, reason, extra={"service": entry.name}
                        )
        except Stopped:
            raise
        except ArchiveUnavailable as error:
            seconds = error.retry_at_seconds
            self._rest(error, timedelta(seconds=seconds) if seconds else PAUSE)
        except ConfigurationError as error:
            self._rest(error, REFUSED)
        return taken

    def _due(
        self, kept: Iterable[ServiceEntry], now: datetime
    ) -> list[tuple[ArchiveSettings, list[tuple[ServiceEntry, Source]]]]:
        """Return, by the archive that takes them, the addresses of which a capture is wanted now."""
        found: dict[str, tuple[ArchiveSettings, list[tuple[ServiceEntry, Source]]]] = {}
        for entry in kept:
            try:
                archive = saving_archive(self._settings.archive_for(entry.archives, self._given))
            except (ConfigurationError, UnknownName):
                continue  # `keeping_problem` says so
            if not is_paused(self._database, entry.name):
                due = [(entry, source) for source in due_sources(self._database, archive, entry, now)]
                if due:
                    found.setdefault(archive.name, (archive, []))[1].extend(due)
        return list(found.values())

    def _rest(self, error: HarvesterError, pause: timedelta) -> None:
        log.warning("no captures are requested for %s: %s", pause, error)
        self._not_before = self._clock() + pause
