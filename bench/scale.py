"""A store with generated histories: time a capture, bytes a capture, and how fast it answers, at each size.

    python bench/scale.py [--captures N] [--database URL] [--real N] [--probes N]

Each service (50 captures, 10 versions: at a million captures 20,000 services and 200,000 versions) goes through the
functions of a harvest: `ledger.add`, `plan_source`, `record`, `reuse_outcome`, `history.refresh`. Beyond `--real`
captures (20,000) the services are copies of those, row by row, with digests of their own and the texts of the first;
`--real` at `--captures` makes all of them; `--texts` gives each copy texts of its own, with topics, named parties and
an index of their first words. At 10,000, 100,000 and so on up to `--captures`, `--probes` new services
(20) are harvested and timed one by one: the median counts. In brackets stands the processor time of this process. Exit
1 when, by the wall, a capture takes more than 1.5 times what it took at the smallest size, or a question more than 50
ms at the 95th percentile. `--again` measures a database that an earlier run has left.

Without `--database`: a SQLite file in a temporary folder. A database that is named must be new, and stays.
"""

from __future__ import annotations

import argparse
import platform
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select, text

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.scale_copies import Copies
from bench.scale_history import Policy, Shot, policies, shots
from harvester.archive.playback.playback import PlayedCapture, digest_verdict
from harvester.catalogue.samples import All
from harvester.catalogue.selection import NO_SELECTIONS
from harvester.cleaner.document import Document, header_of, snapshot_address
from harvester.cleaner.quality import Quality
from harvester.diffing import render
from harvester.harvest.steps.clean_page import Cleaned
from harvester.harvest.steps.plan import plan_source
from harvester.harvest.steps.record import Fetched, duplicate_of, record, reuse_outcome
from harvester.insight import reading
from harvester.memento import digest_of
from harvester.service.observe.status import installation_status
from harvester.settings import Settings
from harvester.store.content.stored_form import contents, text_of
from harvester.store.database import Database
from harvester.store.history import history
from harvester.store.ledger import ledger
from harvester.store.ledger.ledger import IndexRow, Outcome
from harvester.store.read import versions as read
from harvester.store.schema import Capture, Service, Source

CAPTURES, VERSIONS = 50, 10
"""Of each service."""
FLAT, ANSWER_MS = 1.5, 50.0
NOW = datetime(2026, 11, 22, tzinfo=UTC)
_BATCH = 25  # as harvest/steps/fetch.py commits them


@dataclass(frozen=True, slots=True)
class Size:
    """What was measured at a number of captures; times in ms, by the wall and of this process's processor."""

    captures: int
    per_capture: tuple[float, float]
    answers: dict[str, tuple[float, float]]


def harvest(database: Database, number: int, captures: int = CAPTURES, versions: int = VERSIONS) -> str:
    """One service through the functions of a harvest; gives its name."""
    name, url = f"service-{number}.example", f"http://service-{number}.example/privacy"
    texts, taken = policies(number, versions), shots(number, captures, versions)
    digests = [digest_of(policy.page) for policy in texts]
    with database.writing() as session:
        service = Service(name=name, added_at=NOW)
        session.add(service)
        session.flush()
        source = Source(service_id=service.id, url=url)
        session.add(source)
        session.flush()
        listed = (IndexRow(one.timestamp, url, "text/html", 200, digests[one.version], 9_000) for one in taken)
        ledger.add(session, source, "internet-archive", listed)
    with database.writing() as session:
        plan_source(session, source, All(), None, None, NOW)
    with database.reading() as session:
        waiting = [(one.id, shot) for one, shot in zip(ledger.waiting(session, service.id), taken, strict=True)]
    firsts = [(waiting[place][0], taken[place]) for place in _first_of_each(taken)]
    for start in range(0, len(firsts), _BATCH):
        with database.writing() as session:
            for capture_id, shot in firsts[start : start + _BATCH]:
                capture = session.get_one(Capture, capture_id)
                fetched = _fetched(name, url, texts[shot.version], shot, digests[shot.version])
                record(session, capture, fetched, NOW)
    with database.reading() as session:
        reusable = ledger.reusable(session, service.id)
    for start in range(0, len(reusable), _BATCH):
        with database.writing() as session:
            for capture_id in reusable[start : start + _BATCH]:
                capture = session.get_one(Capture, capture_id)
                duplicate = duplicate_of(session, capture, NO_SELECTIONS.bounds(url, capture.timestamp))
                assert duplicate is not None
                reuse_outcome(session, capture, duplicate)
    with database.writing() as session:
        history.refresh(session, service.id, now=NOW)
    return name


