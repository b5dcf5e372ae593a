"""A poll searches from where the known captures end, and a little before."""

from __future__ import annotations

import threading

from sqlalchemy import select

from harvester.clock import utc_now
from harvester.harvest.poll import poll
from harvester.harvest.report.progress import Silent
from harvester.store.database import Database
from harvester.store.schema import Capture
from tests.support.archive_server.captures import MemoryArchive
from tests.support.archive_server.fixtures import StartArchive
from tests.support.harvest.harvests import archive_at, entry, harvest, settings
from tests.support.harvest.pages import policy
from tests.support.times import at

OLD, NEW = "http://shop.example/old", "http://shop.example/new"


def test_the_address_that_lags_most_decides_from_when_a_poll_searches(
    sqlite: Database, harsh_archive: StartArchive
) -> None:
    archive, shop = MemoryArchive(), entry("shop.example", OLD, NEW)
    archive.add(OLD, "20120101000000", policy(1))
    archive.add(NEW, "20150101000000", policy(2))
    server = harsh_archive(archive)
    harvest(sqlite, server.base_url, [shop])
    archive.add(OLD, "20130101000000", policy(3))
    server.refresh()
    asked = archive_at(server.base_url)
    poll(sqlite, settings(), asked, shop, clock=utc_now, stop=threading.Event(), progress=Silent())
    with sqlite.reading() as session:
        known = session.scalars(select(Capture.timestamp).order_by(Capture.timestamp)).all()
    assert known == [at("20120101000000"), at("20130101000000"), at("20150101000000")]
