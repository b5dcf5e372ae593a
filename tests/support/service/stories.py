"""A service whose policy changes while a test looks on, and the targets of its notices."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from harvester.clock import Clock, utc_now
from harvester.harvest.poll import poll
from harvester.harvest.report.progress import Silent
from harvester.settings import Settings, TargetSettings
from harvester.store.database import Database
from harvester.store.schema import Notice
from tests.support.archive_server.captures import MemoryArchive
from tests.support.archive_server.fixtures import StartArchive
from tests.support.harvest.harvests import QUICK, entry, harvest
from tests.support.service.installations import history_of, policy, stamp, url_of

SERVICE = "a.example"
SECRET = "correct horse battery staple"


def target(**more: object) -> TargetSettings:
    return TargetSettings.model_validate({"url": "http://127.0.0.1:9/hook", "secret": SECRET, **more})


class Story:
    """A service that was harvested whole and then says something new."""

    def __init__(self, database: Database, start: StartArchive) -> None:
        self.database, self.archive = database, MemoryArchive()
        history_of(self.archive, SERVICE)
        self.server = start(self.archive)
        self.now = datetime.now(UTC)

    def settings(self, **targets: TargetSettings) -> Settings:
        return Settings(fetch=QUICK, notify=targets)

    def clock(self) -> datetime:
        return self.now

    def harvested(self) -> None:
        harvest(self.database, self.server.base_url, [entry(SERVICE, url_of(SERVICE))])

    def says(self, years: int, ago: timedelta = timedelta()) -> None:
        self.archive.add(url_of(SERVICE), stamp(ago), policy(years))
        self.server.refresh()

    def polled(self, settings: Settings, clock: Clock = utc_now) -> int:
        watched = entry(SERVICE, url_of(SERVICE), tags=("chat",))
        stop = threading.Event()
        archive = settings.archive_named(self.server.base_url)
        return poll(
            self.database, settings, archive, watched, clock=clock, stop=stop, progress=Silent()
        ).tally.new_changes

    def pending(self) -> list[Notice]:
        with self.database.reading() as session:
            return list(session.scalars(select(Notice).order_by(Notice.id)))
