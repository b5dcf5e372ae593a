"""After an upgrade of the cleaner: a service is re-cleaned before it is polled, and that sends no notice."""

from __future__ import annotations

import threading
from pathlib import Path

from sqlalchemy import func, select

from harvester.catalogue.entries import WatchedCatalogue
from harvester.catalogue.present_settings import PresentSettings
from harvester.cleaner import CLEANER_VERSION
from harvester.clock import utc_now
from harvester.service.schedule.scheduler import Installation, poll_once
from harvester.store.database import Database
from harvester.store.schema import Capture, Change, Notice
from tests.support.archive_server.fixtures import StartArchive
from tests.support.harvest.harvests import entry
from tests.support.service.installations import url_of
from tests.support.service.stories import SERVICE, Story, target
from tests.support.store.aged import age


def test_what_an_earlier_cleaner_made_is_cleaned_anew_before_the_next_capture_is_compared(
    database_alone: Database, harsh_archive: StartArchive, tmp_path: Path
) -> None:
    story = Story(database_alone, harsh_archive)
    settings = story.settings(team=target(kinds=["substantive", "minor", "cosmetic"]))
    story.polled(settings)
    age(database_alone)
    story.archive.add(url_of(SERVICE), "20260101000000", b"")  # keeps the archive's index moving, and shows nothing
    story.server.refresh()
    catalogue = tmp_path / "services.toml"
    catalogue.write_text(f'[[service]]\nname = "{SERVICE}"\nsources = ["{url_of(SERVICE)}"]\n')
    archive = settings.archive_named(story.server.base_url)
    here = Installation(
        database_alone, PresentSettings(settings), archive, WatchedCatalogue(catalogue), utc_now, threading.Event()
    )
    poll_once(here, entry(SERVICE, url_of(SERVICE)), threading.Event())
    with database_alone.reading() as session:
        cleaners = set(session.scalars(select(Capture.cleaner).where(Capture.document_id.is_not(None))))
        assert cleaners == {CLEANER_VERSION}
        assert session.scalar(select(func.count(Change.id))) == 2
        assert session.scalars(select(Notice)).all() == []
