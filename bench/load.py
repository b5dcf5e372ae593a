"""Readers and programs at a steady rate beside a running backfill: errors, p50 and p95 of what they wait.

    bench/load.py [--rate N] [--seconds N] [--database URL] [--captures-per-second N] [--warm N]

An archive with generated policies (`scale_history`) is served by `harvester replay`, a part of it is harvested, then
`harvester web` is started as in production, and `harvester backfill` harvests the rest while requests arrive: RATE a
second for SECONDS, at instants that do not depend on the answers (an open loop, where a server that falls behind cannot
slow its readers down). What a request waited counts from the instant at which it was due. The mix is pages, API and
feeds, some addresses asked for far more often than others; what is asked for is looked up in the site's own API, so
that with ``--database`` any store may be used. The archive is asked as often as the Internet Archive is by default
(8 captures a second). What comes in the first seconds, when nothing has been asked for yet, is not counted. Exit 1 when
a request fails or the p95 is 250 ms or more, or when the backfill ended early.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import requests

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.scale_history import Policy, policies, shots
from harvester.store.database import Database
from tests.support.forked import Command
from tests.support.service.installations import Place, until

LIMIT_MS = 250.0
CAPTURES, VERSIONS = 40, 20
"""Of each service of the archive."""
HARVESTED = 5
"""Services whose history is there before the load begins."""
_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n", re.IGNORECASE)


@dataclass
class Answers:
    """What came back: milliseconds by kind of address, and statuses other than 200."""

    times: dict[str, list[float]] = field(default_factory=dict)
    failed: Counter[str] = field(default_factory=Counter)

    @property
    def all(self) -> list[float]:
        """Milliseconds of every request, shortest first."""
        return sorted(one for some in self.times.values() for one in some)


def main() -> int:
    """Makes the installation, runs the load, prints what was measured."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rate", type=float, default=200, help="requests a second")
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--database", help="a store that is there; default: a new one on SQLite")
    parser.add_argument("--captures-per-second", type=float, default=8.0, help="how fast the backfill may ask")
    parser.add_argument("--warm", type=float, default=20, help="seconds of load that are not counted")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = asked.database or f"sqlite:///{folder}/data/harvester.db"
        place = Place(Path(folder) / "config", Path(folder) / "data", url)
        try:
            return run(place, Path(folder) / "archive", asked)
        finally:
            place.end()


def run(place: Place, archive: Path, asked: argparse.Namespace) -> int:
    """See the top of the module."""
    per_second = asked.captures_per_second
    names = make_archive(archive, HARVESTED + 2 + int(per_second * (asked.seconds + asked.warm) * 2 / VERSIONS))
    watch(place, names, started(place, "replay", str(archive), "--port", "0"), per_second)
    Database.open(place.database_url).close()
    first = place.run("backfill", *names[:HARVESTED], HARVESTER_ARCHIVES__LOAD__CAPTURES_PER_SECOND="10000")
    assert first.returncode == 0, first.stderr
    site = started(place, "web", "--port", "0")
    web = place.processes[-1]
    mix = addresses(site)
    backfill = place.start("backfill", *names[HARVESTED:])
    until(lambda: stored(place, names[HARVESTED:]) > 0, 60, lambda: place.log(backfill))
    asyncio.run(load(site, mix, asked.rate, asked.warm))
    before, busy = stored(place, names[HARVESTED:]), processor_seconds(web)
    found = asyncio.run(load(site, mix, asked.rate, asked.seconds))
    busy = (processor_seconds(web) - busy) / asked.seconds
    harvested, goes_on = stored(place, names[HARVESTED:]) - before, backfill.poll() is None
    return report(found, asked, busy, harvested, goes_on)


