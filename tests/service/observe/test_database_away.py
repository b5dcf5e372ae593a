"""PostgreSQL taken away in the middle: what was being done fails clearly or waits, and continues afterwards.

The server itself is everybody's: its connections are cut through a proxy of the test's own, which then refuses new ones
for a while, as a restart does.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select, text

from harvester.store.admin.verify import verify
from harvester.store.schema import Capture
from tests.support.archive_server.captures import MemoryArchive
from tests.support.archive_server.fixtures import StartArchive
from tests.support.service.installations import Place, history_of, until
from tests.support.service.proxy import Proxy, proxy_of
from tests.support.service.schedules import polls, serving


@pytest.fixture
def proxy(place: Place) -> Iterator[Proxy]:
    """Stands between the installation's processes and the database; the test itself looks past it."""
    made = proxy_of(place.database_url)
    yield made
    place.end()
    made.close()


def settled(place: Place) -> int:
    database = place.open()
    with database.reading() as session:
        found = session.scalar(select(func.count()).select_from(Capture).where(Capture.outcome == "stored"))
    database.close()  # it is asked again and again, and the server has a hundred connections for all tests
    return found or 0


def test_a_backfill_says_that_the_database_went_away_and_the_next_one_goes_on(
    place: Place, proxy: Proxy, harsh_archive: StartArchive
) -> None:
    archive = MemoryArchive()
    history_of(archive, "a.example", 60)
    place.watches("a.example")
    base = harsh_archive(archive).base_url
    address = f'cdx = "{base}/cdx/search/cdx"\nplayback = "{base}/web"\ncaptures_per_second = 10\n'
    place.has_settings("slow", f"[archives.slow]\n{address}")
    backfill = place.start("backfill", HARVESTER_DATABASE_URL=proxy.url)
    until(lambda: settled(place) >= 3, why=lambda: place.log(backfill))
    proxy.cut()
    assert backfill.wait(60) not in (0, 1), place.log(backfill)
    said = place.log(backfill)
    assert "Traceback" not in said
    assert re.search(r"^harvester: .*the database .* refused", said, re.MULTILINE), said
    kept = settled(place)
    assert 3 <= kept < 60
    proxy.mend()
    quick = {"HARVESTER_ARCHIVES__SLOW__CAPTURES_PER_SECOND": "10000"}
    again = place.run("backfill", "--json", HARVESTER_DATABASE_URL=proxy.url, **quick)
    assert again.returncode == 0, again.stderr
    assert settled(place) == 60
    assert json.loads(again.stdout)["fetched"] == 60 - kept, "nothing that was committed is downloaded again"
    assert list(verify(place.open())) == []


def test_the_scheduler_survives_a_restart_of_the_database_and_polls_again(
    place: Place, proxy: Proxy, harsh_archive: StartArchive
) -> None:
    serving(place, harsh_archive, "a.example", every="2s")
    process = place.start("serve", HARVESTER_DATABASE_URL=proxy.url)
    until(lambda: bool(polls(place)), why=lambda: place.log(process))
    proxy.cut()
    until(lambda: "waiting for it" in place.log(process), why=lambda: place.log(process))
    threading.Event().wait(3)  # in which it finds it away more than once
    assert process.poll() is None, place.log(process)
    before = len(polls(place))
    proxy.mend()
    until(lambda: len(polls(place)) >= before + 2, why=lambda: place.log(process))
    assert polls(place)[-1].outcome == "done"
    troubled = [line for line in place.log(process).splitlines() if "warning" in line or "error" in line]
    assert len([line for line in troubled if "does not answer" in line or "refused" in line]) == 1, troubled
    assert len([line for line in troubled if "answers again" in line]) == 1
    assert "Traceback" not in place.log(process)
    process.terminate()
    assert process.wait(60) == 0, place.log(process)


def test_connections_that_the_server_ends_are_made_anew(place: Place, harsh_archive: StartArchive) -> None:
    serving(place, harsh_archive, "a.example", every="2s")
    process = place.start("serve")
    until(lambda: bool(polls(place)), why=lambda: place.log(process))
    database = place.open()
    with database.writing() as session:
        statement = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        ended = session.execute(text(f"{statement} AND pid <> pg_backend_pid()")).all()
    assert ended
    before = len(polls(place))
    until(lambda: len(polls(place)) >= before + 2, why=lambda: place.log(process))
    process.terminate()
    assert process.wait(60) == 0, place.log(process)
