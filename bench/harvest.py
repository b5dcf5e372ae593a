"""Captures per second from the index to the stored diffs, beside a client that only downloads, in one run.

    python bench/harvest.py [ROUNDS]

Three local archives, each in a process of its own with limits off, serve the ten real policies of
``../shared/archive`` to both clients in turn: pywb, which is what people run who have an archive (the index comes from
our own replay in all cases, since the peer cannot read pywb's); `harvester replay` with a tenth of a second before each
answer, which a distant archive hardly undercuts; and the same without, which answers from memory, so that the peer's
figure there is what its own code allows. The peer is EDGI's `wayback` with its base URL patched, which lists and
downloads the captures and does nothing with them: as its documentation shows it, and with four threads of a client
each. It patches urllib3, so it is installed into an environment of its own (``.venv/wayback``). The harvest cleans,
stores and compares, and leaves out the requests that need not be made. Times are taken inside the processes, after
their imports. Exit 1 when the median of the harvest is below that of the peer as documented on pywb, or below that of
the peer with as many threads on the distant archive.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # pywb is started as the tests start it

from tests.support.pywb_server import serving  # noqa: E402

ARCHIVE = ROOT / ".." / "shared" / "archive"
PEER = "wayback==0.5.1"
PEER_HOME = Path(sys.prefix) / "wayback"
THREADS = 4
DISTANT = """
most = 1_000_000
[[fault]]
kind = "latency"
seconds = 0.1
"""

PEER_SCRIPT = """
import json, sys, time
from concurrent.futures import ThreadPoolExecutor
from threading import local
import wayback
from wayback import _client, _utils
cdx, playback, threads, urls = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4:]
_client.CDX_SEARCH_URL = cdx
_utils.MEMENTO_URL_TEMPLATE = playback + "/{timestamp}{mode}/{url}"
_utils.MEMENTO_URL_PATTERN = __import__("re").compile("^" + playback + r"/(\\d+)(\\w\\w_)?/(.+)$")
mine = local()
def client():
    if not hasattr(mine, "client"):
        session = wayback.WaybackSession(search_calls_per_second=1e6, memento_calls_per_second=1e6)
        mine.client = wayback.WaybackClient(session)
    return mine.client
def fetch(record):
    try:
        return len(client().get_memento(record, exact=True).content)
    except (wayback.exceptions.WaybackException, ValueError):
        return 0
begun = time.monotonic()
if threads == 1:
    sizes = [fetch(record) for url in urls for record in client().search(url)]
else:
    with ThreadPoolExecutor(threads) as pool:
        sizes = list(pool.map(fetch, [record for url in urls for record in client().search(url)]))
print(json.dumps({"captures": len(sizes), "bytes": sum(sizes), "seconds": time.monotonic() - begun}))
"""

OUR_SCRIPT = """
import json, sys, threading
from harvester.catalogue.samples import All
from harvester.clock import utc_now
from harvester.catalogue.entries import ServiceEntry
from harvester.settings import ArchiveSettings, Settings
from harvester.harvest.backfill import Order, backfill
from harvester.harvest.report.progress import Silent
from harvester.store.database import Database
import harvester.diffing
cdx, playback, threads, folder, urls = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4], sys.argv[5:]
archive = ArchiveSettings(name="local", cdx=cdx, playback=playback, cdx_per_minute=1e6, captures_per_second=1e6)
database = Database.open(f"sqlite:///{folder}/harvester.db")
entries = [ServiceEntry.model_validate({"name": f"s{n}.example", "sources": [url]}) for n, url in enumerate(urls)]
summary = backfill(database, Settings(), archive, Order(entries, sample=All(), workers=threads),
                   clock=utc_now, stop=threading.Event(), progress=Silent())
print(json.dumps({"captures": summary.known, "requests": summary.requests["playback"], "seconds": summary.seconds,
                  "versions": summary.versions, "outcomes": summary.outcomes}))
"""


@contextmanager
def replaying(*options: str | Path) -> Iterator[str]:
    """The base URL of the stand-in archive, for the body of the ``with``."""
    command: list[str | Path] = [Path(sys.executable).parent / "harvester", "replay"]
    command += [ARCHIVE / "captures.warc.gz", "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().split()[0]
        finally:
            server.terminate()


def peer_python() -> Path:
    """The interpreter of the peer's own environment, made when it is not there."""
    python = PEER_HOME / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", PEER_HOME], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", PEER], check=True)
    return python


def measured(command: list[str | Path]) -> dict[str, float]:
    """What one run printed."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HARVESTER_")}
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def compared(name: str, addresses: tuple[str, str], urls: list[str], rounds: int) -> tuple[float, float, float]:
    """Alternates the runs on one archive, prints their medians, and gives them: the peer's two, and ours."""
    python = peer_python()
    rates: dict[str, list[float]] = {}
    for _ in range(rounds):
        for threads in (1, THREADS):
            peer = measured([python, "-c", PEER_SCRIPT, *addresses, str(threads), *urls])
            label = f"wayback, {threads} thread{'s' if threads > 1 else ''}: download only"
            rates.setdefault(label, []).append(peer["captures"] / peer["seconds"])
        with tempfile.TemporaryDirectory() as folder:
            ours = measured([sys.executable, "-c", OUR_SCRIPT, *addresses, str(THREADS), folder, *urls])
        label = f"harvester, {THREADS} threads: to the stored diffs"
        rates.setdefault(label, []).append(ours["captures"] / ours["seconds"])
        assert ours["captures"] == peer["captures"], (ours, peer)
    print(f"{name}: {ours['captures']:.0f} captures, of which the harvest asked for {ours['requests']:.0f}")
    for label, values in rates.items():
        print(f"  {label:<44}{statistics.median(values):>8.1f} captures/s")
    single, threaded, harvest = (statistics.median(values) for values in rates.values())
    print(
        f"  harvester / wayback: {harvest / single:.2f} as documented, {harvest / threaded:.2f} with {THREADS} threads"
    )
    return single, threaded, harvest


def main() -> int:
    """Compares on the three archives."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    urls = sorted({one["url"] for one in json.loads((ARCHIVE / "captures.json").read_text())})
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, median of {rounds} rounds")
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        (at / "distant.toml").write_text(DISTANT, encoding="utf-8")
        with replaying() as replay:
            cdx = f"{replay}/cdx/search/cdx"
            with serving(ARCHIVE / "captures.warc.gz", at) as pywb:
                single, _, harvest = compared("pywb", (cdx, pywb), urls, rounds)
            with replaying("--faults", at / "distant.toml") as distant:
                _, threaded, far = compared("a distant archive", (cdx, f"{distant}/web"), urls, rounds)
            compared("harvester replay", (cdx, f"{replay}/web"), urls, rounds)
    return 0 if harvest >= single and far >= threaded else 1


if __name__ == "__main__":
    sys.exit(main())