def make_archive(folder: Path, services: int) -> list[str]:
    """Writes an archive as `harvester replay` serves it; gives the names of its services."""
    (folder / "pages").mkdir(parents=True)
    lines, names = [], []
    run_of = random.randrange(10**6)  # a store that is used again has not harvested these yet
    for number in range(services):
        names.append(f"load-{run_of}-{number}.example")
        for place, policy in enumerate(policies(run_of + number, VERSIONS)):
            (folder / "pages" / f"{number}-{place}.html").write_bytes(page_of(policy))
        for shot in shots(number, CAPTURES, VERSIONS):
            lines.append(
                {
                    "url": f"http://{names[-1]}/privacy",
                    "timestamp": f"{shot.timestamp:%Y%m%d%H%M%S}",
                    "file": f"pages/{number}-{shot.version}.html",
                }
            )
    (folder / "captures.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return names


def page_of(policy: Policy) -> bytes:
    """The page of a policy; its heading names it, as a reader's would."""
    return policy.page.replace(b"<body>", f"<body><h1>{policy.title}</h1>".encode())


def watch(place: Place, names: list[str], archive: str, per_second: float) -> None:
    """The configuration: an archive that is asked at a rate, and no bound to searches."""
    place.watches(*names)
    (place.config / "harvester.toml").write_text(
        f'archive = "load"\nlog_level = "warning"\n[web]\nsearches_per_minute = 1000000\n'
        f'[archives.load]\ncdx = "{archive}/cdx/search/cdx"\nplayback = "{archive}/web"\n'
        f"cdx_per_minute = 6000\ncaptures_per_second = {per_second}\n"
    )


def started(place: Place, *command: str) -> str:
    """Starts a command that says where it listens; gives its address."""
    process = place.start(*command)
    until(lambda: "http://" in place.log(process), 60, lambda: place.log(process))
    found = re.search(r"http://\S+", place.log(process))
    assert found
    return found[0]


def addresses(site: str) -> list[tuple[float, str, Callable[[], str]]]:
    """The mix: weight, kind, and an address of that kind, which is another each time."""
    with requests.Session() as session:
        services = [one["name"] for one in session.get(f"{site}/api/v1/services?limit=200").json()["items"]]
        changes = session.get(f"{site}/api/v1/changes?limit=200").json()["items"]
    stamps = [(one["service"], re.sub(r"\D", "", one["before"])[:14]) for one in changes]

    def of_service(rest: str = "", before: str = "/services/") -> Callable[[], str]:
        return lambda: f"{before}{often_first(services)}{rest}"

    def of_change(kind: str, *views: str) -> Callable[[], str]:
        return lambda: "/services/{0}/{2}/{1}{3}".format(*often_first(stamps), kind, random.choice(views))

    def word() -> str:
        asked = random.choice(("cookies", "payment details", "consent OR merger", '"precise location"', "recordings"))
        return f"/search?q={quote(asked)}&since={random.randrange(2006, 2024)}"

    return [
        (15, "overview", lambda: random.choice(("/", "/", "/", "/?kind=substantive", "/?since=2015"))),
        (10, "changes", lambda: f"/changes?until={random.randrange(2006, 2025)}"),
        (20, "service", of_service()),
        (15, "version", of_change("versions", "", "?view=markdown")),
        (3, "version by age", of_change("versions", "?view=age")),
        (17, "change", of_change("changes", "", "", "?view=side", "?show=all")),
        (5, "search", word),
        (2, "status", lambda: "/status"),
        (4, "API: services", lambda: "/api/v1/services"),
        (4, "API: changes", of_service("", "/api/v1/changes?service=")),
        (2, "API: ledger", of_service("/ledger", "/api/v1/services/")),
        (1, "feed of all", lambda: "/feeds/changes.atom"),
        (2, "feed of a service", of_service("/changes.atom")),
    ]


def often_first(of: Sequence[Any]) -> Any:
    """One of a list, the first ones far more often than the last, as readers choose."""
    return of[int(len(of) ** random.random()) - 1]


async def load(site: str, mix: list[tuple[float, str, Callable[[], str]]], rate: float, seconds: float) -> Answers:
    """Sends requests at their instants and waits for all answers."""
    host, _, port = site.removeprefix("http://").rpartition(":")
    idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
    found = Answers()

    async def ask(kind: str, address: str, due: float) -> None:
        try:
            reader, writer = idle.pop() if idle else await asyncio.open_connection(host, int(port))
            writer.write(f"GET {address} HTTP/1.1\r\nHost: {host}:{port}\r\nAccept-Encoding: gzip\r\n\r\n".encode())
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 30)
            length = _LENGTH.search(head)
            await reader.readexactly(int(length[1]) if length else 0)
            idle.append((reader, writer))
            if (status := head[9:12]) != b"200":
                found.failed[f"{kind}: {status.decode()} {address}"] += 1
        except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
            found.failed[f"{kind}: {type(error).__name__} {address}"] += 1
        found.times.setdefault(kind, []).append((time.perf_counter() - due) * 1000)

    weights = [weight for weight, _, _ in mix]
    begun = time.perf_counter()
    asking = []
    for number in range(int(rate * seconds)):
        due = begun + number / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        [(_, kind, address)] = random.choices(mix, weights)
        asking.append(asyncio.create_task(ask(kind, address(), due)))
    await asyncio.gather(*asking)
    for _, writer in idle:
        writer.close()
    return found


def report(found: Answers, asked: argparse.Namespace, busy: float, harvested: int, goes_on: bool) -> int:
    """Prints what was measured; gives the exit code."""
    for kind, times in found.times.items():
        print(f"{kind:<20}{len(times):>6}   p50 {_part(times, 0.5):>7.1f} ms   p95 {_part(times, 0.95):>7.1f} ms")
    p95 = _part(found.all, 0.95)
    print(
        f"{len(found.all)} requests at {asked.rate:.0f} a second: {sum(found.failed.values())} failed,"
        f" p50 {statistics.median(found.all):.1f} ms, p95 {p95:.1f} ms (promised: {LIMIT_MS:.0f}),"
        f" p99 {_part(found.all, 0.99):.1f} ms, longest {found.all[-1]:.0f} ms"
    )
    print(f"the web server's share of a processor: {busy:.2f}; load average {os.getloadavg()[0]:.1f}")
    print(f"the backfill beside it settled {harvested} captures{'' if goes_on else ' and ended too early'}")
    for what, number in found.failed.most_common(10):
        print(f"  {number} x {what}")
    return 0 if not found.failed and p95 < LIMIT_MS and goes_on and harvested else 1


def stored(place: Place, names: list[str]) -> int:
    """How many captures of some services are settled."""
    from sqlalchemy import func, select

    from harvester.store.schema import Capture, Service

    database = Database(place.database_url)
    with database.reading() as session:
        number = select(func.count()).select_from(Capture).join(Service, Service.id == Capture.service_id)
        settled = session.scalar(number.where(Service.name.in_(names), Capture.outcome.in_(("stored", "unchanged"))))
    database.close()
    return settled or 0


def processor_seconds(process: Command) -> float:
    """What a process and its children have used of a processor (Linux's /proc)."""
    tick, total = os.sysconf("SC_CLK_TCK"), 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        if process.pid in (int(stat.parent.name), int(fields[1])):
            total += (int(fields[11]) + int(fields[12])) / tick
    return total


def _part(times: list[float], share: float) -> float:
    return sorted(times)[min(int(len(times) * share), len(times) - 1)]


if __name__ == "__main__":
    sys.exit(main())
