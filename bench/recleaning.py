"""Re-cleaning by one worker and by two: the same work, on PostgreSQL, by Celery; prints the ratio of their speeds.

    python bench/recleaning.py --database postgresql://... --broker amqp://... [--pages X.jsonl.gz] [--captures N]

The database must be empty. Peer: the single worker, in the same run, before and after the two. Needs two free cores.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path

from pydantic import SecretStr

from harvester.catalogue.entries import ServiceEntry, load_catalogue
from harvester.clock import utc_now
from harvester.service.workers.dispatch import reclean_by_workers
from harvester.settings import Settings
from harvester.store.content import payloads
from harvester.store.database import Database
from harvester.store.schema import Capture, Playback, Service, Source

SERVICES = 4
STARTING_SECONDS = 8
SENTENCE = "We keep what you tell us about {word} for {number} months, and share it with those who help us to run it. "


def bodies(pages: Path | None, wanted: int) -> list[bytes]:
    """Pages with content of their own each: those of the corpus's reference when given, else made up."""
    if pages is None:
        made = []
        for number in range(wanted):
            paragraphs = "".join(
                f"<h2>Part {part}</h2><p>{SENTENCE.format(word=f'matter {part}', number=number + part) * 4}</p>"
                for part in range(60)
            )
            made.append(f"<html><head><title>Policy</title></head><body>{paragraphs}</body></html>".encode())
        return made
    with gzip.open(pages, "rt", encoding="utf-8") as lines:
        found = [json.loads(line)["html"].encode("utf-8", "surrogatepass") for line in lines]
    return [f"<!-- {number} -->".encode() + body for number, body in enumerate(islice(cycle(found), wanted))]


def fill(database: Database, contents: list[bytes]) -> None:
    """Captures with bytes and without a document, as if an earlier cleaner had made none."""
    begin = datetime(2010, 1, 1, tzinfo=UTC)
    for place in range(SERVICES):
        with database.writing() as session:
            service = Service(name=f"service{place}.example", added_at=begin)
            session.add(service)
            session.flush()
            source = Source(service_id=service.id, url=f"http://service{place}.example/privacy")
            session.add(source)
            session.flush()
            for number, body in enumerate(contents[place::SERVICES]):
                capture = Capture(
                    service_id=service.id, source_id=source.id, archive="bench", original=source.url, status=200,
                    timestamp=begin + timedelta(days=number), digest=f"{place}-{number}", outcome="no-text",
                    payload_id=payloads.put(session, body, source_id=source.id), cleaner="0",
                )  # fmt: skip
                session.add(capture)
                session.flush()
                session.add(
                    Playback(
                        capture_id=capture.id, fetched_at=begin, url=source.url, status=200,
                        headers={"content-type": "text/html; charset=utf-8"}, chain=[], verdict="match",
                    )
                )  # fmt: skip


def timed_run(database: Database, settings: Settings, workers: int) -> float:
    """Seconds from the order to its end, with so many workers that were up already."""
    environment = {
        **os.environ,
        "HARVESTER_CONFIG": str(settings.config),
        "HARVESTER_DATABASE_URL": settings.database,
        "HARVESTER_BROKER_URL": settings.broker_url.get_secret_value() if settings.broker_url else "",
        "HARVESTER_LOG_LEVEL": "warning",
    }
    command = [sys.executable, "-c", "from harvester.cli import main; main()", "worker", "--concurrency", "1"]
    started = [subprocess.Popen(command, env=environment) for _ in range(workers)]
    entries = load_catalogue(settings.config / "services.toml")
    try:
        # Until each has done a first task, it is still importing.
        time.sleep(STARTING_SECONDS)
        for _ in range(2):
            reclean(database, settings, entries[-1:])
        begun = time.perf_counter()
        reclean(database, settings, entries)
        return time.perf_counter() - begun
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(30)


def reclean(database: Database, settings: Settings, entries: Sequence[ServiceEntry]) -> None:
    """One order to the workers."""
    reclean_by_workers(
        database, settings, entries, force=True,
        clock=utc_now, stop=threading.Event(),
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--database", required=True)
    parser.add_argument("--broker", required=True)
    parser.add_argument("--pages", type=Path)
    parser.add_argument("--captures", type=int, default=600)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder)
        names = [f"service{place}.example" for place in range(SERVICES)]
        (config / "services.toml").write_text(
            "".join(f'[[service]]\nname = "{name}"\nsources = ["http://{name}/privacy"]\n' for name in names)
        )
        settings = Settings(
            config=config, database_url=SecretStr(given.database), broker_url=SecretStr(given.broker), data=config
        )
        database = Database.open(given.database)
        fill(database, bodies(given.pages, given.captures))
        seconds = {
            f"{number} ({place})": timed_run(database, settings, number) for place, number in enumerate((1, 2, 1))
        }
        database.close()
    for name, spent in seconds.items():
        print(f"workers {name}: {spent:.1f} s, {given.captures / spent:.1f} captures a second")
    one, two, again = seconds.values()
    print(f"two workers are {(one + again) / 2 / two:.2f} times as fast as one")


if __name__ == "__main__":
    main()
