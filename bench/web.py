"""Pages over a store of CAPTURES captures: p50 and p95 of each. Exit 1 when one takes 100 ms or more at p95.

    bench/web.py [CAPTURES] [--rounds N] [--only WORD] [--keep FOLDER | --database URL]

The store is made of the sample archive: 200 services with long histories, whose versions cycle through the sample's
texts. With ``--database`` it is one that `bench/scale.py` has filled: many services with short histories; they are
given tags if none has any. Each page is asked of `create_app` through HTTP on a real socket, with addresses that no
cache has seen. The peer in the ratio is a bare FastAPI application with one Jinja template on the same server
(uvicorn), asked before each page: what the framework alone costs, and how fast the machine is then. Beside the wall
stands the processor time of this process, which asks and answers: on a machine with other work only that says
something. The status, kept for a minute, is dropped before each request for it.
"""

from __future__ import annotations

import argparse
import gc
import socket
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import requests
import uvicorn
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from jinja2 import Environment
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.scale_history import WORDS
from harvester.catalogue.document_types import PRIVACY_POLICY
from harvester.clock import utc_now
from harvester.diffing import Diff, compare, encode
from harvester.insight.topics.assign import topics
from harvester.replay.archives.folder import FolderArchive
from harvester.replay.faults.faults import Faults
from harvester.replay.server import ReplayServer
from harvester.settings import Settings
from harvester.store.content import documents
from harvester.store.database import Database
from harvester.store.ledger.ledger import Outcome
from harvester.store.read.series import most_named
from harvester.store.schema import Capture, Change, Interval, Service, Source, Version
from harvester.web.app import create_app
from harvester.web.view.status import StatusKeeper
from tests.support.harvest.harvests import harvest
from tests.support.paths import SAMPLE

SERVICES = 200
VERSIONS = 100
LIMIT_MS = 100.0
START = datetime(2001, 1, 1, tzinfo=UTC)


