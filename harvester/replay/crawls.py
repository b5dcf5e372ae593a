"""The replayed archive as Common Crawl has one: a list of crawls, an index for each, and records by their range.

Each year of captures is a crawl, and each capture a file of one record, made when it is asked for.
"""

from __future__ import annotations

import gzip
import json
import re

from harvester.replay.archives.replayable import Replayable, ReplayCapture
from harvester.replay.index import Index
from harvester.replay.playback import ReplayAnswer, instant

_FILES = "/crawl-data/"
_NAME = re.compile(r"/CC-REPLAY-(\d{4})-index")
_JSON = [("Content-Type", "application/json")]


def list_of_crawls(index: Index, base: str) -> ReplayAnswer:
    """Return the list of crawls, newest first: one for each year of captures."""
    years = sorted({capture.timestamp[:4] for url in index.urls() for capture in index.of(url)}, reverse=True)
    listed = [
        {
            "id": f"CC-REPLAY-{year}",
            "name": f"{year} Index",
            "timegate": f"{base}/CC-REPLAY-{year}/",
            "cdx-api": f"{base}/CC-REPLAY-{year}-index",
            "from": f"{year}-01-01T00:00:00",
            "to": f"{year}-12-31T23:59:59",
        }
        for year in years
    ]
    return ReplayAnswer(200, json.dumps(listed).encode(), list(_JSON))


def year_of(path: str) -> str | None:
    """Return the year of the crawl whose index is asked for."""
    found = _NAME.fullmatch(path.partition("?")[0])
    return found[1] if found else None


def is_of_crawls(path: str) -> bool:
    """Return whether a path is one of those served here."""
    return path == "/collinfo.json" or path.startswith(_FILES) or year_of(path) is not None


def index_of_crawl(index: Index, archive: Replayable, year: str, url: str, first: str, last: str) -> ReplayAnswer:
    """Return the captures of a URL in a year between two timestamps, a JSON object a line; 404 when there is none."""
    lines = [
        json.dumps(_row(capture, len(record_of_capture(archive, capture))))
        for capture in index.of(url)
        if capture.timestamp[:4] == year and first <= capture.timestamp <= last
    ]
    if not lines:
        return ReplayAnswer(404, json.dumps({"message": f"No Captures found for: {url}"}).encode(), list(_JSON))
    return ReplayAnswer(200, ("\n".join(lines) + "\n").encode(), [("Content-Type", "text/x-ndjson")])


def _row(capture: ReplayCapture, length: int) -> dict[str, str]:
    return {
        "urlkey": capture.url,
        "timestamp": capture.timestamp,
        "url": capture.url,
        "mime": capture.mimetype,
        "status": str(capture.answered),
        "digest": capture.digest,
        "length": str(length),
        "offset": "0",
        "filename": f"crawl-data/{capture.timestamp}.{capture.digest}.warc.gz",
    }


def file_of_crawl(index: Index, archive: Replayable, path: str, span: str) -> ReplayAnswer:
    """Return a range of the file of a capture, whole without one; 404 for an unknown file."""
    named = re.fullmatch(r"/crawl-data/(\d{14})\.([A-Z2-7]*)\.warc\.gz", path)
    found = next(
        (
            capture
            for url in (index.urls() if named else ())
            for capture in index.of(url)
            if named and (capture.timestamp, capture.digest) == (named[1], named[2])
        ),
        None,
    )
    if found is None or found.lost:
        return ReplayAnswer(404, b"not found\n", [("Content-Type", "text/plain")])
    record = record_of_capture(archive, found)
    asked = re.fullmatch(r"bytes=(\d+)-(\d*)", span)
    if asked is None:
        return ReplayAnswer(200, record, [("Content-Type", "application/octet-stream")])
    first, last = int(asked[1]), min(int(asked[2] or len(record)), len(record) - 1)
    if first > last:
        return ReplayAnswer(416, b"", [("Content-Range", f"bytes */{len(record)}")])
    headers = [("Content-Type", "application/octet-stream"), ("Content-Range", f"bytes {first}-{last}/{len(record)}")]
    return ReplayAnswer(206, record[first : last + 1], headers)


def record_of_capture(archive: Replayable, capture: ReplayCapture) -> bytes:
    """Return a capture as a WARC record of its own gzip member, the same for each call."""
    body = archive.body(capture)
    head = [f"HTTP/1.1 {capture.answered} X", *(f"{name}: {value}" for name, value in capture.headers)]
    block = "\r\n".join(head).encode("utf-8", "replace") + b"\r\n\r\n" + body
    named = {
        "WARC-Type": "response",
        "WARC-Target-URI": capture.url,
        "WARC-Date": f"{instant(capture.timestamp):%Y-%m-%dT%H:%M:%SZ}",
        "Content-Type": "application/http; msgtype=response",
        "WARC-Payload-Digest": f"sha1:{capture.digest}",
        "Content-Length": str(len(block)),
    }
    lines = "WARC/1.0\r\n" + "".join(f"{name}: {value}\r\n" for name, value in named.items()) + "\r\n"
    return gzip.compress(lines.encode() + block + b"\r\n\r\n", 1, mtime=0)