def answers(database: Database, names: Sequence[str], times: int) -> dict[str, tuple[float, float]]:
    """The 95th percentiles, in ms, of what each command asks, in a session of its own each time."""
    settings = Settings()

    def log(name: str) -> None:
        with database.reading() as session:
            assert len(read.log(session, name)) > 1

    def show(name: str) -> None:
        with database.reading() as session:
            assert reading.shown(session, settings, name, "latest").text

    def diff(name: str) -> None:
        with database.reading() as session:
            pair = reading.pair(session, name)
        assert render.unified(pair.diff, pair.old_label, pair.new_label)

    def status(_name: str) -> None:
        assert installation_status(database, NOW, settings).services

    asked: dict[str, Callable[[str], None]] = {"log": log, "show": show, "diff": diff, "status": status}
    chance = random.Random(5)
    found = {}
    for title, ask in asked.items():
        ask(names[0])
        spent = [_timed(lambda: ask(chance.choice(names))) for _ in range(times)]  # noqa: B023
        found[title] = _part(spent, 0.95)
    return found


def measured(database: Database, first: int, probes: int, times: int) -> Size:
    """Harvests `probes` services that are new, one by one, and asks for services all over the store."""
    if not database.is_sqlite:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    spent = [_timed(lambda: harvest(database, number)) for number in range(first, first + probes)]  # noqa: B023
    wall, busy = _part(spent, 0.5)
    with database.reading() as session:
        captures = session.scalar(select(func.count()).select_from(Capture)) or 0
        wanted = select(Service.name).order_by(Service.id % 97, Service.id).limit(500)
        names = list(session.scalars(wanted))
    return Size(captures, (wall / CAPTURES, busy / CAPTURES), answers(database, names, times))


def size_of(database: Database) -> int:
    """Bytes on the disk."""
    if database.is_sqlite:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        return Path(str(database.url.database)).stat().st_size
    with database.reading() as session:
        return int(session.scalar(text("SELECT pg_database_size(current_database())")) or 0)


