"""Records a second of ``import warc``, beside fastwarc alone, in one run; called by ``bench/imports.py``, or alone:

    python bench/warcs.py [--megabytes N] [--texts FOLDER]

A WARC file of real policies is made, each record another body at an address of its own, every two hundredth of
one service. It is read by fastwarc alone, which parses each record and reads its bytes: the floor; by an import that
wants none of it; and by an import of the one service into an empty store. Exit 1 when the import of what is not
wanted comes to less than 2,000 records a second.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from io import BytesIO
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecordType
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from harvester.archive.local.archive_files import ArchiveFile
from harvester.catalogue.entries import ServiceEntry, SourceEntry
from harvester.clock import utc_now
from harvester.harvest.imports.import_files import Choice, import_files
from harvester.harvest.report.progress import Silent
from harvester.settings import Settings
from harvester.store.database import Database

TEXTS = Path(__file__).resolve().parents[1] / ".." / "shared" / "cleaner"
PROMISED = 2_000
FIRST = datetime(2015, 1, 1, tzinfo=UTC)
EVERY = 200
OURS = "http://ours.example/privacy"


def made(file: Path, pages: list[str], megabytes: int) -> int:
    """Write a WARC file of so many megabytes (compressed) and return its records."""
    http = [("Content-Type", "text/html; charset=utf-8")]
    records = 0
    with file.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        while stream.tell() < megabytes * 1_000_000:
            moment = FIRST + timedelta(minutes=records)
            url = OURS if records % EVERY == 0 else f"http://site{records % 977}.example/page/{records}"
            body = pages[records % len(pages)].replace("</body>", f"<p>Record {records}.</p></body>").encode()
            head = StatusAndHeaders("200 OK", http, protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(
                    url,
                    "response",
                    payload=BytesIO(body),
                    length=len(body),
                    http_headers=head,
                    warc_headers_dict={"WARC-Date": f"{moment:%Y-%m-%dT%H:%M:%SZ}"},
                )
            )
            records += 1
    return records


def alone(file: Path) -> int:
    """Read every record with fastwarc and return their number."""
    with file.open("rb") as stream:
        return sum(bool(one.reader.read() or True) for one in ArchiveIterator(stream, WarcRecordType.response))


def taken(file: Path, url: str, store: str) -> int:
    """Import the captures of one address; return how many there are."""
    database = Database(store)
    name = url.split("/")[2]
    try:
        done = import_files(
            database,
            Settings(),
            [ArchiveFile(file)],
            [ServiceEntry(name=name, sources=(SourceEntry(url=url),))],
            Choice(services=(name,)),
            clock=utc_now,
            stop=threading.Event(),
            progress=Silent(),
            report=lambda broken: print(broken),
        )
    finally:
        database.close()
    return done.captures


def measure(folder: Path, pages: list[str], megabytes: int) -> bool:
    """Print the figures; return whether the promise was kept."""
    file = folder / "bench.warc.gz"
    records = made(file, pages, megabytes)
    print(f"warc: {records:,} records in {file.stat().st_size / 1e6:,.0f} MB")
    rates = {}
    stores = [f"sqlite:///{folder}/{name}.db" for name in ("none", "ours")]
    for store in stores:
        Database.open(store).close()
    for name, work in (
        ("fastwarc alone", partial(alone, file)),
        ("import of none", partial(taken, file, "http://absent.example/privacy", stores[0])),
        ("import of one in 200", partial(taken, file, OURS, stores[1])),
    ):
        start, busy = time.perf_counter(), _busy()
        found = work()
        wall, busy = time.perf_counter() - start, _busy() - busy
        rates[name] = records / busy
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        told = f"{records / wall:>9,.0f} records a second, {records / busy:>9,.0f} a second of the processors"
        print(f"  {name:<22}{told}, {found:,} found, at most {most:.0f} MB of memory")
    file.unlink()
    kept = rates["import of none"] >= PROMISED
    print(f"  {'kept' if kept else 'BROKEN'}: {PROMISED:,} records of what is not wanted in a second of the processors")
    return kept


def _busy() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def main() -> int:
    """Measure and print; the exit code says whether the promise holds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--megabytes", type=int, default=50)
    parser.add_argument("--texts", type=Path, default=TEXTS)
    chosen = parser.parse_args()
    pages = [one.read_text("utf-8", "replace") for one in sorted((chosen.texts / "corpus").glob("*.html"))]
    with tempfile.TemporaryDirectory() as folder:
        return 0 if measure(Path(folder), pages, chosen.megabytes) else 1


if __name__ == "__main__":
    sys.exit(main())