def main() -> int:
    """Makes the store, asks for each page, prints a line for each."""
    parser = argparse.ArgumentParser()
    parser.add_argument("captures", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="a folder for the store, which is left there and used again")
    parser.add_argument("--database", help="a store that bench/scale.py has filled")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--only", default="", help="pages with this in their name")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made_here:
        settings = Settings.model_validate(
            {
                "data": asked.keep or made_here,
                "database_url": asked.database,
                "web": {"searches_per_minute": 1_000_000},
            }
        )
        database = Database.open(settings.database)
        began = time.perf_counter()
        if not known(database):
            fill(database, asked.captures // SERVICES)
        names = tagged(database)
        made = time.perf_counter() - began
        with database.reading() as session:
            captures = session.scalar(select(func.count()).select_from(Capture))
        print(f"{captures:,} captures, {len(names):,} services, {database.engine.dialect.name}, made in {made:.0f} s")
        slow = ask(settings, database, names, asked.rounds, asked.only)
        database.close()
    print(f"100 ms or more at p95: {', '.join(slow) or 'none'}")
    return 1 if slow else 0


def ask(settings: Settings, database: Database, names: list[str], rounds: int, only: str) -> list[str]:
    """Asks for every page, prints its times, and gives those that were too slow."""
    slow = []
    app = create_app(settings, database)
    busy = time.process_time()
    app.state.trends.warm_up()  # as the server does when it starts
    app.state.neighbours.hashes()
    print(f"{'what the server makes at its start':<34}{(time.process_time() - busy) * 1000:>9.0f} ms of the processor")
    gc.set_threshold(200_000)  # as `harvester.cli.main` does,
    gc.collect()
    gc.freeze()  # and these as `web_server`
    with served(bare()) as bare_base, served(app) as base:
        for page, addresses in pages(database, names, rounds).items():
            if only not in page:
                continue
            _, _, peer, _ = summary(measure(bare_base, [f"/?n={n}" for n in range(rounds)]))
            p50, p95, busy50, busy95 = summary(measure(base, addresses, KEPT.get(page, lambda *_: None), app))
            wall = f"p50 {p50:>6.1f} ms   p95 {p95:>6.1f} ms"
            ours = f"of the processor: p50 {busy50:>6.1f}   p95 {busy95:>6.1f}"
            print(f"{page:<34}{wall}   {ours}   {busy50 / peer:>5.1f} x the peer's {peer:.1f}", flush=True)
            if p95 >= LIMIT_MS:
                slow.append(page)
    return slow


def _forget_status(app: FastAPI) -> None:
    app.state.status = StatusKeeper(app.state.site.database, app.state.site.settings, utc_now)


KEPT: dict[str, Callable[[FastAPI], None]] = {
    "status, counted": _forget_status,
    "API: status": _forget_status,
}
"""What the application keeps for a time, dropped before each request of a page."""


def summary(times: list[tuple[float, float]]) -> tuple[float, float, float, float]:
    """The median and the 95th percentile of the wall, and of the processor."""
    walls, busy = (sorted(side) for side in zip(*times, strict=True))
    place = int(len(times) * 0.95)
    return statistics.median(walls), walls[place], statistics.median(busy), busy[place]


def known(database: Database) -> bool:
    """Whether the store was filled before."""
    with database.reading() as session:
        return session.scalar(select(Service.id).limit(1)) is not None


def tagged(database: Database) -> list[str]:
    """The names of the services that have a history; when none of them has a tag, each gets one."""
    with database.writing() as session:
        services = session.scalars(select(Service).order_by(Service.id)).all()
        if not any(one.tags for one in services):
            for one in services:
                one.tags = [f"tag{one.id % 10}", f"group{one.id * 7 % 100}"]
        versions = select(Version.service_id).distinct()
        shown = set(session.scalars(versions))
    return [one.name for one in services if one.id in shown]


def fill(database: Database, each: int) -> None:
    """200 services with `each` captures and 100 versions."""
    server = ReplayServer(FolderArchive(SAMPLE), Faults(None), late=False)
    server.start()
    harvest(database, server.base_url)
    server.stop()
    with database.writing() as session:
        chains = []
        for service in session.scalars(select(Service).order_by(Service.id)).all():
            shown = session.execute(
                select(Version.text_id, Capture.document_id, Capture.payload_id)
                .join(Capture, Capture.id == Version.capture_id)
                .where(Version.service_id == service.id)
                .order_by(Version.first_seen)
            ).all()
            there: list[tuple[Any, ...]] = [tuple(row) for row in dict.fromkeys(shown)]
            chain = [*there, *reversed(there[1:-1])]
            pairs: dict[tuple[int, int], tuple[Diff, bytes]] = {}
            for old, new in pairwise([*chain, chain[0]]):
                diff = compare(documents.text(session, old[0]), documents.text(session, new[0]))
                pairs[old[0], new[0]] = (diff, encode(diff))
            chains.append((chain, pairs))
        for number in range(SERVICES):
            name = f"bench{number:03}.example"
            chain, pairs = chains[number % len(chains)]
            service = Service(name=name, added_at=START, tags=[f"tag{number % 10}", f"group{number * 7 % 100}"])
            session.add(service)
            session.flush()
            source = Source(service_id=service.id, url=f"https://{name}/privacy")
            session.add(source)
            session.flush()
            _history(session, service, source, chain, pairs, each)


def _is_gone(place: int, run: int) -> bool:
    """Whether a capture shows nothing: the last of each version, where it has several."""
    return run > 1 and place % run == run - 1


def _history(
    session: Session,
    service: Service,
    source: Source,
    chain: Sequence[tuple[Any, ...]],
    pairs: dict[tuple[int, int], tuple[Diff, bytes]],
    each: int,
) -> None:
    step = timedelta(days=25 * 365) / each
    run = each // VERSIONS
    rows: list[dict[str, Any]] = [
        {
            "service_id": service.id,
            "source_id": source.id,
            "archive": "internet-archive",
            "timestamp": (START + step * place).replace(microsecond=0),
            "original": source.url,
            "mimetype": "text/html",
            "status": 200,
            "digest": f"{service.id:08}{place // run:08}",
            "length": 5_000,
            "outcome": Outcome.GONE if _is_gone(place, run) else Outcome.STORED,
            "tries": 1,
            "text_id": None if _is_gone(place, run) else chain[place // run % len(chain)][0],
            "document_id": None if _is_gone(place, run) else chain[place // run % len(chain)][1],
            "cleaner": "1",
        }
        for place in range(run * VERSIONS)
    ]
    session.execute(insert(Capture), rows)
    known = session.execute(select(Capture.timestamp, Capture.id).where(Capture.source_id == source.id))
    ids = {row[0]: row[1] for row in known}
    spans = []
    for place in range(VERSIONS):
        own = [row for row in rows[place * run : (place + 1) * run] if row["text_id"] is not None]
        spans.append((own[0]["timestamp"], own[-1]["timestamp"], own[0]["text_id"], len(own)))
    session.execute(
        insert(Version),
        [
            {
                "service_id": service.id,
                "text_id": text_id,
                "capture_id": ids[first],
                "first_seen": first,
                "last_seen": last,
                "captures": number,
            }
            for first, last, text_id, number in spans
        ],
    )
    changes = []
    for old, new in pairwise(spans):
        diff, operations = pairs[old[2], new[2]]
        changes.append(
            {
                "service_id": service.id,
                "old_text_id": old[2],
                "new_text_id": new[2],
                "after": old[1],
                "before": new[0],
                "kind": diff.kind.value,
                "words_added": diff.measures.words_added,
                "words_removed": diff.measures.words_removed,
                "words_moved": diff.measures.words_moved,
                "share": diff.measures.share,
                "headings": list(diff.measures.headings),
                "found_at": utc_now(),
                "operations": operations,
            }
        )
    session.execute(insert(Change), changes)
    session.execute(
        insert(Interval),
        [
            {
                "service_id": service.id,
                "source_id": source.id,
                "plan": "all",
                "start": datetime(2001 + half // 2, 1 + 6 * (half % 2), 1, tzinfo=UTC),
                "end": datetime(2001 + half // 2, 6 + 6 * (half % 2), 28, tzinfo=UTC),
                "outcome": Outcome.NOT_ARCHIVED if half % 7 == 0 else Outcome.STORED,
                "reason": "the archive holds no capture of these months" if half % 7 == 0 else None,
            }
            for half in range(50)
        ],
    )


def pages(database: Database, names: list[str], rounds: int) -> dict[str, list[str]]:
    """For each kind of page as many addresses as rounds, none twice."""
    chosen = [names[place * 997 % len(names)] for place in range(rounds)]
    with database.reading() as session:
        first = {
            row[0]: f"{row[1]:%Y%m%d%H%M%S}"
            for row in session.execute(
                select(Service.name, func.min(Version.first_seen))
                .join(Service, Service.id == Version.service_id)
                .where(Service.name.in_(chosen))
                .group_by(Service.name)
            )
        }
        known = [topic.key for topic in topics()]
        parties = [name for name, _, _ in most_named(session, PRIVACY_POLICY, limit=rounds)] or ["Adco"]
        stamps = {
            row[0]: f"{row[1]:%Y%m%d%H%M%S}"
            for row in session.execute(
                select(Service.name, Change.before)
                .join(Service, Service.id == Change.service_id)
                .where(Service.name.in_(chosen))
                .order_by(Change.before.desc())
            )
        }
    return {
        "overview": [f"/?after={name}" for name in chosen],
        "overview by tag": [f"/?tag=tag{place % 10}&since={_month(place)}" for place in range(rounds)],
        "changes, cosmetic": [f"/changes?kind=cosmetic&until={_month(place)}" for place in range(rounds)],
        "changes by tag": [f"/changes?tag=tag{place % 10}&until={_month(place)}" for place in range(rounds)],
        "changes of a service": [f"/changes?service={name}" for name in chosen],
        "service": [f"/services/{name}" for name in chosen],
        "version": [f"/services/{name}/versions/{stamps[name]}" for name in chosen],
        "change": [f"/services/{name}/changes/{stamps[name]}" for name in chosen],
        "change, side by side, whole": [
            f"/services/{name}/changes/{stamps[name]}?view=side&show=all" for name in chosen
        ],
        "version by age": [f"/services/{name}/versions/{stamps[name]}?view=age" for name in chosen],
        "captures of a service": [f"/services/{name}/captures" for name in chosen],
        "compare any two versions": [
            f"/compare?old={name}@{first[name]}&new={name}@{stamps[name]}&n={place}"
            for place, name in enumerate(chosen)
        ],
        "similar policies": [f"/services/{name}/versions/{first[name]}/similar" for name in chosen],
        "trends of a topic": [f"/trends?topic={known[place % len(known)]}&n={place}" for place in range(rounds)],
        "trends of a third party": [f"/trends?party={parties[place % len(parties)]}" for place in range(rounds)],
        "trends of a kind of statement": [
            f"/trends?statement={('period', 'third-party')[place % 2]}&n={place}" for place in range(rounds)
        ],
        "gaps": [f"/gaps?n={place}" for place in range(rounds)],
        "gaps of a half-year": [f"/gaps?half_year=2015-H{1 + place % 2}&n={place}" for place in range(rounds)],
        "trends of a word": [f"/trends?q=cookies+AND+{word}" for word in WORDS[:rounds]],
        "search": [f"/search?q=cookies&since={_month(place)}" for place in range(rounds)],
        "search, every version": [f"/search?q=cookies&show=every&since={_month(place)}" for place in range(rounds)],
        "search for a phrase": [f'/search?q="your+name"&until={_month(place)}' for place in range(rounds)],
        "search for two words": [f"/search?q=cookies+AND+payment&until={_month(place)}" for place in range(rounds)],
        "search in a service": [f"/search?q=information+{place}&service={name}" for place, name in enumerate(chosen)],
        "feed of all changes": [f"/feeds/changes.atom?n={place}" for place in range(rounds)],
        "feed of a tag": [f"/feeds/tags/group{place * 7 % 100}.atom" for place in range(rounds)],
        "feed of a tag, read before": [f"/feeds/tags/group{place * 7 % 100}.atom?n=1" for place in range(rounds)],
        "feed of a service": [f"/services/{name}/changes.atom" for name in chosen],
        "API: services": [f"/api/v1/services?limit={100 + place}" for place in range(rounds)],
        "API: search": [f"/api/v1/search?q=cookies&since={_month(place)}" for place in range(rounds)],
        "API: ledger of a service": [f"/api/v1/services/{name}/ledger?limit=100" for name in chosen],
        "API: changes": [f"/api/v1/changes?since={_month(place)}" for place in range(rounds)],
        "status, counted": [f"/status?n={place}" for place in range(rounds)],
        "API: status": [f"/api/v1/status?limit={1 + place}" for place in range(rounds)],
        "status, between two counts": [f"/status?n={rounds + place}" for place in range(rounds)],
        "overview again (kept 5 s)": ["/"] * rounds,
    }


def _month(place: int) -> str:
    return f"{2005 + place % 20}-{1 + place // 20 % 12:02}"


def measure(
    base: str, addresses: list[str], before: Callable[[FastAPI], None] = lambda _: None, app: FastAPI | None = None
) -> list[tuple[float, float]]:
    """Milliseconds of each request, by the wall and of the processor, one after the other on one connection.

    A first request to a page that is none warms up what all share and is not counted.
    """
    times = []
    with requests.Session() as session:
        session.get(f"{base}/nowhere", timeout=120)
        for address in addresses:
            if app is not None:
                before(app)
            began, busy = time.perf_counter(), time.process_time()
            answer = session.get(base + address, timeout=120)
            times.append(((time.perf_counter() - began) * 1000, (time.process_time() - busy) * 1000))
            assert answer.status_code == 200, (address, answer.status_code)
    return times


def bare() -> FastAPI:
    """One template, nothing else."""
    app = FastAPI()
    template = Environment(autoescape=True).from_string("<!doctype html><title>{{ n }}</title>" + "<p>row</p>" * 100)

    @app.get("/", response_class=HTMLResponse)
    def page(n: int) -> str:
        return template.render(n=n)

    return app


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The application on a free port, in a thread of this process."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, ws="none", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


if __name__ == "__main__":
    sys.exit(main())
