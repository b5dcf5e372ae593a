"""The pool of downloads that the services of a harvest share."""

from __future__ import annotations

import threading

import pytest

from harvester.clock import utc_now
from harvester.harvest.session import opened
from harvester.settings import FetchSettings, Settings
from harvester.store.database import Database


@pytest.mark.parametrize(
    ("threads", "at_once", "wanted"), [(None, None, 3), (None, 2, 2), (4, 2, 4)], ids=["settings", "given", "more"]
)
def test_a_pool_has_a_thread_for_each_download_at_once_unless_more_are_wanted(
    sqlite: Database, threads: int | None, at_once: int | None, wanted: int
) -> None:
    settings = Settings(fetch=FetchSettings(threads=3))
    archive = settings.archive_named("http://archive.example")
    given = {"downloads_at_once": at_once, "threads": threads}
    together = threading.Barrier(wanted)
    with opened(sqlite, settings, archive, clock=utc_now, stop=threading.Event(), **given) as harvest:  # type: ignore[arg-type]
        # As many wait for each other as there are threads, and no more.
        assert len([*harvest.pool.map(lambda _: together.wait(60), range(wanted))]) == wanted
        more = threading.Barrier(wanted + 1)
        waiting = [harvest.pool.submit(more.wait, 0.3) for _ in range(wanted + 1)]
        assert all(isinstance(one.exception(), threading.BrokenBarrierError) for one in waiting)
        assert harvest.downloads_at_once == (at_once or 3)
