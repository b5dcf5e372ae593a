"""Bytes to keep every raw page, and the time to read one back, beside git, in one run.

    python bench/storage.py [WARC]

The peers keep the same distinct bodies in the same order: git as one file a page, a commit a capture, packed with
``gc --aggressive``; zstd level 19 a body at a time. Exit 1 when the store is larger than git or slower than 10 ms at
the 95th percentile.
"""

from __future__ import annotations

import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import zstandard
from sqlalchemy import func, select, text
from warcio.archiveiterator import ArchiveIterator

from harvester.store.content import payloads
from harvester.store.database import Database
from harvester.store.schema import Payload, Service, Source

DEFAULT = Path(__file__).resolve().parents[1] / ".." / "shared" / "archive" / "captures.warc.gz"
READ_LIMIT_MS = 10.0


@dataclass(frozen=True)
class Page:
    """One response of the archive."""

    timestamp: str
    url: str
    body: bytes


def pages(warc: Path) -> list[Page]:
    """The responses of a WARC with distinct bodies, oldest first."""
    seen: set[bytes] = set()
    distinct = []
    for page in sorted(_responses(warc), key=lambda page: (page.timestamp, page.url)):
        if page.body not in seen:
            seen.add(page.body)
            distinct.append(page)
    return distinct


def _responses(warc: Path) -> Iterator[Page]:
    with warc.open("rb") as stream:
        for record in ArchiveIterator(stream):
            if record.rec_type == "response":
                headers = record.rec_headers
                url, when = headers.get_header("WARC-Target-URI"), headers.get_header("WARC-Date")
                yield Page(when, url, record.content_stream().read())


def git_bytes(kept: list[Page], folder: Path) -> int:
    """The pack that git makes of the pages, each URL a file and each capture a commit."""

    def git(*arguments: str, given: bytes = b"") -> str:
        return subprocess.run(
            ["git", *arguments], cwd=folder, input=given, check=True, capture_output=True
        ).stdout.decode()

    git("init", "--quiet", "--bare", ".")
    names = {url: f"{place}.html" for place, url in enumerate(dict.fromkeys(page.url for page in kept))}
    stream = bytearray()
    for page in kept:
        when = int(datetime.fromisoformat(page.timestamp).timestamp())
        stream += b"commit refs/heads/main\ncommitter bench <bench@example.com> %d +0000\ndata 0\n" % when
        stream += b"M 100644 inline %s\ndata %d\n" % (names[page.url].encode(), len(page.body)) + page.body + b"\n"
    git("fast-import", "--quiet", given=bytes(stream))
    git("gc", "--quiet", "--aggressive", "--prune=now")
    return sum(path.stat().st_size for path in folder.rglob("*.pack"))


def filled(kept: list[Page], url: str) -> tuple[Database, list[int], float]:
    """A store with all pages, the id of each, and the seconds it took."""
    database = Database.open(url)
    now = datetime.now(UTC)
    with database.writing() as session:
        service = Service(name="bench", added_at=now)
        session.add(service)
        session.flush()
        sources = {page.url: Source(service_id=service.id, url=page.url) for page in kept}
        session.add_all(sources.values())
        session.flush()
        number = {url: source.id for url, source in sources.items()}
    start = time.perf_counter()
    ids = []
    for page in kept:
        with database.writing() as session:
            ids.append(payloads.put(session, page.body, source_id=number[page.url]))
    return database, ids, time.perf_counter() - start


def read_times(
    database: Database, kept: list[Page], ids: list[int], rounds: int = 3
) -> tuple[list[float], list[float]]:
    """Milliseconds of each read of each payload, in a session of its own, by the wall and of the processor, sorted."""
    times, busy = [], []
    for _ in range(rounds):
        for page, number in zip(kept, ids, strict=True):
            start, start_busy = time.perf_counter(), time.thread_time()
            with database.reading() as session:
                body = payloads.get(session, number)
            times.append((time.perf_counter() - start) * 1000)
            busy.append((time.thread_time() - start_busy) * 1000)
            assert body == page.body
    return sorted(times), sorted(busy)


def _part(ordered: list[float], share: float) -> float:
    return ordered[int(len(ordered) * share)]


def main(arguments: list[str]) -> int:
    """Measures and prints; the exit code says whether the promises hold."""
    kept = pages(Path(arguments[0]) if arguments else DEFAULT)
    raw = sum(len(page.body) for page in kept)
    print(f"{platform.platform()}, Python {platform.python_version()}, zstd {zstandard.ZSTD_VERSION}")
    print(f"{len(kept)} distinct pages of {len({page.url for page in kept})} URLs, {raw:,} bytes")
    with tempfile.TemporaryDirectory() as folder:
        Database.open(f"sqlite:///{folder}/empty.sqlite3").close()
        empty = Path(folder, "empty.sqlite3").stat().st_size
        database, ids, seconds = filled(kept, f"sqlite:///{folder}/store.sqlite3")
        with database.reading() as session:
            stored = int(session.scalar(select(func.sum(func.length(Payload.data)))) or 0)
            depth = int(session.scalar(select(func.max(Payload.depth))) or 0)
        times, busy = read_times(database, kept, ids)
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        database.close()
        file_bytes = Path(folder, "store.sqlite3").stat().st_size
        Path(folder, "git").mkdir()
        git = git_bytes(kept, Path(folder, "git"))
    singly = sum(len(zstandard.ZstdCompressor(level=19).compress(page.body)) for page in kept)
    print(f"store, payloads       {stored:>12,} bytes  {stored / git:.2f} of git  (longest chain {depth})")
    print(f"store, SQLite file    {file_bytes:>12,} bytes  {file_bytes / git:.2f} of git  (empty: {empty:,})")
    print(f"git gc --aggressive   {git:>12,} bytes  1.00")
    print(f"zstd-19 one by one    {singly:>12,} bytes  {singly / git:.2f} of git")
    print(f"put   {seconds / len(kept) * 1000:.1f} ms a page, committed one by one")
    for name, sample in (("by the wall", times), ("of the processor", busy)):
        print(f"get   p50 {_part(sample, 0.5):.2f} ms  p95 {_part(sample, 0.95):.2f} ms  {name}, {len(sample)} reads")
    kept_promise = stored <= git and _part(times, 0.95) < READ_LIMIT_MS
    print("kept: no larger than git, p95 under 10 ms" if kept_promise else "BROKEN: larger than git, or p95 over 10 ms")
    return 0 if kept_promise else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