def main(arguments: Sequence[str]) -> int:
    """Fills, measures and prints; the exit code says whether the promises hold."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--captures", type=int, default=100_000)
    parser.add_argument("--database", metavar="URL")
    parser.add_argument("--real", type=int, default=20_000, metavar="N")
    parser.add_argument("--texts", action="store_true", help="copies have texts of their own")
    parser.add_argument("--probes", type=int, default=20, metavar="N")
    parser.add_argument("--times", type=int, default=200, metavar="N", help="how often each question is asked")
    parser.add_argument("--again", action="store_true", help="only measure the database of an earlier run")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        database = Database.open(chosen.database or f"sqlite:///{folder}/scale.db")
        try:
            if chosen.again:
                return again(database, random.SystemRandom().randrange(10**7, 10**8), chosen.probes, chosen.times)
            return run(database, chosen.captures, chosen.real, chosen.probes, chosen.times, texts=chosen.texts)
        finally:
            database.close()


def run(database: Database, captures: int, real: int, probes: int, times: int, *, texts: bool) -> int:
    """See `main`."""
    print(f"{platform.platform()}, Python {platform.python_version()}, {database.engine.dialect.name}", flush=True)
    empty = size_of(database)
    steps = sorted({size for size in (10_000, 100_000, 1_000_000) if size < captures} | {captures})
    sizes: list[Size] = []
    harvested, services, copies = 0, 0, Copies(database, texts=texts)
    began = time.perf_counter()
    for step in steps:
        while harvested < min(step, real) // CAPTURES:
            harvest(database, harvested)
            harvested, services = harvested + 1, services + 1
        if sizes == [] or harvested * CAPTURES == step:
            share = (size_of(database) - empty) / (services * CAPTURES)
        while services < step // CAPTURES:
            more = min(harvested, step // CAPTURES - services)
            copies.add(more)
            services += more
        made = time.perf_counter() - began
        sizes.append(measured(database, 1_000_000 + len(sizes) * probes, probes, times))
        services += probes
        _print(sizes[-1], f"after {made:5.0f} s")
    print(f"{share:,.0f} bytes a capture, of which all bodies and texts, harvested for real")
    print(f"{(size_of(database) - empty) / sizes[-1].captures:,.0f} bytes a capture at {sizes[-1].captures:,}")
    return judged(sizes)


def again(database: Database, first: int, probes: int, times: int) -> int:
    """Measures a database that an earlier run has left; its probes are new services."""
    size = measured(database, first, probes, times)
    _print(size, "measured again")
    return judged([size])


def judged(sizes: Sequence[Size]) -> int:
    """Whether the promises hold. By the wall, which says nothing on a machine that has other work."""
    for place, clock in enumerate(("by the wall", "of the processor")):
        growth = max(one.per_capture[place] for one in sizes) / sizes[0].per_capture[place]
        slowest = max(one[place] for one in sizes[-1].answers.values())
        print(f"{clock}: time a capture grows by {growth:.2f} (at most {FLAT}); slowest answer {slowest:.1f} ms")
    growth = max(one.per_capture[0] for one in sizes) / sizes[0].per_capture[0]
    return 0 if growth <= FLAT and max(one[0] for one in sizes[-1].answers.values()) < ANSWER_MS else 1


def _print(size: Size, note: str) -> None:
    wall, busy = size.per_capture
    asked = "  ".join(f"{name} {one[0]:.1f} ({one[1]:.1f})" for name, one in size.answers.items())
    print(f"{size.captures:>9,} captures {note}  {wall:.2f} ({busy:.2f}) ms each  p95 ms: {asked}", flush=True)


def _timed(act: Callable[[], object]) -> tuple[float, float]:
    wall, busy = time.perf_counter(), time.process_time()
    act()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - busy) * 1000


def _part(spent: Sequence[tuple[float, float]], share: float) -> tuple[float, float]:
    place = int(len(spent) * share)
    return sorted(one[0] for one in spent)[place], sorted(one[1] for one in spent)[place]


def _first_of_each(taken: Sequence[Shot]) -> list[int]:
    seen: set[int] = set()
    places = []
    for place, one in enumerate(taken):
        if one.version not in seen:
            seen.add(one.version)
            places.append(place)
    return places


def _fetched(name: str, url: str, policy: Policy, shot: Shot, digest: str) -> Fetched:
    digits = f"{shot.timestamp:%Y%m%d%H%M%S}"
    address = snapshot_address(url, digits)
    document = Document(header_of(name, digits, address), policy.title, policy.markdown, name, address)
    quality = Quality("en", 1.0, 1.0, True, "policy-or-text", (), hash(policy.markdown) & (1 << 64) - 1, 2_000, 14.0)
    headers = {"content-type": "text/html; charset=utf-8", "server": "Apache", "date": f"{shot.timestamp:%c}"}
    verdict = digest_verdict(policy.page, policy.page, digest, direct=True)
    played = PlayedCapture(url, shot.timestamp, 200, headers, policy.page, (), verdict, len(policy.page))
    comparable = document.comparable
    kept = contents(document, comparable, text_of(comparable, quality))
    return Fetched(played, Cleaned(kept, Outcome.STORED, None), "bench")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
